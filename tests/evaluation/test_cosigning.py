"""Others stand behind a collective matter: by link, real name and a code sent to their mobile (rules 10, 17)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from duban.core.refusal import Forbidden, Invalid, Refused, TooMany, Unknown
from duban.core.rights import ANYONE
from duban.evaluation.models import CoSigner
from duban.evaluation.reading import cosigned, cosigners, invitation_of
from duban.evaluation.verbs.cosigning import confirm, invite, remove_cosigner, request_code
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


def ask(matter: Matter, person: city.Person = NEIGHBOUR, now: Any = TEN, **changes: Any) -> CoSigner:
    given = {**person.form(), "client": "1.2.3.4", **changes}
    return request_code(token=link(matter), actor=ANYONE, now=now, **given)


def answer(matter: Matter, row: CoSigner, code: str = "", now: Any = TEN) -> CoSigner:
    return confirm(token=link(matter), cosigner=row.pk, code=code or row.code, actor=ANYONE, now=now)


def test_a_neighbour_joins(stage: Stage, matter: Matter) -> None:
    row = ask(matter)
    assert cosigned(matter) == 0
    answer(matter, row)
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
    row = ask(matter, now=night)
    post = Post()
    deliver(night, channels=post.channels)
    assert [text for text in post.to(NEIGHBOUR.mobile) if row.code in text]
    assert row.code not in str(list(Event.objects.values_list("facts", flat=True)))


def test_an_older_code_is_not_sent_any_more(matter: Matter) -> None:
    first = ask(matter)
    second = ask(matter, now=TEN + timedelta(minutes=2))
    post = Post()
    deliver(TEN + timedelta(minutes=3), channels=post.channels)
    codes = [text for text in post.to(NEIGHBOUR.mobile) if "验证码" in text]
    assert len(codes) == 1
    assert second.code in codes[0]
    assert first.pk == second.pk


def test_the_code_goes_to_the_mobile_known_before(stage: Stage, matter: Matter) -> None:
    """Who merely has somebody's ID number cannot sign for them."""
    known = ask(matter)
    again = ask(matter, now=TEN + timedelta(minutes=2), mobile="13999999999")
    assert again.pk == known.pk
    assert CoSigner.objects.get().citizen.mobile == NEIGHBOUR.mobile


def test_five_wrong_codes_and_the_right_one_is_void_too(matter: Matter) -> None:
    row = ask(matter)
    wrong = f"{(int(row.code) + 1) % 10**6:06d}"
    for _ in range(5):
        with pytest.raises(Refused, match="cosign_code_wrong"):
            answer(matter, row, wrong)
    with pytest.raises(TooMany, match="cosign_code_spent") as no:
        answer(matter, row)
    assert no.value.retry_after == 15 * 60
    with pytest.raises(TooMany, match="code_wait"):
        ask(matter, now=TEN + timedelta(minutes=14))
    fresh = ask(matter, now=TEN + timedelta(minutes=15))
    assert answer(matter, fresh, now=TEN + timedelta(minutes=16)).confirmed_at


def test_codes_are_a_minute_apart(matter: Matter) -> None:
    ask(matter)
    with pytest.raises(TooMany, match="code_wait"):
        ask(matter, now=TEN + timedelta(seconds=59))
    assert ask(matter, now=TEN + timedelta(seconds=60)).requests == 2


def test_a_client_asks_for_no_more_than_thirty_people(matter: Matter) -> None:
    people = [city.person("路人某", "19600101", n, f"139743002{n:02d}") for n in range(31)]
    for one in people[:30]:
        ask(matter, one)
    with pytest.raises(TooMany, match="too_many_tries"):
        ask(matter, people[30])


def test_a_code_lives_half_an_hour(matter: Matter) -> None:
    row = ask(matter)
    with pytest.raises(Refused, match="cosign_code_wrong"):
        answer(matter, row, now=TEN + timedelta(minutes=30, seconds=1))
    assert answer(matter, row, now=TEN + timedelta(minutes=30)).confirmed_at


def test_nobody_twice_and_the_petitioner_not_at_all(stage: Stage, matter: Matter) -> None:
    answer(matter, ask(matter))
    with pytest.raises(Refused, match="already_cosigned"):
        answer(matter, ask(matter, now=TEN + timedelta(minutes=2)), now=TEN + timedelta(minutes=2))
    with pytest.raises(Refused, match="own_matter"):
        answer(matter, ask(matter, city.LUO))
    assert cosigned(matter) == 1


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
        request_code(token="x" * 32, client="", actor=ANYONE, now=TEN, **NEIGHBOUR.form())
    with pytest.raises(Unknown, match="link_unknown"):
        confirm(token="", cosigner=1, code="", actor=ANYONE, now=TEN)
    with pytest.raises(Unknown, match="cosigner_unknown"):
        confirm(token=link(matter), cosigner=0, code="123456", actor=ANYONE, now=TEN)


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
        request_code(token=token, client="", actor=ANYONE, now=later, **CROWD[5].form())
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
    row = request_code(token=link(matter), client="", actor=ANYONE, now=late, **CROWD[5].form())
    from duban.evaluation.verbs.balloting import open_ballot

    ballot = open_ballot(matter=matter.number, actor=stage["office"], now=at("2014-02-09 09:00"))
    with pytest.raises(Refused, match="cosigning_over"):
        confirm(
            token=link_of(matter), cosigner=row.pk, code=row.code, actor=ANYONE, now=at("2014-02-09 09:01")
        )
    assert ballot.roll == 3


def link_of(matter: Matter) -> str:
    found = invitation_of(matter)
    assert found is not None
    return found.token


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
    again = ask(matter, now=TEN + timedelta(minutes=2))
    with pytest.raises(Refused, match="cosigner_removed"):
        answer(matter, again, now=TEN + timedelta(minutes=2))
