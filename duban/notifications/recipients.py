"""Who is reached where: the petitioner by mobile, officials by e-mail where one is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from duban.core.rights import Role
from duban.evaluation.models import CodeRequest, CodeResending, Voter
from duban.matters.models import Matter
from duban.people.models import Staff, Unit
from duban.people.units import office_code

from .channels import CITIZENS, STAFF


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person or desk. `key` is what the log keeps; `waits` at night, as a citizen's telephone does.

    `words` fill places of the sentence that are this recipient's own: a code.
    """

    key: str
    channel: str
    address: str
    waits: bool = False
    words: Mapping[str, str] = field(default_factory=dict)


def petitioner(matter: Matter) -> Iterator[Recipient]:
    """Whoever brought the matter: the citizen, or the leader who issued the directive. Nobody once erased."""
    if matter.petitioner is not None and matter.petitioner.mobile:
        yield Recipient(f"citizen:{matter.petitioner_id}", CITIZENS, matter.petitioner.mobile, waits=True)
    if matter.issuer is not None and matter.issuer.email:
        yield Recipient(f"staff:{matter.issuer_id}", STAFF, matter.issuer.email)


def official(staff: Staff | None) -> Iterator[Recipient]:
    """One official, and nobody in their place."""
    if staff is not None and staff.is_active and staff.email:
        yield Recipient(f"staff:{staff.pk}", STAFF, staff.email)


def unit(code: str, handler: Staff | None) -> Iterator[Recipient]:
    """The handler, else the department's heads, else the unit's own mailbox: the first with an address."""
    if handler is not None and handler.is_active and handler.email and handler.unit.code == code:
        yield Recipient(f"staff:{handler.pk}", STAFF, handler.email)
        return
    colleagues = Staff.objects.filter(unit__code=code, is_active=True).exclude(email="").order_by("pk")
    heads = [one for one in colleagues if Role.HEAD.value in one.roles]
    for head in heads:
        yield Recipient(f"staff:{head.pk}", STAFF, head.email)
    if not heads:
        yield from _mailbox(code)


def office() -> Iterator[Recipient]:
    """The supervision office: its mailbox, else its officers."""
    code = office_code()
    mailbox = list(_mailbox(code))
    yield from mailbox
    if not mailbox:
        officers = Staff.objects.filter(unit__code=code, is_active=True).exclude(email="").order_by("pk")
        for one in officers:
            if Role.OFFICE.value in one.roles:
                yield Recipient(f"staff:{one.pk}", STAFF, one.email)


def to_vote(ballot: int) -> Iterator[Recipient]:
    """Everybody on a ballot's roll who has not voted yet, each with their own code."""
    for voter in Voter.objects.filter(ballot=ballot, voted=False).select_related("citizen").order_by("id"):
        if voter.citizen.mobile:
            yield _with_code(voter, waits=True)


def asked_again(resendings: Sequence[int]) -> Iterator[Recipient]:
    """Who is to be sent their voting code once more, at once also at night: they wait for it.

    Nobody who has voted meanwhile, nor once a later asking is on its way.
    """
    later = CodeResending.objects.filter(voter=OuterRef("voter"), pk__gt=OuterRef("pk"))
    rows = CodeResending.objects.filter(pk__in=resendings, voter__voted=False).exclude(Exists(later))
    for row in rows.select_related("voter__citizen").order_by("id"):
        if row.voter is not None and row.voter.citizen.mobile:
            yield _with_code(row.voter, waits=False)


def on_roll(ballot: int, matter: Matter) -> Iterator[Recipient]:
    """Everybody on a ballot's roll but the petitioner, who is told apart."""
    others = Voter.objects.filter(ballot=ballot).select_related("citizen").order_by("id")
    for voter in others:
        if voter.citizen.mobile and voter.citizen_id != matter.petitioner_id:
            yield Recipient(f"citizen:{voter.citizen_id}", CITIZENS, voter.citizen.mobile, waits=True)


def cosigner(pk: int, request: int) -> Iterator[Recipient]:
    """Whoever asked for a code, at once also at night: they wait for it.

    Nobody once a newer one is on its way, nor where asking was to come to nothing (`CodeRequest.sent`).
    """
    last = (
        CodeRequest.objects.filter(cosigner=pk, sent=True)
        .select_related("cosigner__citizen")
        .order_by("-id")
        .first()
    )
    if last is not None and last.pk == request and last.cosigner.citizen.mobile:
        who = last.cosigner.citizen
        yield Recipient(f"citizen:{who.pk}", CITIZENS, who.mobile, words={"code": last.code})


def _with_code(voter: Voter, *, waits: bool) -> Recipient:
    key, code = f"citizen:{voter.citizen_id}", f"{voter.code[:5]} {voter.code[5:]}"
    return Recipient(key, CITIZENS, voter.citizen.mobile, waits=waits, words={"code": code})


def _mailbox(code: str) -> Iterator[Recipient]:
    address = Unit.objects.filter(code=code).exclude(email="").values_list("email", flat=True).first()
    if address:
        yield Recipient(f"unit:{code}", STAFF, address)
