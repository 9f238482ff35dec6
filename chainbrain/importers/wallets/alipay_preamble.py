"""The comment lines around Alipay's bills: account, days, and the totals at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from chainbrain.importers.tables import parse
from chainbrain.importers.tables.table import Table

_ACCOUNT: Final = re.compile(r"[账帐]号\s*[:：]\s*\[?\s*([0-9A-Za-z@._\-*]+)")
_SPAN: Final = re.compile(r"起始日期\s*[:：]\s*\[([^\]]+)\].*?终止日期\s*[:：]\s*\[([^\]]+)\]")
_MOMENTS: Final = ("%Y年%m月%d日 %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y年%m月%d日", "%Y-%m-%d")
_TOTAL: Final = re.compile(r"#\s*([一-鿿]+合计)\s*[:：](.*)")
_COUNT: Final = re.compile(r"(-?[\d,]+)\s*笔")
_FIGURE: Final = re.compile(r"([一-鿿]*)共\s*(-?[\d,.]+)\s*元")


@dataclass(frozen=True)
class Remarks:
    """What the comment lines say.

    Attributes:
        account: the account as printed.
        first_day: first day of the query.
        last_day: last day with data: the day before, when the query ends at midnight.
        totals: by the word before 合计: the number of rows and the sums by their names ("" for the only one).
    """

    account: str | None
    first_day: date | None
    last_day: date | None
    totals: dict[str, tuple[int | None, dict[str, Decimal]]]


def remarks_of(table: Table) -> Remarks:
    """Read the comment lines above and below a bill's table."""
    above = [",".join(row) for row in table.preamble]
    everything = "\n".join([*above, *(text for _, text in table.tail)])
    account = _ACCOUNT.search(everything)
    first, last = _days(everything)
    return Remarks(account[1] if account else None, first, last, _totals(text for _, text in table.tail))


def _days(text: str) -> tuple[date | None, date | None]:
    found = _SPAN.search(text)
    if not found:
        return None, None
    first, last = (_moment(part) for part in found.groups())
    if first is None or last is None:
        return None, None
    if last > first and last.time() == datetime.min.time():
        # The end is exclusive when it is a midnight: a bill of one day runs from 00:00:00 to the next 00:00:00.
        last -= timedelta(days=1)
    return first.date(), last.date()


def _moment(text: str) -> datetime | None:
    for form in _MOMENTS:
        try:
            return datetime.strptime(text.strip(), form)
        except ValueError:
            continue
    return None


def _totals(lines: Iterable[str]) -> dict[str, tuple[int | None, dict[str, Decimal]]]:
    totals: dict[str, tuple[int | None, dict[str, Decimal]]] = {}
    for line in lines:
        found = _TOTAL.match(line.strip())
        if not found:
            continue
        count = _COUNT.search(found[2])
        figures = {}
        for name, figure in _FIGURE.findall(found[2]):
            amount = parse.figure(figure)
            if amount is not None:
                figures[name] = amount
        totals[found[1]] = (int(count[1].replace(",", "")) if count else None, figures)
    return totals
