"""Free texts and photos in the story of a matter."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .matter import Matter


class Remark(models.Model):
    """A free text in a matter's story. The journal keeps its digest, so it can be erased but not altered."""

    class Part(models.TextChoices):
        PROGRESS = "progress", _("进展")
        ADDITION = "addition", _("补充")
        VERDICT = "verdict", _("评价")
        CALLBACK = "callback", _("回访")
        WITHDRAWAL = "withdrawal", _("撤回")
        MERGING = "merging", _("并案")  # why it was merged or separated
        COSIGNING = "cosigning", _("联名")  # why the office removed a co-signer
        UNMASKING = "unmasking", _("查看实名")  # the reason given; stays inside
        ALARM = "alarm", _("报警批注")  # what the office did about an alarm; stays inside
        DECISION = "decision", _("联席会议决定")  # its reason; of a closing, for everyone to read
        REFERRAL = "referral", _("移交纪检监察")  # for the inspectors alone

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="remarks")
    part = models.CharField(max_length=12, choices=Part.choices)
    text = models.TextField()
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.matter_id} {self.part}"


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
