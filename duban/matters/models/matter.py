"""A matter, how it is now. What happened stands in the journal."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from duban.core.boundaries import first
from duban.core.census import Status, published
from duban.core.kinds import Channel, MatterKind
from duban.core.lifecycle import Basis, State
from duban.core.lights import Clock, Light
from duban.core.policy import Policy
from duban.journal.chain import Link
from duban.people.fields import SealedTextField


class Serial(models.Model):
    """Where serials come from; see `numbering`. PostgreSQL only draws on its sequence and writes no row."""


class ClockName(models.TextChoices):
    """Which clock is on: the office's own, the unit's answer, the unit's promise."""

    ASSIGNING = "assigning", _("交办")
    ACCEPTANCE = "acceptance", _("受理")
    COMPLETION = "completion", _("办结")


class Ask(models.TextChoices):
    """A unit's request that waits for the supervision office's ruling."""

    RETURN = "return", _("退单")
    EXTENSION = "extension", _("延期")


class Matter(models.Model):
    """One matter (事项). Its id is its serial; `number` spells day, serial and check digit.

    `unit` holds it now: the responsible department, or the supervision office while nobody has been assigned.
    One clock runs at a time; `clock_run` counts every setting of a clock, so that an alarm is one per run
    and boundary. A merged matter has a `lead`, whose way it goes. Lateness is never stored. `journal_seq` and `journal_hash` are the end of its stream.
    """

    id = models.BigIntegerField(primary_key=True)
    number = models.CharField(max_length=24, unique=True)
    registered_at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in MatterKind])
    title = models.CharField(max_length=60)
    body = models.TextField()
    place = models.CharField(max_length=100, blank=True)
    channel = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Channel])
    petitioner = models.ForeignKey("people.Citizen", on_delete=models.PROTECT, null=True, related_name="+")
    issuer = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    issuer_unit = models.ForeignKey(  # of the issuer when it was issued: whose office judges it
        "people.Unit", to_field="code", on_delete=models.PROTECT, null=True, related_name="+"
    )
    registered_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    confidential = models.BooleanField(default=False)
    publish = models.BooleanField(default=False)
    collective = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later")
    lead = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    fingerprint = models.CharField(max_length=64)
    idempotency_key = models.CharField(max_length=64, null=True, unique=True)
    query_code = SealedTextField(purpose="query_code")

    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in State])
    round = models.PositiveSmallIntegerField(default=1)
    unit = models.ForeignKey("people.Unit", to_field="code", on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    assigned_at = models.DateTimeField(null=True)
    assignments = models.PositiveSmallIntegerField(default=0)
    returns_granted = models.PositiveSmallIntegerField(default=0)
    asks = models.CharField(max_length=10, blank=True, choices=Ask.choices)  # what waits for a ruling
    followers = models.PositiveSmallIntegerField(default=0)  # matters merged into this one and not closed yet
    designated = models.BooleanField(default=False)  # by the joint meeting: it cannot be returned

    clock = models.CharField(max_length=12, choices=ClockName.choices)
    clock_run = models.PositiveSmallIntegerField(default=0)
    clock_started_at = models.DateTimeField()
    clock_warn_at = models.DateTimeField()
    clock_due_at = models.DateTimeField()
    clock_stopped_at = models.DateTimeField(null=True)
    clock_workdays = models.PositiveSmallIntegerField(null=True)  # null: a limit in hours
    clock_revision = models.PositiveIntegerField()  # of the book whose calendar reckoned it
    clock_taken_at = models.DateTimeField(null=True)  # when it came over from another matter, as it ran
    look_at = models.DateTimeField(null=True)

    closed_at = models.DateTimeField(null=True)
    basis = models.CharField(
        max_length=12, blank=True, choices=[(basis.value, basis.value) for basis in Basis]
    )
    basis_event = models.OneToOneField("journal.Event", on_delete=models.PROTECT, null=True, related_name="+")

    journal_seq = models.PositiveIntegerField(default=0)
    journal_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="matter_closed_only_with_basis",
                condition=(
                    Q(state="closed", closed_at__isnull=False, basis_event__isnull=False) & ~Q(basis="")
                    | ~Q(state="closed") & Q(closed_at=None, basis_event=None, basis="")
                ),
            ),
            models.CheckConstraint(
                name="matter_from_one_side",
                condition=Q(petitioner__isnull=False, issuer=None) | Q(petitioner=None, issuer__isnull=False),
            ),
            models.CheckConstraint(
                name="matter_clock_in_order",
                condition=Q(clock_started_at__lte=models.F("clock_warn_at"))
                & Q(clock_warn_at__lte=models.F("clock_due_at")),
            ),
            models.CheckConstraint(
                name="matter_state_known", condition=Q(state__in=[state.value for state in State])
            ),
        ]
        indexes = [
            models.Index(
                fields=["clock_due_at", "id"], name="matter_running", condition=Q(clock_stopped_at=None)
            ),
            models.Index(
                fields=["unit", "clock_due_at", "id"],
                name="matter_running_by_unit",
                condition=Q(clock_stopped_at=None),
            ),
            models.Index(
                fields=["unit", "clock_stopped_at", "id"],
                name="matter_completed",
                condition=Q(state="completed"),
            ),
            models.Index(fields=["asks", "clock_due_at", "id"], name="matter_asking", condition=~Q(asks="")),
            models.Index(fields=["unit", "-id"], name="matter_by_unit"),
            models.Index(fields=["petitioner", "registered_at"], name="matter_by_petitioner"),
            models.Index(fields=["look_at"], name="matter_to_look_at", condition=Q(look_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stream(self) -> str:
        """The name of its stream in the journal."""
        return f"matter:{self.pk}"

    @property
    def head(self) -> Link:
        """The end of its stream, as this row knows it."""
        return Link(self.journal_seq, self.journal_hash)

    @property
    def lifecycle_state(self) -> State:
        """The stored state as the rules know it."""
        return State(self.state)

    @property
    def reading(self) -> Clock:
        """The current clock as the rules know it; stopped in `completed` and `closed`."""
        return Clock(self.clock_started_at, self.clock_warn_at, self.clock_due_at, self.clock_stopped_at)

    @property
    def completed_at(self) -> datetime | None:
        """When it was last completed: the instant the completion clock stopped; None while it runs."""
        return self.clock_stopped_at if self.state in (State.COMPLETED, State.CLOSED) else None

    def light(self, moment: datetime) -> Light:
        """The light at an instant, of the current clock (domain rule 4)."""
        return self.reading.light(moment)

    def status(self, moment: datetime) -> Status:
        """The published status at an instant (domain section 2)."""
        return published(self.lifecycle_state, self.reading.is_late(moment))

    def set_clock(
        self, name: ClockName, clock: Clock, *, workdays: int | None, revision: int, policy: Policy
    ) -> None:
        """Start a clock, or set the running one anew; a new run re-arms its alarms."""
        self.clock, self.clock_run = name, self.clock_run + 1
        self.clock_started_at, self.clock_warn_at = clock.started_at, clock.warn_at
        self.clock_due_at, self.clock_stopped_at = clock.due_at, None
        self.clock_workdays, self.clock_revision = workdays, revision
        self.clock_taken_at = None
        self.look_at = first(self.lifecycle_state, self.reading, None, policy)

    def stop_clock(self, at: datetime, policy: Policy) -> None:
        """Stop the running clock, in the state the matter has come to."""
        self.clock_stopped_at = self.clock_stopped_at or at
        self.look_at = first(self.lifecycle_state, self.reading, self.completed_at, policy)
