"""A model field that is text in Python and sealed bytes in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from .sealing import seal, unseal

if TYPE_CHECKING:
    _Binary = models.Field[str, str]  # what the type checker sees: text in, text out
else:
    _Binary = models.BinaryField


class SealedTextField(_Binary):
    """Text sealed under `purpose` (see sealing); it cannot be searched or sorted by, only read.

    Reading raises sealing.Tampered when the stored bytes were altered or moved.
    """

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose = purpose

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """For migrations: the purpose is part of the field."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), {**kwargs, "purpose": self.purpose}

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """Seal on the way in; every write gets a fresh nonce."""
        sealed = seal(value, purpose=self.purpose) if isinstance(value, str) else value
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: Any, expression: object, connection: BaseDatabaseWrapper) -> str | None:
        """Open on the way out."""
        return None if value is None else unseal(bytes(value), purpose=self.purpose)

    def get_lookup(self, lookup_name: str) -> Any:
        """Two seals of one text differ, so a search would silently find nothing: refuse it."""
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise TypeError(f"{self.name} is sealed: search by its blind index")
