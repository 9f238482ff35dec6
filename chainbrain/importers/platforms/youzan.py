"""Fund flow of Youzan (有赞): every movement of an account, with order, payment and parent numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.platforms import ledger_rows
from chainbrain.importers.platforms import platform_rows as rows_of
from chainbrain.importers.tables import balance
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells

_COLUMNS: Final = (
    "店铺名称", "类型", "名称", "业务单号", "支付流水号", "关联单号", "交易来源地", "账务主体", "账户", "收入(元)",
    "支出(元)", "余额(元)", "支付方式", "交易对手", "渠道", "下单时间", "入账时间", "操作人", "附加信息", "备注",
    "来源",
)  # fmt: skip


class Youzan(Importer):
    """Two amount columns; a shop is 店铺名称, or else the 账务主体. A row has no number of its own."""

    format = "youzan"
    confirmed = False
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("账务主体", "类型", "业务单号", "支付流水号", "收入(元)", "支出(元)", "入账时间"),
            _COLUMNS,
            aliases={"账户": ("账户类型",)},
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """Wallet lines and payments; the printed balance of each account is the control total."""
        harvest = Harvest()
        shops: set[str] = set()
        for sheet in sheets:
            table, _ = rows_of.without_totals(sheet.table, ("店铺名称", "类型", "名称"))
            cells = Cells(table, _COLUMNS)
            amount = cells.yuan("收入(元)", empty_is_zero=True) - cells.yuan("支出(元)", empty_is_zero=True).abs()
            left, text = cells.yuan("余额(元)"), cells.text("类型", required=True)
            shop = rows_of.first_known(cells.text("店铺名称"), cells.text("账务主体"))
            cells.fault("账务主体", "missing", shop.is_null())
            order, parent = cells.identifier("业务单号"), cells.identifier("关联单号")
            kind = ledger_rows.kinds_of([text])
            ledger_rows.check_signs(cells, "类型", kind, amount)
            # A charge or refund may have a number of its own; then the order is its parent.
            sold = order.filter(rows_of.is_true(kind == "payment"))
            own = (
                ~rows_of.is_true(order.is_in(sold.implode())) & parent.is_not_null() & rows_of.is_true(parent != order)
            )
            child = kind.is_in(("refund", "fee", "fee_return")) & own
            moves = ledger_rows.Movements(
                channel="youzan",
                merchant_no=shop,
                order=parent.zip_with(child, order),
                refund=order.zip_with(child & (kind == "refund"), cells.nothing(pl.String)),
                at=cells.moments("入账时间", required=True),
                kind=kind,
                kind_text=text,
                amount=amount,
                balance=left,
                reference=cells.identifier("支付流水号"),
                drawn=order,
            )
            lines = ledger_rows.stage(harvest, cells, moves)
            account = pl.select(pl.concat_str(shop, cells.text("账户").fill_null(""), separator=" ")).to_series()
            balance.check(harvest, cells, "余额(元)", amount, left, account=account)
            harvest.span(lines["occurred_at"])
            shops.update(lines["merchant_no"].drop_nulls())
        harvest.account_no = next(iter(shops)) if len(shops) == 1 else None
        ledger_rows.cover(harvest, "youzan", sorted(shops))
        return harvest
