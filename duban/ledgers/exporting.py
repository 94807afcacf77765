"""The two ledgers as a workbook: a summary with the definitions, and a sheet of entries for each ledger.

Every text is written as text, so a cell that begins with =, +, - or @ is never taken for a formula. Rows go out as
they are read: memory stays the same however many there are.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from typing import IO, Any
from urllib.parse import quote

import xlsxwriter

from duban.core.ledger import LEDGER_OF, Item, Ledger
from duban.core.periods import Period
from duban.core.zone import local
from duban.people.queries import unit_names

from .models import LedgerEntry
from .ranking import ranking
from .scores import weights_by_month
from .words import ITEMS, LEDGERS, RATES

Translate = Callable[[str], str]
CHUNK = 500
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
WIDTH = 18
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _(sentence: str) -> str:
    """Mark for extraction; the door brings the translation."""
    return sentence


NAME = _("绩效账和作风账")
SUMMARY = _("汇总")
UNIT_HEAD = (_("名次"), _("单位"), _("办结件次"), _("得分"), _("每件得分"))
ENTRY_HEAD = (
    *(_("月份"), _("时间"), _("单位"), _("责任人"), _("项目"), _("笔数"), _("每笔分值")),
    *(_("挂号编号"), _("依据（日志）"), _("依据的校验码")),
)
NOTES = (
    _("每一笔账都由日志里的一个事件记成，不能手工增减；申诉成立的用一笔负数冲销。"),
    _("得分按当月生效的分值版本计算；名次按每件得分排，办结件次太少的单位不排名。"),
)


def workbook(period: Period, translate: Translate) -> IO[bytes]:
    """The workbook of a period, to be sent from its beginning; it goes when it is closed."""
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - whoever sends it closes it
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        bold = book.add_format({"bold": True})
        _summary(book.add_worksheet(translate(SUMMARY)), period, translate, bold)
        for ledger in Ledger:
            _entries(book.add_worksheet(translate(LEDGERS[ledger])), ledger, period, translate, bold)
    file.seek(0)
    return file


def disposition(period: Period, translate: Translate) -> str:
    """The Content-Disposition of a workbook: a name every program can keep, and one in the reader's language."""
    name = quote(f"{translate(NAME)}-{period.key}.xlsx")
    return f"attachment; filename=\"ledgers-{period.key}.xlsx\"; filename*=UTF-8''{name}"


def _summary(sheet: Any, period: Period, translate: Translate, bold: Any) -> None:
    sheet.set_column(0, 4 + len(RATES) + len(Item), WIDTH)
    _row(sheet, 0, [period.key], bold)
    at = 1
    for note in NOTES:
        _row(sheet, at, [translate(note)])
        at += 1
    for name, definition in RATES.values():
        _row(sheet, at, [translate(name), translate(definition)])
        at += 1
    head = [*UNIT_HEAD, *(name for name, _definition in RATES.values()), *ITEMS.values()]
    _row(sheet, at + 1, [translate(one) for one in head], bold)
    for at_row, line in enumerate(ranking(period), start=at + 2):
        rates = line.rates
        shown = (rates.response.percent, rates.resolution.percent, rates.satisfaction.percent)
        place = "—" if line.rank is None else line.rank
        figures = [line.counts[item] for item in ITEMS]
        _row(sheet, at_row, [place, line.name, line.matters, line.score, line.average, *shown, *figures])


def _entries(sheet: Any, ledger: Ledger, period: Period, translate: Translate, bold: Any) -> None:
    sheet.set_column(0, len(ENTRY_HEAD) - 1, WIDTH)
    _row(sheet, 0, [translate(one) for one in ENTRY_HEAD], bold)
    names, points = unit_names(), weights_by_month(period.months)
    words = {item: translate(word) for item, word in ITEMS.items() if LEDGER_OF[item] is ledger}
    rows = LedgerEntry.objects.filter(ledger=ledger.value, month__in=period.months)
    rows = rows.select_related("event", "staff", "matter").defer("event__facts").order_by("pk")
    for at_row, one in enumerate(rows.iterator(chunk_size=CHUNK), start=1):
        cells: list[str | int] = [
            one.month,
            f"{local(one.at):%Y-%m-%d %H:%M:%S}",
            names.get(one.unit, one.unit),
            one.staff.display_name if one.staff else "",
            words[one.what],
            one.number,
            points[one.month][one.what],
            one.matter.number if one.matter else "",
            f"{one.event.stream} #{one.event.seq}",
            one.event.hash,
        ]
        _row(sheet, at_row, cells)


def _row(sheet: Any, at: int, cells: Sequence[str | int], style: Any = None) -> None:
    """One row; a text is written as a text, whatever it begins with."""
    for column, cell in enumerate(cells):
        if isinstance(cell, int):
            sheet.write_number(at, column, cell, style)
        else:
            sheet.write_string(at, column, cell, style)
