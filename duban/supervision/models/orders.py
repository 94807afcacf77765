"""Supervision orders (三色督办件), the replies to them, and their numbering."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from duban.core import orders
from duban.core.lights import Light
from duban.core.orders import OPEN, Colour, OrderState

COLOURS = [(colour.value, colour.value) for colour in Colour]
OPEN_NOW = sorted(state.value for state in OPEN)


class OrderSerial(models.Model):
    """The last number given in a year and colour. Its row is locked while one is drawn, so there is no gap."""

    year = models.PositiveSmallIntegerField()
    colour = models.CharField(max_length=6, choices=COLOURS)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "colour"], name="serial_one_a_year_and_colour")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.colour} {self.last}"


class Order(models.Model):
    """A numbered letter to a unit, about one matter or (from a check) about the unit itself. Never deleted.

    `unit` and `handler` are those addressed, whoever holds the matter later; `commitment` is the promise then in
    force (none: not accepted yet) and `promised_until` the last second of its day. `reply_by` is the last counted
    second of its day. `token` is what the printed letter's code opens: whether it is real.
    """

    year = models.PositiveSmallIntegerField()
    colour = models.CharField(max_length=6, choices=COLOURS)
    serial = models.PositiveIntegerField()
    token = models.CharField(max_length=43, unique=True)
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, null=True, related_name="orders")
    unit = models.ForeignKey("people.Unit", to_field="code", on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    commitment = models.ForeignKey(
        "matters.Commitment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    promised_until = models.DateTimeField(null=True)
    demand = models.TextField()
    reply_by = models.DateTimeField()
    issued_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in OrderState])
    acknowledged_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    escalated_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="escalated_to"
    )
    finding = models.PositiveBigIntegerField(null=True)  # of a check, which keeps the link itself
    recall_reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "colour", "serial"], name="order_one_a_number"),
            models.UniqueConstraint(
                fields=["matter", "colour"],
                name="order_one_open_a_matter_and_colour",
                condition=Q(state__in=OPEN_NOW) & Q(matter__isnull=False),
            ),
            models.CheckConstraint(
                name="order_state_known", condition=Q(state__in=[state.value for state in OrderState])
            ),
            models.CheckConstraint(
                name="order_ended_or_open",
                condition=Q(state__in=OPEN_NOW, ended_at=None)
                | ~Q(state__in=OPEN_NOW) & Q(ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="order_by_unit"),
            models.Index(fields=["state", "reply_by", "id"], name="order_by_reply"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def hue(self) -> Colour:
        """The colour as the rules know it."""
        return Colour(self.colour)

    @property
    def standing(self) -> OrderState:
        """The stored state as the rules know it."""
        return OrderState(self.state)

    @property
    def key(self) -> str:
        """2014-red-3."""
        return orders.key_of(self.hue, self.year, self.serial)

    @property
    def number(self) -> str:
        """督红〔2014〕3号."""
        return orders.spelled(self.hue, self.year, self.serial)

    @property
    def stream(self) -> str:
        """Its own stream in the journal, where it concerns no matter."""
        return f"order:{self.pk}"

    def light(self, now: datetime) -> Light | None:
        """The light of the reply that is owed; None where none is."""
        return orders.light(self.standing, self.reply_by, now)


class OrderReply(models.Model):
    """What a unit replied, and what the office thought of it. Never deleted; one at most waits for a ruling."""

    class Ruling(models.TextChoices):
        """What became of a reply."""

        PENDING = "pending", "pending"
        ACCEPTED = "accepted", "accepted"
        SENT_BACK = "sent_back", "sent_back"
        LAPSED = "lapsed", "lapsed"  # the order was recalled

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField()
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    late = models.BooleanField()
    ruling = models.CharField(max_length=10, choices=Ruling.choices, default=Ruling.PENDING)
    ruling_note = models.TextField(blank=True)
    ruled_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(ruling="pending"), name="order_reply_one_pending"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.ruling}"
