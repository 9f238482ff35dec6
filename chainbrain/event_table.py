"""A table of promotions, closures and local holidays as a csv: 类型, 第一天, 最后一天, 门店编号, 区域, 备注."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Final

from chainbrain.cash import events
from chainbrain.cash.events import StoreEvent
from chainbrain.errors import UserError
from chainbrain.text_tables import read_text_table

_HEADS: Final[Mapping[str, str]] = {
    # Also as the report and the screen head them: an exported list, read again, says nothing new.
    "类型": "kind", "种类": "kind", "kind": "kind", "第一天": "first", "开始日期": "first", "日期": "first",
    "first": "first", "first day": "first", "最后一天": "last", "结束日期": "last", "last": "last", "last day": "last",
    "门店": "store", "门店编号": "store", "store": "store", "区域": "region", "城市": "region", "地区": "region",
    "region": "region", "city": "region", "备注": "note", "说明": "note", "名称": "note", "note": "note",
    "name": "note",
}  # fmt: skip
_NEEDED: Final = {"kind": "类型", "first": "第一天"}
_KINDS: Final[Mapping[str, str]] = {
    "促销": events.PROMOTION, "活动": events.PROMOTION, "promotion": events.PROMOTION, "停业": events.CLOSURE,
    "歇业": events.CLOSURE, "closure": events.CLOSURE, "地方假日": events.HOLIDAY, "假日": events.HOLIDAY,
    "放假": events.HOLIDAY, "local holiday": events.HOLIDAY, "holiday": events.HOLIDAY,
}  # fmt: skip


def read(path: Path) -> tuple[StoreEvent, ...]:
    """The events of a table, in its order; without a last day each is of one day.

    Raises:
        UserError: ``event.table_missing``, ``event.table_unreadable``, ``event.table_column``, ``event.table_empty``,
            or ``event.table_kind`` and ``event.table_day`` with the line.
    """
    text = read_text_table(path, "event.table_missing", "event.table_unreadable")
    rows = list(csv.reader(StringIO(text)))
    heads = [_HEADS.get(cell.strip().lower(), "") for cell in rows[0]] if rows else []
    lacking = [word for name, word in _NEEDED.items() if name not in heads]
    if lacking:
        raise UserError("event.table_column", path=path.name, column=lacking[0])
    found = []
    for line, row in enumerate(rows[1:], 2):
        cells = {name: cell.strip() for name, cell in zip(heads, row, strict=False) if name and cell.strip()}
        if cells:
            found.append(_event(cells, path.name, line))
    if not found:
        raise UserError("event.table_empty", path=path.name)
    return tuple(found)


def _event(cells: Mapping[str, str], name: str, line: int) -> StoreEvent:
    kind = _KINDS.get(cells.get("kind", "").lower())
    if kind is None:
        raise UserError("event.table_kind", path=name, line=line, value=cells.get("kind", ""))
    days = []
    for text in (cells.get("first", ""), cells.get("last")):
        if text is not None:
            try:
                # A spreadsheet writes 2027/5/1.
                year, month, day = map(int, text.replace("/", "-").split("-"))
                days.append(date(year, month, day))
            except (ValueError, OverflowError) as cause:
                raise UserError("event.table_day", path=name, line=line, value=text) from cause
    return StoreEvent("", kind, days[0], days[-1], cells.get("store"), cells.get("region"), cells.get("note"))
