"""Others stand behind a collective matter: invited by link, by real name, each once, proved by a code (rules 10, 17)."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from duban.core.events import Kind
from duban.core.lifecycle import Step, step
from duban.core.refusal import Refused, Unknown
from duban.core.rights import Actor, Role, Verb
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry
from duban.matters.guessing import admitted
from duban.matters.models import Matter, Remark
from duban.matters.opening import NOBODYS_CODE, as_digits
from duban.matters.verbs.deed import keep, lock, permit, staff_id, write
from duban.matters.verbs.forms import Form
from duban.people.citizens import identify
from duban.people.models import Citizen
from duban.people.sealing import blind_index

from ..models import CodeRequest, CoSigner, Invitation
from ..models.cosigning import ASKING_PURPOSE
from .balloting import running

CODE_LIVES = timedelta(minutes=30)
BETWEEN_CODES = timedelta(minutes=1)  # to one person's mobile
MOST_TRIES = 5  # of one who asked; who asks again in between spends tries of their own


@dataclass(frozen=True, slots=True)
class Asked:
    """What whoever asked for a code takes along: the token, by which the code is tried. `request` stays inside."""

    token: str
    request: CodeRequest


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
    *, link: str, name: str, id_number: str, mobile: str, client: str, actor: Actor, now: datetime
) -> Asked:
    """Somebody wishes to co-sign: they are noted, and a code goes to their mobile, also at night: they wait for it.

    To the mobile known of them, where they were known before: who merely has somebody's ID number must not sign for
    them. Answer and work are the same for everybody: nothing is sent to whom has co-signed already, is the petitioner
    or was removed, nor again within a minute, and whoever asks does not learn it. All who ask for one person within
    half an hour are after the same code, so a stranger's asking voids nobody's. Raises Invalid (name, id_number,
    mobile); Refused: cosigning_over, already_closed; TooMany(too_many_tries); Unknown.
    """
    held = lock(_number_of(link), now)
    permit(actor, Verb.COSIGN, held)
    _still_open(held)
    citizen = identify(name=name, id_number=id_number, mobile=mobile, now=now)
    admitted(client, f"cosigner:{held.pk}:{citizen.id_index}", now, door="cosigning").note(now)
    row = _row_of(held, citizen, now)
    CodeRequest.objects.filter(cosigner__matter=held, at__lt=now - CODE_LIVES).delete()
    lately = row.code_requests.filter(sent=True, at__gt=now - BETWEEN_CODES).exists()
    token = secrets.token_urlsafe(24)
    made = CodeRequest.objects.create(
        cosigner=row,
        token_index=_token_index(token),
        code=row.code,
        at=now,
        sent=not lately and row.confirmed_at is None and _may_join(row, held),
    )
    facts = {"cosigner": row.pk, "request": made.pk}
    write(held, Entry(Kind.CODE_REQUESTED, facts), actor=actor, at=now)
    keep(held)
    return Asked(token, made)


def confirm(*, link: str, token: str, code: str, client: str, actor: Actor, now: datetime) -> CoSigner:
    """The code came back to who asked for it: the co-signer counts. Again, it is the same.

    One answer for a wrong code, an old one, an unknown token, and somebody who cannot join: who has not got the code
    learns nothing about anybody. A try is counted before the code is looked at, with the token and not with the
    person, and wrong ones with the client. Raises Refused: cosign_code_wrong, cosign_code_spent, cosigning_over,
    already_closed; TooMany(too_many_tries); Unknown(link_unknown).
    """
    number, index = _number_of(link), _token_index(token)
    mine = CodeRequest.objects.filter(token_index=index, cosigner__matter__number=number)
    asked = mine.select_related("cosigner").first()
    if asked is not None and asked.tries >= MOST_TRIES:
        raise Refused("cosign_code_spent", field="code")
    attempt = admitted(client, f"code_request:{index}", now, door="confirming")
    live = mine.filter(tries__lt=MOST_TRIES, at__gte=now - CODE_LIVES)
    counted = live.update(tries=F("tries") + 1)
    if not _fits(asked if counted else None, code):
        attempt.note(now)
        raise Refused("cosign_code_wrong", field="code")
    return _join(number, asked.cosigner_id if asked else 0, now)


def _row_of(held: Matter, citizen: Citizen, now: datetime) -> CoSigner:
    """Whoever asks, noted once, with the code they are to be told: a fresh one every half hour."""
    fresh = CoSigner(matter=held, citizen=citizen, code=_digits(), code_at=now)
    CoSigner.objects.bulk_create([fresh], ignore_conflicts=True)
    row = CoSigner.objects.get(matter=held, citizen=citizen)
    if now > row.code_at + CODE_LIVES:
        row.code, row.code_at = fresh.code, now
    row.save(update_fields=["code", "code_at"])  # also unchanged: the same work for everybody
    return row


def _fits(asked: CodeRequest | None, code: str) -> bool:
    """Whether it is the code they asked for, or the one their mobile was told last; the same work without either."""
    own, last = (asked.code, asked.cosigner.code) if asked is not None else (NOBODYS_CODE, NOBODYS_CODE)
    typed = as_digits(code).encode()
    return hmac.compare_digest(own.encode(), typed) | hmac.compare_digest(last.encode(), typed)


@transaction.atomic
def _join(number: str, cosigner: int, now: datetime) -> CoSigner:
    held = lock(number, now)
    _still_open(held)
    row = CoSigner.objects.get(pk=cosigner)
    if not _may_join(row, held):
        raise Refused("cosign_code_wrong", field="code")
    if row.confirmed_at is not None:
        return row
    row.confirmed_at = now
    row.save(update_fields=["confirmed_at"])
    who = Actor(f"citizen:{row.citizen_id}", frozenset({Role.ANYONE}))
    write(held, Entry(Kind.COSIGNER_JOINED, {"cosigner": row.pk}), actor=who, at=now)
    keep(held)
    return row


def _may_join(row: CoSigner, held: Matter) -> bool:
    """Neither the petitioner, who stands on the roll already, nor somebody the office has taken off."""
    return row.citizen_id != held.petitioner_id and row.removed_at is None


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


def _number_of(link: str) -> str:
    number = Invitation.objects.filter(token=link).values_list("matter__number", flat=True).first()
    if number is None:
        raise Unknown("link_unknown")
    return number


def _token_index(token: str) -> str:
    return blind_index(token, purpose=ASKING_PURPOSE)


def _digits() -> str:
    return f"{secrets.randbelow(10**6):06d}"


def _still_open(held: Matter) -> None:
    """Co-signing is open while the matter is, and no ballot runs on a frozen roll."""
    if not held.collective:
        raise Refused("not_collective")
    step(held.lifecycle_state, Step.ADD)
    if running(held) is not None:
        raise Refused("cosigning_over")
