"""Daily files of 拉卡拉: JY lists trades, JS their settlement, D0 what was paid out on the same day for a fee."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.acquirers import acquirer
from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Columns, Harvest
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Dialect, Layout
from chainbrain.importers.tables.table import Cells

_TRADES: Final = (
    "商户编号", "交易日期", "交易时间", "终端号", "分支机构", "交易类型", "拉卡拉流水号", "原拉卡拉流水号", "卡号",
    "支付渠道", "银行名称", "交易金额(分)", "手续费(分)", "结算金额(分)", "商户订单号", "支付订单号", "外部流水号",
    "系统参考号", "备注", "支付方式",
)  # fmt: skip
_SETTLED: Final = (
    "商户编号", "交易日期", "交易时间", "终端号", "拉卡拉流水号", "交易金额(分)", "手续费(分)", "结算金额(分)",
    "结算日期", "结算状态",
)  # fmt: skip
_SAME_DAY: Final = ("商户编号", "交易日期", "拉卡拉流水号", "交易金额(分)", "手续费(分)", "D0手续费(分)")
_REQUIRED: Final = ("拉卡拉流水号", "商户编号", "交易日期", "交易金额(分)", "手续费(分)")
_NET: Final = "结算金额(分)"
_ALIASES: Final = {
    "交易金额(分)": ("交易金额",), "手续费(分)": ("手续费",), "结算金额(分)": ("结算金额",),
    "D0手续费(分)": ("D0手续费",),
}  # fmt: skip
_FREE: Final = Dialect(quoted=False, shown=40)
_SAYS_FEN: Final = re.compile(r"[(（](?:单位[:：]?)?分[)）]")
_UNSETTLED: Final = "未|失败|待|退票|处理中"


class LakalaFiles(Importer):
    """JY brings payments, JS and D0 only what is paid out for them. Known from one program that reads such files."""

    format = "lakala-sftp"
    confirmed = False
    streams = True
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            "JY", (*_REQUIRED, "交易时间", "交易类型", _NET),
            _TRADES, aliases=_ALIASES, forbidden=("结算状态",), dialect=_FREE,
        ),
        Layout(
            "JS", (*_REQUIRED, _NET, "结算日期", "结算状态"),
            _SETTLED, aliases=_ALIASES, forbidden=("交易类型",), dialect=_FREE,
        ),
        Layout(
            "D0", (*_REQUIRED, "D0手续费(分)"),
            _SAME_DAY, aliases=_ALIASES, dialect=_FREE,
        ),
    )  # fmt: skip

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """JY: a payment per row; JS: a part of a payout per row; D0: that part, and the extra fee as an adjustment."""
        layout = sheets[0].layout
        harvest = Harvest(layout=layout.id)
        cells = Cells(sheets[0].table, layout.columns)
        read = {"JY": _trades, "JS": _settled, "D0": _same_day}[layout.id or ""]
        merchants = read(harvest, cells, context)
        found = acquirer.owner(harvest, merchants)
        if layout.id == "JY":
            harvest.cover_span("platform", "lakala", found)
        return harvest


def _trades(harvest: Harvest, cells: Cells, context: Context) -> pl.Series:
    back, idle = acquirer.known_kinds(cells, "交易类型")
    printed, charged, net = _amounts(cells, "交易金额(分)", "手续费(分)", _NET, counted=~idle)
    back = back | (~idle & (printed < 0)).fill_null(value=False)
    money = acquirer.Printed(_NET, printed, charged, net)
    amount, fee = money.signed(cells, back, ~idle)
    own, day = cells.identifier("拉卡拉流水号", required=True), cells.days("交易日期", required=True)
    order = cells.identifier("商户订单号")
    frame = harvest.take(
        "payments",
        cells,
        {
            "channel": "lakala",
            "merchant_no": cells.text("商户编号", required=True),
            "terminal_no": cells.text("终端号"),
            "store_hint": cells.text("分支机构"),
            **acquirer.numbers(own, cells.identifier("原拉卡拉流水号"), back),
            "merchant_order_no": order,
            "merchant_refund_no": order.zip_with(back, cells.nothing(pl.String)),
            "channel_order_no": acquirer.first_of(cells.identifier("外部流水号"), cells.identifier("系统参考号")),
            "paid_with": acquirer.paid_with(cells.text("支付方式"), cells.text("支付渠道")),
            "occurred_at": acquirer.moments_of(cells, "交易时间", day),
            "kind": acquirer.kinds(back),
            "amount": amount,
            "fee": fee,
            "status_text": cells.text("交易类型"),
            "cancelled": idle,
            "payer_hash": parse.salted(cells.text("卡号"), context.salt),
            "settlement_ref": own,
            "bill_day": day,
        },
    )
    harvest.span(frame["occurred_at"])
    return frame["merchant_no"]


def _settled(harvest: Harvest, cells: Cells, _: Context) -> pl.Series:
    amount, charged, net = _amounts(cells, "交易金额(分)", "手续费(分)", _NET)
    everything = pl.repeat(True, cells.height, dtype=pl.Boolean, eager=True)
    acquirer.Printed(_NET, amount, charged, net).signed(cells, (amount < 0).fill_null(value=False), everything)
    status = cells.text("结算状态")
    # What is not settled yet has no day on which it arrives.
    waits = status.str.contains(_UNSETTLED).fill_null(value=False)
    pays_on = cells.days("结算日期").zip_with(~waits, cells.nothing(pl.Date))
    return _paid_out(harvest, cells, net, pays_on, status)


def _same_day(harvest: Harvest, cells: Cells, _: Context) -> pl.Series:
    amount, charged, extra = _amounts(cells, "交易金额(分)", "手续费(分)", "D0手续费(分)")
    day, own = cells.days("交易日期", required=True), cells.identifier("拉卡拉流水号", required=True)
    merchants = _paid_out(harvest, cells, amount - charged - extra, day, None)
    harvest.add(
        "payments",
        cells,
        {
            "channel": "lakala", "merchant_no": cells.text("商户编号"), "external_id": own,
            "occurred_at": day.cast(pl.Datetime("us")), "kind": "adjustment", "amount": extra * 0, "fee": extra,
            "status_text": "D0", "cancelled": False, "settlement_ref": own, "bill_day": day,
        },
    )  # fmt: skip
    return merchants


def _paid_out(
    harvest: Harvest, cells: Cells, net: pl.Series, pays_on: pl.Series, status: pl.Series | None
) -> pl.Series:
    """The part of a payout that each row is; JY has the trade itself under the same number and day."""
    merchant, day = cells.text("商户编号", required=True), cells.days("交易日期", required=True)
    own = cells.identifier("拉卡拉流水号", required=True)
    harvest.count(cells)
    everything = pl.repeat(True, cells.height, dtype=pl.Boolean, eager=True)
    part: Columns = {
        "channel": "lakala", "merchant_no": merchant, "external_id": own, "bill_day": day, "amount": net,
        "pays_on": pays_on, "status_text": status,
    }  # fmt: skip
    acquirer.pay_out(harvest, cells, part, everything)
    harvest.span(day)
    return merchant


def _amounts(cells: Cells, *names: str, counted: pl.Series | None = None) -> list[pl.Series]:
    """What was paid, then the other figures of the row, in yuan.

    Under a header that says 分, a value with a decimal point is yuan and any other fen; the row's own net proves it.
    Under a header that names no unit, decimal points anywhere make the file one in yuan. What can be both is refused:
    whole figures without any cue, and among values in yuan a whole amount without a fee, which leads to its net either
    way.
    """
    texts = [cells.text(name, required=True) for name in names]
    pointed = [text.str.contains(".", literal=True).fill_null(value=False) for text in texts]
    points = cells.table.verdicts.ask("points", (sum(int(mask.sum()) for mask in pointed),), _any)
    says_fen = any(_SAYS_FEN.search(cell) for cell in cells.table.header)
    found = []
    for name, text, mask in zip(names, texts, pointed, strict=True):
        in_yuan = mask if says_fen else mask | points
        yuan = parse.yuan(text.zip_with(in_yuan, cells.nothing(pl.String)))
        fen = parse.whole_fen(text.zip_with(~in_yuan, cells.nothing(pl.String)))
        found.append(yuan.zip_with(in_yuan, fen))
        cells.fault(name, "amount", text.is_not_null() & found[-1].is_null())
    if not says_fen and not points:
        cells.fault(names[0], "unit", found[0] != 0)
    elif says_fen and points:
        charges = [figure for name, figure in zip(names, found, strict=True) if name != _NET][1:]
        free = pl.select(pl.all_horizontal(*((figure == 0) for figure in charges))).to_series()
        whole = ~pl.select(pl.any_horizontal(*pointed)).to_series()
        both = free & whole & (found[0] != 0)
        cells.fault(names[0], "unit", both if counted is None else both & counted)
    return found


def _any(evidence: tuple[int, ...]) -> bool:
    return evidence[0] > 0
