"""Account bill (账务明细) of Pinduoduo shops: income, charges and refunds of an order are rows of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time, timedelta
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.platforms import ledger_rows
from chainbrain.importers.platforms import platform_rows as rows_of
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Dialect, Layout
from chainbrain.importers.tables.table import Cells

_COLUMNS: Final = ("商户订单号", "发生时间", "收入金额（+元）", "支出金额（-元）", "账务类型", "备注", "业务描述")
_SPAN: Final = re.compile(r"(起始|终止)时间[:：]\s*(\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?)")


class Pinduoduo(Importer):
    """支出金额 is usually negative; its size counts. A row has no number of its own, and the file names no shop."""

    format = "pinduoduo"
    confirmed = False
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("账务类型", "商户订单号", "发生时间", "收入金额（+元）", "支出金额（-元）"),
            _COLUMNS,
            forbidden=("账务流水号", "账户余额（元）"),
            dialect=Dialect(ends=("---", "#---"), comment="#"),
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """Wallet lines and payments; the days are those of 起始时间 and 终止时间, empty ones included."""
        harvest = Harvest()
        for sheet in sheets:
            table, _ = rows_of.without_totals(sheet.table, ("商户订单号", "发生时间"))
            cells = Cells(table, _COLUMNS)
            income = cells.yuan("收入金额（+元）", empty_is_zero=True)
            outgo = cells.yuan("支出金额（-元）", empty_is_zero=True).abs()
            text = cells.text("账务类型", required=True)
            # 业务描述 is the code and the finer name of the type.
            kind = ledger_rows.kinds_of([text, cells.text("业务描述")])
            ledger_rows.check_signs(cells, "账务类型", kind, income - outgo)
            moves = ledger_rows.Movements(
                channel="pinduoduo",
                order=cells.identifier("商户订单号"),
                at=cells.moments("发生时间", required=True),
                kind=kind,
                kind_text=text,
                amount=income - outgo,
                reference=cells.text("业务描述"),
            )
            lines = ledger_rows.stage(harvest, cells, moves)
            harvest.span(lines["occurred_at"])
            _widen(harvest, table.preamble)
        ledger_rows.cover(harvest, "pinduoduo", [None])
        return harvest


def _widen(harvest: Harvest, preamble: Sequence[Sequence[str]]) -> None:
    """The days of the query; one that ends at midnight ends with the day before."""
    text = " ".join(cell for row in preamble for cell in row)
    stated = {word: parse.moments(pl.Series([moment.strip()]))[0] for word, moment in _SPAN.findall(text)}
    first, last = stated.get("起始"), stated.get("终止")
    if first is not None and last is not None and first <= last:
        ends = last - timedelta(seconds=1) if last > first and last.time() == time.min else last
        harvest.first_day, harvest.last_day = first.date(), ends.date()
