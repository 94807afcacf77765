"""A vote is cast by whose vote it is: not by staff, not by whoever comes to the same screen next."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from duban.evaluation.models import Ballot, Slip, Voter
from tests.city import PASSWORD, at
from tests.stage import Stage, build

from ..conftest import hidden, page

MORNING = at("2014-02-10 10:00")


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def stage(db: None) -> Stage:
    return build()


def enter(browser: Client, ballot: Ballot, voter: Voter, **more: str) -> str:
    path = f"/matters/{ballot.matter.number}/ballot"
    browser.post(path, {"code": voter.code, **more})
    return path


@pytest.mark.parametrize("username", ["handler", "clerk", "office", "leader"])
def test_staff_cast_nobodys_vote(stage: Stage, username: str) -> None:
    ballot = stage.balloting()
    matter, neighbour = ballot.matter, ballot.voters.latest("id")
    browser, path = Client(), f"/matters/{ballot.matter.number}/ballot"
    browser.force_login(stage.staff[username])
    browser.post("/track", {"no": matter.number, "code": matter.query_code})
    refused = [
        browser.post(path, {"grade": "5", "sure": "1"}),  # as the petitioner
        browser.post(path, {"code": neighbour.code}),
        browser.post(path, {"grade": "5", "sure": "1"}),  # as the neighbour
    ]
    assert [one.status_code for one in refused] == [403, 403, 403]
    assert "票只能由投票人本人投" in page(refused[0])
    assert not Slip.objects.exists()
    for shown in (page(browser.get(path)), page(browser.get(f"{path}?another=1"))):
        assert "退出登录" in shown
        assert 'name="grade"' not in shown
        assert 'name="code"' not in shown


def test_who_is_signed_in_reads_nothing_by_a_code_entered_before(stage: Stage) -> None:
    ballot, browser = stage.balloting(), Client()
    path = enter(browser, ballot, ballot.voters.latest("id"))
    assert 'name="grade"' in page(browser.get(path))
    browser.post("/sign-in", {"username": "clerk", "password": PASSWORD})
    browser.post("/sign-out")
    assert "voters" not in browser.session


@pytest.mark.parametrize("leaving", ["/track", "/sign-in"])
def test_leaving_takes_the_voting_codes_along(stage: Stage, leaving: str) -> None:
    ballot, browser = stage.balloting(), Client()
    path = enter(browser, ballot, ballot.voters.latest("id"))
    session = browser.session
    session["cosigning"], session["cosigned"] = {"link": "token"}, ["link"]
    session.save()
    browser.post(leaving, {"action": "forget", "username": "handler", "password": PASSWORD})
    assert not {"matters", "voters", "cosigning", "cosigned"} & set(browser.session.keys())
    assert browser.post(path, {"grade": "5", "sure": "1"}).status_code in (200, 403, 409)
    assert not Slip.objects.exists()


def test_the_vote_page_has_a_button_to_leave(stage: Stage) -> None:
    ballot, browser = stage.balloting(), Client()
    path = enter(browser, ballot, ballot.voters.latest("id"))
    choosing = page(browser.get(path))
    for text in (choosing, page(browser.post(path, {**hidden(choosing), "grade": "4"}, follow=True))):
        form = next(one for one in re.findall(r"<form.*?</form>", text, re.S) if "forget" in one)
        assert 'action="/track"' in form
        assert "离开" in form


def test_another_tabs_voter_is_not_voted_for(stage: Stage) -> None:
    ballot, browser = stage.balloting(), Client()
    one, other = ballot.voters.order_by("-id")[:2]
    path = enter(browser, ballot, one)
    chosen = browser.post(path, {**hidden(page(browser.get(path))), "grade": "4"}, follow=True)
    confirmation = page(chosen)
    assert one.citizen.masked_name in confirmation
    enter(browser, ballot, other)  # in another tab
    cast = browser.post(path, {**hidden(confirmation), "grade": "4", "sure": "1"})
    assert cast.status_code == 409
    assert not Slip.objects.exists()
    text = page(cast)
    assert "换了一个投票码" in text
    assert 'name="code"' in text
    # their own code again, and what was chosen is still there
    again = browser.post(path, {"code": one.code, "grade": "4"}, follow=True)
    assert one.citizen.masked_name in page(again)
    done = browser.post(path, {**hidden(page(again)), "grade": "4", "sure": "1"}, follow=True)
    assert "您的一票已经投进票箱" in page(done)
    one.refresh_from_db(), other.refresh_from_db()
    assert (one.voted, other.voted) == (True, False)


def test_also_when_only_the_grade_was_chosen(stage: Stage) -> None:
    ballot, browser = stage.balloting(), Client()
    one, other = ballot.voters.order_by("-id")[:2]
    path = enter(browser, ballot, one)
    choosing = hidden(page(browser.get(path)))
    enter(browser, ballot, other)
    assert browser.post(path, {**choosing, "grade": "4"}).status_code == 409


def test_a_vote_says_whose_it_is(stage: Stage) -> None:
    """A form that does not say for whom it was drawn casts nobody's vote."""
    ballot, browser = stage.balloting(), Client()
    path = enter(browser, ballot, ballot.voters.latest("id"))
    assert browser.post(path, {"grade": "4", "sure": "1"}).status_code == 409
    assert not Slip.objects.exists()


def test_a_spent_slip_is_no_vote_and_is_not_said_to_be_one(stage: Stage) -> None:
    ballot, browser = stage.balloting(), Client()
    one, other = ballot.voters.order_by("-id")[:2]
    path = enter(browser, ballot, one)
    choosing = {**hidden(page(browser.get(path))), "grade": "4"}
    confirmation = hidden(page(browser.post(path, choosing, follow=True)))
    browser.post(path, {**confirmation, "grade": "4", "sure": "1"}, follow=True)
    enter(browser, ballot, other)
    theirs = hidden(page(browser.get(path)))
    spent = {**theirs, "once": confirmation["once"], "grade": "4", "sure": "1"}
    answer = page(browser.post(path, spent, follow=True))
    assert "您的一票已经投进票箱" not in answer
    assert "这一份已经提交过" in answer
    assert Slip.objects.count() == 1


def test_the_grade_outlives_a_lost_session(stage: Stage) -> None:
    ballot, browser = stage.balloting(), Client()
    voter = ballot.voters.latest("id")
    path = enter(browser, ballot, voter)
    choosing = {**hidden(page(browser.get(path))), "grade": "2"}
    confirmation = hidden(page(browser.post(path, choosing, follow=True)))
    browser.cookies.clear()
    asked = page(browser.post(path, {**confirmation, "grade": "2", "sure": "1"}))
    assert '<input type="hidden" name="grade" value="2">' in asked
    wrong = page(browser.post(path, {"code": "1", "grade": "2"}))
    assert '<input type="hidden" name="grade" value="2">' in wrong
    again = browser.post(path, {"code": voter.code, "grade": "2"}, follow=True)
    assert "投出这一票" in page(again)
    browser.post(path, {**hidden(page(again)), "grade": "2", "sure": "1"})
    assert Slip.objects.count() == 1
    strange = page(Client().post(path, {"grade": '"><b>', "sure": "1"}))
    assert "<b>" not in strange


def test_back_after_voting_says_that_one_has_voted(stage: Stage) -> None:
    """The question whether one is sure has an address: no form is sent again, and nothing in it tells the grade."""
    ballot, browser = stage.balloting(), Client()
    one, other = ballot.voters.order_by("-id")[:2]
    path = enter(browser, ballot, one)
    choosing = hidden(page(browser.get(path)))
    asked = {}
    for grade in ("4", "1"):
        sent = browser.post(path, {**choosing, "grade": grade})
        assert sent.status_code == 302
        asked[grade] = sent.headers["Location"]
    assert re.fullmatch(rf"{path}\?choice=[0-9a-f]{{64}}", asked["4"])
    assert asked["4"] != asked["1"]
    confirmation = page(browser.get(asked["4"]))
    assert "您选的是" in confirmation
    assert "基本满意" not in confirmation.split("<aside")[0]
    assert '"grade"' not in str(dict(browser.session))
    secret = browser.session["choosing"]
    assert list(secret) == [str(one.pk)]
    assert 'name="sure"' not in page(voters(ballot, other).get(asked["4"]))  # another's choice
    assert 'name="sure"' not in page(voters(ballot, one).get(asked["4"]))  # or on another telephone
    for nonsense in ("?choice=", "?choice=é", "?choice=" + "0" * 64):
        assert 'name="sure"' not in page(browser.get(f"{path}{nonsense}"))
    browser.post(path, {**hidden(confirmation), "grade": "4", "sure": "1"})
    back = page(browser.get(asked["4"]))
    assert "您已经投过票了" in back
    assert 'name="sure"' not in back
    assert browser.session["choosing"] == {}


def voters(ballot: Ballot, voter: Voter) -> Client:
    browser = Client()
    enter(browser, ballot, voter)
    return browser
