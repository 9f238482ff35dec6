"""Group-buying vouchers of Douyin (抖音来客): what a redemption brought, from the sales list or the settlement list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.platforms import platform_rows as rows_of
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells

_CHANNEL: Final = "douyin"
_SALE: Final = (
    "所属订单ID", "子订单ID", "券码状态", "核销时间", "订单实收", "售卖金额", "商家货款出资补贴", "商品实付",
    "平台补贴", "平台补贴优惠明细", "软件服务费", "达人佣金", "增量宝佣金", "预售价(只针对酒旅商家)",
    "预约加价(只针对酒旅商家)", "软件服务费率", "带货角色", "成交渠道", "订单归属人昵称", "订单归属人uid", "核销门店",
)  # fmt: skip
_RECONCILE: Final = (
    "订单实收", "软件服务费", "达人服务费", "团长服务费", "服务商服务费", "核销时间", "核销门店", "所属订单ID",
    "子订单ID", "核销ID", "券码", "结算金额",
)  # fmt: skip
# The names of the column that says what reaches the account; which of them a file has was not seen.
_NET: Final = (
    "商家应得", "商家应得金额", "商家实收", "商家实收金额", "到账金额", "实际到账金额", "应结金额", "商家结算金额",
    "分账金额",
)  # fmt: skip
_SALE_CHARGES: Final = ("软件服务费", "达人佣金", "增量宝佣金")
_PROVIDER: Final = "服务商服务费"
_UNDONE: Final = r"退款|撤销|取消|作废"


class DouyinLaike(Importer):
    """Money moves at redemption (核销), and belongs to the store that redeemed.

    A voucher that was sold and not redeemed has moved no money: its row is counted in ``not_redeemed`` and is none of
    the file's movements. Several rows of one voucher are added. 服务商服务费 may hold the negative of what reached the
    account: it is a charge only where the stated net proves it. The columns come from two small programs, not files.
    """

    format = "douyin-laike"
    confirmed = False
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            "sale_detail",
            ("券码状态", "所属订单ID", "子订单ID", "核销时间", "订单实收"),
            _SALE,
            forbidden=("达人服务费", "团长服务费"),
        ),
        Layout(
            "reconcile_detail",
            ("核销门店", "核销时间", "订单实收", "软件服务费", "达人服务费"),
            _RECONCILE,
            aliases={
                "订单实收": ("订单实收金额",), "结算金额": _NET, "核销ID": ("verify_id", "核销单号", "核销记录ID"),
                "所属订单ID": ("订单ID", "订单编号", "订单号"), "子订单ID": ("子订单编号", "子订单号"),
            },
            forbidden=("券码状态",),
        ),
    )  # fmt: skip

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One payment per redeemed voucher; sheets that explain the columns are none."""
        used = [sheet for sheet in sheets if "说明" not in (sheet.table.sheet or "")]
        harvest = Harvest(layout=sheets[0].layout.id)
        for sheet in used:
            _vouchers(harvest, sheet)
        return harvest


def _vouchers(harvest: Harvest, sheet: Sheet) -> None:
    columns = tuple(sheet.layout.spellings)
    table, _ = rows_of.without_totals(sheet.table, columns)
    sold, unused = table.split_off(_empty("核销时间"))
    if unused.height:
        harvest.facts["not_redeemed"] = str(int(harvest.facts.get("not_redeemed", "0")) + unused.height)
    cells = Cells(sold, columns)
    voucher = rows_of.first_known(*(cells.identifier(name) for name in ("核销ID", "子订单ID", "券码", "所属订单ID")))
    store, at = cells.text("核销门店", required=sold.has("核销门店")), cells.moments("核销时间", required=True)
    received = cells.yuan("订单实收", required=True)
    net = _net(harvest, cells, received, sheet.layout.id == "sale_detail")
    price, order = cells.yuan("售卖金额"), cells.identifier("所属订单ID")
    state = cells.text("券码状态")
    undone = rows_of.says(state, _UNDONE)
    alone = pl.int_range(cells.height, eager=True)
    row = alone.zip_with(voucher.is_null(), pl.repeat(-1, cells.height, dtype=alone.dtype, eager=True))
    first, groups = rows_of.whole_orders(cells, "订单实收", (voucher, undone, row))
    amount = rows_of.over(groups, received)
    frame = harvest.take(
        "payments",
        cells,
        {
            "channel": _CHANNEL,
            "merchant_no": store,
            "external_id": voucher,
            "merchant_order_no": order,
            "occurred_at": at,
            "kind": pl.select(pl.when(amount < 0).then(pl.lit("refund")).otherwise(pl.lit("payment"))).to_series(),
            "amount": amount,
            "order_amount": price,
            "fee": (amount - rows_of.over(groups, net)).cast(pl.Decimal(18, 5)),
            "status_text": state,
            "cancelled": undone,
            "rows": rows_of.size_of(groups),
        },
        keep=first,
    )
    harvest.span(frame["occurred_at"])
    harvest.cover_days("wallet", _CHANNEL, frame["merchant_no"], frame["occurred_at"].cast(pl.Date))


def _net(harvest: Harvest, cells: Cells, received: pl.Series, sale: bool) -> pl.Series:
    """What reaches the account: stated, or what was received less the charges."""
    if sale:
        return received - _charged(cells, received)
    plain = received + rows_of.added(cells, ("软件服务费", "达人服务费", "团长服务费"))
    provider = cells.yuan(_PROVIDER, empty_is_zero=True)
    if not cells.table.has("结算金额"):
        # Without a stated net only the two harmless cases are certain: nothing, or the negative of the net itself.
        cells.fault(_PROVIDER, "net_unproven", rows_of.is_true((provider != 0) & (provider != -plain)))
        return plain
    stated = cells.yuan("结算金额", required=True)
    gap = stated - plain
    bad = rows_of.is_true((gap != 0) & (gap != provider))
    rows_of.check_identity(harvest, cells, "结算金额", stated, gap=gap, bad=bad)
    return stated


def _charged(cells: Cells, received: pl.Series) -> pl.Series:
    """What the charges of a row take: the sign they are printed with is not told, but a charge opposes its sale."""
    charges = [cells.yuan(name, empty_is_zero=True) for name in _SALE_CHARGES]
    added = rows_of.added(cells, _SALE_CHARGES)
    mixed = added.abs() != sum((charge.abs() for charge in charges[1:]), charges[0].abs())
    cells.fault("软件服务费", "sign_contradicts", mixed | ((received == 0) & (added != 0)))
    return added.abs().zip_with(rows_of.is_true(received > 0), -added.abs())


def _empty(name: str) -> pl.Expr:
    return parse.clean(pl.col(name)).is_null()
