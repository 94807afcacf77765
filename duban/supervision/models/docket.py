"""The joint meeting's docket: what is on it, on which grounds, and the papers laid before the members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

from duban.core.docket import Ground

if TYPE_CHECKING:
    from .meeting import Decision


class DocketItem(models.Model):
    """A hard matter before the joint meeting: open until it is decided or dropped.

    A matter has at most one open item; what comes to it meanwhile becomes a further ground of that one. `since` is
    the instant of its first ground. An item whose matter is closed meanwhile is moot, as soon as the worker comes to
    it; one whose matter is merged waits unseen, for that matter to be separated.
    """

    class State(models.TextChoices):
        """How it stands."""

        OPEN = "open", _("待议")
        DECIDED = "decided", _("已决定")
        DROPPED = "dropped", pgettext("docket", "已撤下")
        MOOT = "moot", pgettext("docket", "随销号终结")

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="docket_items")
    since = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    settled_at = models.DateTimeField(null=True)
    dropped_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(state="open"), name="docket_one_open_a_matter"
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="docket_by_state")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.state}"

    @property
    def decided(self) -> Decision | None:
        """What was decided about it; None while nothing is."""
        found: Decision | None = getattr(self, "decision", None)
        return found


class DocketGround(models.Model):
    """Why a matter came on the docket; each (matter, ground, key) once for ever. `by` is empty for a rule."""

    item = models.ForeignKey(DocketItem, on_delete=models.PROTECT, related_name="grounds")
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(
        max_length=8,
        choices=[
            (Ground.NEGATIVE.value, _("评价不满意")),
            (Ground.RETURNS.value, _("退单")),
            (Ground.BALLOT.value, _("群众测评未通过")),
            (Ground.RED.value, _("长期红灯")),
            (Ground.REVIEW.value, _("挂账到期复议")),
            (Ground.HAND.value, _("督查室提请")),
        ],
    )
    key = models.CharField(max_length=20)
    since = models.DateTimeField()
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)  # the office's reason

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "ground", "key"], name="docket_ground_once"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.ground} {self.key}"

    @property
    def words(self) -> str:
        """Why, with how often: of what comes about by counting, the key is the count."""
        sentence = {
            Ground.NEGATIVE.value: _("%(n)s 轮评价不满意"),
            Ground.RETURNS.value: _("%(n)s 次退单"),
            Ground.BALLOT.value: _("群众测评 %(n)s 次未通过"),
        }.get(self.ground)
        return sentence % {"n": self.key} if sentence else self.get_ground_display()


class Paper(models.Model):
    """A text laid before the members with an item."""

    class Kind(models.TextChoices):
        """What it is."""

        POSITION = "position", _("单位意见")
        OPTION = "option", _("备选方案")
        OPINION = "opinion", _("督查室意见")

    item = models.ForeignKey(DocketItem, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.TextField()
    unit = models.ForeignKey("people.Unit", to_field="code", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind}"
