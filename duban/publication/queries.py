"""What the public is shown, and what waits for the publisher. Nothing here writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from duban.core import numbers
from duban.core.kinds import MatterKind
from duban.core.lifecycle import State
from duban.core.refusal import Invalid, Unknown
from duban.core.rights import Actor, Verb, require
from duban.evaluation.models import Ballot, Verdict
from duban.matters.models import Matter, Statement
from duban.matters.paging import Page, cursor, position
from duban.matters.timeline import Audience, TimelineEntry, timeline

from .models import Publication
from .redaction import Find, finds, redact, township_of
from .verbs import known_of

PREVIEW = 120  # characters of a summary in a list
_MATTER = (
    *("matter__number", "matter__kind", "matter__place", "matter__registered_at", "matter__state"),
    *("matter__round", "matter__clock", "matter__clock_started_at", "matter__clock_warn_at"),
    *("matter__clock_due_at", "matter__clock_stopped_at", "matter__closed_at", "matter__basis"),
    *("matter__unit__code", "matter__unit__name"),
)
_LISTED = ("title", "summary", "reply", "approved_at", "taken_down_at", "takedown_reason", *_MATTER)


@dataclass(frozen=True, slots=True)
class PublicMatter:
    """Everything the public sees of one matter. Taken down: only its number, the reason and when."""

    publication: Publication
    matter: Matter
    township: str
    promised_workdays: int | None
    timeline: Sequence[TimelineEntry]
    grade: int | None
    ballot: Ballot | None = None  # the last one closed, of a matter of many

    @property
    def is_stub(self) -> bool:
        """Whether it was taken down."""
        return not self.publication.is_up


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The redacted texts the publisher starts from, and what was taken out of each."""

    title: str
    summary: str
    reply: str
    masked: tuple[str, ...]


def public_list(
    *, after: str = "", limit: int = 20, unit: str = "", kind: str = "", q: str = ""
) -> Page[Publication]:
    """What is published, newest approval first: of a unit (code), a kind, or with a text in title or summary.

    Each item brings its matter with the columns a list shows, and nothing of the petitioner. One statement.
    Raises Invalid for an unknown kind or cursor.
    """
    rows = _up()
    if unit:
        rows = rows.filter(matter__unit__code=unit)
    if kind:
        if kind not in list(MatterKind):
            raise Invalid({"kind": ("kind_unknown", {})})
        rows = rows.filter(matter__kind=kind)
    if q := q.strip():
        rows = rows.filter(Q(title__icontains=q) | Q(summary__icontains=q))
    if after:
        at, row = position(after)
        if at is None:
            raise Invalid({"after": ("cursor_unknown", {})})
        rows = rows.filter(Q(approved_at__lte=at), Q(approved_at__lt=at) | Q(id__lt=row))
    found = list(rows[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return Page(found[:limit], cursor(last.approved_at, last.pk) if last else None)


def latest(limit: int = 6) -> list[Publication]:
    """What was published last, for the home page."""
    return list(_up()[:limit])


def public_matter(number: str) -> PublicMatter:
    """A published matter, or the stub of one taken down. Raises Unknown(`not_found`) for any other."""
    row = (
        Publication.objects.select_related("matter__unit")
        .only(*_LISTED, "matter__petitioner")
        .filter(matter__number=numbers.normalise(number) or "")
        .first()
    )
    if row is None:
        raise Unknown("not_found")
    matter = row.matter
    if not row.is_up:
        return PublicMatter(row, matter, "", None, (), None)
    promise = matter.commitments.order_by("-id").values_list("promised_workdays", flat=True).first()
    grade = Verdict.objects.filter(matter=matter).order_by("-round").values_list("grade", flat=True).first()
    told = timeline(matter, audience=Audience.PUBLIC)
    place = redact(matter.place, known_of(matter))  # some write their name before where they live
    ballot = Ballot.objects.filter(matter=matter, closed_at__isnull=False).order_by("-id").first()
    return PublicMatter(row, matter, township_of(place), promise, told, grade, ballot)


def waiting(actor: Actor, *, after: str = "", limit: int = 50) -> Page[Matter]:
    """The publisher's tray: completed or closed, agreed to by the petitioner, never published; newest first.

    Raises Forbidden; Invalid for an unknown cursor.
    """
    require(actor, Verb.PUBLISH)
    rows = _waiting().select_related("unit").defer("query_code").order_by("-id")
    if after:
        rows = rows.filter(id__lt=position(after)[1])
    found = list(rows[: limit + 1])
    return Page(found[:limit], cursor(None, found[limit - 1].pk) if len(found) > limit else None)


def waiting_count(actor: Actor) -> int:
    """How many wait for the publisher. Raises Forbidden."""
    require(actor, Verb.PUBLISH)
    return _waiting().count()


def waiting_matter(number: str, actor: Actor) -> Matter:
    """A matter as the publisher may see it: agreed to, completed or closed. Raises Forbidden, Unknown."""
    require(actor, Verb.PUBLISH)
    matter = _publishable().select_related("unit").filter(number=numbers.normalise(number) or "").first()
    if matter is None:
        raise Unknown("not_found")
    return matter


def published(
    actor: Actor, *, taken_down: bool = False, after: str = "", limit: int = 50
) -> Page[Publication]:
    """What the publisher has approved, or taken down; newest first. Raises Forbidden; Invalid (cursor)."""
    require(actor, Verb.PUBLISH)
    rows = Publication.objects.filter(taken_down_at__isnull=not taken_down)
    rows = rows.select_related("matter__unit", "approved_by", "taken_down_by").defer("matter__query_code")
    if after:
        rows = rows.filter(id__lt=position(after)[1])
    found = list(rows.order_by("-id")[: limit + 1])
    return Page(found[:limit], cursor(None, found[limit - 1].pk) if len(found) > limit else None)


def suggestion(matter: Matter) -> Suggestion:
    """The matter's own texts, redacted, for the publisher to check: title, body, and the last public reply."""
    known = known_of(matter)
    statement = Statement.objects.filter(matter=matter).order_by("-round").first()
    reply = (statement.public_reply or statement.text) if statement else ""
    texts = (matter.title, matter.body, reply)
    masked = [_piece(text, find) for text in texts for find in finds(text, known)]
    title, summary, answer = (redact(text, known) for text in texts)
    return Suggestion(title, summary, answer, tuple(dict.fromkeys(masked)))


def _up() -> QuerySet[Publication]:
    """What stands published, each row with the grade of its last verdict as `grade` (None: not judged)."""
    judged = Verdict.objects.filter(matter=OuterRef("matter")).order_by("-round").values("grade")[:1]
    rows = Publication.objects.filter(taken_down_at=None).select_related("matter__unit").only(*_LISTED)
    return rows.annotate(grade=Subquery(judged)).order_by("-approved_at", "-id")


def _publishable() -> QuerySet[Matter]:
    return Matter.objects.filter(publish=True, state__in=[State.COMPLETED, State.CLOSED])


def _waiting() -> QuerySet[Matter]:
    return _publishable().filter(publication=None)


def _piece(text: str, find: Find) -> str:
    return text[find.start : find.end]
