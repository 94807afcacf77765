"""A ballot over the API, from the invitation to the result."""

from __future__ import annotations

from collections.abc import Callable

from duban.evaluation.models import CoSigner, Slip, Voter
from duban.matters.models import Matter
from tests.city import WU
from tests.stage import CROWD

from .caller import Answer, Caller


def cosign(caller: Caller, token: str, person: object = CROWD[0]) -> None:
    form = person.form()  # type: ignore[attr-defined]
    assert caller.post(f"/cosignatures/{token}", form)["state"] == "code_sent"
    code = CoSigner.objects.latest("id").code
    done = caller.post(f"/cosignatures/{token}/confirmation", {"id_number": form["id_number"], "code": code})
    assert done["state"] == "cosigned"


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
    box = {"papers": 0, "first_by": None, "counted": False}
    assert caller.get(f"/desk/matters/{number}/ballot", by="clerk")["box"] == box
    assert caller.get(f"/desk/matters/{number}/ballot", by="handler")["box"] is None
    (running,) = caller.get(f"/desk/matters/{number}/ballots", by="handler")["items"]
    assert (running["state"], running["result"], running["counters"]) == ("open", None, [])
    assert (opened["state"], opened["roll"], opened["result"]) == ("open", 3, None)
    assert caller.post(f"/desk/matters/{number}/ballot", by="office").told == (409, "ballot_open")
    assert caller.get("/desk/ballots", by="clerk")["items"][0]["number"] == number
    roll = caller.get(f"/desk/matters/{number}/ballot", by="clerk")["roll"]
    assert [line["name"] for line in roll] == ["罗**", "乡**", "吴**"]
    assert caller.get(f"/desk/matters/{number}/ballot", by="handler")["roll"] == []

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

    paper = caller.post(f"/desk/matters/{number}/ballot-paper", {"voters": [roll[2]["id"]]}, by="clerk")
    assert (paper["votes"], paper["papers_out"]) == (2, 1)
    assert caller.post(f"/desk/matters/{number}/ballot-closing", by="office").told == (409, "paper_pending")
    count = f"/desk/matters/{number}/ballot-count"
    assert caller.post(count, {"grades": {"5": 2}}, by="clerk").errors == {"grades": "paper_many"}
    assert caller.post(count, {"grades": {"6": 1}}, by="clerk").errors == {"grades": "paper_number"}
    assert caller.post(count, {"grades": {"1": 1}}, by="clerk")["count"] == "first"
    assert caller.post(count, {"grades": {"1": 1}}, by="clerk").told == (409, "paper_same_person")


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


def test_a_cosigner_is_removed(caller: Caller, completed: Callable[..., Answer]) -> None:
    given = completed(collective=True)
    token = caller.post(f"/matters/{given['number']}/invitation", code=given["query_code"])["token"]
    cosign(caller, token)
    row = caller.get(f"/desk/matters/{given['number']}/ballot", by="office")["cosigners"][0]
    path = f"/desk/matters/{given['number']}/cosigners/{row['id']}/removal"
    assert caller.post(path, {"reason": "不是本村人"}, by="office")["cosigned"] == 0
    assert caller.post(path, {"reason": "不是本村人"}, by="office").told == (404, "cosigner_unknown")
