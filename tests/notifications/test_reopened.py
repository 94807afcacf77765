"""Who is told why a matter was reopened: by their own verdict, a colleague's, the ballot's, or another petitioner's."""

from __future__ import annotations

import pytest

from duban.core.rights import Role
from duban.evaluation.verbs.counting import close_due
from duban.evaluation.verbs.verdicts import give_verdict
from duban.matters.models import Matter
from duban.matters.opening import judge_of
from duban.matters.verbs.merging import merge
from duban.notifications.delivering import deliver
from duban.people.models import Staff
from tests.city import at
from tests.notifications.posting import Post
from tests.stage import CROWD, LUO, WU, Stage

LEADER = "leader@jishou.example"
ANOTHERS = "并案的另一件"


@pytest.fixture
def post() -> Post:
    return Post()


def heard(post: Post, address: str, now: str) -> list[str]:
    """What one address is told of a reopening since the last time."""
    post.sent.clear()
    deliver(at(now), channels=post.channels)
    return [text for text in post.to(address) if "重新办结" in text]


def directives(stage: Stage, *titles: str) -> list[Matter]:
    """Directives of the leader's, completed; a colleague of the same office is a leader, too."""
    Staff.objects.filter(username="leader").update(email=LEADER)
    Staff.objects.filter(username="member").update(roles=[Role.LEADER.value])
    made = []
    for title in titles:
        given = stage.register(
            kind="directive", title=title, petitioner=None, actor=stage["leader"], unit="zhaiyang"
        )
        made.append(stage.accept(given.matter))
    return made


def judge_as(stage: Stage, username: str, matter: Matter) -> None:
    by = Staff.objects.select_related("unit").get(username=username).actor
    give_verdict(
        matter=matter.number,
        grade=1,
        actor=judge_of(stage.again(matter), by),
        now=at("2014-02-09 09:00"),
    )


def test_by_a_ballot(stage: Stage, post: Post) -> None:
    ballot = stage.balloting(*CROWD[:1])
    deliver(at("2014-02-09 09:00"), channels=post.channels)
    for grade in (5, 1):
        stage.vote(ballot, grade)
    close_due(at("2014-02-17 00:00"))
    (told,) = heard(post, LUO.mobile, "2014-02-17 09:00")
    assert "按测评结果" in told
    assert ANOTHERS not in told


def test_by_the_leader_or_a_colleague(stage: Stage, post: Post) -> None:
    own, colleagues = directives(stage, "一", "二")
    stage.complete(own)
    stage.complete(colleagues)
    judge_as(stage, "leader", own)
    (told,) = heard(post, LEADER, "2014-02-09 09:05")
    assert "按您的评价" in told
    judge_as(stage, "member", colleagues)
    (told,) = heard(post, LEADER, "2014-02-09 09:10")
    assert "按您单位同事的评价" in told


def test_by_the_verdict_on_a_merged_directive(stage: Stage, post: Post) -> None:
    lead, dup = directives(stage, "一", "二")
    merge(matter=dup.number, lead=lead.number, reason="同", actor=stage["office"], now=at("2014-02-07 10:00"))
    stage.complete(stage.again(lead))
    judge_as(stage, "member", dup)
    told = heard(post, LEADER, "2014-02-09 09:05")
    assert sorted(dup.number in text for text in told) == [False, True]
    for text in told:
        assert ("按您单位同事的评价" if dup.number in text else ANOTHERS) in text


def test_by_another_petitioner(stage: Stage, post: Post) -> None:
    lead = stage.handling()
    dup = stage.assigned("2014-01-30 11:00", petitioner=WU)
    merge(matter=dup.number, lead=lead.number, reason="同", actor=stage["office"], now=at("2014-02-07 10:00"))
    stage.complete(stage.again(lead))
    stage.judge(stage.again(dup), 1)
    post.sent.clear()
    deliver(at("2014-02-09 09:05"), channels=post.channels)
    assert [ANOTHERS in text for text in post.to(LUO.mobile) if "重新办结" in text] == [True]
    assert ["按您的评价" in text for text in post.to(WU.mobile) if "重新办结" in text] == [True]


def test_by_the_leads_own_petitioner(stage: Stage, post: Post) -> None:
    lead = stage.handling()
    dup = stage.assigned("2014-01-30 11:00", petitioner=WU)
    merge(matter=dup.number, lead=lead.number, reason="同", actor=stage["office"], now=at("2014-02-07 10:00"))
    stage.complete(stage.again(lead))
    stage.judge(stage.again(lead), 1)
    post.sent.clear()
    deliver(at("2014-02-09 09:05"), channels=post.channels)
    assert ["按您的评价" in text for text in post.to(LUO.mobile) if "重新办结" in text] == [True]
    assert [ANOTHERS in text for text in post.to(WU.mobile) if "重新办结" in text] == [True]
