"""Personal bills of an Alipay account that a small shop takes money with: the app's (new) and the old web site's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest, decimal_sum
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells
from chainbrain.importers.wallets import personal_bill as bill
from chainbrain.importers.wallets import states
from chainbrain.importers.wallets.bill_preamble import Preamble, preamble_of

_NEW: Final = (
    "交易时间", "交易分类", "交易对方", "对方账号", "商品说明", "收/支", "金额", "收/付款方式", "交易状态",
    "交易订单号", "商家订单号", "备注",
)  # fmt: skip
_OLD: Final = (
    "交易号", "商家订单号", "交易创建时间", "付款时间", "最近修改时间", "交易来源地", "类型", "交易对方", "商品名称",
    "金额（元）", "收/支", "交易状态", "服务费（元）", "成功退款（元）", "备注", "资金状态",
)  # fmt: skip

# Moves that are neither income nor spending, by category and description: what they are, and + or -.
_NEUTRAL: Final = (
    (r"提现|转出[到至]银行卡", "withdrawal", -1),
    (r"收益", "other", 1),
    (r"转出[到至]余额|余额宝-转出", "internal", 1),
    (r"余额宝.*转入|转入.*余额宝", "internal", -1),
    (r"卖出|赎回|取出|解冻", "top_up", 1),
    (r"余额充值|账户充值|^充值", "top_up", 1),
    (r"还款|买入|申购|购买|存入|冻结|保证金", "transfer", -1),
)
_OWN_INCOME: Final = r"收益|利息|理赔|奖励|返现|工资"
# A refund of a receipt that an earlier bill holds is known by what it was taken with.
_TAKEN: Final = r"退款.*(?:收钱码|经营码|收款)"
_NOT_PAID_YET: Final = r"等待(?:买家|对方)?付款|待付款"


class AlipayPersonal(Importer):
    """Amounts are positive, 收/支 says the direction; neutral rows have theirs from what they are."""

    format = "alipay-personal"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            "new",
            ("交易时间", "交易分类", "商品说明", "收/支", "金额", "收/付款方式", "交易状态", "交易订单号"),
            _NEW,
            dialect=bill.DIALECT,
        ),
        Layout(
            "old_web",
            ("交易号", "交易创建时间", "类型", "商品名称", "金额（元）", "收/支", "交易状态", "成功退款（元）"),
            _OLD,
            dialect=replace(bill.DIALECT, ends=("---", "共")),
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One wallet line per row; what guests paid is a payment too."""
        harvest = Harvest(layout=sheets[0].layout.id)
        if harvest.layout == "new":
            _read_new(harvest, sheets[0])
        else:
            _read_old(harvest, sheets[0])
        return harvest


def _read_new(harvest: Harvest, sheet: Sheet) -> None:
    """The app's bill: what came back is a row of its own, with the number of the original and one behind it."""
    cells = Cells(sheet.table, _NEW)
    preamble = preamble_of(sheet.table)
    side = bill.side_of(cells, "收/支")
    printed = cells.yuan("金额", required=True)
    number = cells.identifier("交易订单号", required=True)
    status, method = cells.text("交易状态"), cells.text("收/付款方式")
    states.check(cells, "交易状态", side == "in", printed)
    what = pl.select(pl.concat_str(cells.text("交易分类"), cells.text("商品说明"), separator=" ", ignore_nulls=True))
    frame = pl.DataFrame({"what": what.to_series(), "side": side, "method": method, "status": status})
    refund = bill.matches(status, "退款成功") | bill.matches(cells.text("交易分类"), "^退款$")
    original = number.str.extract(r"^([^_*]+)[_*]", 1).fill_null(number)
    refunded = number.is_in(original.filter(refund & number.is_not_null()).unique().to_list()) & ~refund
    receipts = number.filter((side == "in") & ~refund).drop_nulls().unique().to_list()
    # 交易关闭 is an order that was never paid, or one that was and came back: then 收/支 or a refund's row says so.
    closed = bill.matches(status, states.UNPAID)
    paid = bill.matches(status, "关闭") & ((side != "neutral") | refunded)
    moves = _moves(
        frame.with_columns(refund=refund, of_guest=original.is_in(receipts), closed=closed & ~paid, paid=paid)
    )
    cells.fault("交易分类", "direction", moves["kind"].is_null())
    bill.check_direction(cells, "收/支", side, moves["sign"])
    lines = bill.Lines(
        "alipay",
        number,
        cells.moments("交易时间", required=True),
        moves["kind"],
        cells.text("交易分类"),
        printed * moves["sign"],
        cells.identifier("商家订单号"),
        status,
        original=original.zip_with(refund, number),
    )
    bill.stage(harvest, cells, bill.owner(preamble, "alipay"), lines)
    bill.control(harvest, cells, preamble, side, printed)
    bill.vouch(harvest, "alipay", preamble)


def _read_old(harvest: Harvest, sheet: Sheet) -> None:
    """The web site's bill: what came back stands in a column of the original row, sometimes in a row too."""
    cells = Cells(sheet.table, _OLD)
    preamble = preamble_of(sheet.table, "\n".join(text for _, text in sheet.table.tail))
    side = bill.side_of(cells, "收/支")
    printed = cells.yuan("金额（元）", required=True)
    back = cells.yuan("成功退款（元）", empty_is_zero=True)
    number = cells.identifier("交易号", required=True)
    order = cells.identifier("商家订单号")
    status, made, paid_at = (
        cells.text("交易状态"),
        cells.moments("交易创建时间", required=True),
        cells.moments("付款时间"),
    )
    states.check(cells, "交易状态", side == "in", printed)
    what = pl.select(pl.concat_str(cells.text("类型"), cells.text("商品名称"), separator=" ", ignore_nulls=True))
    refund = bill.matches(status, "退款成功")
    original = number.str.extract(r"^([^_*]+)[_*]", 1).fill_null(number)
    paid = bill.matches(status, "关闭") & ((side != "neutral") | (back > 0).fill_null(value=False))
    receipts = number.filter((side == "in") & ~refund).drop_nulls().unique().to_list()
    frame = pl.DataFrame(
        {"what": what.to_series(), "side": side, "method": cells.text("资金状态"), "status": status},
    ).with_columns(
        refund=refund, of_guest=original.is_in(receipts), closed=bill.matches(status, states.UNPAID) & ~paid, paid=paid
    )
    moves = _moves(frame)
    cells.fault("类型", "direction", moves["kind"].is_null())
    bill.check_direction(cells, "收/支", side, moves["sign"])
    moment = paid_at.fill_null(made)
    changed = cells.moments("最近修改时间").fill_null(moment)
    amount = printed * moves["sign"]
    fee = cells.yuan("服务费（元）", empty_is_zero=True)
    lines = bill.Lines(
        "alipay", number, moment, moves["kind"], cells.text("类型"), amount, order, status, fee,
        original.zip_with(refund, number),
    )  # fmt: skip
    bill.stage(harvest, cells, bill.owner(preamble, "alipay"), lines)
    # A refund that has a row of its own is not taken from the original's column again.
    own_rows = original.filter(refund & number.is_not_null()).unique().to_list()
    returned = (back > 0).fill_null(value=False) & ~refund & ~number.is_in(own_rows).fill_null(value=False)
    if returned.any():
        kinds = {"payment": "refund", "spending": "spending_refund"}
        kind = moves["kind"].replace_strict(kinds, default="purchase_refund")
        signed = back.zip_with(moves["sign"] < 0, -back)
        lines = bill.Lines("alipay", number, changed, kind, cells.text("类型"), signed, order, status)
        bill.stage(harvest, cells, bill.owner(preamble, "alipay"), lines, keep=returned)
    harvest.total("共…笔记录", preamble.rows, cells.height + len(sheet.table.misshapen))
    _old_control(harvest, preamble, side, printed, bill.matches(status, _NOT_PAID_YET))
    bill.vouch(harvest, "alipay", preamble)


def _moves(frame: pl.DataFrame) -> pl.DataFrame:
    """Kind and sign of every row; null where a neutral row's direction is not known."""
    text, side = pl.col("what"), pl.col("side")
    balance = pl.col("method").str.contains(bill.BALANCE).fill_null(value=False)
    back = pl.when(balance).then(pl.lit("spending_refund")).otherwise(pl.lit("purchase_refund"))
    bought = pl.when(balance).then(pl.lit("spending")).otherwise(pl.lit("purchase"))
    kind, sign = pl.lit(None, pl.String), pl.lit(None, pl.Int64)
    for pattern, name, direction in reversed(_NEUTRAL):
        meant = (
            pl.when(balance | pl.col("method").is_null() | (name != "transfer")).then(pl.lit(name)).otherwise(bought)
        )
        kind = pl.when(text.str.contains(pattern)).then(meant).otherwise(kind)
        sign = pl.when(text.str.contains(pattern)).then(pl.lit(direction, pl.Int64)).otherwise(sign)
    income = pl.when(text.str.contains("退款")).then(back).when(text.str.contains(_OWN_INCOME)).then(pl.lit("other"))
    outgo = (
        pl.when(text.str.contains("退款"))
        .then(pl.lit("refund"))
        .when(balance & text.str.contains("转账|红包"))
        .then(pl.lit("transfer"))
        .otherwise(bought)
    )
    guest = pl.col("refund") & (pl.col("of_guest") | text.str.contains(_TAKEN) | (side == "out"))
    return frame.select(
        kind=pl.when(pl.col("closed"))
        .then(pl.lit("closed"))
        .when(guest)
        .then(pl.lit("refund"))
        .when(pl.col("refund"))
        .then(back)
        .when(side == "in")
        .then(income.otherwise(pl.lit("payment")))
        .when(side == "out")
        .then(outgo)
        .when(pl.col("paid"))
        .then(bought)
        .otherwise(kind),
        sign=pl.when(pl.col("closed"))
        .then(0)
        .when(guest)
        .then(-1)
        .when(pl.col("refund"))
        .then(1)
        .when(side == "in")
        .then(1)
        .when((side == "out") | pl.col("paid"))
        .then(-1)
        .otherwise(sign)
        .cast(pl.Int64),
    )


def _old_control(harvest: Harvest, preamble: Preamble, side: pl.Series, printed: pl.Series, waiting: pl.Series) -> None:
    """The lines below the table: 已收入, 待收入, 已支出, 待支出."""
    for word, (count, amount) in preamble.sides.items():
        rows = (side == bill.SIDES[word[-2:]]).fill_null(value=False) & (waiting if word[0] == "待" else ~waiting)
        harvest.total(f"{word}笔数", count, int(rows.sum()))
        harvest.total(f"{word}金额", amount, decimal_sum(printed.filter(rows)))
