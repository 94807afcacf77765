"""Those who stand behind a collective matter besides its petitioner."""

from __future__ import annotations

from django.db import models

from duban.people.fields import SealedTextField

CODE_PURPOSE = "cosigner.code"
ASKING_PURPOSE = "cosigner.asking"


class Invitation(models.Model):
    """The link by which a petitioner invites others to co-sign: unguessable, one a matter."""

    matter = models.OneToOneField("matters.Matter", on_delete=models.PROTECT, related_name="invitation")
    token = models.CharField(max_length=43, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.matter_id}"


class CoSigner(models.Model):
    """Somebody who wishes to co-sign, and has once the code sent to their mobile came back (`confirmed_at`).

    `code` is what their mobile was last told, made at `code_at`. A removed one stays, with the reason.
    """

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="cosigners")
    citizen = models.ForeignKey("people.Citizen", on_delete=models.PROTECT, related_name="+")
    code = SealedTextField(purpose=CODE_PURPOSE)
    code_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    removal = models.ForeignKey("matters.Remark", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "citizen"], name="cosigner_once_a_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.citizen_id}"


class CodeRequest(models.Model):
    """Somebody asked for a code: whoever holds the token, of which only the keyed hash is kept, may try it.

    Tries are counted here and not with the person, so that a stranger who asks in somebody's name spends the own
    tries only. `sent` says whether the code went to the mobile: not to whom has co-signed already, and not again
    within a minute. Deleted once the code would be too old.
    """

    cosigner = models.ForeignKey(CoSigner, on_delete=models.PROTECT, related_name="code_requests")
    token_index = models.CharField(max_length=64, unique=True)
    code = SealedTextField(purpose=CODE_PURPOSE)
    at = models.DateTimeField()
    sent = models.BooleanField()
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.cosigner_id}: {self.at}"
