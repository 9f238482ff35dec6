"""What advertising (京准通) and warehouse services (菜鸟) charge a shop, each from an account of its own."""

from __future__ import annotations

from typing import Final

import polars as pl

from chainbrain.importers.base import Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.platforms import platform_rows as rows_of
from chainbrain.importers.tables.table import Cells

_CANCELLED: Final = r"取消|关闭|作废"


def read(harvest: Harvest, sheet: Sheet) -> None:
    """One line per advertising charge, and one per payment of the warehouse's charges.

    The lists of orders, of sales and of goods break one 支付流水号 down in different ways; it was paid once. What was
    cancelled was not paid: such rows are counted in ``cancelled`` and are none of the file's movements.
    """
    table, totals = rows_of.without_totals(sheet.table, sheet.layout.required)
    if table.has("状态"):
        table, undone = table.split_off(pl.col("状态").str.contains(_CANCELLED))
        if undone.height:
            harvest.facts["cancelled"] = str(int(harvest.facts.get("cancelled", "0")) + undone.height)
    cells = Cells(table, tuple(sheet.layout.spellings))
    advertising = sheet.layout.id == "ads_jingzhuntong"
    name = next(name for name in ("支付金额", "支出金额", "支出") if table.has(name))
    day = next(name for name in ("支付时间", "支出时间", "投放日期") if table.has(name))
    plain = cells.yuan(name, required=True)
    column = "流水单号" if advertising else "支付流水号"
    number, at = cells.identifier(column, required=True), cells.moments(day, required=True)
    account = cells.identifier("账号") if advertising else None
    order = rows_of.first_known(*(cells.identifier(column) for column in ("交易订单号", "关联单据号", "计划ID")))
    what = rows_of.first_known(*(cells.text(column) for column in ("费用项", "增值服务类型", "交易类型")))
    each = pl.int_range(cells.height, eager=True).cast(pl.String)
    first, groups = rows_of.whole_orders(cells, column, (each if advertising else number,))
    lines = harvest.take(
        "wallet_lines",
        cells,
        {
            "channel": "jd" if advertising else "other",
            "merchant_no": account,
            "external_id": number,
            "business_id": _common(groups, order),
            "occurred_at": at,
            "kind": "adjustment",
            "kind_text": _common(groups, what),
            "amount": -rows_of.over(groups, plain),
            "reference": number,
            "rows": rows_of.size_of(groups),
        },
        keep=first,
    )
    rows_of.check_total(harvest, totals, name, plain)
    harvest.span(lines["occurred_at"])


def _common(groups: pl.DataFrame, column: pl.Series) -> pl.Series:
    """The word of a whole payment; one for several orders or charges has none."""
    one = (pl.col("v").n_unique() == 1).over(groups.columns)
    return groups.with_columns(column.alias("v")).select(pl.when(one).then("v")).to_series()
