"""Daily files of 乐刷, an aggregator: by position, in fen, cut by comma or bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.acquirers import acquirer
from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Bare, Dialect, Layout
from chainbrain.importers.tables.table import Cells

# The first columns; further ones may follow.
_COLUMNS: Final = (
    "记录类型", "编号", "交易时间", "订单号", "商户号", "费率", "交易金额", "手续费", "结算金额", "资金流向",
    "交易类型", "支付方式", "卡类型", "商户优惠类型", "参考号", "凭证号", "终端号", "第三方订单号",
    "第三方退款号", "支付时间", "上游订单号(网银联)", "上游订单号(微信支付宝)", "付款银行", "消费者标识",
    "扫码支付交易类型",
)  # fmt: skip
_FEN: Final = r"-?\d{1,12}"
_FLOWS: Final = {"进账": "in", "出账": "out", "退款": "back", "冻结": "idle", "解冻": "idle"}
_PAID_OUT: Final = "提现|结算|出款|代付"


class LeshuaFiles(Importer):
    """资金流向 tells what a row is; the settled amount proves the fee. No real file was seen."""

    format = "leshua"
    confirmed = False
    streams = True
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None, ("资金流向", "记录类型", "订单号", "商户号", "交易时间", "交易金额", "手续费", "结算金额"), _COLUMNS,
            dialect=Dialect(quoted=False),
            bare=Bare(
                {
                    "记录类型": r"B[TV]", "交易时间": r"20\d\d[-/]?\d\d[-/]?\d\d ?\d\d:?\d\d:?\d\d",
                    "费率": r"(\d{1,5}(\.\d+)?)?", "交易金额": _FEN, "手续费": _FEN, "结算金额": _FEN,
                    "资金流向": "|".join(_FLOWS),
                },
                spare=20,
            ),
        ),
    )  # fmt: skip

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One payment per row; frozen and released money is kept and not counted."""
        cells = Cells(sheets[0].table, _COLUMNS)
        flow = cells.words("资金流向", _FLOWS, required=True)
        kind_text = cells.text("交易类型")
        size = cells.fen("交易金额", required=True)
        gone = (flow == "out").fill_null(value=False)
        back = (flow == "back").fill_null(value=False) | (gone & acquirer.gives_back(kind_text))
        paid_out = gone & ~back & kind_text.str.contains(_PAID_OUT).fill_null(value=False)
        idle = (flow == "idle").fill_null(value=False) | paid_out | acquirer.moves_nothing(kind_text)
        charged, settled = cells.fen("手续费", empty_is_zero=True), cells.fen("结算金额", required=True)
        money = acquirer.Printed("结算金额", size, charged, settled)
        amount, fee = money.signed(cells, back | gone, ~idle)
        kind = acquirer.kinds(back)
        number, order = cells.identifier("订单号", required=True), cells.identifier("第三方订单号")
        nothing = cells.nothing(pl.String)
        harvest = Harvest()
        frame = harvest.take(
            "payments",
            cells,
            {
                "channel": "leshua",
                "merchant_no": cells.text("商户号", required=True),
                "terminal_no": cells.text("终端号"),
                "external_id": number,
                "merchant_order_no": order,
                "refund_id": cells.identifier("参考号").zip_with(back, nothing),
                "merchant_refund_no": cells.identifier("第三方退款号").zip_with(back, nothing),
                "channel_order_no": acquirer.first_of(
                    cells.identifier("上游订单号(微信支付宝)"), cells.identifier("上游订单号(网银联)")
                ),
                "paid_with": acquirer.paid_with(cells.text("支付方式"), kind_text),
                "occurred_at": cells.moments("交易时间", required=True),
                # Money that leaves and is no refund is neither a sale nor its return.
                "kind": kind.zip_with(~gone | back, pl.repeat("adjustment", cells.height, eager=True)),
                "amount": amount,
                "fee": fee,
                "printed_rate": _rate(cells),
                "status_text": acquirer.first_of(
                    (cells.text("资金流向") + " " + kind_text).str.strip_chars(), cells.text("资金流向")
                ),
                "cancelled": idle,
                "payer_hash": parse.salted(cells.text("消费者标识"), context.salt),
            },
        )
        harvest.span(frame["occurred_at"])
        harvest.cover_span("wallet", "leshua", acquirer.owner(harvest, frame["merchant_no"]))
        return harvest


def _rate(cells: Cells) -> pl.Series:
    """38 is 0.38 %: the unit is a ten thousandth."""
    text = cells.text("费率")
    number = text.zip_with(
        text.str.contains(r"^\d{1,4}(?:\.\d{1,2})?$").fill_null(value=False), cells.nothing(pl.String)
    )
    cells.fault("费率", "rate", text.is_not_null() & number.is_null())
    exact = number.cast(pl.Decimal(18, 6), strict=False)
    return pl.select((exact * pl.lit("0.0001").cast(pl.Decimal(18, 4))).cast(pl.Decimal(9, 6))).to_series()
