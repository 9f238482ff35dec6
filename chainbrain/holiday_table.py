"""A table of holidays and worked weekends (日期, 名称, 类型) as a csv: read, checked, and written the same way."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Final, Protocol

from chainbrain.calendar import Holiday
from chainbrain.errors import UserError
from chainbrain.split_words import word_of
from chainbrain.text_tables import read_text_table, write_text_table

COLUMNS: Final = ("日期", "名称", "类型", "推算")
_HEADS: Final[Mapping[str, str]] = {
    "日期": "date", "date": "date", "day": "date", "名称": "name", "节日": "name", "name": "name", "类型": "kind",
    "kind": "kind", "推算": "projected", "projected": "projected",
}  # fmt: skip
_NEEDED: Final = ("date", "name", "kind")
# The first word of each code is the one that is written.
_KINDS: Final[Mapping[str, str]] = {
    "放假": "holiday", "休": "holiday", "休息": "holiday", "节假日": "holiday", "holiday": "holiday", "上班": "workday",
    "班": "workday", "调休": "workday", "调休上班": "workday", "补班": "workday", "workday": "workday",
}  # fmt: skip
_NAMES: Final[Mapping[str, str]] = {
    "元旦": "new_year", "春节": "spring_festival", "清明": "qingming", "清明节": "qingming", "劳动节": "labour_day",
    "五一": "labour_day", "端午": "dragon_boat", "端午节": "dragon_boat", "中秋": "mid_autumn", "中秋节": "mid_autumn",
    "国庆": "national_day", "国庆节": "national_day",
}  # fmt: skip
_YES: Final = frozenset({"是", "y", "yes", "true", "1"})
_FIRST, _LAST = 2000, 2199


class Special(Protocol):
    """A day that is not what its weekday says."""

    @property
    def day(self) -> date:
        """The day."""

    @property
    def kind(self) -> str:
        """``holiday`` or ``workday``."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def projected(self) -> bool:
        """Whether it is not announced yet."""


def read(path: Path) -> tuple[Holiday, ...]:
    """The days of a table, in order.

    Raises:
        UserError: ``holidays.missing``, ``holidays.unreadable``, ``holidays.no_column``, ``holidays.empty``,
            ``holidays.bad_day``, ``holidays.bad_kind`` or ``holidays.twice``, each with file and line.
    """
    rows = list(csv.reader(StringIO(read_text_table(path, "holidays.missing", "holidays.unreadable"))))
    heads = [_HEADS.get(cell.strip().lower(), "") for cell in rows[0]] if rows else []
    lacking = [COLUMNS[number] for number, name in enumerate(_NEEDED) if name not in heads]
    if lacking:
        raise UserError("holidays.no_column", path=path.name, column=lacking[0], seen=tuple(rows[0]) if rows else ())
    found: dict[date, Holiday] = {}
    for line, row in enumerate(rows[1:], 2):
        cells = {name: cell.strip() for name, cell in zip(heads, row, strict=False) if name}
        if not any(cells.values()):
            continue
        one = _holiday(cells, path, line)
        if one.day in found:
            raise UserError("holidays.twice", path=path.name, line=line, day=one.day)
        found[one.day] = one
    if not found:
        raise UserError("holidays.empty", path=path.name)
    return tuple(found[day] for day in sorted(found))


def as_csv(days: Iterable[Special]) -> str:
    """The days as a table that can be read again."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for one in days:
        name = word_of(_NAMES, one.name) if one.name in _NAMES.values() else one.name
        table.writerow([one.day.isoformat(), name, word_of(_KINDS, one.kind), "是" if one.projected else ""])
    return text.getvalue()


def write(path: Path, days: Sequence[Special]) -> int:
    """Write the days as a table; how many there are.

    Raises:
        UserError: ``holidays.not_written``.
    """
    write_text_table(path, as_csv(days), "holidays.not_written")
    return len(days)


def _holiday(cells: Mapping[str, str], path: Path, line: int) -> Holiday:
    text = cells.get("date", "")
    try:
        year, month, number = map(int, text.replace("/", "-").split("-"))
        day = date(min(max(year, _FIRST), _LAST), month, number)
    except (ValueError, OverflowError) as cause:
        raise UserError("holidays.bad_day", path=path.name, line=line, value=text) from cause
    if day.year != year:
        raise UserError("holidays.bad_day", path=path.name, line=line, value=text)
    kind = _KINDS.get(cells.get("kind", "").lower())
    if kind is None:
        raise UserError("holidays.bad_kind", path=path.name, line=line, value=cells.get("kind", ""))
    name = " ".join(cells.get("name", "").split())
    return Holiday(day, kind, _NAMES.get(name, name), cells.get("projected", "").lower() in _YES)
