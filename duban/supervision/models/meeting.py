"""The joint meeting (联席会议): seats, meetings, who was there, and what was decided."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

from duban.core.docket import DecisionKind, follow_up_light
from duban.core.lights import Light
from duban.core.zone import day_of

from .docket import DocketItem


class Seat(models.Model):
    """A seat goes with an office of the city (domain section 1); `staff` is who sits there since `since`."""

    title = models.CharField(max_length=40, unique=True)
    place = models.PositiveSmallIntegerField()  # in the order of the table
    staff = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["staff"], name="seat_one_a_person")]

    def __str__(self) -> str:
        return self.title


class Meeting(models.Model):
    """One meeting. Its number is year and serial: 2014年第3次. `minutes` are written when it is closed.

    One that was called off keeps its number, and the reason; its items are free for another.
    """

    class State(models.TextChoices):
        """How it stands."""

        CONVENED = "convened", _("已召集")
        CLOSED = "closed", _("已结束")
        CALLED_OFF = "off", pgettext("meeting", "已取消")

    year = models.PositiveSmallIntegerField()
    serial = models.PositiveSmallIntegerField()
    held_on = models.DateField()
    venue = models.CharField(max_length=100)
    state = models.CharField(max_length=8, choices=State.choices, default=State.CONVENED)
    chair = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="+")
    minutes = models.TextField(blank=True)
    called_off_reason = models.TextField(blank=True)
    convened_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    convened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "serial"], name="meeting_number")]
        indexes = [models.Index(fields=["state", "held_on"], name="meeting_by_day")]

    def __str__(self) -> str:
        return str(_("%(year)s年第%(serial)s次联席会议") % {"year": self.year, "serial": self.serial})

    @property
    def stream(self) -> str:
        """The name of its stream in the journal."""
        return f"meeting:{self.pk}"


class Attendance(models.Model):
    """Who sat on a seat at a meeting: the person is kept, whoever holds the seat later.

    Never deleted: somebody noted by mistake is marked as not `present`, and what was noted before stands in the journal.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    present = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.seat_id}"


class AgendaItem(models.Model):
    """An item on a meeting's agenda; one not decided when the meeting closes is carried over."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    item = models.ForeignKey(DocketItem, on_delete=models.PROTECT, related_name="agenda")
    place = models.PositiveSmallIntegerField()
    carried = models.BooleanField(default=False)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["meeting", "item"], name="agenda_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.place}"


class Decision(models.Model):
    """What the meeting decided about an item, executed in the same transaction. Only the follow-up changes later.

    `reason` is kept once, as a remark of the matter: the petitioner reads it (and everyone, when the decision
    closes), but for a referral, which only the inspectors read.
    """

    item = models.OneToOneField(DocketItem, on_delete=models.PROTECT, related_name="decision")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(
        max_length=8,
        choices=[
            (DecisionKind.REASSIGN.value, _("改交办理")),
            (DecisionKind.EXTEND.value, _("延长期限")),
            (DecisionKind.DEFER.value, _("挂账")),
            (DecisionKind.CLOSE.value, _("说明理由结案")),
            (DecisionKind.REFER.value, _("移交纪检监察")),
            (DecisionKind.KEEP.value, _("维持，继续办理")),
        ],
    )
    remark = models.OneToOneField("matters.Remark", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(  # reassigned to; of a referral, the one that held the matter
        "people.Unit", to_field="code", on_delete=models.PROTECT, null=True, related_name="+"
    )
    day = models.DateField(null=True)  # the new due day, or the review day
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    follow_up_unit = models.ForeignKey(
        "people.Unit", to_field="code", on_delete=models.PROTECT, null=True, related_name="+"
    )
    follow_up_due_on = models.DateField(null=True)
    follow_up_demand = models.TextField(blank=True)
    follow_up_reported_at = models.DateTimeField(null=True)  # first, by the unit that was asked
    followed_up_at = models.DateTimeField(null=True)
    follow_up_done = models.BooleanField(null=True)
    follow_up_note = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["follow_up_due_on", "id"],
                name="decision_to_follow_up",
                condition=models.Q(follow_up_due_on__isnull=False, followed_up_at=None),
            ),
            models.Index(fields=["kind", "-id"], name="decision_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind}"

    @property
    def reason(self) -> str:
        """The reason, as it was given."""
        return self.remark.text

    @property
    def deferred_until(self) -> date | None:
        """The review day of a deferral that still runs."""
        found: Deferral | None = getattr(self, "deferral", None)
        return found.review_on if found is not None and found.ended_at is None else None

    def follow_up_light(self, today: date) -> Light | None:
        """The light of its follow-up on a day; None without one. It stops when the unit reports, or the office has looked."""
        if self.follow_up_due_on is None:
            return None
        stopped_at = self.follow_up_reported_at or self.followed_up_at
        done_on = day_of(stopped_at) if stopped_at else None
        return follow_up_light(self.follow_up_due_on, done_on, today)


class FollowUpReport(models.Model):
    """What the unit a decision asked something of says it has done. Never changed, never deleted."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reports")
    text = models.TextField()
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.at}"


class Deferral(models.Model):
    """A matter put off (挂账) until a review day, on which it returns to the docket."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="deferrals")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="deferral")
    review_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["review_on"], name="deferral_running", condition=models.Q(ended_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.review_on}"
