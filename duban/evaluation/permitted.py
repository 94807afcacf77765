"""Which verbs an account may do to a matter next: what a page shows as buttons, and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta

from duban.catalogue.book import book
from duban.core.lifecycle import FOLLOWERS_OWN, Step, possible
from duban.core.lights import late_from
from duban.core.rights import Actor, Verb, may
from duban.matters.assists import asks_for_reply, has_open_assist
from duban.matters.models import Ask, Extension, Matter, ReturnRequest, Ruling
from duban.matters.reckoning import calendar_refusals

from .models import Ballot, Callback
from .verbs.balloting import is_over, running
from .verbs.counting import all_voted, papers_pending

STEP_OF: dict[Verb, Step] = {
    Verb.ASSIGN: Step.ASSIGN,
    Verb.HAND_OVER: Step.HAND_OVER,
    Verb.ACCEPT: Step.ACCEPT,
    Verb.REQUEST_RETURN: Step.REQUEST_RETURN,
    Verb.SIGN_RETURN: Step.SIGN_RETURN,
    Verb.RULE_RETURN: Step.GRANT_RETURN,
    Verb.REPORT_PROGRESS: Step.REPORT_PROGRESS,
    Verb.COMPLETE: Step.COMPLETE,
    Verb.REQUEST_EXTENSION: Step.REQUEST_EXTENSION,
    Verb.SIGN_EXTENSION: Step.SIGN_EXTENSION,
    Verb.RULE_EXTENSION: Step.RULE_EXTENSION,
    Verb.GIVE_VERDICT: Step.CLOSE,
    Verb.ADD: Step.ADD,
    Verb.WITHDRAW: Step.WITHDRAW,
    Verb.CALL_BACK: Step.CALL_BACK,
    Verb.CLOSE_UNRATED: Step.CLOSE_UNRATED,
    Verb.ASK_ASSIST: Step.ASK_ASSIST,
    Verb.RECALL_ASSIST: Step.ASK_ASSIST,
    Verb.MERGE: Step.MERGE,
    Verb.SEPARATE: Step.SEPARATE,
    Verb.INVITE: Step.ADD,
    Verb.OPEN_BALLOT: Step.OPEN_BALLOT,
    Verb.CLOSE_BALLOT: Step.OPEN_BALLOT,
}
"""The verbs that act on a matter, the likeliest next one first, and the step each takes."""


def allowed(matter: Matter, actor: Actor, now: datetime) -> tuple[Verb, ...]:
    """The verbs that would not be refused now. The verb itself still checks everything again."""
    ways = possible(matter.lifecycle_state)
    if matter.lead_id is not None:
        ways &= FOLLOWERS_OWN
    own = tuple(
        verb
        for verb, taken in STEP_OF.items()
        if taken in ways
        and may(actor, verb, unit=matter.unit_id, matter=matter.pk)
        and _stands(verb, matter, now)
    )
    return (Verb.REPLY_ASSIST, *own) if asks_for_reply(matter, actor) else own


def _stands(verb: Verb, matter: Matter, now: datetime) -> bool:
    """What the parallel records and the clocks say."""
    match verb:
        case Verb.REQUEST_RETURN:
            return _may_return(matter, now)
        case Verb.SIGN_RETURN:
            return matter.asks == Ask.RETURN and _unsigned(ReturnRequest, matter)
        case Verb.RULE_RETURN:
            return matter.asks == Ask.RETURN
        case Verb.REQUEST_EXTENSION:
            return matter.asks == "" and not matter.reading.is_late(now) and _extension_left(matter)
        case Verb.SIGN_EXTENSION:
            return matter.asks == Ask.EXTENSION and _unsigned(Extension, matter)
        case Verb.RULE_EXTENSION:
            return matter.asks == Ask.EXTENSION
        case Verb.GIVE_VERDICT | Verb.WITHDRAW:
            return not matter.collective
        case Verb.MERGE:
            return not matter.collective
        case Verb.SEPARATE:
            return matter.lead_id is not None
        case Verb.RECALL_ASSIST:
            return has_open_assist(matter)
        case Verb.CALL_BACK:
            return not matter.collective and _silent(matter, now)
        case Verb.CLOSE_UNRATED:
            called = Callback.objects.filter(matter=matter, round=matter.round)
            return not matter.collective and _silent(matter, now) and called.exists()
        case Verb.INVITE | Verb.OPEN_BALLOT:
            return matter.collective and running(matter) is None
        case Verb.CLOSE_BALLOT:
            return matter.collective and _closable(running(matter), now)
        case _:
            return True


def _closable(ballot: Ballot | None, now: datetime) -> bool:
    return ballot is not None and (is_over(ballot, now) or all_voted(ballot)) and not papers_pending(ballot)


def _may_return(matter: Matter, now: datetime) -> bool:
    rules = book()
    if matter.asks or matter.designated or matter.returns_granted >= rules.policy.returns_granted_at_most:
        return False
    with calendar_refusals():
        since = matter.assigned_at or matter.registered_at
        return now < late_from(rules.calendar.due_at(since, rules.policy.return_window_workdays))


def _extension_left(matter: Matter) -> bool:
    commitment = matter.commitments.order_by("id").last()
    return commitment is not None and (
        commitment.extensions_granted < book().policy.extensions_per_commitment
    )


def _unsigned(request: type[ReturnRequest] | type[Extension], matter: Matter) -> bool:
    return request._default_manager.filter(matter=matter, ruling=Ruling.PENDING, signed_at=None).exists()


def _silent(matter: Matter, now: datetime) -> bool:
    since = matter.completed_at
    return since is not None and now >= since + timedelta(days=book().policy.callback_days)
