"""Others stand behind a collective matter: invited by link, by real name, each once, proved by a code (rules 10, 17)."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from duban.core.events import Kind
from duban.core.lifecycle import Step, step
from duban.core.refusal import Refused, TooMany, Unknown
from duban.core.rights import Actor, Role, Verb
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry
from duban.matters.guessing import admitted
from duban.matters.models import Matter, Remark
from duban.matters.opening import as_digits
from duban.matters.verbs.deed import keep, lock, permit, staff_id, write
from duban.matters.verbs.forms import Form
from duban.people.citizens import identify

from ..models import CoSigner, Invitation
from .balloting import running

CODE_LIVES = timedelta(minutes=30)
BETWEEN_CODES = timedelta(minutes=1)
AFTER_WRONG = timedelta(minutes=15)  # until a code can be had anew, once too many wrong ones were typed
MOST_TRIES = 5


@transaction.atomic
def invite(*, matter: str, actor: Actor, now: datetime) -> Invitation:
    """The petitioner gets the link under which others co-sign; asked again, the same one.

    It tells nobody anything, so history does not mention it. Raises Refused: not_collective, cosigning_over,
    already_closed; Forbidden; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.INVITE, held)
    _still_open(held)
    made, _new = Invitation.objects.get_or_create(
        matter=held, defaults={"token": secrets.token_urlsafe(24), "made_at": now}
    )
    return made


@transaction.atomic
def request_code(
    *, token: str, name: str, id_number: str, mobile: str, client: str, actor: Actor, now: datetime
) -> CoSigner:
    """Somebody wishes to co-sign: they are noted, and a code goes to their mobile, also at night: they wait for it.

    To the mobile known of them, where they were known before: who merely has somebody's ID number must not sign for
    them. Nor does the answer tell whether they have co-signed already, or are the petitioner; `confirm` does. Raises
    Invalid (name, id_number, mobile); Refused: cosigning_over, already_closed; TooMany: code_wait, too_many_tries; Unknown.
    """
    held = lock(_number_of(token), now)
    permit(actor, Verb.COSIGN, held)
    _still_open(held)
    citizen = identify(name=name, id_number=id_number, mobile=mobile, now=now)
    admitted(f"cosigning:{client}", f"cosigner:{held.pk}:{citizen.id_index}", now).note(now)
    row = CoSigner.objects.filter(matter=held, citizen=citizen).first()
    if row is None:
        row = CoSigner(matter=held, citizen=citizen, requests=0)
    else:
        _may_request(row, now)
    row.code, row.code_at = f"{secrets.randbelow(10**6):06d}", now
    row.requests, row.tries = row.requests + 1, 0
    row.save()
    facts = {"cosigner": row.pk, "request": row.requests}
    write(held, Entry(Kind.CODE_REQUESTED, facts), actor=actor, at=now)
    keep(held)
    return row


def confirm(*, token: str, cosigner: int, code: str, actor: Actor, now: datetime) -> CoSigner:
    """The code came back: the co-signer counts.

    A try is counted before the code is looked at, and stays counted when it was wrong. Raises Refused: cosign_code_wrong,
    own_matter, already_cosigned, cosigner_removed, cosigning_over, already_closed; TooMany(cosign_code_spent); Unknown.
    """
    number = _number_of(token)
    mine = CoSigner.objects.filter(pk=cosigner, matter__number=number)
    if not mine.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        row = mine.first()
        if row is None:
            raise Unknown("cosigner_unknown")
        raise TooMany("cosign_code_spent", retry_after=_seconds(row.code_at + AFTER_WRONG - now))
    row = mine.get()
    right = hmac.compare_digest(row.code.encode(), as_digits(code).encode())
    if not right or now > row.code_at + CODE_LIVES:
        raise Refused("cosign_code_wrong", field="code")
    return _join(number, cosigner, now)


@transaction.atomic
def _join(number: str, cosigner: int, now: datetime) -> CoSigner:
    held = lock(number, now)
    _still_open(held)
    row = CoSigner.objects.get(pk=cosigner)
    if row.citizen_id == held.petitioner_id:
        raise Refused("own_matter")
    if row.removed_at is not None:
        raise Refused("cosigner_removed")
    if row.confirmed_at is not None:
        raise Refused("already_cosigned")
    row.confirmed_at = now
    row.save(update_fields=["confirmed_at"])
    who = Actor(f"citizen:{row.citizen_id}", frozenset({Role.ANYONE}))
    write(held, Entry(Kind.COSIGNER_JOINED, {"cosigner": row.pk}), actor=who, at=now)
    keep(held)
    return row


@transaction.atomic
def remove_cosigner(*, matter: str, cosigner: int, reason: str, actor: Actor, now: datetime) -> CoSigner:
    """The office takes a co-signer off, with a reason, before the roll is frozen. They stay off.

    Raises Invalid (reason); Refused: not_collective, cosigning_over, already_closed; Forbidden; Unknown.
    """
    held = lock(matter, now)
    permit(actor, Verb.OPEN_BALLOT, held)
    _still_open(held)
    row = CoSigner.objects.filter(pk=cosigner, matter=held, removed_at=None).first()
    if row is None:
        raise Unknown("cosigner_unknown")
    form = Form()
    reason = form.note("reason", reason)
    form.check()
    remark = Remark.objects.create(
        matter=held, part=Remark.Part.COSIGNING, text=reason, by_id=staff_id(actor), at=now
    )
    row.removed_at, row.removal = now, remark
    row.save(update_fields=["removed_at", "removal"])
    facts = {"cosigner": row.pk, "remark": remark.pk, "text": digest_of_text(reason)}
    write(held, Entry(Kind.COSIGNER_REMOVED, facts), actor=actor, at=now)
    keep(held)
    return row


def _number_of(token: str) -> str:
    number = Invitation.objects.filter(token=token).values_list("matter__number", flat=True).first()
    if number is None:
        raise Unknown("link_unknown")
    return number


def _still_open(held: Matter) -> None:
    """Co-signing is open while the matter is, and no ballot runs on a frozen roll."""
    if not held.collective:
        raise Refused("not_collective")
    step(held.lifecycle_state, Step.ADD)
    if running(held) is not None:
        raise Refused("cosigning_over")


def _may_request(row: CoSigner, now: datetime) -> None:
    wait = AFTER_WRONG if row.tries >= MOST_TRIES else BETWEEN_CODES
    if now < row.code_at + wait:
        raise TooMany("code_wait", retry_after=_seconds(row.code_at + wait - now))


def _seconds(wait: timedelta) -> int:
    return max(1, -int(-wait.total_seconds() // 1))
