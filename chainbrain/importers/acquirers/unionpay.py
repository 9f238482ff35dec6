"""Reconciliation files of 银联全渠道, fixed width in bytes: ZM lists the trades of a clearing day, ZME the differences.

Widths and field order are those of the parse example in the ACP development kit; what the letters C and D mean, how a
split trade is written and the names of the ZME fields are inferred.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar, Final

import polars as pl

from chainbrain.errors import FileRefused
from chainbrain.importers.acquirers import acquirer
from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Columns, Harvest
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Bare, Dialect, Layout
from chainbrain.importers.tables.table import LINE, Cells

_ZM: Final = (
    "交易代码", "代理机构标识码", "发送机构标识码", "系统跟踪号", "交易传输时间", "账号", "交易金额", "商户类别",
    "终端类型", "查询流水号", "支付方式（旧）", "商户订单号", "支付卡类型", "原始交易的系统跟踪号",
    "原始交易日期时间", "商户手续费", "结算金额", "支付方式", "集团商户代码", "交易类型", "交易子类", "业务类型",
    "账号类型", "账单类型", "账单号码", "交互方式", "原交易查询流水号", "商户代码", "分账入账方式",
    "二级商户代码", "二级商户简称", "二级商户分账入账金额", "清算净额", "终端号", "商户自定义域", "优惠金额",
    "发票金额", "分期付款附加手续费", "分期付款期数", "交易介质", "备用", "保留",
)  # fmt: skip
_ZM_WIDTHS: Final = (
    3, 11, 11, 6, 10, 19, 12, 4, 2, 21, 2, 32, 2, 6, 10, 13, 13, 4, 15, 2, 2, 6, 2, 4, 32, 1, 21, 15, 1, 15, 32, 13,
    13, 8, 32, 13, 13, 12, 2, 1, 32, 98,
)  # fmt: skip
_ZME: Final = (
    "交易代码", "代理机构标识码", "发送机构标识码", "系统跟踪号", "交易传输时间", "账号", "交易金额", "商户类别",
    "终端类型", "支付卡类型", "原始交易的系统跟踪号", "原始交易日期时间", "差错原因代码", "参考号", "商户手续费",
    "结算金额", "集团商户代码", "商户代码", "备用1", "备用2", "备用3", "保留",
)  # fmt: skip
_ZME_WIDTHS: Final = (3, 11, 11, 6, 10, 19, 12, 4, 2, 2, 6, 10, 4, 12, 13, 13, 15, 15, 1, 12, 2, 135)
_WANTED: Final = (
    "交易代码", "代理机构标识码", "系统跟踪号", "交易传输时间", "账号", "交易金额", "查询流水号", "商户订单号",
    "商户手续费", "结算金额", "原交易查询流水号", "商户代码", "二级商户代码", "二级商户分账入账金额", "清算净额",
    "终端号",
)  # fmt: skip
_SIGNED: Final = r"[CD]\d{12}"
_SHAPES: Final = {
    "交易代码": r"[A-Z]\d{2}", "系统跟踪号": r"\d{6}", "交易传输时间": r"\d{10}", "交易金额": r"\d{12}",
    "商户手续费": _SIGNED, "结算金额": _SIGNED, "商户代码": r"[0-9A-Za-z]{15}",
}  # fmt: skip
_FILE_DAY: Final = re.compile(r"INN(\d{6})", re.IGNORECASE)
# So many days before and after its clearing a trade may lie; anything else is a damaged figure.
_EARLIEST, _LATEST = 92, 2
_SALE: Final = "S22"
_GIVEN_BACK: Final = r"^S3\d$"


class UnionpayFiles(Importer):
    """ZM: one payment per trade, its receivers as split lines; ZME: one adjustment per row."""

    format = "unionpay-zm-zme"
    confirmed = False
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            "ZM", ("查询流水号", "交易传输时间", "清算净额"), _ZM, dialect=Dialect(quoted=False, shown=40),
            bare=Bare(_SHAPES, widths=_ZM_WIDTHS),
        ),
        Layout(
            "ZME", ("差错原因代码", "交易传输时间", "结算金额"), _ZME, dialect=Dialect(quoted=False, shown=40),
            bare=Bare(_SHAPES, widths=_ZME_WIDTHS),
        ),
    )  # fmt: skip

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """The rows of one clearing day; the day, and the year of all moments, is in the file's name."""
        cleared = _day_of(context.name)
        layout = sheets[0].layout
        harvest = Harvest(layout=layout.id)
        rows = _Rows(Cells(sheets[0].table, _WANTED), cleared, context.salt)
        frame = _trades(harvest, rows) if layout.id == "ZM" else _differences(harvest, rows)
        harvest.span(frame["occurred_at"])
        found = acquirer.owner(harvest, frame["merchant_no"])
        if layout.id == "ZM":
            for account in found:
                harvest.cover("platform", "unionpay", account, cleared, cleared)
        return harvest


class _Rows:
    """The columns that both files have."""

    def __init__(self, cells: Cells, cleared: date, salt: bytes) -> None:
        self.cells = cells
        self.code = cells.text("交易代码", required=True)
        self.merchant = cells.text("商户代码", required=True)
        self.moment = _with_year(cells, "交易传输时间", cleared)
        self.size = cells.fen("交易金额", required=True)
        self.fee = -_letter(cells, "商户手续费")
        self.net = _letter(cells, "结算金额")
        self.day = pl.repeat(cleared, cells.height, dtype=pl.Date, eager=True)
        self._payer = parse.salted(cells.text("账号"), salt)

    def amount(self, back: pl.Series, cleared: pl.Series | None = None) -> pl.Series:
        """Refunds negative; a row whose net is not its amount less its fee is broken.

        The settled amount may also stand before the fee, when the cleared one behind it is the net.
        """
        amount = acquirer.turned(self.size, back)
        net = amount - self.fee
        good = self.net == net
        if cleared is not None:
            good = good | ((self.net == amount) & (cleared == net)).fill_null(value=False)
        self.cells.fault("结算金额", "parts_differ", ~good)
        self.net = net
        return amount

    def part(self, number: pl.Series, net: pl.Series) -> Columns:
        """The row in the payout of the clearing day."""
        return {
            "channel": "unionpay", "merchant_no": self.merchant, "external_id": number, "bill_day": self.day,
            "amount": net,
        }  # fmt: skip

    def columns(self) -> Columns:
        """What any payment of these files says."""
        return {
            "channel": "unionpay", "merchant_no": self.merchant, "occurred_at": self.moment, "fee": self.fee,
            "status_text": self.code, "cancelled": False, "payer_hash": self._payer, "bill_day": self.day,
        }  # fmt: skip


def _trades(harvest: Harvest, rows: _Rows) -> pl.DataFrame:
    cells = rows.cells
    back = rows.code.str.contains(_GIVEN_BACK).fill_null(value=False)
    cells.fault("交易代码", "word", ~back & (rows.code != _SALE))
    stated = _letter(cells, "清算净额", required=False)
    amount = rows.amount(back, stated)
    own, order = cells.identifier("查询流水号", required=True), cells.identifier("商户订单号")
    numbers = acquirer.numbers(own, cells.identifier("原交易查询流水号"), back)
    receiver, part = cells.text("二级商户代码"), _letter(cells, "二级商户分账入账金额", required=False).fill_null(0)
    firsts, parts = _folded(rows, own, receiver, part)
    # A net of zero that no receiver explains is a field that was not filled in.
    said = ((stated != 0) | (parts != 0)).fill_null(value=False)
    arrives = stated.zip_with(said, rows.net - parts)
    frame = harvest.take(
        "payments",
        cells,
        {
            **rows.columns(),
            **numbers,
            "terminal_no": cells.text("终端号"),
            "store_hint": receiver,
            "merchant_order_no": order,
            "merchant_refund_no": order.zip_with(back, cells.nothing(pl.String)),
            "paid_with": "unionpay",
            "kind": acquirer.kinds(back),
            "amount": amount,
            "settlement_ref": own,
        },
        keep=firsts,
    )
    acquirer.pay_out(harvest, cells, rows.part(own, arrives), keep=firsts)
    splits = receiver.is_not_null() & ((part != 0) | ~firsts)
    if splits.any():
        columns: Columns = {
            # The trade has a number, its parts have not.
            "channel": "unionpay", "merchant_no": rows.merchant, "external_id": own + "-" + receiver,
            "receiver": receiver, "amount": part, "payment_external_id": numbers["external_id"], "status": "success",
            "occurred_at": rows.moment,
        }  # fmt: skip
        harvest.add("split_lines", cells, columns, keep=splits)
    return frame


def _differences(harvest: Harvest, rows: _Rows) -> pl.DataFrame:
    cells = rows.cells
    amount = rows.amount((rows.net < 0).fill_null(value=False))
    # A difference has no number of its own, and a tracing number is one only within its institution and moment.
    names = ("代理机构标识码", "系统跟踪号", "交易传输时间")
    number = pl.select(pl.concat_str([cells.text(name, required=True) for name in names], separator="-")).to_series()
    columns: Columns = {"external_id": number, "kind": "adjustment", "amount": amount, "settlement_ref": number}
    frame = harvest.take("payments", cells, {**rows.columns(), **columns})
    everything = pl.repeat(True, cells.height, dtype=pl.Boolean, eager=True)
    acquirer.pay_out(harvest, cells, rows.part(number, rows.net), keep=everything)
    return frame


def _folded(rows: _Rows, own: pl.Series, receiver: pl.Series, part: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Which row of a trade becomes its payment, and what its receivers take of it.

    Every receiver has a row of its own, which repeats the trade: the first of them is the payment. Rows of one trade
    that disagree on its amounts are broken.
    """
    cells = rows.cells
    same = {"交易金额": rows.size, "商户手续费": rows.fee, "结算金额": rows.net}
    frame = pl.DataFrame(
        [own.alias("own"), rows.merchant.alias("merchant"), receiver.is_not_null().alias("shared"), part.alias("part")]
        + [column.alias(name) for name, column in same.items()]
    )
    trade = ["own", "merchant"]
    for name in same:
        differs = frame.select(pl.col("shared") & (pl.col(name).n_unique().over(trade) > 1)).to_series()
        cells.fault(name, "repeats_differ", differs)
    sound = frame.with_columns(cells.sound().alias("sound"), cells.lines)
    leads = pl.when(pl.col("sound") & pl.col("shared")).then(pl.col(LINE)).min().over(trade) == pl.col(LINE)
    found = sound.select(
        (pl.col("sound") & (~pl.col("shared") | leads)).fill_null(value=False).alias("first"),
        pl.when(pl.col("sound")).then(pl.col("part")).sum().over(trade).fill_null(0).alias("parts"),
    )
    return found["first"], found["parts"]


def _day_of(name: str) -> date:
    found = _FILE_DAY.search(name)
    day = parse.days(pl.Series([f"20{found[1]}"]))[0] if found else None
    if day is None:
        raise FileRefused("import.year_missing")
    assert isinstance(day, date)
    return day


def _with_year(cells: Cells, name: str, cleared: date) -> pl.Series:
    """MMDDhhmmss in the year that puts it next to the clearing day: on the second of January, 1231 is last year's."""
    text = cells.text(name, required=True)
    parts = text.str.extract_groups(r"^(\d{4})(\d\d)(\d\d)(\d\d)$").struct.unnest()
    near = [cleared + timedelta(days=days) for days in range(-_EARLIEST, _LATEST + 1)]
    days = parse.translated(parts.to_series(0), {f"{day:%m%d}": day.isoformat() for day in near}, None)
    found = parse.moments(days + " " + parts.to_series(1) + ":" + parts.to_series(2) + ":" + parts.to_series(3))
    cells.fault(name, "moment", text.is_not_null() & found.is_null())
    return found


def _letter(cells: Cells, name: str, *, required: bool = True) -> pl.Series:
    """Fen behind a letter: C to the merchant, D from the merchant."""
    text = cells.text(name, required=required)
    parts = text.str.extract_groups(r"^([CD])(\d{12})$").struct.unnest()
    amount = parse.whole_fen(parts.to_series(1))
    cells.fault(name, "fen", text.is_not_null() & amount.is_null())
    return acquirer.turned(amount, parts.to_series(0) == "D")
