"""The lines of the two ledgers (domain rule 16)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from duban.core.ledger import LEDGER_OF, Item, Ledger

ITEMS = [(one.value, one.value) for one in Item]


class LedgerEntry(models.Model):
    """One line of an account, and the event it follows from. The database refuses to change or delete it.

    `unit` is a code and stays one, whatever becomes of the unit; `staff` is the official who answers, None where the
    unit alone does; `number` is -1 where an earlier entry is taken back; `at` is the event's.
    """

    event = models.ForeignKey("journal.Event", on_delete=models.PROTECT, related_name="ledger_entries")
    item = models.CharField(max_length=20, choices=ITEMS)
    ledger = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Ledger])
    unit = models.CharField(max_length=32)
    staff = models.ForeignKey(
        "people.Staff", on_delete=models.PROTECT, null=True, related_name="ledger_entries"
    )
    month = models.CharField(max_length=7)
    number = models.SmallIntegerField()
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "item"], name="entry_once_an_event"),
            models.CheckConstraint(name="entry_one_or_taken_back", condition=Q(number__in=[1, -1])),
        ]
        indexes = [
            models.Index(fields=["unit", "month", "item", "-id"], name="entry_by_unit"),
            models.Index(fields=["staff", "-id"], condition=Q(staff__isnull=False), name="entry_by_official"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.month} {self.item} {self.number:+}"

    @property
    def stream(self) -> str:
        """The name of its stream in the journal: what is said about it."""
        return f"entry:{self.pk}"

    @property
    def what(self) -> Item:
        """The item."""
        return Item(self.item)

    @property
    def is_conduct(self) -> bool:
        """Whether it stands in the conduct ledger, where an official may answer and appeal."""
        return LEDGER_OF[self.what] is Ledger.CONDUCT
