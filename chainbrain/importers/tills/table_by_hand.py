"""A table that people of the chain write by hand: one record per row, its own total rows left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Columns, Harvest
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.table import Cells

# First cells of rows that add up others; never a store, a day or a number.
TOTAL_WORDS: Final = ("合计", "总计", "小计", "总合计", "--")

DATUM: Final = {
    "WGS-84": "WGS-84", "WGS84": "WGS-84", "wgs84": "WGS-84", "GPS": "WGS-84", "GCJ-02": "GCJ-02",
    "GCJ02": "GCJ-02", "gcj02": "GCJ-02", "高德": "GCJ-02", "腾讯": "GCJ-02", "BD-09": "BD-09", "BD09": "BD-09",
    "bd09": "BD-09", "百度": "BD-09",
}  # fmt: skip
# What other tables have and these do not; keeps a bill from being taken for a list of stores.
NOT_MASTER: Final = (
    "订单号",
    "支付宝交易号",
    "微信订单号",
    "结算id",
    "机构编码",
    "科目",
    "规则名称",
    "交易订单总笔数",
)


def without_totals(sheet: Sheet, *names: str) -> Cells:
    """The cells of a table without its own total rows."""
    first = sheet.layout.required[0]
    plain = parse.clean(pl.col(first))
    total = plain.is_in(TOTAL_WORDS) | plain.str.starts_with("合计") | (pl.col(first).str.strip_chars() == "--")
    table, _ = sheet.table.split_off(total)
    return Cells(table, (*sheet.layout.required, *sheet.layout.columns, *sheet.layout.any_of, *names))


class ChainTable(Importer):
    """A table whose every sheet becomes records of one kind."""

    kind: ClassVar[str]
    streams = True

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One record per row."""
        harvest = Harvest()
        for sheet in sheets:
            cells = without_totals(sheet)
            self._take(harvest, cells, self._columns(cells, context))
        return harvest

    def _columns(self, cells: Cells, context: Context) -> Columns:
        raise NotImplementedError

    def _take(self, harvest: Harvest, cells: Cells, columns: Columns) -> None:
        harvest.take(self.kind, cells, columns)
