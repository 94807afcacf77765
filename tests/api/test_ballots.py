"""A ballot over the API, from the invitation to the result."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from duban.evaluation.models import CodeRequest, CodeResending, Slip, Voter
from duban.evaluation.verbs.counting import close_due
from duban.matters.models import Matter
from duban.people.models import Staff, Unit
from tests.city import LUO, TENG, WU
from tests.stage import CROWD, boxed

from .caller import Answer, Caller


def cosign(caller: Caller, token: str, person: object = CROWD[0]) -> None:
    form = person.form()  # type: ignore[attr-defined]
    asked = caller.post(f"/cosignatures/{token}", form)
    assert asked["state"] == "code_sent"
    sent = {"token": asked["token"], "code": CodeRequest.objects.latest("id").code}
    assert caller.post(f"/cosignatures/{token}/confirmation", sent)["state"] == "cosigned"


def test_confirming_tells_nothing_about_anybody(caller: Caller, completed: Callable[..., Answer]) -> None:
    """Neither who has co-signed nor who has asked; and by an ID number nothing is confirmed."""
    given = completed(collective=True)
    link = caller.post(f"/matters/{given['number']}/invitation", code=given["query_code"])["token"]
    cosign(caller, link)
    path, heard = f"/cosignatures/{link}", []
    for one in CROWD[:2]:
        token = caller.post(path, one.form())["token"]
        for held in (token, "nobodys"):
            tried = caller.post(f"{path}/confirmation", {"token": held, "code": "------"})
            heard.append((tried.status, {**tried.body, "instance": ""}))
    assert heard[0][0] == 409
    assert all(one == heard[0] for one in heard)
    old = caller.post(f"{path}/confirmation", {"id_number": CROWD[0].id_number, "code": "000000"})
    assert old.status == 422
    for _ in range(30):
        caller.post(f"{path}/confirmation", {"token": secrets.token_urlsafe(24), "code": "000000"})
    assert caller.post(f"{path}/confirmation", {"token": "x", "code": "000000"}).told == (
        429,
        "too_many_tries",
    )
    asked = [caller.post(path, CROWD[1].form()).status for _ in range(5)]
    assert asked == [200, 200, 200, 200, 429]


def test_a_retry_gets_the_same_token(caller: Caller, completed: Callable[..., Answer]) -> None:
    given = completed(collective=True)
    link = caller.post(f"/matters/{given['number']}/invitation", code=given["query_code"])["token"]
    first, again = (
        caller.post(f"/cosignatures/{link}", CROWD[0].form(), key="one tap")["token"] for _ in range(2)
    )
    assert first == again
    assert CodeRequest.objects.count() == 1


def test_what_is_co_signed_names_nobody(caller: Caller, completed: Callable[..., Answer]) -> None:
    given = completed(collective=True, title="罗家祥反映没有水", body="我是罗家祥，电话13874300001。")
    link = caller.post(f"/matters/{given['number']}/invitation", code=given["query_code"])["token"]
    seen = caller.get(f"/cosignatures/{link}")
    assert seen["title"] == "罗**反映没有水"
    assert "13874300001" not in seen["body"]


def test_from_invitation_to_result(caller: Caller, completed: Callable[..., Answer]) -> None:
    given = completed(collective=True)
    number, code = given["number"], given["query_code"]
    link = caller.post(f"/matters/{number}/invitation", code=code)
    assert link["link"].endswith(f"/cosign/{link['token']}")
    cosign(caller, link["token"])
    assert caller.get(f"/cosignatures/{link['token']}")["cosigned"] == 1
    assert caller.get(f"/matters/{number}/ballots/current", code=code).told == (404, "no_ballot")
    seen = caller.get(f"/desk/matters/{number}", by="office")
    assert "open_ballot" in seen["allowed"]

    (waiting,) = caller.get("/desk/ballots/waiting", by="office")["items"]
    assert (waiting["number"], waiting["unit"]["code"]) == (number, "zhaiyang")
    signed = caller.get(f"/desk/matters/{number}/ballot", by="office")
    assert (len(signed["cosigners"]), signed["cosigners_next"], signed["box"]) == (1, None, None)
    opened = caller.post(f"/desk/matters/{number}/ballot", {"extra": [WU.form()]}, by="office")
    assert opened.status == 201
    assert caller.get("/desk/ballots/waiting", by="office")["items"] == []
    box = caller.get(f"/desk/matters/{number}/ballot", by="clerk")["box"]
    assert box.pop("counting_from").endswith("T00:00:00+08:00")
    assert box == {"papers": 0, "first_by": None, "counted": False, "countable": False}
    assert caller.get(f"/desk/matters/{number}/ballot", by="handler")["box"] is None
    (running,) = caller.get(f"/desk/matters/{number}/ballots", by="handler")["items"]
    assert (running["state"], running["result"], running["counters"]) == ("open", None, [])
    assert (opened["state"], opened["roll"], opened["result"]) == ("open", 3, None)
    assert (opened["quorum_percent"], opened["votes_needed"]) == (50, 2)
    assert caller.post(f"/desk/matters/{number}/ballot", by="office").told == (409, "ballot_open")
    assert caller.get("/desk/ballots", by="clerk")["items"][0]["number"] == number
    terminal("clerk2"), terminal("clerk3")
    roll = caller.get(f"/desk/matters/{number}/ballot", by="clerk2")["roll"]
    assert [line["name"] for line in roll] == ["罗**", "乡**", "吴**"]
    for judged in ("handler", "clerk"):  # of the unit the vote is about
        assert caller.get(f"/desk/matters/{number}/ballot", by=judged)["roll"] == []

    path = f"/matters/{number}/ballots/current/votes"
    assert caller.post(path, {"grade": 5}, code=code)["votes"] == 1
    assert caller.post(path, {"grade": 1}, code=code).told == (409, "already_voted")
    voter = Voter.objects.get(pk=roll[1]["id"])
    assert caller.post(path, {"grade": 9}, code=voter.code).errors == {"grade": "grade_unknown"}
    assert caller.post(path, {"grade": 4}, code="0000000000").told == (404, "wrong_voting_code")
    assert caller.post(path, {"grade": 4}, code=voter.code, key="one tap")["votes"] == 2
    again = caller.post(path, {"grade": 4}, code=voter.code, key="one tap")
    assert again.headers["Idempotent-Replayed"] == "true"
    assert Slip.objects.count() == 2

    own = caller.post(f"/desk/matters/{number}/ballot-paper", {"id_numbers": [WU.id_number]}, by="clerk")
    assert own.told == (409, "paper_own_unit")
    shown = f"/desk/matters/{number}/ballot-paper"
    assert caller.post(shown, {"voters": [roll[2]["id"]]}, by="clerk2").status == 422
    assert caller.post(shown, {"id_numbers": [TENG.id_number]}, by="clerk2").errors == {
        "id_numbers": "voter_unknown"
    }
    assert caller.post(shown, {"id_numbers": []}, by="clerk2").errors == {"id_numbers": "required"}
    paper = caller.post(shown, {"id_numbers": [WU.id_number]}, by="clerk2")
    assert (paper["votes"], paper["papers_out"]) == (2, 1)
    again = caller.post(shown, {"id_numbers": [WU.id_number]}, by="clerk2", key="once more")
    assert again.told == (409, "paper_taken")
    holder = Voter.objects.get(pk=roll[2]["id"])
    assert caller.post(path, {"grade": 5}, code=holder.code).told == (409, "own_paper_taken")
    assert caller.post(shown, {"id_numbers": [LUO.id_number]}, by="clerk2").told == (409, "voter_voted")
    lines = caller.get(f"/desk/matters/{number}/ballot", by="clerk2")["roll"]
    assert [(line["voted"], line["paper_taken"]) for line in lines] == [
        (True, False), (True, False), (False, True)
    ]  # fmt: skip
    assert caller.post(f"/desk/matters/{number}/ballot-closing", by="office").told == (409, "paper_pending")
    count = f"/desk/matters/{number}/ballot-count"
    assert caller.post(count, {"grades": grades(1, 1)}, by="clerk").told == (409, "paper_own_unit")
    assert caller.post(count, {"grades": grades(5, 2)}, by="clerk2").errors == {"grades": "paper_many"}
    for partly in ({}, {"1": 1}):
        assert caller.post(count, {"grades": partly}, by="clerk2").errors == {"grades": "paper_blank"}
    assert caller.post(count, {"grades": {"6": 1}}, by="clerk2").errors == {"grades": "paper_number"}
    assert caller.post(count, {"grades": grades(1, 1)}, by="clerk2")["count"] == "first"
    assert caller.post(count, {"grades": grades(1, 1)}, by="clerk2").told == (409, "paper_same_person")
    assert caller.post(count, {"grades": grades(1, 1)}, by="clerk3")["count"] == "agreed"


def test_the_box_is_not_counted_before_the_last_day(caller: Caller, completed: Callable[..., Answer]) -> None:
    given = completed(collective=True)
    number = given["number"]
    caller.post(f"/desk/matters/{number}/ballot", {"extra": [WU.form()]}, by="office")
    terminal("clerk2")
    caller.post(f"/desk/matters/{number}/ballot-paper", {"id_numbers": [WU.id_number]}, by="clerk2")
    count = f"/desk/matters/{number}/ballot-count"
    early = caller.post(count, {"grades": grades(1, 1)}, by="clerk2")
    assert early.told == (409, "box_not_yet")


def grades(grade: int, papers: int) -> dict[str, int]:
    """A box in which all papers say one grade."""
    return {str(one): papers for one, papers in boxed(grade, papers).items()}


def terminal(username: str) -> None:
    """A clerk at the terminal of a unit that has nothing to do with the matter."""
    unit = Unit.objects.get(code="zhujian")
    Staff.objects.create(username=username, display_name="麻阿妹", unit=unit, roles=["clerk"], password="!")


def test_a_roll_that_cannot_be(caller: Caller, completed: Callable[..., Answer]) -> None:
    number = completed(collective=True)["number"]
    path = f"/desk/matters/{number}/ballot"
    assert caller.post(path, by="office").told == (409, "roll_empty")
    twice = caller.post(path, {"extra": [WU.form(), WU.form()]}, by="office")
    assert twice.errors == {"extra.2": "roll_twice"}
    assert caller.post(path, {"closes_on": "2014-01-06"}, by="office").errors == {"closes_on": "ballot_day"}


def test_the_result_is_there_once_it_is_closed(caller: Caller, completed: Callable[..., Answer]) -> None:
    given = completed(collective=True)
    number, code = given["number"], given["query_code"]
    caller.post(f"/desk/matters/{number}/ballot", {"extra": [WU.form()]}, by="office")
    path = f"/matters/{number}/ballots/current"
    caller.post(f"{path}/votes", {"grade": 5}, code=code)
    other = Voter.objects.get(voted=False)
    caller.post(f"{path}/votes", {"grade": 4}, code=other.code)
    closed = caller.post(f"/desk/matters/{number}/ballot-closing", by="office")
    assert closed["result"]["outcome"] == "passed"
    assert closed["result"]["grades"] == {"5": 1, "4": 1, "3": 0, "2": 0, "1": 0}
    assert caller.get(path, code=other.code)["result"]["votes"] == 2
    assert caller.get(f"/matters/{number}", code=code)["basis"] == "ballot"
    assert Matter.objects.get(number=number).state == "closed"
    assert caller.get("/desk/ballots", by="office")["items"] == []
    (ended,) = caller.get("/desk/ballots?state=closed", by="office")["items"]
    assert (ended["number"], ended["state"], ended["result"]["outcome"]) == (number, "closed", "passed")
    assert caller.get("/desk/ballots?state=lost", by="office").errors == {"state": "not_offered"}


def test_the_next_roll_begins_with_the_last(caller: Caller, completed: Callable[..., Answer]) -> None:
    given = completed(collective=True)
    number = given["number"]
    path = f"/desk/matters/{number}/ballot"
    caller.post(path, {"extra": [WU.form(), TENG.form()]}, by="office")
    close_due(timezone.now() + timedelta(days=9))  # nobody voted
    seen = caller.get(path, by="office")
    nothing = {"last": 3, "roll": 3, "gone": 0, "joined": 0, "reasons": []}
    assert seen["next_roll"] == nothing
    assert caller.get(path, by="handler")["next_roll"] is None
    leaving = {"leaving": [seen["roll"][2]["id"]]}
    assert caller.post(path, leaving, by="office").errors == {"leaving_reason": "text_missing"}
    opened = caller.post(path, {**leaving, "leaving_reason": "已迁出"}, by="office")
    assert (opened.status, opened["roll"]) == (201, 2)
    latest, first = caller.get(f"/desk/matters/{number}/ballots", by="office")["items"]
    assert latest["roll_change"] == {**nothing, "roll": 2, "gone": 1, "reasons": ["已迁出"]}
    assert first["roll_change"] is None


def test_a_cosigner_is_removed(caller: Caller, completed: Callable[..., Answer]) -> None:
    given = completed(collective=True)
    token = caller.post(f"/matters/{given['number']}/invitation", code=given["query_code"])["token"]
    cosign(caller, token)
    row = caller.get(f"/desk/matters/{given['number']}/ballot", by="office")["cosigners"][0]
    path = f"/desk/matters/{given['number']}/cosigners/{row['id']}/removal"
    assert caller.post(path, {"reason": "不是本村人"}, by="office")["cosigned"] == 0
    assert caller.post(path, {"reason": "不是本村人"}, by="office").told == (404, "cosigner_unknown")


def test_a_lost_code_is_sent_again_to_whom_it_belongs(
    caller: Caller, completed: Callable[..., Answer]
) -> None:
    given = completed(collective=True)
    number, code = given["number"], given["query_code"]
    link = caller.post(f"/matters/{number}/invitation", code=code)["token"]
    cosign(caller, link)
    caller.post(f"/desk/matters/{number}/ballot", by="office")
    path = f"/matters/{number}/ballots/current/code"
    for where, mobile in (
        (path, CROWD[0].mobile),
        (path, "13974399999"),
        ("/matters/20140107-9999-9/ballots/current/code", CROWD[0].mobile),
    ):
        heard = caller.post(where, {"mobile": mobile})
        assert (heard.status, heard.body) == (200, {"state": "asked"})
    (owed,) = CodeResending.objects.exclude(voter=None)
    assert owed.voter is not None
    assert owed.voter.citizen.mobile == CROWD[0].mobile
    once = caller.post(path, {"mobile": "13974399998"}, key="one tap")
    again = caller.post(path, {"mobile": "13974399998"}, key="one tap")
    assert (once.body, again.headers["Idempotent-Replayed"]) == (again.body, "true")
    assert caller.post(path, {"mobile": "138"}).errors == {"mobile": "mobile_shape"}
    assert caller.post(path, {}).errors == {"mobile": "required"}
    assert caller.post(path, {"mobile": CROWD[0].mobile}, by="office").told == (403, "vote_is_the_voters")
    heard = [caller.post(path, {"mobile": "13974399997"}).status for _ in range(6)]
    assert heard == [200, 200, 200, 200, 200, 429]


def test_a_token_beside_the_code_acts_for_nobody(caller: Caller, completed: Callable[..., Answer]) -> None:
    given = completed(collective=True)
    number, code = given["number"], given["query_code"]
    link = caller.post(f"/matters/{number}/invitation", code=code)["token"]
    cosign(caller, link)
    caller.post(f"/desk/matters/{number}/ballot", by="office")
    vote = f"/matters/{number}/ballots/current/votes"
    for by in ("handler", "office", "leader"):
        for path, sent in (
            (vote, {"grade": 5}),
            (f"/matters/{number}/withdrawal", {}),
            (f"/matters/{number}/additions", {"text": "已经满意"}),
            (f"/matters/{number}/invitation", {}),
        ):
            told = caller.post(path, sent, by=by, code=code).told
            expected = "vote_is_the_voters" if path == vote else "step_is_the_petitioners"
            assert (path, told) == (path, (403, expected))
    assert not Slip.objects.exists()
    assert Matter.objects.get(number=number).state == "completed"
