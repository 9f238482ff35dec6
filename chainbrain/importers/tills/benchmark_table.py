"""行业数据: what a source says of an industry, as quartiles with its name and day."""

from __future__ import annotations

from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.base import Context
from chainbrain.importers.harvest import Columns
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells
from chainbrain.importers.tills.table_by_hand import ChainTable

# Only what the program can work out of a store, so that both figures mean the same.
METRICS: Final = {
    "综合费率": "take_rate", "费率": "take_rate", "平台费率": "take_rate", "客单价": "ticket", "客单": "ticket",
    "退款率": "refund_rate", "租金占比": "rent_ratio", "租售比": "rent_ratio", "房租占比": "rent_ratio",
    "人工占比": "labour_ratio", "人力占比": "labour_ratio", "人工成本占比": "labour_ratio",
    "物料占比": "materials_ratio", "食材物料占比": "materials_ratio", "食材占比": "materials_ratio",
    "食材成本率": "materials_ratio",
    "水电占比": "utilities_ratio", "能源占比": "utilities_ratio", "四墙利润率": "four_wall_margin",
    "门店利润率": "four_wall_margin",
} | {
    code: code for code in (
        "take_rate", "ticket", "refund_rate", "rent_ratio", "labour_ratio", "materials_ratio", "utilities_ratio",
        "four_wall_margin",
    )
}  # fmt: skip
_MONEY: Final = "ticket"
_FINE: Final = pl.Decimal(18, 6)


class Benchmarks(ChainTable):
    """行业数据: one figure of an industry in a city and a span of time; the median at least."""

    format = "chainbrain-benchmarks"
    kind = "benchmarks"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None, ("指标", "中位数", "来源", "日期"),
            ("行业/业态", "业态", "行业", "城市", "期间", "下四分位", "上四分位"),
            forbidden=("门店编号", "订单号", "金额", "余额"),
        ),
    )  # fmt: skip

    def _columns(self, cells: Cells, context: Context) -> Columns:
        metric = cells.words("指标", METRICS, required=True)
        low, median, high = (_figure(cells, name, metric) for name in ("下四分位", "中位数", "上四分位"))
        cells.fault("中位数", "missing", cells.text("中位数").is_null())
        cells.fault("下四分位", "quartile", low.is_not_null() & (low > median))
        cells.fault("上四分位", "quartile", high.is_not_null() & (high < median))
        trade = cells.text("行业/业态")
        for other in ("业态", "行业"):
            trade = trade.zip_with(trade.is_not_null(), cells.text(other))
        return {
            "metric": metric,
            "trade": trade,
            "city": cells.text("城市"),
            "period": cells.text("期间"),
            "low": low,
            "median": median,
            "high": high,
            "source": cells.text("来源", required=True),
            "dated": cells.days("日期", required=True),
        }


def _figure(cells: Cells, name: str, metric: pl.Series) -> pl.Series:
    """Yuan for the ticket, a share for everything else: ``4.5%`` and ``0.045`` are the same."""
    text = cells.text(name)
    money = (metric == _MONEY).fill_null(value=False)
    found = parse.yuan(text, 2).cast(_FINE).zip_with(money, parse.rates(text).cast(_FINE))
    unread = text.is_not_null() & found.is_null() & metric.is_not_null()
    cells.fault(name, "rate", unread & ~money)
    cells.fault(name, "amount", unread & money)
    return found
