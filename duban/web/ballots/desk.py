"""Ballots inside: the list for office and terminals, one page a matter, and what each may do there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_http_methods

from duban.core.rights import Actor, Verb, may
from duban.evaluation import reading, roll_reading
from duban.evaluation.models import Ballot
from duban.evaluation.permitted import allowed
from duban.evaluation.rolls import RollChange
from duban.evaluation.verbs.balloting import check_ballot, open_ballot
from duban.evaluation.verbs.cosigning import remove_cosigner
from duban.evaluation.verbs.counting import close_ballot
from duban.evaluation.verbs.paper import Count, Tally, check_paper, enter_paper, hand_out_paper, is_judged
from duban.evaluation.voting import latest
from duban.matters.models import Matter

from ..access import StaffRequest, staff_page
from ..deeds import say
from ..desk.forms import NoForm, StaffForm
from ..desk.picture import summary
from ..doing import done, status_of
from ..formats import moment
from ..once import done_once, slip
from .forms import CountForm, OpeningForm, PaperForm, RemovalForm
from .picture import codes_wait_until, drawn, sheet


@dataclass(frozen=True, slots=True)
class Deed:
    """One verb of the page: its form, what it does with the form's fields, and what is said afterwards."""

    form: type[StaffForm]
    does: Callable[..., object]
    done: str
    looks: Callable[..., Tally | RollChange | None] | None = None  # what is shown first, to be confirmed


def _papers(*, matter: str, id_number: str, actor: Actor, now: datetime) -> object:
    """A paper for whoever stands there with this card."""
    return hand_out_paper(matter=matter, id_numbers=[id_number], actor=actor, now=now)


def _count(*, matter: str, counts: Mapping[int, int], actor: Actor, now: datetime, **_fields: str) -> object:
    """A count of the box."""
    return enter_paper(matter=matter, counts=counts, actor=actor, now=now)


def _tally(*, matter: str, counts: Mapping[int, int], actor: Actor, now: datetime, **_fields: str) -> Tally:
    """The same count, before it is entered."""
    return check_paper(matter=matter, counts=counts, actor=actor, now=now)


def _remove(*, matter: str, cosigner: int | None, reason: str, actor: Actor, now: datetime) -> object:
    """Take a co-signer off."""
    return remove_cosigner(matter=matter, cosigner=cosigner or 0, reason=reason, actor=actor, now=now)


def _open(*, matter: str, leaving: Sequence[int], **fields: Any) -> object:
    """Open the ballot; who is left off is named by the place on the last roll."""
    return open_ballot(matter=matter, leaving=roll_reading.voters_at(matter, leaving), **fields)


def _outlook(*, matter: str, leaving: Sequence[int], **fields: Any) -> RollChange | None:
    """The roll it would be opened on, beside the last one."""
    return check_ballot(matter=matter, leaving=roll_reading.voters_at(matter, leaving), **fields)


DEEDS: Mapping[str, Deed] = {
    "opening": Deed(
        OpeningForm, _open, _("测评已经开始，投票码正在发给选民册上的每一个人。"), looks=_outlook
    ),
    "closing": Deed(NoForm, close_ballot, _("测评已经结束，结果见结果单。")),
    "papers": Deed(PaperForm, _papers, _("纸票已记下，这位投票人不能再在网上投票。")),
    "count": Deed(CountForm, _count, "", looks=_tally),
    "removal": Deed(RemovalForm, _remove, _("已移出联名。")),
}
COUNTED: Mapping[Count, str] = {
    Count.FIRST: _("第一遍已记下。请另一个人用自己的账号再点一遍，两遍一致才算数。"),
    Count.AGREED: _("两遍一致，票箱清点完毕。"),
    Count.DIFFERED: _("两个人点的不一样，两遍都作废。请两人一起重新清点，再各自录入。"),
}


NIGHT = _("测评已经开始。现在是夜间免打扰时间，投票码从%(at)s起发给选民册上的每一个人。")


@require_GET
@staff_page(Verb.OPEN_BALLOT, Verb.ENTER_PAPER)
def desk_ballots(request: StaffRequest) -> HttpResponse:
    """`/desk/ballots?state=closed&after=`: the running ballots, or those closed with what came of them; for the office
    also the matters that wait for one.
    """
    actor, now, after = request.user.actor, timezone.now(), request.GET.get("after", "")
    ended = request.GET.get("state") == "closed"
    page = (reading.ended_ballots if ended else reading.running_ballots)(actor, after=after)
    kept = {"state": "closed"} if ended else {}
    office = may(actor, Verb.OPEN_BALLOT)
    context = {
        "now": now,
        "rows": [(one, reading.standing_at(one, now)) for one in page.items],
        "ended": ended,
        "onward": f"{request.path}?{urlencode({**kept, 'after': page.next})}" if page.next else "",
        "office": office,
        **(_waiting(request, actor) if office and not ended else {}),
    }
    return render(request, "ballots/ballots.html", context)


@require_GET
@staff_page(Verb.SEE_MATTER, Verb.ENTER_PAPER)
def desk_ballot(request: StaffRequest, number: str) -> HttpResponse:
    """`/desk/ballots/<number>?after=`: co-signers, the roll, the turnout, the paper box."""
    matter = reading.matter_for_ballot(number, request.user.actor)
    return _page(request, matter, {}, 200)


@require_http_methods(["GET", "POST"])
@staff_page(Verb.OPEN_BALLOT, Verb.ENTER_PAPER)
def ballot_deed(request: StaffRequest, number: str, deed: str) -> HttpResponse:
    """POST `/desk/ballots/<number>/<deed>` does it; GET leads to the page, where the forms are."""
    act, actor, now = DEEDS.get(deed), request.user.actor, timezone.now()
    if act is None:
        raise Http404(deed)
    matter = reading.matter_for_ballot(number, actor)
    back = HttpResponseRedirect(reverse("desk_ballot", args=[matter.number]))
    if request.method == "GET":
        return back
    form, came_of = act.form(request.POST), list[object]()
    again = deed != "opening" or latest(matter) is not None  # a first roll has nothing to be held against
    if act.looks is not None and again and "sure" not in request.POST:
        return _look(request, matter, deed, form)

    def once() -> None:
        came_of.append(act.does(matter=matter.number, actor=actor, now=now, **form.cleaned_data))

    if not form.is_valid() or not done(form, lambda: done_once(request, once, now)):
        return _page(request, matter, {deed: form}, status_of(form))
    if not came_of:
        say(request, act.done, fresh=False)
    for one in came_of:
        told = COUNTED[one] if isinstance(one, Count) else act.done
        if isinstance(one, Ballot) and deed == "opening" and (at := codes_wait_until(one, now)) is not None:
            told = gettext(NIGHT) % {"at": moment(at)}
        tell = messages.warning if one is Count.DIFFERED else messages.success
        tell(request, gettext(told))
    return back


@require_GET
@staff_page(Verb.SEE_MATTER, Verb.ENTER_PAPER)
def desk_ballot_result(request: StaffRequest, number: str) -> HttpResponse:
    """`/desk/ballots/<number>/result?ballot=`: the sheet of the latest closed ballot, or of an earlier one."""
    matter = reading.matter_for_ballot(number, request.user.actor)
    found = reading.closed_ballot(matter, request.GET.get("ballot", ""))
    context = {**sheet(reading.result(found), matter), "base": "base_work.html", "staff": True}
    return render(request, "ballots/result.html", context)


def _look(request: StaffRequest, matter: Matter, deed: str, form: StaffForm) -> HttpResponse:
    """What was typed, once more before it counts; or the form again, with its faults or to change it."""
    looks, given = DEEDS[deed].looks, {"matter": matter.number, "actor": request.user.actor}
    seen: list[Tally | RollChange | None] = []
    if looks is not None and form.is_valid() and "change" not in request.POST:
        done(form, lambda: seen.append(looks(**given, now=timezone.now(), **form.cleaned_data)))
    return _page(request, matter, {deed: form}, status_of(form), tally=next(iter(seen), None))


def _page(
    request: StaffRequest,
    matter: Matter,
    forms: Mapping[str, StaffForm],
    status: int,
    tally: Tally | RollChange | None = None,
) -> HttpResponse:
    actor, now = request.user.actor, timezone.now()
    office, clerk = may(actor, Verb.OPEN_BALLOT), may(actor, Verb.ENTER_PAPER)
    verbs, found = allowed(matter, actor, now), latest(matter)
    runs = found is not None and found.closed_at is None
    changes = not runs and matter.closed_at is None  # the roll is not fixed yet
    context: dict[str, Any] = {
        **summary(matter, actor, now),
        **drawn(found, now),
        "office": office,
        "clerk": clerk and not office,
        "judged": clerk and not office and is_judged(matter, actor),
        "runs": runs,
        "may_open": Verb.OPEN_BALLOT in verbs,
        "may_close": Verb.CLOSE_BALLOT in verbs,
        "box": reading.box(found, now) if found is not None and runs else None,
        "me": request.user.pk,
        "codes_from": codes_wait_until(found, now) if found is not None and runs else None,
        "forms": {slug: forms.get(slug) or act.form() for slug, act in DEEDS.items()},
        "tally": tally,
        "wrong": next(iter(forms.values()), None),
        "once": slip(request),
        **(_signed(request, matter) if office and (changes or "removal" in forms) else {"cosigners": []}),
        "cosigned": reading.cosigned(matter),
        "change": roll_reading.next_roll(matter, now) if changes and office and found is not None else None,
        "roll": _roll(request, found)
        if found is not None and roll_reading.may_see_roll(matter, actor)
        else None,
        "earlier": [one for one in reading.ballots_of(matter) if one.closed_at],
    }
    return render(request, "ballots/desk_ballot.html", context, status=status)


def _waiting(request: StaffRequest, actor: Actor) -> dict[str, Any]:
    page = reading.awaiting_ballot(actor, after=request.GET.get("waiting", ""))
    onward = f"{request.path}?{urlencode({'waiting': page.next})}" if page.next else ""
    return {"waiting": page.items, "waiting_onward": onward}


def _signed(request: StaffRequest, matter: Matter) -> dict[str, Any]:
    """The co-signers of a page; `signed` stays in the address of a removal, so that it is drawn where it was typed."""
    here = request.GET.get("signed", "")
    page, there = reading.cosigners(matter, after=here), reverse("desk_ballot", args=[matter.number])
    onward = f"{there}?{urlencode({'signed': page.next})}" if page.next else ""
    return {
        "cosigners": page.items,
        "signed_here": f"?{urlencode({'signed': here})}" if here else "",
        "signed_onward": onward,
    }


def _roll(request: StaffRequest, ballot: Any) -> dict[str, Any]:
    page = roll_reading.roll(ballot, after=request.GET.get("after", ""))
    there = reverse("desk_ballot", args=[ballot.matter.number])
    onward = f"{there}?{urlencode({'after': page.next})}" if page.next else ""
    lines = [(*roll_reading.masked_roll_line(voter), voter.route) for voter in page.items]
    first = roll_reading.place_after(ballot, request.GET.get("after", "")) + 1
    return {"lines": lines, "onward": onward, "first": first}
