"""What advertising (京准通) and warehouse services (菜鸟) charge a shop, each from an account of its own."""

from __future__ import annotations

from chainbrain.importers import platform_rows as rows_of
from chainbrain.importers.base import Harvest, Sheet
from chainbrain.importers.table import Cells


def read(harvest: Harvest, sheet: Sheet) -> None:
    """One line per charge; a number that pays several charges is their reference, not their own number."""
    table, totals = rows_of.without_totals(sheet.table, sheet.layout.required)
    cells = Cells(table, tuple(sheet.layout.spellings))
    advertising = sheet.layout.id == "ads_jingzhuntong"
    name = next(name for name in ("支付金额", "支出金额", "支出") if table.has(name))
    day = next(name for name in ("支付时间", "支出时间", "投放日期") if table.has(name))
    plain = cells.yuan(name, required=True)
    number = cells.identifier("流水单号" if advertising else "支付流水号", required=True)
    at = cells.moments(day, required=True)
    orders = (cells.identifier(column) for column in ("交易订单号", "关联单据号", "计划ID"))
    what = rows_of.first_known(*(cells.text(column) for column in ("费用项", "增值服务类型", "交易类型")))
    business = rows_of.first_known(*orders)
    lines = harvest.take(
        "wallet_lines",
        cells,
        {
            "channel": "jd" if advertising else "other",
            "merchant_no": cells.identifier("账号") if advertising else None,
            "external_id": number if advertising else None,
            "business_id": business,
            "occurred_at": at,
            "kind": "adjustment",
            "kind_text": what,
            "amount": -plain,
            "reference": number,
        },
    )
    rows_of.check_total(harvest, totals, name, plain)
    harvest.span(lines["occurred_at"])
