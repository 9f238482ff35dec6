"""The lines above personal bills: whose bill it is, which days it holds, how many rows and what they add up to."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from chainbrain.importers.tables import parse
from chainbrain.importers.tables.table import Table

_ACCOUNT: Final = re.compile(
    r"(?:微信昵称|支付宝账[户号]|京东账号名|美团(?:账号|用户名|昵称)|账[户号]名?|用户名|昵称)\s*:\s*(?:\[([^\]]*)\]|([^\s,\]]+))"
)
_ROWS: Final = re.compile(r"共:?\s*(\d+)\s*笔记录")
_SIDE: Final = re.compile(
    r"((?:已|待)?收入|(?:已|待)?支出|不计收支|中性交易)\s*:\s*(\d+)\s*笔(?:\([^)]*\))?[,\s]*(-?[\d,]*\.?\d+)\s*元"
)
_MOMENT: Final = r"\d{4}-\d{1,2}-\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
_MIDNIGHT: Final = r"0?0:00(?::00)?"
_DAY_S_END: Final = r"23:59(?::59)?"
_ONE_DAY: Final = timedelta(days=1)
_SPAN: Final = re.compile(
    rf"起始(?:时间|日期)\s*:\s*\[?\s*({_MOMENT})\s*\]?.{{0,40}}?终止(?:时间|日期)\s*:\s*\[?\s*({_MOMENT})", re.DOTALL
)
_RANGE: Final = re.compile(rf"({_MOMENT})\s*(?:至|~)\s*({_MOMENT})")
_MADE: Final = re.compile(rf"(?:导出|申请)时间\s*:\s*\[?\s*({_MOMENT})")
_CHOICE: Final = re.compile(r"导出(?:交易)?(?:类型|场景)\s*:\s*\[?\s*([^\],\s]+)")


@dataclass(frozen=True)
class Preamble:
    """What stands above the table.

    Attributes:
        account: the account as printed; ``None`` when the bill does not name one.
        rows: the stated number of rows.
        sides: number and sum of the rows by the word of the column 收/支.
        first_day: first whole day of the query; ``None`` when the bill does not say.
        last_day: last whole day of the query; before ``first_day`` when the query holds no whole day.
        over: last day that was over when the bill was made: it does not hold the rest of the day of its making.
        whole: the bill was made for all kinds of transaction, not for some.
    """

    account: str | None
    rows: int | None
    sides: dict[str, tuple[int, Decimal]]
    first_day: date | None
    last_day: date | None
    over: date | None
    whole: bool


def preamble_of(table: Table, trailer: str = "") -> Preamble:
    """Read the lines above a bill's table.

    Args:
        table: the bill.
        trailer: lines below the table that state the same things.
    """
    above = "\n".join(",".join(cell for cell in row if cell.strip()) for row in table.preamble)
    text = unicodedata.normalize("NFKC", f"{above}\n{trailer}").replace("帐", "账")
    account = _ACCOUNT.search(text)
    name = (account[1] or account[2] or "").strip() if account else ""
    rows = _ROWS.search(text)
    sides: dict[str, tuple[int, Decimal]] = {}
    for word, count, figure in _SIDE.findall(text):
        amount = parse.figure(figure)
        if amount is not None:
            sides[word] = (int(count), amount)
    first, last = _days(text)
    made = _MADE.search(text)
    printed = _day(made[1]) if made else None
    over = printed - _ONE_DAY if printed is not None else None
    whole = all(choice == "全部" for choice in _CHOICE.findall(text))
    return Preamble(name or None, int(rows[1]) if rows else None, sides, first, last, over, whole)


def _days(text: str) -> tuple[date | None, date | None]:
    found = _SPAN.search(text) or _RANGE.search(text)
    if not found:
        return None, None
    first, last = (_day(part) for part in found.groups())
    if first is None or last is None or last < first:
        return first, None
    begins, ends = (part.partition(" ")[2].strip() for part in found.groups())
    if begins and not re.fullmatch(_MIDNIGHT, begins):
        first += _ONE_DAY
    # A query until midnight ends before the day that it names, and one until noon holds half of it.
    if ends and not re.fullmatch(_DAY_S_END, ends):
        last -= _ONE_DAY
    return first, last


def _day(text: str) -> date | None:
    """The day of a moment; nothing when there is no such day."""
    try:
        return date(*(int(part) for part in text.split(maxsplit=1)[0].split("-")))
    except ValueError:
        return None
