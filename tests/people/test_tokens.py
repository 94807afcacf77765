"""API tokens: shown once, kept as a keyed hash, verified in one statement."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.core.refusal import Unknown
from duban.core.rights import SYSTEM
from duban.journal.models import Event
from duban.people.models import ApiToken, Staff
from duban.people.queries import tokens_of
from duban.people.tokens import issue, revoke, staff_of

from .conftest import NOW, MakeAccount

pytestmark = pytest.mark.django_db


def test_a_token_speaks_for_its_account_in_one_statement(account: MakeAccount) -> None:
    staff = account()
    token = issue(username="handler", actor=SYSTEM, now=NOW)
    with CaptureQueriesContext(connection) as asked:
        found = staff_of(token)
        assert found is not None
        assert found.actor == staff.actor
    assert len(asked) == 1
    kept = ApiToken.objects.get()
    assert token not in (kept.hash, str(kept))
    assert kept.last4 == token[-4:]
    assert Event.objects.get(kind="token.issued").facts == {"token": kept.pk}
    assert tokens_of(staff.pk) == [kept]


@pytest.mark.parametrize("token", ["", "x", "\0", "令牌" * 50])
def test_what_is_no_token_is_nobody(account: MakeAccount, token: str) -> None:
    account()
    issue(username="handler", actor=SYSTEM, now=NOW)
    assert staff_of(token) is None


def test_a_revoked_token_is_nobody(account: MakeAccount) -> None:
    account()
    token = issue(username="handler", actor=SYSTEM, now=NOW)
    revoke(token=ApiToken.objects.get().pk, now=NOW)
    assert staff_of(token) is None


def test_an_ended_account_has_no_voice(account: MakeAccount) -> None:
    account()
    token = issue(username="handler", actor=SYSTEM, now=NOW)
    Staff.objects.update(is_active=False)
    assert staff_of(token) is None
    with pytest.raises(Unknown):
        issue(username="handler", actor=SYSTEM, now=NOW)


def test_nobody_gets_no_token(account: MakeAccount) -> None:
    with pytest.raises(Unknown):
        issue(username="nobody", actor=SYSTEM, now=NOW)
