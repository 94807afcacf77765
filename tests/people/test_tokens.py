"""API tokens: shown once, kept as a keyed hash, verified in one statement."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.core.refusal import Forbidden, Unknown
from duban.core.rights import SYSTEM
from duban.journal.models import Event
from duban.journal.verifying import breaks
from duban.people.models import ApiToken, Staff
from duban.people.queries import tokens_of
from duban.people.tokens import issue, revoke, staff_of

from .conftest import NOW, SECADMIN, SYSADMIN, MakeAccount

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
    row, holder = ApiToken.objects.get(), Staff.objects.get().actor
    for _ in range(2):  # twice is harmless, and once on record
        revoke(token=row.pk, actor=holder, now=NOW)
    assert staff_of(token) is None
    ended = Event.objects.get(kind="token.revoked")
    assert (ended.stream, ended.actor, ended.facts) == (
        f"account:{row.staff_id}",
        holder.key,
        {"token": row.pk},
    )
    assert list(breaks()) == []


def test_a_token_is_revoked_by_its_holder_or_the_system_administrator(account: MakeAccount) -> None:
    account()
    other = account("head", ("head",))
    token = issue(username="handler", actor=SYSTEM, now=NOW)
    row = ApiToken.objects.get()
    for stranger in (other.actor, SECADMIN):
        with pytest.raises(Forbidden):
            revoke(token=row.pk, actor=stranger, now=NOW)
    assert staff_of(token) is not None
    revoke(token=row.pk, actor=SYSADMIN, now=NOW)
    assert staff_of(token) is None
    assert Event.objects.get(kind="token.revoked").actor == SYSADMIN.key


def test_no_token_is_revoked_where_there_is_none(account: MakeAccount) -> None:
    account()
    with pytest.raises(Unknown):
        revoke(token=1, actor=SYSADMIN, now=NOW)


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
