"""The verdict (评价): 是否可以销号由群众说了算."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from duban.core.events import Kind
from duban.core.kinds import Grade
from duban.core.lifecycle import Basis, State, Step
from duban.core.refusal import Invalid, Refused
from duban.core.rights import Actor, Verb
from duban.journal.chain import digest_of_text
from duban.journal.recording import Entry
from duban.matters.models import Matter, Remark
from duban.matters.verbs.closing import close, reopen
from duban.matters.verbs.deed import answerable, permit
from duban.matters.verbs.following import lock_with_lead
from duban.matters.verbs.forms import Form

from ..models import Verdict


@transaction.atomic
def give_verdict(*, matter: str, grade: int, actor: Actor, now: datetime, comment: str = "") -> Matter:
    """The petitioner (or the issuer of a directive) judges a completed matter.

    Grades 3 to 5 close it at once, 1 and 2 reopen it (domain rule 9). No official can: Forbidden says so.
    Raises Invalid (grade, comment); Refused: verdict_not_yet, verdict_given, already_closed,
    collective_needs_ballot; Unknown.
    """
    held = lock_with_lead(matter, now)
    permit(actor, Verb.GIVE_VERDICT, held)
    if held.state == State.CLOSED:
        raise Refused("verdict_given" if held.basis == Basis.VERDICT else "already_closed")
    if held.state != State.COMPLETED:
        raise Refused("verdict_not_yet")
    if held.collective:
        raise Refused("collective_needs_ballot")
    form = Form()
    chosen = form.choice("grade", grade, Grade, "grade_unknown")
    comment = form.note("comment", comment, missing=None)
    form.check()
    if chosen is None:
        raise Invalid({"grade": ("grade_unknown", {})})
    remark = None
    if comment:
        remark = Remark.objects.create(matter=held, part=Remark.Part.VERDICT, text=comment, at=now)
    Verdict.objects.create(matter=held, round=held.round, grade=chosen, remark=remark, at=now)
    facts: dict[str, object] = {"grade": int(chosen), "round": held.round, **answerable(held)}
    if remark is not None:
        facts |= {"remark": remark.pk, "text": digest_of_text(comment)}
    ground = Entry(Kind.VERDICT_GIVEN, facts)
    if chosen.closes:
        return close(held, Step.CLOSE, Basis.VERDICT, ground, actor=actor, now=now)
    return reopen(held, ground, actor=actor, now=now)
