"""What the audit administrator needs beside the journal's keys: a matter's number, and the reasons given for a look."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from duban.core import numbers

from .models import Matter, Remark


def numbers_of(serials: Collection[int]) -> Mapping[int, str]:
    """The numbers of matters by serial: one statement."""
    return dict(Matter.objects.filter(pk__in=serials).values_list("pk", "number")) if serials else {}


def stream_of(number: str) -> str:
    """The stream of the matter with a number; empty when there is none."""
    spelled = numbers.normalise(number)
    serial = Matter.objects.filter(number=spelled).values_list("pk", flat=True).first() if spelled else None
    return f"matter:{serial}" if serial is not None else ""


def reasons_of(remarks: Collection[int]) -> Mapping[int, str]:
    """Why somebody looked at real data, by remark (domain rule 17); no other free text leaves here."""
    rows = Remark.objects.filter(pk__in=remarks, part=Remark.Part.UNMASKING)
    return dict(rows.values_list("pk", "text")) if remarks else {}
