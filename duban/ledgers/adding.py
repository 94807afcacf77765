"""Adding numbers to stored totals, which only the worker writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

PARAMETERS_A_STATEMENT = 800  # far below what either engine takes


def add(table: type[Model], columns: Sequence[str], counts: Mapping[tuple[Any, ...], int]) -> None:
    """Add each number to the row whose `columns` are its key, or make the row.

    In the order of the keys: two workers never wait for each other in a circle. The columns are unique together.
    """
    name, key = connection.ops.quote_name(table._meta.db_table), ", ".join(columns)
    values = f"({', '.join(['%s'] * (len(columns) + 1))})"
    keys, most = sorted(counts), PARAMETERS_A_STATEMENT // (len(columns) + 1)
    with connection.cursor() as cursor:
        for start in range(0, len(keys), most):
            part = keys[start : start + most]
            cursor.execute(
                f"INSERT INTO {name} ({key}, number) VALUES {', '.join([values] * len(part))} "  # noqa: S608 - no outside text
                f"ON CONFLICT ({key}) DO UPDATE SET number = {name}.number + excluded.number",
                [value for one in part for value in (*one, counts[one])],
            )
