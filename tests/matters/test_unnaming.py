"""What is carried to others and shown to those who only assist holds nobody's figures (domain rule 15)."""

from __future__ import annotations

import pytest

from duban.core.disclosing import ID, MOBILE
from duban.journal.chain import digest_of_text
from duban.journal.models import Event
from duban.matters.models import Assist, Remark, Statement
from duban.matters.queries import file_of
from duban.matters.timeline import timeline
from duban.matters.unnaming import unnamed, unnamed_assist, unnamed_file, unnamed_matter, unnamed_story
from duban.matters.verbs.assisting import ask_assist
from duban.matters.verbs.handling import report_progress
from duban.matters.verbs.timing import request_extension
from tests.city import at
from tests.matters.test_merging import NOW, pair
from tests.stage import CROWD, LUO, Stage

NEIGHBOUR = CROWD[0]
SAID = f"已到乡亲甲家，电话{NEIGHBOUR.mobile}，身份证 {NEIGHBOUR.id_number[:6]} {NEIGHBOUR.id_number[6:]}"
LEFT = f"已到乡亲甲家，电话{MOBILE}，身份证 {ID}"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (SAID, LEFT),
        (f"{LUO.name} {LUO.mobile} {LUO.id_number}", "罗** 138****0001 433101************"),
        (f"{LUO.name}家 1 3 8 7 4 3 0 0 0 0 9", f"罗**家 {MOBILE}"),
        ("办公室 0743-8222333，编号 20140208-0205-6", "办公室 0743-8222333，编号 20140208-0205-6"),
        ("", ""),
    ],
)
def test_a_text_for_others(stage: Stage, text: str, left: str) -> None:
    assert unnamed(text, stage.register().matter) == left


def test_a_text_about_a_directive(stage: Stage) -> None:
    directive = stage.register(kind="directive", petitioner=None, actor=stage["leader"]).matter
    assert unnamed(SAID, directive) == LEFT


def test_a_leads_progress_brings_its_followers_nobodys_figures(stage: Stage) -> None:
    lead, follower = pair(stage)
    report_progress(matter=lead.number, note=SAID, actor=stage["handler"], now=at(NOW))
    assert Remark.objects.get(matter=lead, part="progress").text == SAID
    theirs = Remark.objects.get(matter=follower, part="progress")
    assert theirs.text == LEFT
    event = Event.objects.filter(stream=follower.stream, kind="matter.followed").latest("seq")
    assert event.facts["text"] == digest_of_text(LEFT)


def test_a_leads_statement_likewise(stage: Stage) -> None:
    lead, follower = pair(stage)
    stage.complete(lead, outcome="partly", statement=SAID, why=SAID, public_reply=SAID)
    theirs = Statement.objects.get(matter=follower)
    assert [theirs.text, theirs.why, theirs.public_reply] == [LEFT] * 3
    event = Event.objects.filter(stream=follower.stream, kind="matter.followed").latest("seq")
    assert event.facts["text"] == digest_of_text("\n".join([LEFT] * 3))


def test_a_unit_that_assists_reads_nobodys_figures(stage: Stage) -> None:
    matter = stage.handling(title=f"停水，找{NEIGHBOUR.mobile}", body=SAID, place=f"路口{NEIGHBOUR.mobile}")
    row = ask_assist(matter=matter.number, unit="chengguan", task=SAID, actor=stage["handler"], now=at(NOW))
    report_progress(matter=matter.number, note=SAID, actor=stage["handler"], now=at(NOW))
    request_extension(
        matter=matter.number,
        reason=SAID,
        due_on=at("2014-02-12 09:00").date(),
        actor=stage["handler"],
        now=at(NOW),
    )
    stage.complete(matter, outcome="partly", statement=SAID, why=SAID, public_reply=SAID)

    seen = unnamed_matter(stage.again(matter))
    assert (seen.title, seen.body, seen.place) == (f"停水，找{MOBILE}", LEFT, f"路口{MOBILE}")
    file = unnamed_file(file_of(seen, stage["handler"]), seen)
    assert file.statement is not None
    assert [file.statement.text, file.statement.why, file.statement.public_reply] == [LEFT] * 3
    assert [one.reason for one in file.extensions] == [LEFT]
    story = unnamed_story(timeline(seen, audience="staff"), seen)
    assert NEIGHBOUR.mobile not in "".join(entry.text for entry in story)
    assert unnamed_assist(Assist.objects.get(pk=row.pk), seen).task == LEFT
