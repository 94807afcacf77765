"""Others stand behind a collective matter: by link, real name and a code sent to their mobile (rules 10, 17)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.core.refusal import Forbidden, Invalid, Refused, TooMany, Unknown
from duban.core.rights import ANYONE
from duban.evaluation.models import CodeRequest, CoSigner
from duban.evaluation.reading import cosigned, cosigners, invitation_of
from duban.evaluation.verbs.balloting import open_ballot
from duban.evaluation.verbs.cosigning import Asked, confirm, invite, remove_cosigner, request_code
from duban.journal.models import Event
from duban.journal.verifying import breaks
from duban.matters.models import Matter
from duban.matters.opening import petitioner_of
from duban.notifications.delivering import deliver
from tests import city
from tests.city import at
from tests.notifications.posting import Post
from tests.stage import CROWD, Stage

TEN = at("2014-02-01 10:00")
NEIGHBOUR = CROWD[0]


@pytest.fixture
def matter(stage: Stage) -> Matter:
    return stage.handling(collective=True)


def link(matter: Matter) -> str:
    return invite(matter=matter.number, actor=petitioner_of(matter), now=TEN).token


def ask(matter: Matter, person: city.Person = NEIGHBOUR, now: Any = TEN, **changes: Any) -> Asked:
    given = {**person.form(), "client": "1.2.3.4", **changes}
    return request_code(link=link(matter), actor=ANYONE, now=now, **given)


def answer(matter: Matter, asked: Asked, code: str = "", now: Any = TEN, client: str = "1.2.3.4") -> CoSigner:
    return confirm(
        link=link(matter),
        token=asked.token,
        code=code or asked.request.code,
        client=client,
        actor=ANYONE,
        now=now,
    )


def wrong(asked: Asked) -> str:
    return f"{(int(asked.request.code) + 1) % 10**6:06d}"


def minutes(number: float) -> Any:
    return TEN + timedelta(minutes=number)


def test_a_neighbour_joins(stage: Stage, matter: Matter) -> None:
    asked = ask(matter)
    assert cosigned(matter) == 0
    row = answer(matter, asked)
    assert [one.citizen.name for one in cosigners(matter).items] == [NEIGHBOUR.name]
    joined = Event.objects.get(kind="cosigner.joined")
    assert joined.facts == {"cosigner": row.pk}
    assert joined.actor == f"citizen:{row.citizen_id}"
    assert list(breaks()) == []


def test_the_link_stays_the_same(matter: Matter) -> None:
    assert link(matter) == link(matter)
    assert len(link(matter)) >= 32
    assert invitation_of(matter) is not None


def test_the_code_goes_to_the_mobile_at_once_also_at_night(stage: Stage, matter: Matter) -> None:
    night = at("2014-02-01 23:30")
    code = ask(matter, now=night).request.code
    post = Post()
    deliver(night, channels=post.channels)
    assert [text for text in post.to(NEIGHBOUR.mobile) if code in text]
    assert code not in str(list(Event.objects.values_list("facts", flat=True)))


def test_an_older_code_is_not_sent_any_more(matter: Matter) -> None:
    first = ask(matter)
    second = ask(matter, now=TEN + timedelta(minutes=2))
    post = Post()
    deliver(TEN + timedelta(minutes=3), channels=post.channels)
    codes = [text for text in post.to(NEIGHBOUR.mobile) if "验证码" in text]
    assert len(codes) == 1
    assert second.request.code in codes[0]
    assert first.request.cosigner_id == second.request.cosigner_id


def test_the_code_goes_to_the_mobile_known_before(stage: Stage, matter: Matter) -> None:
    """Who merely has somebody's ID number cannot sign for them."""
    ask(matter)
    ask(matter, now=minutes(2), mobile="13999999999")
    assert CoSigner.objects.get().citizen.mobile == NEIGHBOUR.mobile


def test_five_wrong_codes_void_the_token_and_nobody_elses(matter: Matter) -> None:
    """Tries belong to what the asker holds: a stranger who asked in the same name spends the own ones."""
    stranger, neighbour = ask(matter, client="6.6.6.6"), ask(matter, now=minutes(0.5))
    for _ in range(5):
        with pytest.raises(Refused, match="cosign_code_wrong"):
            answer(matter, stranger, wrong(stranger), client="6.6.6.6")
    with pytest.raises(Refused, match="cosign_code_spent"):
        answer(matter, stranger, client="6.6.6.6")
    assert cosigned(matter) == 0
    assert answer(matter, neighbour, now=minutes(1)).confirmed_at == minutes(1)


def test_a_stranger_who_asks_again_and_again_voids_no_code(matter: Matter) -> None:
    """All who ask for one person are after the same code; the mobile is told once a minute at most."""
    neighbour = ask(matter)
    others = [ask(matter, now=minutes(n / 2), client=f"6.6.6.{n}") for n in range(1, 5)]
    assert {one.request.code for one in others} == {neighbour.request.code}
    assert [one.request.sent for one in (neighbour, *others)] == [True, False, True, False, True]
    deliver(minutes(3), channels=(post := Post()).channels)
    assert [neighbour.request.code in text for text in post.to(NEIGHBOUR.mobile)] == [True]
    assert answer(matter, neighbour, now=minutes(3)).confirmed_at


def test_the_code_their_mobile_was_told_last_fits_as_well(matter: Matter) -> None:
    first = ask(matter)
    second = ask(matter, now=minutes(29))
    third = ask(matter, now=minutes(31), client="6.6.6.6")
    assert first.request.code == second.request.code
    assert third.request.code == CoSigner.objects.get().code
    assert answer(matter, second, third.request.code, now=minutes(32)).confirmed_at


def told(matter: Matter, asked: Asked | None, code: str, client: str) -> tuple[str, int, str | None]:
    """What a stranger hears who tries a code."""
    token = asked.token if asked else "x" * 32
    with pytest.raises(Refused) as no:
        confirm(link=link(matter), token=token, code=code, client=client, actor=ANYONE, now=minutes(2))
    return no.value.code, no.value.status, no.value.field


def test_strangers_learn_nothing_about_anybody(stage: Stage, matter: Matter) -> None:
    """Whoever has the link and a person's card cannot tell who has co-signed, asked, was removed, or asks."""
    answer(matter, ask(matter, CROWD[0]))
    removed = answer(matter, ask(matter, CROWD[1]))
    remove_cosigner(
        matter=matter.number, cosigner=removed.pk, reason="不是本村人", actor=stage["office"], now=TEN
    )
    ask(matter, CROWD[2])
    later = minutes(1.5)
    people = [*CROWD[:4], city.LUO]
    asked = [ask(matter, one, now=later, client=f"6.6.6.{n}") for n, one in enumerate(people)]
    assert [one.request.sent for one in asked] == [False, False, True, True, False]
    heard = {told(matter, one, wrong(one), f"7.7.7.{n}") for n, one in enumerate(asked)} | {
        told(matter, None, "000000", "7.7.7.9")
    }
    assert heard == {("cosign_code_wrong", 409, "code")}


def test_nor_by_what_it_costs(stage: Stage, matter: Matter) -> None:
    answer(matter, ask(matter, CROWD[0]))
    ask(matter, CROWD[1])
    given = {"link": link(matter), "actor": ANYONE, "now": minutes(2)}
    costs = []
    for n, one in enumerate((*CROWD[:3], city.LUO)):
        with CaptureQueriesContext(connection) as seen:
            asked = request_code(client=f"6.6.6.{n}", **given, **one.form())
        with CaptureQueriesContext(connection) as tried, pytest.raises(Refused):
            confirm(token=asked.token, code=wrong(asked), client=f"7.7.7.{n}", **given)
        costs.append((len(seen), len(tried)))
    with CaptureQueriesContext(connection) as tried, pytest.raises(Refused):
        confirm(token="x" * 32, code="000000", client="8.8.8.8", **given)
    assert {*costs, (costs[0][0], len(tried))} == {costs[0]}


def test_the_right_code_does_not_let_in_whom_it_must_not(stage: Stage, matter: Matter) -> None:
    """The petitioner and whoever was removed are never told a code; should they have one, it is wrong."""
    own = ask(matter, city.LUO)
    early = ask(matter, CROWD[1])
    joined = answer(matter, early)
    remove_cosigner(
        matter=matter.number, cosigner=joined.pk, reason="不是本村人", actor=stage["office"], now=TEN
    )
    for one in (own, early):
        with pytest.raises(Refused, match="cosign_code_wrong"):
            answer(matter, one)
    assert cosigned(matter) == 0


def test_a_client_tries_no_more_than_thirty_codes(matter: Matter) -> None:
    for n in range(6):
        asked = ask(matter, CROWD[n])
        for _ in range(5):
            with pytest.raises(Refused, match="cosign_code_wrong"):
                answer(matter, asked, wrong(asked))
    seventh = ask(matter, CROWD[7])
    with pytest.raises(TooMany, match="too_many_tries"):
        answer(matter, seventh)
    assert answer(matter, seventh, client="5.6.7.8").confirmed_at


def test_nobodys_tokens_are_counted_too(matter: Matter) -> None:
    given = {"link": link(matter), "code": "000000", "client": "6.6.6.6", "actor": ANYONE, "now": TEN}
    for n in range(30):
        with pytest.raises(Refused, match="cosign_code_wrong"):
            confirm(token=f"{n}", **given)
    with pytest.raises(TooMany, match="too_many_tries"):
        confirm(token="31", **given)


def test_a_token_is_good_for_its_own_link_only(stage: Stage, matter: Matter) -> None:
    asked, other = ask(matter), stage.handling(collective=True, title="另一件事")
    with pytest.raises(Refused, match="cosign_code_wrong"):
        answer(other, asked)
    assert answer(matter, asked).confirmed_at


def test_a_client_asks_for_one_person_five_times(matter: Matter) -> None:
    for n in range(5):
        ask(matter, now=minutes(n))
    with pytest.raises(TooMany, match="too_many_tries"):
        ask(matter, now=minutes(5))
    assert ask(matter, now=minutes(5), client="5.6.7.8").token


def test_the_token_is_not_kept_and_old_requests_go(matter: Matter) -> None:
    asked = ask(matter)
    assert asked.token not in str(CodeRequest.objects.values())
    ask(matter, CROWD[1], now=minutes(30))
    assert CodeRequest.objects.count() == 2
    ask(matter, CROWD[1], now=minutes(31))
    assert not CodeRequest.objects.filter(pk=asked.request.pk).exists()


def test_a_client_asks_for_no_more_than_thirty_people(matter: Matter) -> None:
    people = [city.person("路人某", "19600101", n, f"139743002{n:02d}") for n in range(31)]
    for one in people[:30]:
        ask(matter, one)
    with pytest.raises(TooMany, match="too_many_tries"):
        ask(matter, people[30])


def test_a_code_lives_half_an_hour(matter: Matter) -> None:
    asked = ask(matter)
    with pytest.raises(Refused, match="cosign_code_wrong"):
        answer(matter, asked, now=minutes(30) + timedelta(seconds=1))
    assert answer(matter, asked, now=minutes(30)).confirmed_at


def test_nobody_twice(matter: Matter) -> None:
    """The same code again, as of a double click, is no wrong one; it does nothing."""
    asked = ask(matter)
    joined = answer(matter, asked)
    assert answer(matter, asked, now=minutes(2)).confirmed_at == joined.confirmed_at
    assert cosigned(matter) == 1
    assert Event.objects.filter(kind="cosigner.joined").count() == 1


def test_a_wrong_form_says_what(matter: Matter) -> None:
    with pytest.raises(Invalid) as wrong:
        ask(matter, id_number="433101197002300015", mobile="12345")
    assert {field: code for field, (code, _) in wrong.value.errors.items()} == {
        "id_number": "id_no_such_day",
        "mobile": "mobile_shape",
    }
    assert not CoSigner.objects.exists()


def test_nobody_knows_the_link(matter: Matter) -> None:
    with pytest.raises(Unknown, match="link_unknown"):
        request_code(link="x" * 32, client="", actor=ANYONE, now=TEN, **NEIGHBOUR.form())
    with pytest.raises(Unknown, match="link_unknown"):
        confirm(link="", token="", code="", client="", actor=ANYONE, now=TEN)


def test_only_for_a_collective_matter_and_only_by_its_petitioner(stage: Stage, matter: Matter) -> None:
    single = stage.handling(title="一个人的事")
    with pytest.raises(Refused, match="not_collective"):
        invite(matter=single.number, actor=petitioner_of(single), now=TEN)
    with pytest.raises(Unknown):
        invite(matter=matter.number, actor=petitioner_of(single), now=TEN)
    with pytest.raises(Forbidden):
        invite(matter=matter.number, actor=stage["office"], now=TEN)


def test_not_while_a_ballot_runs_and_not_afterwards(stage: Stage) -> None:
    ballot = stage.balloting()
    matter = stage.again(ballot.matter)
    token = invitation_of(matter).token  # type: ignore[union-attr]
    later = at("2014-02-10 10:00")
    with pytest.raises(Refused, match="cosigning_over"):
        request_code(link=token, client="", actor=ANYONE, now=later, **CROWD[5].form())
    with pytest.raises(Refused, match="cosigning_over"):
        invite(matter=matter.number, actor=petitioner_of(matter), now=later)
    with pytest.raises(Refused, match="cosigning_over"):
        remove_cosigner(
            matter=matter.number,
            cosigner=cosigners(matter).items[0].pk,
            reason="重名",
            actor=stage["office"],
            now=later,
        )


def test_a_code_asked_for_before_the_ballot_does_not_count_after(stage: Stage) -> None:
    matter = stage.completed_for_many(*CROWD[:2])
    late = at("2014-02-09 08:59")
    asked = request_code(link=link(matter), client="", actor=ANYONE, now=late, **CROWD[5].form())
    ballot = open_ballot(matter=matter.number, actor=stage["office"], now=at("2014-02-09 09:00"))
    with pytest.raises(Refused, match="cosigning_over"):
        confirm(
            link=invitation_of(matter).token,  # type: ignore[union-attr]
            token=asked.token,
            code=asked.request.code,
            client="",
            actor=ANYONE,
            now=at("2014-02-09 09:01"),
        )
    assert ballot.roll == 3


def test_the_office_removes_one_with_a_reason(stage: Stage, matter: Matter) -> None:
    row = answer(matter, ask(matter))
    gone = {"matter": matter.number, "cosigner": row.pk, "now": TEN}
    with pytest.raises(Invalid):
        remove_cosigner(**gone, reason=" ", actor=stage["office"])
    with pytest.raises(Forbidden):
        remove_cosigner(**gone, reason="不是本村人", actor=stage["handler"])
    with pytest.raises(Forbidden):
        remove_cosigner(**gone, reason="不是本村人", actor=petitioner_of(matter))
    remove_cosigner(**gone, reason="不是本村人", actor=stage["office"])
    assert cosigned(matter) == 0
    removed = Event.objects.get(kind="cosigner.removed")
    assert "不是本村人" not in str(removed.facts)
    with pytest.raises(Unknown):
        remove_cosigner(**gone, reason="再移一次", actor=stage["office"])
    assert not ask(matter, now=minutes(2)).request.sent
