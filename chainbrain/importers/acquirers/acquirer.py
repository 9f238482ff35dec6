"""What the files of acquirers and aggregators have in common: signs and fees proven by the net, daily payouts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from chainbrain.importers import words
from chainbrain.importers.harvest import Columns, Harvest
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.table import Cells

# Words of a trade's kind. Money goes back, or none has moved at all.
_BACK: Final = r"退|撤销|冲正|(?i:refund|revoke)"
_SOLD: Final = (
    r"消费|支付|收款|代收|充值|担保|预授权完成|购|缴费|扫码|被扫|主扫|微信|支付宝|花呗|云闪付|银联|数字人民币|刷卡|二维码"
    r"|(?i:sale|pay|purchase)"
)
# What a merchant takes out of its account at the acquirer, or has paid to somebody from there.
_TAKEN_OUT: Final = r"提现|出金|出款|代付|划付|划款"
_NOTHING_MOVED: Final = r"^预授权(?:申请|撤销)?$|查询|签到|失败|未支付|待支付|关闭|冻结|解冻"


def gives_back(kind: pl.Series) -> pl.Series:
    """Whether the word says that money goes back to the guest."""
    return kind.str.contains(_BACK).fill_null(value=False)


def moves_nothing(kind: pl.Series) -> pl.Series:
    """Whether the word says that no money has moved: such rows are kept and not counted."""
    return kind.str.contains(_NOTHING_MOVED).fill_null(value=False)


def takes_out(kind: pl.Series) -> pl.Series:
    """Whether the word says that the merchant's own money moves: such rows are kept and are no sales."""
    return kind.str.contains(_TAKEN_OUT).fill_null(value=False)


def known_kinds(cells: Cells, name: str) -> tuple[pl.Series, pl.Series]:
    """Which trades give money back to guests, and which are no trades with guests; unknown words are faults."""
    kind = cells.text(name, required=True)
    idle = moves_nothing(kind) | takes_out(kind)
    back = gives_back(kind) & ~takes_out(kind)
    cells.fault(name, "word", ~(idle | back | kind.str.contains(_SOLD)))
    return back, idle


def kinds(back: pl.Series) -> pl.Series:
    """Payment or refund."""
    return pl.select(pl.when(back).then(pl.lit("refund")).otherwise(pl.lit("payment"))).to_series()


def turned(column: pl.Series, turn: pl.Series) -> pl.Series:
    """The column with the sign of these rows turned: refunds that a file prints without one."""
    return column.zip_with(~turn.fill_null(value=False), -column)


@dataclass(frozen=True)
class Printed:
    """The money of a row as its file prints it.

    Attributes:
        name: the column of the net, for faults.
        amount: what was paid.
        fee: what was charged.
        net: what is left; null where the file does not say.
        others: further charges, which the net may leave out as well.
    """

    name: str
    amount: pl.Series
    fee: pl.Series
    net: pl.Series
    others: tuple[pl.Series, ...] = ()

    def signed(self, cells: Cells, back: pl.Series, counted: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Amount and fee, refunds negative, fees that were charged positive.

        A refund may be printed without sign, a fee as a deduction; the net tells what was meant. A counted row whose
        parts do not lead to its net is broken; without a net, the fee is what stands there.
        """
        turn = back & (self.amount > 0)
        amount, net = turned(self.amount, turn), turned(self.net, turn & (self.net > 0))
        gap = amount - net
        charged = turned(self.fee, turn)
        meant = (gap == charged) | ((gap == -charged) & ((charged < 0) | (amount < 0)))
        for other in self.others:
            extra = turned(other, turn)
            meant = meant | (gap == charged + extra) | ((extra != 0) & (gap == extra))
        stated = counted & net.is_not_null()
        meant = meant.fill_null(value=True)
        cells.fault(self.name, "parts_differ", stated & ~meant)
        fee = gap.zip_with((stated & meant).fill_null(value=False), charged)
        return amount, fee.cast(pl.Decimal(18, 5))


def numbers(own: pl.Series, original: pl.Series, back: pl.Series) -> dict[str, pl.Series]:
    """A refund carries the number of the sale it gives back, where the file links it; its own is the refund's."""
    linked = back & original.is_not_null()
    return {
        "external_id": original.zip_with(linked, own),
        "refund_id": own.zip_with(back, pl.repeat(None, own.len(), dtype=pl.String, eager=True)),
    }


def paid_with(*columns: pl.Series) -> pl.Series:
    """The wallet or scheme behind a row: the first column whose word says one."""
    found = pl.DataFrame([words.methods(column).alias(str(number)) for number, column in enumerate(columns)])
    known = [pl.when(pl.col(name) != "other").then(pl.col(name)) for name in found.columns]
    return found.select(pl.coalesce(known)).to_series()


def first_of(*columns: pl.Series) -> pl.Series:
    """The first column that says something, row by row."""
    frame = pl.DataFrame([column.alias(str(number)) for number, column in enumerate(columns)])
    return frame.select(pl.coalesce(pl.all())).to_series()


def moments_of(cells: Cells, clock: str, days: pl.Series) -> pl.Series:
    """The moment in one column, or on the given day where that column has a time of day only (also as ``93015``)."""
    text = cells.text(clock, required=True)
    digits = text.str.extract(r"^(\d{3,6})$", 1).str.zfill(6)
    plain = digits.str.replace(r"^(\d\d)(\d\d)(\d\d)$", "${1}:${2}:${3}")
    time = parse.clocks(first_of(plain, text))
    joined = pl.select(days.cast(pl.Datetime("us")) + time.cast(pl.Duration("us"))).to_series()
    whole = parse.moments(text.zip_with(time.is_null(), cells.nothing(pl.String)))
    found = joined.zip_with(time.is_not_null(), whole)
    cells.fault(clock, "moment", text.is_not_null() & found.is_null())
    return found


def pay_out(harvest: Harvest, cells: Cells, columns: Columns, keep: pl.Series) -> None:
    """Each row as its part of the one payout its merchant gets for the day.

    The parts are kept by the number of their trade, not as sums: exports overlap and are corrected, and sums would
    then count twice.
    """
    harvest.add("settlement_rows", cells, {**columns, "payout_account": columns["merchant_no"]}, keep=keep)


def owner(harvest: Harvest, merchants: pl.Series) -> list[str]:
    """All merchants of a file; the file is one's own when there is just one."""
    found: list[str] = merchants.drop_nulls().unique().sort().to_list()
    harvest.belongs_to(found)
    return found
