"""Signing in: five wrong passwords lock a name for fifteen minutes, known or not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from duban.core.refusal import Refused, TooMany
from duban.journal.models import Event
from duban.people.models import Staff
from duban.people.signing_in import sign_in, sign_out

from .conftest import NOW, PASSWORD, MakeAccount

pytestmark = pytest.mark.django_db


def asking() -> HttpRequest:
    request = RequestFactory().post("/sign-in")
    request.session = SessionStore()
    return request


def fail(username: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(Refused, match="wrong_password"):
            sign_in(asking(), username=username, password="wrong", now=NOW)


def test_the_right_password_opens_a_session(account: MakeAccount) -> None:
    staff = account()
    request = asking()
    assert sign_in(request, username=" handler ", password=PASSWORD, now=NOW) == staff
    assert get_user(request) == staff
    event = Event.objects.get(kind="account.signed_in")
    assert (event.stream, event.actor, event.at) == (f"account:{staff.pk}", f"staff:{staff.pk}", NOW)
    sign_out(request)
    assert get_user(request).is_anonymous


def test_a_wrong_password_is_refused_and_recorded(account: MakeAccount) -> None:
    staff = account()
    fail("handler", 1)
    event = Event.objects.get(kind="account.sign_in_failed")
    assert (event.stream, event.facts) == (f"account:{staff.pk}", {})


@pytest.mark.parametrize("username", ["nobody", "", "\0", "石" * 400])
def test_an_unknown_name_gets_the_same_answer(account: MakeAccount, username: str) -> None:
    account()
    fail(username, 1)
    assert not Event.objects.filter(kind="account.sign_in_failed").exists()


def test_an_ended_account_gets_the_same_answer(account: MakeAccount) -> None:
    account()
    Staff.objects.update(is_active=False)
    with pytest.raises(Refused, match="wrong_password"):
        sign_in(asking(), username="handler", password=PASSWORD, now=NOW)


@pytest.mark.parametrize("username", ["handler", "nobody"])
def test_the_sixth_try_is_locked_even_with_the_right_password(account: MakeAccount, username: str) -> None:
    account()
    fail(username, 5)
    request = asking()
    with pytest.raises(TooMany) as refused:
        sign_in(request, username=username, password=PASSWORD, now=NOW)
    assert refused.value.code == "account_locked"
    assert 14 * 60 < refused.value.retry_after <= 15 * 60
    assert refused.value.params["minutes"] == 15
    assert not getattr(request, "axes_locked_out", False)


def test_trying_on_does_not_lengthen_the_lock(account: MakeAccount) -> None:
    account()
    fail("handler", 5)
    locked_at = AccessAttempt.objects.get().attempt_time
    with pytest.raises(TooMany):
        sign_in(asking(), username="handler", password="wrong", now=NOW)
    assert AccessAttempt.objects.get().attempt_time == locked_at


def test_the_lock_ends_after_a_quarter_of_an_hour(account: MakeAccount) -> None:
    account()
    fail("handler", 5)
    attempt = AccessAttempt.objects.get()
    AccessAttempt.objects.update(attempt_time=attempt.attempt_time - timedelta(minutes=15, seconds=1))
    assert sign_in(asking(), username="handler", password=PASSWORD, now=NOW)


def test_one_names_lock_leaves_the_others_alone(account: MakeAccount) -> None:
    account()
    head = account("head", ("head",))
    fail("handler", 5)
    assert sign_in(asking(), username="head", password=PASSWORD, now=NOW) == head


def test_success_forgets_the_failures(account: MakeAccount) -> None:
    account()
    fail("handler", 4)
    sign_in(asking(), username="handler", password=PASSWORD, now=NOW)
    fail("handler", 4)
    assert sign_in(asking(), username="handler", password=PASSWORD, now=NOW)


def test_no_password_is_kept_anywhere(account: MakeAccount) -> None:
    account()
    request = RequestFactory().post("/sign-in", {"username": "handler", "password": "my-bank-password"})
    request.session = SessionStore()
    with pytest.raises(Refused):
        sign_in(request, username="handler", password="my-bank-password", now=NOW)
    assert "my-bank-password" not in str(list(AccessAttempt.objects.values()))
