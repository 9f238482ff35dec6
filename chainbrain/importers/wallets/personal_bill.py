"""What the bills of all personal wallets have in common: one wallet line per row, guests' money also as payments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import polars as pl

from chainbrain.importers.harvest import Columns, Harvest, decimal_sum
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Dialect
from chainbrain.importers.tables.quotes import loosely_quoted
from chainbrain.importers.tables.table import Cells
from chainbrain.importers.wallets.bill_preamble import Preamble

SIDES: Final[Mapping[str, str]] = {
    "收入": "in", "支出": "out", "不计收支": "neutral", "中性交易": "neutral", "其他": "neutral",
}  # fmt: skip
# Where the wallet's own money pays; anything else (a bank card, credit) leaves the wallet's balance as it is.
BALANCE: Final = r"零钱|余额"

# Cells may be quoted with a tab behind, and names may hold quotes of their own. A remark that runs over the end of its
# line leaves a rest that begins with anything, so only a moment, or a number that begins with one, is shown.
_OPENING: Final = r"""^["'`\s]*(20\d{2}[-/.年]?[01]?\d[-/.月]?[0-3]?\d[\d日:/\- ]*)"""
DIALECT: Final = Dialect(repair=loosely_quoted, opening=_OPENING)

_GUESTS: Final = ("payment", "refund")


@dataclass(frozen=True)
class Lines:
    """The columns of a personal bill's rows, all of the table's height.

    Attributes:
        channel: the wallet.
        number: the wallet's number of the transaction.
        moment: when.
        kind: what it is; ``payment`` and ``refund`` are guests' money, ``purchase`` and ``spending`` the owner's own
            (from a card, or from the wallet's balance), ``closed`` moved nothing.
        text: the bill's own words for it.
        amount: signed; money into the wallet is positive.
        order: the merchant's number.
        status: the bill's word for the state.
        fee: what the wallet charged for it, apart from the amount; ``None`` where the bill states none.
        original: the number of what a refund gave back, on every row; ``None`` where the bill does not tell it.
    """

    channel: str
    number: pl.Series
    moment: pl.Series
    kind: pl.Series
    text: pl.Series
    amount: pl.Series
    order: pl.Series
    status: pl.Series
    fee: pl.Series | None = None
    original: pl.Series | None = None


def stage(harvest: Harvest, cells: Cells, account: str, lines: Lines, keep: pl.Series | None = None) -> None:
    """Stage every row as a wallet line, and what guests paid or got back as payments on the same line.

    With ``keep``, these lines are further ones from rows that were staged before: a refund that a column of the
    original row states. There is one of them per number; when a later bill states another, that is asked about, and so
    is one that has a row of its own in another bill: it bears a number, and the column's has none.

    A number may stand in several rows (a purchase and what came back of it), so time and amount tell them apart. Fees
    that the bill states beside an amount are wallet lines of their own, since the ledger books them apart.
    """
    original = lines.number if lines.original is None else lines.original
    apart = pl.select(pl.concat_str(lines.moment.dt.to_string("%Y%m%d%H%M%S"), lines.amount, separator=" ")).to_series()
    line: Columns = {
        "channel": lines.channel,
        "merchant_no": account,
        "external_id": lines.number,
        "business_id": original,
        "occurred_at": lines.moment,
        "kind_text": lines.text,
        "reference": lines.order,
    }
    if keep is not None:
        apart = pl.repeat("refund", cells.height, dtype=pl.String, eager=True)
    columns = {**line, "kind": lines.kind, "amount": lines.amount, "apart": apart}
    if keep is None:
        frame = harvest.take("wallet_lines", cells, columns)
    else:
        frame = harvest.add("wallet_lines", cells, columns, keep)
    guests = lines.kind.is_in(_GUESTS).fill_null(value=False)
    guests = guests if keep is None else guests & keep
    fee = (
        lines.fee if lines.fee is not None else pl.repeat(Decimal(0), cells.height, dtype=pl.Decimal(18, 2), eager=True)
    )
    fee = fee.fill_null(Decimal(0))
    charged = (fee != 0).fill_null(value=False)
    if charged.any():
        service = pl.select(pl.when(guests).then(pl.lit("fee")).otherwise(pl.lit("service_fee"))).to_series()
        harvest.add(
            "wallet_lines", cells, {**line, "kind": service, "amount": -fee, "apart": "fee " + apart}, keep=charged
        )
    if guests.any():
        # Only a refund that has a row of its own has a number of its own.
        numbered = pl.repeat(keep is None, cells.height, eager=True) & (lines.kind == "refund").fill_null(value=False)
        harvest.add(
            "payments",
            cells,
            {
                "channel": lines.channel,
                "merchant_no": account,
                "external_id": original,
                "merchant_order_no": lines.order,
                "refund_id": lines.number.zip_with(numbered, cells.nothing(pl.String)),
                "occurred_at": lines.moment,
                "kind": lines.kind,
                "amount": lines.amount,
                "fee": fee.zip_with(guests, -fee),
                "status_text": lines.status,
                "cancelled": False,
                "apart": apart,
            },
            keep=guests,
        )
    harvest.span(frame["occurred_at"])


def owner(preamble: Preamble, channel: str) -> str:
    """Whose bill it is. Bills that do not say are taken for one account of the channel; the reading says so."""
    return preamble.account or f"{channel}-personal"


def vouch(harvest: Harvest, channel: str, preamble: Preamble, *, takes_money: bool = True) -> None:
    """The bill is the wallet's ledger and its list of receipts, complete for the days it was made for.

    A bill of purchases on a platform vouches for nothing that a till or a bank could be held against.
    """
    harvest.account_no = owner(preamble, channel)
    if preamble.account is None:
        harvest.facts["account"] = "missing"
    first, last = preamble.first_day or harvest.first_day, preamble.last_day or harvest.last_day
    if last is not None and preamble.over is not None:
        last = min(last, preamble.over)
    if first is not None and last is not None and first <= last:
        if preamble.whole and takes_money:
            for kind in ("wallet", "ledger"):
                harvest.cover(kind, channel, harvest.account_no, first, last)
        harvest.first_day = first if harvest.first_day is None else min(first, harvest.first_day)
        harvest.last_day = last if harvest.last_day is None else max(last, harvest.last_day)


def control(
    harvest: Harvest, cells: Cells, preamble: Preamble, side: pl.Series, printed: pl.Series, *, neutral: bool = True
) -> None:
    """Number and sum of the rows by direction against the lines above the table; broken rows count as rows.

    Args:
        harvest: where the totals are noted.
        cells: the rows.
        preamble: the stated figures.
        side: the bill's word for the direction, by ``SIDES``.
        printed: amounts as the bill adds them up.
        neutral: whether the bill's sum over neutral rows follows from its rows.
    """
    harvest.total("共…笔记录", preamble.rows, cells.height + len(cells.table.misshapen))
    for word, (count, amount) in preamble.sides.items():
        code = SIDES[word]
        rows = (side == code).fill_null(value=code == "neutral")
        harvest.total(f"{word}笔数", count, int(rows.sum()))
        if code != "neutral" or neutral:
            harvest.total(f"{word}金额", amount, decimal_sum(printed.filter(rows)))


def side_of(cells: Cells, name: str) -> pl.Series:
    """The direction; an empty cell or a stroke is neutral."""
    return cells.words(name, SIDES).fill_null("neutral")


def check_direction(cells: Cells, name: str, side: pl.Series, sign: pl.Series) -> None:
    """A row whose printed direction contradicts what it was taken for is a fault: money in would become money out."""
    cells.fault(name, "against_direction", ((side == "in") & (sign < 0)) | ((side == "out") & (sign > 0)))


def matches(text: pl.Series, pattern: str) -> pl.Series:
    """Which texts contain the pattern; an empty cell does not."""
    return text.str.contains(pattern).fill_null(value=False)


def stated_fee(remark: pl.Series) -> pl.Series:
    """``服务费¥0.10`` in a remark."""
    return parse.yuan(remark.str.normalize("NFKC").str.extract(r"服务费\s*¥?\s*([\d,]+\.?\d*)", 1))
