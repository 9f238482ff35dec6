"""Daily files of 通联支付: 收银宝 by position, and 云商通 for platforms with sub-merchants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.acquirers import acquirer
from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Columns, Harvest
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Bare, Dialect, Layout
from chainbrain.importers.tables.table import Cells

# All 34 columns in their order; 持卡人姓名 and 持卡人身份证 only hold their places and are never read.
_CASHIER: Final = (
    "商户号", "门店名称", "终端号", "交易时间", "交易类型", "交易批次号", "凭证号", "参考号", "卡号", "卡类别",
    "发卡行机构代码", "发卡行名称", "交易金额", "手续费", "交易日期", "交易单号", "订单号", "商户备注",
    "对接应用号", "原始金额", "结算金额", "产品类型", "分期贴息", "交易完成时间", "持卡人姓名", "持卡人身份证",
    "分期数", "优惠金额", "实付金额", "原交易单", "渠道交易类型", "出金方账户名称", "门店编号", "交易完成日期",
)  # fmt: skip
_CASHIER_WANTED: Final = (
    "商户号", "门店名称", "终端号", "交易时间", "交易类型", "参考号", "卡号", "卡类别", "交易金额", "手续费",
    "交易日期", "交易单号", "订单号", "原始金额", "结算金额", "分期贴息", "原交易单", "渠道交易类型", "门店编号",
)  # fmt: skip
_PLATFORM: Final = (
    "通联订单号", "订单类型", "交易金额(分)", "平台抽佣金额(分)", "交易时间", "商户订单号", "原商户订单号",
    "原通联订单号", "支付模式", "扩展参数", "结算金额", "预留1", "预留2", "预留3", "渠道金额", "渠道流水号",
    "渠道手续费", "渠道交易类型", "卡号", "卡类别", "渠道商户号", "门店名称", "终端号",
)  # fmt: skip
_YUAN: Final = r"-?\d+(\.\d{1,2})?"
_FREE: Final = Dialect(quoted=False, shown=32)
# 分账 and 代付 hand on to sub-merchants what 代收 took in; 提现 goes to a bank account. Neither is a sale.
_HANDED_ON: Final = "分账|代付"
_WITHDRAWN: Final = "提现|转账"


class AllinpayFiles(Importer):
    """One payment per row; what 云商通 hands on to sub-merchants is a split line. No real file was seen."""

    format = "allinpay"
    confirmed = False
    streams = True
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None, ("交易单号", "商户号", "交易时间", "交易日期", "交易金额", "手续费", "交易类型", "原交易单"),
            _CASHIER,
            dialect=_FREE,
            bare=Bare(
                {
                    "商户号": r"[0-9A-Za-z]{6,20}", "交易时间": r"\d\d:\d\d:\d\d", "交易类型": r"\S+",
                    "交易金额": _YUAN, "手续费": _YUAN, "交易日期": r"\d{4}-\d\d-\d\d",
                    "交易单号": r"[0-9A-Za-z]{1,40}",
                    "结算金额": rf"({_YUAN})?",
                },
                spare=10,
            ),
        ),
        Layout(
            "yunshangtong", ("通联订单号", "订单类型", "交易金额(分)", "交易时间", "平台抽佣金额(分)"), _PLATFORM,
            dialect=_FREE,
            aliases={
                "交易金额(分)": ("交易金额(单位:分)", "交易金额"),
                "渠道手续费": ("渠道手续费(单位:分)", "渠道手续费(分)"),
                "平台抽佣金额(分)": ("平台抽佣金额(单位:分)", "平台抽佣金额"),
            },
            bare=Bare(
                {
                    "通联订单号": r"[0-9A-Za-z]{6,40}", "订单类型": r"\S+", "交易金额(分)": r"-?\d+",
                    "平台抽佣金额(分)": r"(-?\d+)?", "交易时间": r"20\d\d-?\d\d-?\d\d ?\d\d:?\d\d:?\d\d",
                    "结算金额": r"(-?\d+)?",
                },
                spare=5,
            ),
        ),
    )  # fmt: skip

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One payment per row, for 收银宝 also its part of the day's payout."""
        layout = sheets[0].layout
        harvest = Harvest(layout=layout.id)
        if layout.id is None:
            frame = _cashier(harvest, Cells(sheets[0].table, _CASHIER_WANTED), context)
        else:
            frame = _platform(harvest, Cells(sheets[0].table, layout.columns), context)
        harvest.span(frame["occurred_at"])
        harvest.cover_span("platform", "allinpay", acquirer.owner(harvest, frame["merchant_no"]))
        return harvest


def _cashier(harvest: Harvest, cells: Cells, context: Context) -> pl.DataFrame:
    kind = cells.text("交易类型")
    back, idle = acquirer.known_kinds(cells, "交易类型")
    printed = cells.yuan("交易金额", required=True)
    back = back | (~idle & (printed < 0)).fill_null(value=False)
    # The interest of an instalment may be part of what the shop is charged; the settled amount says so.
    charged, interest = (cells.yuan(name, empty_is_zero=True) for name in ("手续费", "分期贴息"))
    money = acquirer.Printed("结算金额", printed, charged, cells.yuan("结算金额"), (interest,))
    amount, fee = money.signed(cells, back, ~idle)
    day = cells.days("交易日期", required=True)
    moment = acquirer.moments_of(cells, "交易时间", day)
    merchant, own = cells.text("商户号", required=True), cells.identifier("交易单号", required=True)
    order = cells.identifier("订单号")
    frame = harvest.take(
        "payments",
        cells,
        {
            "channel": "allinpay",
            "merchant_no": merchant,
            "terminal_no": cells.text("终端号"),
            "store_hint": acquirer.first_of(cells.text("门店编号"), cells.text("门店名称")),
            **acquirer.numbers(own, cells.identifier("原交易单"), back),
            "merchant_order_no": order,
            "merchant_refund_no": order.zip_with(back, cells.nothing(pl.String)),
            "channel_order_no": cells.identifier("参考号"),
            "paid_with": acquirer.paid_with(cells.text("渠道交易类型"), kind, cells.text("卡类别")),
            "occurred_at": moment,
            "kind": acquirer.kinds(back),
            "amount": amount,
            "order_amount": cells.yuan("原始金额"),
            "fee": fee,
            "status_text": kind,
            "cancelled": idle,
            "payer_hash": parse.salted(cells.text("卡号"), context.salt),
            "settlement_ref": own,
            "bill_day": day,
        },
    )
    part: Columns = {
        "channel": "allinpay", "merchant_no": merchant, "external_id": own, "bill_day": day, "amount": amount - fee,
    }  # fmt: skip
    acquirer.pay_out(harvest, cells, part, keep=~idle)
    return frame


def _platform(harvest: Harvest, cells: Cells, context: Context) -> pl.DataFrame:
    kind = cells.text("订单类型", required=True)
    size = cells.fen("交易金额(分)", required=True)
    handed_on = kind.str.contains(_HANDED_ON).fill_null(value=False)
    back = (acquirer.gives_back(kind) | (size < 0).fill_null(value=False)) & ~handed_on
    idle = acquirer.moves_nothing(kind) | kind.str.contains(_WITHDRAWN).fill_null(value=False)
    cells.fault("订单类型", "word", ~(back | handed_on | idle) & ~kind.str.contains("代收|消费|收款|支付|充值|担保"))
    charged, commission = (cells.fen(name, empty_is_zero=True) for name in ("渠道手续费", "平台抽佣金额(分)"))
    # 结算金额 is only filled in for some kinds of order; it may leave out the platform's commission, alone or as well.
    settled = cells.fen("结算金额")
    settled = settled.zip_with((settled != 0).fill_null(value=False), cells.nothing(pl.Decimal(18, 2)))
    money = acquirer.Printed("结算金额", size, charged, settled, (commission,))
    amount, fee = money.signed(cells, back, ~idle & ~handed_on)
    own, original = cells.identifier("通联订单号", required=True), cells.identifier("原通联订单号")
    moment = cells.moments("交易时间", required=True)
    # Orders paid from a balance name no merchant of a channel.
    merchant = cells.text("渠道商户号")
    order = cells.identifier("商户订单号")
    frame = harvest.take(
        "payments",
        cells,
        {
            "channel": "allinpay",
            "merchant_no": merchant,
            "terminal_no": cells.text("终端号"),
            "store_hint": cells.text("门店名称"),
            **acquirer.numbers(own, original, back),
            "merchant_order_no": acquirer.first_of(
                cells.identifier("原商户订单号").zip_with(back, cells.nothing(pl.String)), order
            ),
            "merchant_refund_no": order.zip_with(back, cells.nothing(pl.String)),
            "channel_order_no": cells.identifier("渠道流水号"),
            "paid_with": acquirer.paid_with(cells.text("渠道交易类型"), cells.text("支付模式")),
            "occurred_at": moment,
            "kind": acquirer.kinds(back),
            "amount": amount,
            "fee": fee,
            "status_text": kind,
            "cancelled": idle,
            "payer_hash": parse.salted(cells.text("卡号"), context.salt),
        },
        keep=~handed_on,
    )
    if handed_on.any():
        columns: Columns = {
            "channel": "allinpay", "merchant_no": merchant, "external_id": own, "payment_external_id": original,
            "receiver": cells.text("门店名称"),
            # What comes back of a split is no refund to a guest.
            "amount": acquirer.turned(size, acquirer.gives_back(kind) & (size > 0)),
            "status": _outcome(kind), "occurred_at": moment,
        }  # fmt: skip
        harvest.add("split_lines", cells, columns, keep=handed_on)
    return frame


def _outcome(kind: pl.Series) -> pl.Series:
    failed = acquirer.moves_nothing(kind)
    return pl.select(pl.when(failed).then(pl.lit("failed")).otherwise(pl.lit("success"))).to_series()
