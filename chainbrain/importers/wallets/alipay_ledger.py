"""Alipay's account bill (账务明细): every movement of the balance; charges and withdrawals are rows of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest, decimal_sum
from chainbrain.importers.tables import balance
from chainbrain.importers.tables.layout import Dialect, Layout
from chainbrain.importers.tables.table import Cells
from chainbrain.importers.wallets.alipay_preamble import Remarks, remarks_of

_COLUMNS: Final = (
    "账务流水号", "业务流水号", "商户订单号", "商品名称", "发生时间", "对方账号", "收入金额（+元）",
    "支出金额（-元）", "账户余额（元）", "交易渠道", "业务类型", "备注", "业务描述", "业务账单来源",
    "业务基础订单号", "业务订单号",
)  # fmt: skip

# The word of the column, and what it is when money comes in and when it goes out.
_KINDS: Final = {
    "在线支付": ("payment", "payment"), "交易付款": ("payment", "payment"), "收费": ("fee_return", "fee"),
    "服务费": ("fee_return", "fee"), "交易退款": ("refund", "refund"), "退款（交易退款）": ("refund", "refund"),
    "退款(交易退款)": ("refund", "refund"), "退款": ("refund", "refund"), "提现": ("withdrawal", "withdrawal"),
    "转账": ("transfer", "transfer"), "充值": ("top_up", "top_up"), "分账": ("split_return", "split"),
    "分润": ("split_return", "split"), "交易分账": ("split_return", "split"), "其它": ("other", "other"),
    "其他": ("other", "other"),
}  # fmt: skip


class AlipayMerchantLedger(Importer):
    """Two amount columns; the outgoing one is printed negative or positive, so its size counts."""

    format = "alipay-merchant-ledger"
    streams = True
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("账务流水号", "业务流水号", "发生时间", "收入金额（+元）", "支出金额（-元）", "业务类型"),
            _COLUMNS,
            dialect=Dialect(quoted=False, comment="#"),
        ),
        # The summary member beside it; its columns are not known, its heading is. It has no rows for the book.
        Layout("summary", ("#支付宝账务汇总查询",), role="summary", dialect=Dialect(quoted=False)),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One wallet line per row; totals at the end and the running balance are the control totals."""
        table = sheets[0].table
        if sheets[0].layout.role == "summary":
            return Harvest(layout="summary")
        cells = Cells(table, _COLUMNS)
        remarks = remarks_of(table)
        income = cells.yuan("收入金额（+元）", empty_is_zero=True)
        outgo = cells.yuan("支出金额（-元）", empty_is_zero=True).abs()
        amount = income - outgo
        left = cells.yuan("账户余额（元）")
        kind_text = cells.text("业务类型", required=True)
        harvest = Harvest(account_no=remarks.account)
        frame = harvest.take(
            "wallet_lines",
            cells,
            {
                "channel": "alipay",
                "merchant_no": remarks.account,
                "external_id": cells.identifier("账务流水号", required=True),
                "business_id": cells.identifier("业务流水号"),
                "occurred_at": cells.moments("发生时间", required=True),
                "kind": kinds_of(kind_text, amount),
                "kind_text": kind_text,
                "amount": amount,
                "balance": left,
                "reference": cells.identifier("商户订单号"),
            },
        )
        _control(harvest, cells, remarks, income, outgo)
        balance.check(harvest, cells, "账户余额（元）", amount, left)
        harvest.span(frame["occurred_at"])
        harvest.first_day = remarks.first_day or harvest.first_day
        harvest.last_day = remarks.last_day or harvest.last_day
        harvest.cover_span("ledger", "alipay", [remarks.account])
        return harvest


def kinds_of(text: pl.Series, amount: pl.Series) -> pl.Series:
    """Kinds of wallet lines by Alipay's words and by whether money came or went."""
    words = list(_KINDS)
    table = pl.DataFrame(
        {"word": words, "in": [_KINDS[word][0] for word in words], "out": [_KINDS[word][1] for word in words]}
    )
    known = (
        text.alias("word")
        .to_frame()
        .with_columns(amount.alias("amount"))
        .join(table, "word", "left", maintain_order="left")
    )
    kind = pl.when(pl.col("amount") >= 0).then("in").otherwise("out").fill_null("other")
    return known.select(pl.when(pl.col("word").is_not_null()).then(kind)).to_series()


def _control(harvest: Harvest, cells: Cells, remarks: Remarks, income: pl.Series, outgo: pl.Series) -> None:
    for word, column in (("收入", income), ("支出", outgo)):
        count, figures = remarks.totals.get(f"{word}合计", (None, {}))
        harvest.total(f"{word}合计笔数", count, int((column != 0).sum()))
        for stated in figures.values():
            harvest.total(f"{word}合计", abs(stated), decimal_sum(column))
    if not remarks.totals and any(
        "账务明细" in cell or "帐务明细" in cell for row in cells.table.preamble[1:] for cell in row
    ):
        harvest.total("收入合计笔数", 0, cells.height + len(cells.table.misshapen))
        harvest.facts["summary"] = "missing"
