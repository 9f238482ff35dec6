"""Fund flow of Weixin shops (微信小店, 视频号): every movement of a shop's balance, with the order it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.platforms import ledger_rows
from chainbrain.importers.platforms import platform_rows as rows_of
from chainbrain.importers.tables import balance
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells

_COLUMNS: Final = (
    "流水单号", "记账时间", "动帐类型", "收支类型", "收支金额", "账户余额", "关联订单号", "关联售后单号",
    "关联提现单号", "关联保单号", "详情",
)  # fmt: skip


class WeixinShop(Importer):
    """Amounts are positive, 收支类型 says the direction; the file does not name its shop."""

    format = "weixin-shop"
    confirmed = False
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("动帐类型", "流水单号", "记账时间", "收支类型", "收支金额"),
            _COLUMNS,
            any_of=("关联订单号", "关联售后单号", "关联提现单号"),
            forbidden=("资金流水单号", "动账方向"),
            aliases={"收支金额": ("收支金额(元)",), "账户余额": ("账户余额(元)",)},
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """Wallet lines and payments; the printed balance is the control total."""
        harvest = Harvest()
        for sheet in sheets:
            table, _ = rows_of.without_totals(sheet.table, ("流水单号", "记账时间"))
            cells = Cells(table, _COLUMNS)
            direction = cells.words("收支类型", {"收入": "in", "支出": "out"}, required=True)
            amount, _ = rows_of.directed(cells, "收支金额", direction == "in")
            left, text = cells.yuan("账户余额"), cells.text("动帐类型", required=True)
            drawn, kind = cells.identifier("关联提现单号"), ledger_rows.kinds_of([text])
            ledger_rows.check_signs(cells, "收支金额", kind, amount)
            moves = ledger_rows.Movements(
                channel="weixin_shop",
                number=cells.identifier("流水单号", required=True),
                order=cells.identifier("关联订单号"),
                refund=cells.identifier("关联售后单号"),
                at=cells.moments("记账时间", required=True),
                kind=kind,
                kind_text=text,
                amount=amount,
                balance=left,
                reference=drawn,
                drawn=drawn,
            )
            lines = ledger_rows.stage(harvest, cells, moves)
            balance.check(harvest, cells, "账户余额", amount, left)
            harvest.span(lines["occurred_at"])
        ledger_rows.cover(harvest, "weixin_shop", [None])
        return harvest
