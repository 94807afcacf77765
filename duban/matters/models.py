"""A matter and what belongs to it. What happened stands in the journal; these rows are how things are now."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from duban.core.boundaries import first
from duban.core.census import Status, published
from duban.core.kinds import Channel, ContactMethod, MatterKind, Outcome
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
    and boundary. Lateness is never stored. `journal_seq` and `journal_hash` are the end of its stream.
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
    registered_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    confidential = models.BooleanField(default=False)
    publish = models.BooleanField(default=False)
    collective = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later")
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

    clock = models.CharField(max_length=12, choices=ClockName.choices)
    clock_run = models.PositiveSmallIntegerField(default=0)
    clock_started_at = models.DateTimeField()
    clock_warn_at = models.DateTimeField()
    clock_due_at = models.DateTimeField()
    clock_stopped_at = models.DateTimeField(null=True)
    clock_workdays = models.PositiveSmallIntegerField(null=True)  # null: a limit in hours
    clock_revision = models.PositiveIntegerField()  # of the book whose calendar reckoned it
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
        self.look_at = first(self.lifecycle_state, self.reading, None, policy)

    def stop_clock(self, at: datetime, policy: Policy) -> None:
        """Stop the running clock, in the state the matter has come to."""
        self.clock_stopped_at = self.clock_stopped_at or at
        self.look_at = first(self.lifecycle_state, self.reading, self.completed_at, policy)


class Commitment(models.Model):
    """What a unit promised when it accepted: contact, one listed standard, a due day (domain rule 3).

    Frozen: the standard's edition, title and limit stand here as they were. The clock under which the unit
    accepted is kept beside it.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="commitments")
    unit = models.ForeignKey("people.Unit", to_field="code", on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    standard = models.ForeignKey("catalogue.Standard", on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField()
    standard_title = models.CharField(max_length=200)
    limit_workdays = models.PositiveSmallIntegerField()
    promised_workdays = models.PositiveSmallIntegerField()
    contact_method = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in ContactMethod]
    )
    contact_note = models.TextField()
    accepted_at = models.DateTimeField()
    due_at = models.DateTimeField()
    acceptance_started_at = models.DateTimeField()
    acceptance_warn_at = models.DateTimeField()
    acceptance_due_at = models.DateTimeField()
    extensions_granted = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="commitment_never_longer", condition=Q(promised_workdays__lte=models.F("limit_workdays"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard_title} ({self.promised_workdays})"

    @property
    def acceptance(self) -> Clock:
        """The acceptance clock, stopped by accepting."""
        return Clock(
            self.acceptance_started_at, self.acceptance_warn_at, self.acceptance_due_at, self.accepted_at
        )


class Ruling(models.TextChoices):
    """What became of a request."""

    PENDING = "pending", _("待裁定")
    GRANTED = "granted", _("同意")
    REFUSED = "refused", _("不同意")
    LAPSED = "lapsed", _("已失效")


class Request(models.Model):
    """What return requests and extension requests share: who asked why, whether the head signed, the ruling."""

    requested_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    reason = models.TextField()
    signed_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    ruling = models.CharField(max_length=10, choices=Ruling.choices, default=Ruling.PENDING)
    ruled_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True)
    ruling_note = models.TextField(blank=True)

    class Meta:
        abstract = True


class ReturnRequest(Request):
    """A unit says a matter is not its own, and whose it should be (domain rule 6)."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="return_requests")
    unit = models.ForeignKey("people.Unit", to_field="code", on_delete=models.PROTECT, related_name="+")
    suggested = models.ForeignKey("people.Unit", to_field="code", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ruling="pending"), name="return_one_pending"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.unit_id} → {self.suggested_id}"


class Extension(Request):
    """A unit asks for a later day (domain rule 7). The original due stays here."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="extensions")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="extensions")
    original_due_at = models.DateTimeField()
    wanted_due_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ruling="pending"), name="extension_one_pending"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} → {self.wanted_due_on}"


class Remark(models.Model):
    """A free text in a matter's story. The journal keeps its digest, so it can be erased but not altered."""

    class Part(models.TextChoices):
        PROGRESS = "progress", _("进展")
        ADDITION = "addition", _("补充")
        VERDICT = "verdict", _("评价")
        CALLBACK = "callback", _("回访")
        WITHDRAWAL = "withdrawal", _("撤回")
        UNMASKING = "unmasking", _("查看实名")  # the reason given; stays inside

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="remarks")
    part = models.CharField(max_length=12, choices=Part.choices)
    text = models.TextField()
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.matter_id} {self.part}"


class Statement(models.Model):
    """A completion statement, one for each round (domain rule 8), with the clock it stopped."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="statements")
    round = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("people.Unit", to_field="code", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Outcome])
    text = models.TextField()
    why = models.TextField(blank=True)
    public_reply = models.TextField(blank=True)
    clock_started_at = models.DateTimeField()
    clock_warn_at = models.DateTimeField()
    clock_due_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "round"], name="statement_one_a_round")]

    def __str__(self) -> str:
        return f"{self.matter_id} #{self.round} {self.outcome}"


class Attachment(models.Model):
    """A photo, re-encoded, without position or camera data. `token` is its unguessable, private address."""

    class Part(models.TextChoices):
        REGISTRATION = "registration", _("挂号")
        ADDITION = "addition", _("补充")
        PROGRESS = "progress", _("进展")
        COMPLETION = "completion", _("办结")

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="attachments")
    token = models.CharField(max_length=43, unique=True)
    part = models.CharField(max_length=12, choices=Part.choices)
    file = models.FileField(upload_to="")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()  # bytes
    digest = models.CharField(max_length=64)  # SHA-256 of the stored file
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.matter_id} {self.part}"


class WrongCode(models.Model):
    """A try to open a matter with a wrong code. Client and number stand here only as keyed hashes."""

    client = models.CharField(max_length=64)
    number = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["client", "at"], name="wrong_code_by_client"),
            models.Index(fields=["number", "at"], name="wrong_code_by_number"),
        ]

    def __str__(self) -> str:
        return f"wrong code at {self.at}"
