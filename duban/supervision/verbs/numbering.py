"""Numbers of orders: by year and colour, each the next one, without a gap."""

from __future__ import annotations

from duban.core.orders import Colour

from ..models import OrderSerial


def next_number(year: int, colour: Colour) -> int:
    """The next number of a year and colour, in the caller's transaction: what is taken back leaves no gap.

    Its row stays locked until the transaction ends, so two orders at once take their numbers one after the other.
    """
    OrderSerial.objects.get_or_create(year=year, colour=colour.value)
    row = OrderSerial.objects.select_for_update().get(year=year, colour=colour.value)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last
