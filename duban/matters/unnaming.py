"""Texts for readers who are not to learn who asks: the petitioner's name, mobile and ID number come out masked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .models import Assist, Matter
from .queries import MatterFile
from .timeline import TimelineEntry


def unnamed(text: str, matter: Matter) -> str:
    """A text without the name, mobile and ID number of a matter's petitioner, should it hold them."""
    person = matter.petitioner
    if person is None:
        return text
    for real, masked in (
        (person.name, person.masked_name),
        (person.mobile, person.masked_mobile),
        (person.id_number, person.masked_id),
    ):
        text = text.replace(real, masked) if real else text
    return text


def unnamed_matter(matter: Matter) -> Matter:
    """The same matter for a unit that only assists: for reading, never to be saved."""
    matter.title, matter.body = unnamed(matter.title, matter), unnamed(matter.body, matter)
    return matter


def unnamed_assist(one: Assist, matter: Matter) -> Assist:
    """What a unit was asked, and what it said: likewise for reading only."""
    one.task, one.reply = unnamed(one.task, matter), unnamed(one.reply, matter)
    one.recall_reason = unnamed(one.recall_reason, matter)
    return one


def unnamed_request(one: Assist) -> Assist:
    """A request together with the matter it is about, as the unit that was asked reads them in a list."""
    unnamed_matter(one.matter)
    return unnamed_assist(one, one.matter)


def unnamed_file(file: MatterFile, matter: Matter) -> MatterFile:
    """Its file: what was said when the petitioner was contacted is left out."""
    for promise in file.commitments:
        promise.contact_note = ""
    for done in file.statements:
        done.text, done.why = unnamed(done.text, matter), unnamed(done.why, matter)
        done.public_reply = unnamed(done.public_reply, matter)
    return file


def unnamed_story(story: Iterable[TimelineEntry], matter: Matter) -> list[TimelineEntry]:
    """Its story."""
    return [replace(entry, text=unnamed(entry.text, matter)) for entry in story]
