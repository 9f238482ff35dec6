"""Fund bills (资金账单) of the WeChat Pay merchant site: every movement of a merchant's balance."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest, decimal_sum
from chainbrain.importers.tables import balance, parse
from chainbrain.importers.tables.layout import Dialect, Layout
from chainbrain.importers.tables.summary import summary_of
from chainbrain.importers.tables.table import Cells

_COLUMNS: Final = (
    "记账时间", "微信支付业务单号", "资金流水单号", "业务名称", "业务类型", "收支类型", "收支金额(元)", "账户结余(元)",
    "资金变更提交申请人", "备注", "业务凭证号",
)  # fmt: skip

KINDS: Final = {
    "交易": "payment", "扣除交易手续费": "fee", "退款": "refund", "退还交易手续费": "fee_return",
    "退款关闭": "refund_closed", "提现": "withdrawal", "分账": "split", "分账回退": "split_return",
    "分账退回": "split_return", "充值": "top_up", "代金券": "coupon", "转账": "transfer", "企业付款": "transfer",
    "商家转账": "transfer",
}  # fmt: skip


class WechatMerchantFundflow(Importer):
    """Gross sale and fee are two rows with one business number; 提现 is the money that leaves for the bank."""

    format = "wechat-merchant-fundflow"
    streams = True
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("记账时间", "资金流水单号", "业务类型", "收支类型", "收支金额(元)"),
            _COLUMNS,
            aliases={"收支金额(元)": ("收支金额",), "账户结余(元)": ("账户结余",)},
            dialect=Dialect(quoted=False, marked=True, ends=("资金流水总笔数",)),
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One wallet line per row; the summary and the running balance are the control totals."""
        cells = Cells(sheets[0].table, _COLUMNS)
        direction = cells.words("收支类型", {"收入": "in", "支出": "out"}, required=True)
        plain = cells.yuan("收支金额(元)", required=True)
        incoming = (direction == "in").fill_null(value=False)
        amount = plain.zip_with(incoming, -plain)
        left = cells.yuan("账户结余(元)")
        kind_text = cells.text("业务类型", required=True)
        harvest = Harvest()
        frame = harvest.take(
            "wallet_lines",
            cells,
            {
                "channel": "wechat",
                "external_id": cells.identifier("资金流水单号", required=True),
                "business_id": cells.identifier("微信支付业务单号"),
                "occurred_at": cells.moments("记账时间", required=True),
                "kind": parse.translated(kind_text, KINDS, "other"),
                "kind_text": kind_text,
                "amount": amount,
                "balance": left,
                "reference": cells.identifier("业务凭证号"),
            },
        )
        _control(harvest, cells, plain, incoming)
        balance.check(harvest, cells, "账户结余", amount, left)
        harvest.span(frame["occurred_at"])
        # The bill does not say whose it is; that is found out from the business numbers.
        harvest.cover_span("ledger", "wechat", [None])
        return harvest


def _control(harvest: Harvest, cells: Cells, plain: pl.Series, incoming: pl.Series) -> None:
    misshapen = len(cells.table.misshapen)
    rows = cells.height + misshapen
    stated = summary_of(cells.table.tail, "资金流水总笔数")
    if not stated:
        harvest.total("资金流水总笔数", 0, rows)
        harvest.facts["summary"] = "missing"
        return
    summed: dict[str, Decimal | int] = {
        "资金流水总笔数": rows,
        "收入笔数": int(incoming.sum()),
        "收入金额": decimal_sum(plain.filter(incoming)),
        "支出笔数": int((~incoming).sum()),
        "支出金额": decimal_sum(plain.filter(~incoming)),
    }
    for name, figure in summed.items():
        harvest.total(name, stated.get(name), figure)
