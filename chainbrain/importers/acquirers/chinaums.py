"""Trade lists (交易明细) of 银联商务, in the four headers that mappers of such files know."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.acquirers import acquirer
from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Columns, Harvest, decimal_sum
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Dialect, Layout
from chainbrain.importers.tables.table import Cells, Table
from chainbrain.importers.tills.table_by_hand import TOTAL_WORDS

# Synonyms of each part.
_MERCHANT: Final = ("商户号", "商编", "商户编码")
_TERMINAL: Final = ("终端号", "终端", "终端编码")
_DAY: Final = ("结算日期", "清算日期", "清算时间")
_MOMENT: Final = ("交易时间", "交易日期时间", "交易日期及时间")
_CARD: Final = ("卡号", "交易卡号")
_AMOUNT: Final = ("金额", "交易金额")
_FEE: Final = ("手续费", "商户手续费")
_NET: Final = ("净额", "清算金额")
_REFERENCE: Final = ("参考号", "检索号", "检索参考号")
_ORDER: Final = ("商户订单号", "订单号")
_WAY: Final = ("交易渠道", "交易方式")
_STORE: Final = ("分店简称", "分店")
# So many characters at most has a time of day without its day.
_CLOCK: Final = 8
_GROUPS: Final = (
    _MERCHANT, _TERMINAL, _DAY, _MOMENT, _CARD, _AMOUNT, _FEE, _NET, _REFERENCE, _ORDER, _WAY,
)  # fmt: skip


def _layout(name: str, columns: str, required: str, *, forbidden: tuple[str, ...] = (), exact: str = "") -> Layout:
    names = tuple(columns.split())
    others: dict[str, tuple[str, ...]] = {
        word: tuple(synonym for synonym in group if synonym != word and synonym not in names)
        for group in _GROUPS for word in group if word in names and word not in exact.split()
    }  # fmt: skip
    needed = tuple(required.split())
    return Layout(name, needed, names, forbidden=forbidden, aliases=others, dialect=Dialect(shown=8))


class ChinaumsExcel(Importer):
    """One payment per row; all rows of one merchant and settlement day arrive as one deposit. No real file was seen."""

    format = "chinaums-excel"
    confirmed = False
    layouts: ClassVar[tuple[Layout, ...]] = (
        _layout(
            "variant_1",
            "商户名称 商户号 终端号 结算日期 交易时间 卡号 金额 手续费 净额 参考号 交易类型 交易渠道 商户订单号"
            " 银商订单号",
            "商户号 结算日期 交易时间 金额 手续费 净额 交易类型",
        ),
        _layout(
            "variant_2",
            "清算日期 交易日期时间 卡号 商编 终端 参考号 交易类型 交易金额 手续费 交易方式 订单号 商户名称",
            "商编 清算日期 交易日期时间 交易金额 手续费 参考号 交易类型",
            forbidden=_NET,
        ),
        _layout(
            "variant_3",
            "清算时间 交易时间 终端号 交易类型 卡号 交易金额 清算金额 手续费 流水号 检索号 卡类型 发卡行 商户号"
            " 商户名称 分店简称 商户订单号 银商订单号 交易方式 分店 优惠金额",
            "商户号 清算时间 交易时间 交易金额 清算金额 手续费 检索号 交易类型",
        ),
        _layout(
            "variant_4",
            "商户编码 商户名称 交易日期及时间 交易类型 交易金额 交易卡号 卡类别 终端编码 商户手续费 检索参考号 订单号",
            "商户编码 交易日期及时间 交易金额 商户手续费 检索参考号 交易类型",
            forbidden=_DAY,
            exact="交易日期及时间 商户手续费 检索参考号",
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One payment per row, and its part of the day's payout where the file states the day."""
        harvest = Harvest(layout=sheets[0].layout.id)
        merchants = [_read_sheet(harvest, sheet, context) for sheet in sheets]
        found = acquirer.owner(harvest, pl.concat(merchants))
        harvest.cover_span("platform", "chinaums", found)
        return harvest


def _read_sheet(harvest: Harvest, sheet: Sheet, context: Context) -> pl.Series:
    table, totals = _without_totals(sheet.table)
    cells = Cells(table, sheet.layout.columns)
    amount_name, fee_name, net_name = (_one(table, names) for names in (_AMOUNT, _FEE, _NET))
    back, idle = acquirer.known_kinds(cells, "交易类型")
    printed = cells.yuan(amount_name, required=True)
    back = back | (~idle & (printed < 0)).fill_null(value=False)
    charged, stated = cells.yuan(fee_name, empty_is_zero=True), cells.yuan(net_name)
    amount, fee = acquirer.Printed(net_name, printed, charged, stated).signed(cells, back, ~idle)
    settled = cells.days(_one(table, _DAY), required=table.has(_one(table, _DAY)))
    clock = _one(table, _MOMENT)
    moment = acquirer.moments_of(cells, clock, settled)
    if (cells.text(clock).str.len_chars() <= _CLOCK).any():
        # The list names no day of the trade: it may have been the day before its clearing.
        harvest.facts["days"] = "from_settlement"
    merchant = cells.text(_one(table, _MERCHANT), required=True)
    ours, reference = cells.identifier("银商订单号"), cells.identifier(_one(table, _REFERENCE))
    # Every list has the reference, only some 银商's own order number: what all of them print is the number.
    number = acquirer.first_of(reference, ours)
    order = cells.identifier(_one(table, _ORDER))
    has_day = settled.null_count() < settled.len() or table.has(_one(table, _DAY))
    frame = harvest.take(
        "payments",
        cells,
        {
            "channel": "chinaums",
            "merchant_no": merchant,
            "terminal_no": cells.text(_one(table, _TERMINAL)),
            "store_hint": acquirer.first_of(*(cells.text(name) for name in _STORE)),
            **acquirer.numbers(number, cells.nothing(pl.String), back),
            "merchant_order_no": order,
            "merchant_refund_no": order.zip_with(back, cells.nothing(pl.String)),
            "channel_order_no": ours.zip_with(reference.is_not_null(), cells.nothing(pl.String)),
            "paid_with": acquirer.paid_with(*(cells.text(name) for name in (*_WAY, "交易类型", "卡类型"))),
            "occurred_at": moment,
            "kind": acquirer.kinds(back),
            "amount": amount,
            "fee": fee,
            "status_text": cells.text("交易类型"),
            "cancelled": idle,
            "payer_hash": parse.salted(cells.text(_one(table, _CARD)), context.salt),
            "settlement_ref": number,
            "bill_day": settled if has_day else None,
            # References begin anew; the clock is what every list prints, the day of a trade is not.
            "apart": moment.dt.to_string("%H:%M"),
        },
    )
    if has_day:
        part: Columns = {
            "channel": "chinaums", "merchant_no": merchant, "external_id": number, "bill_day": settled,
            "amount": amount - fee, "pays_on": settled,
        }  # fmt: skip
        acquirer.pay_out(harvest, cells, part, keep=~idle)
    moved = {amount_name: amount, fee_name: fee, net_name: amount - fee}
    _check(harvest, totals, {amount_name: printed, fee_name: charged, net_name: stated}, moved, ~idle)
    harvest.span(frame["occurred_at"])
    return frame["merchant_no"]


def _one(table: Table, names: Sequence[str]) -> str:
    return next((name for name in names if table.has(name)), names[0])


def _without_totals(table: Table) -> tuple[Table, pl.DataFrame]:
    """Rows of sums have a word for it, in whichever column comes first."""
    names = [name for name in table.frame.columns if not name.startswith("__")]
    plain = [parse.clean(pl.col(name)) for name in names]
    return table.split_off(pl.any_horizontal(cell.is_in(TOTAL_WORDS).fill_null(value=False) for cell in plain))


def _check(
    harvest: Harvest,
    totals: pl.DataFrame,
    printed: dict[str, pl.Series],
    moved: dict[str, pl.Series],
    counted: pl.Series,
) -> None:
    """The row of sums, which adds up what is printed, or what has moved."""
    if totals.height != 1:
        return
    for name, column in printed.items():
        text = parse.cleaned(totals.select(name))[name][0] if name in totals.columns else None
        if text is not None:
            # Something that is no figure counts as 0, so that it cannot agree with rows.
            stated, other = parse.figure(text) or Decimal(0), decimal_sum(moved[name].filter(counted))
            harvest.total(f"合计 {name}", stated, other if stated == other else decimal_sum(column))
