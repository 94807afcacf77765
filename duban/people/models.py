"""Who takes part (domain section 1): units and their terminals, staff, citizens, and staff's API tokens."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from duban.core import identity
from duban.core.rights import Actor, Role

from .fields import SealedTextField


class Unit(models.Model):
    """A township or agency; exactly one is the supervision office."""

    class Kind(models.TextChoices):
        """The two kinds the article counts: 15 townships and streets, 106 agencies."""

        TOWNSHIP = "township", "乡镇（街道）"
        AGENCY = "agency", "机关事业单位"

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    is_office = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    email = models.EmailField(blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_office"], condition=models.Q(is_office=True), name="unit_one_office"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Terminal(models.Model):
    """A terminal standing in a unit, where clerks register for people who walk in or call."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="terminals")
    code = models.CharField(max_length=40, unique=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.code


class StaffManager(BaseUserManager["Staff"]):
    """Finds accounts, always with their unit: an account's rights depend on it."""

    def get_queryset(self) -> models.QuerySet[Staff]:
        """Every account, its unit joined."""
        return super().get_queryset().select_related("unit")


class Staff(AbstractBaseUser):
    """An account of someone who works for the city."""

    username = models.CharField(max_length=40, unique=True)
    display_name = models.CharField(max_length=50)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="staff")
    roles = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)

    objects = StaffManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.username

    @property
    def actor(self) -> Actor:
        """How this account acts: its key in the journal, its roles, its unit. An inactive one has no role."""
        roles = frozenset(Role(role) for role in self.roles) if self.is_active else frozenset()
        return Actor(key=f"staff:{self.pk}", roles=roles, unit=self.unit.code)

    @property
    def masked_name(self) -> str:
        """The name as the public sees it: 石**."""
        return identity.masked_name(self.display_name)

    def natural_key(self) -> tuple[str]:
        """The user name identifies the account."""
        return (self.username,)


class Citizen(models.Model):
    """Someone known by real name (domain rule 17). Sealed at rest, found by blind index, shown masked."""

    name = SealedTextField(purpose="citizen.name")
    id_number = SealedTextField(purpose="citizen.id_number")
    mobile = SealedTextField(purpose="citizen.mobile")
    id_index = models.CharField(max_length=64, unique=True, null=True)  # null once erased
    mobile_index = models.CharField(max_length=64, db_index=True, blank=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"citizen:{self.pk}"

    @property
    def masked_name(self) -> str:
        """罗**."""
        return identity.masked_name(self.name)

    @property
    def masked_id(self) -> str:
        """433101************."""
        return identity.masked_id(self.id_number)

    @property
    def masked_mobile(self) -> str:
        """138****0000."""
        return identity.masked_mobile(self.mobile) if self.mobile else ""


class ApiToken(models.Model):
    """A bearer token of an account; only its hash is kept."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="tokens")
    hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    last4 = models.CharField(max_length=4)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"…{self.last4}"
