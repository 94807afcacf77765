"""Texts for readers who are not to learn who asks: the petitioner's name comes out masked, and every mobile and ID number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from duban.core.disclosing import mask_figures

from .models import Assist, Matter
from .queries import MatterFile
from .timeline import TimelineEntry


def unnamed(text: str, matter: Matter) -> str:
    """A text without the name of a matter's petitioner, and without anybody's mobile or ID number.

    Neighbours, witnesses and co-signers are known to the text alone, so their names stay where an official wrote them
    (who co-signed is not this room's to know); their figures go, whoever's they are.
    """
    for real, masked in _own(matter):
        text = text.replace(real, masked) if real else text
    return mask_figures(text)


def unnamed_matter(matter: Matter) -> Matter:
    """The same matter for a unit that only assists: for reading, never to be saved."""
    matter.title, matter.body = unnamed(matter.title, matter), unnamed(matter.body, matter)
    matter.place = unnamed(matter.place, matter)
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
    for asked in (*file.return_requests, *file.extensions):
        asked.reason, asked.ruling_note = unnamed(asked.reason, matter), unnamed(asked.ruling_note, matter)
    return file


def unnamed_story(story: Iterable[TimelineEntry], matter: Matter) -> list[TimelineEntry]:
    """Its story."""
    return [replace(entry, text=unnamed(entry.text, matter)) for entry in story]


def _own(matter: Matter) -> list[tuple[str, str]]:
    """The petitioner's own data, each with the mask they know it by from every page; nothing of a directive."""
    person = matter.petitioner
    if person is None:
        return []
    return [
        (person.name, person.masked_name),
        (person.mobile, person.masked_mobile),
        (person.id_number, person.masked_id),
    ]
