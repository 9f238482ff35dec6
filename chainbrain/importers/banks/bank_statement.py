"""What all bank statements have in common: signed amounts, moments, own account, memo, running balance, sums below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import polars as pl

from chainbrain.importers.banks.account_numbers import account_above, account_in_name, account_number
from chainbrain.importers.banks.stated_sums import StatedSums, without_footer
from chainbrain.importers.base import Context, Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.tables import balance, parse
from chainbrain.importers.tables.table import Cells, Table

_INCOMING: Final = ("贷", "C", "来账", "收", "2")
_OUTGOING: Final = ("借", "D", "往账", "付", "1")
_IN_CELL: Final = r"^([A-Z]{3}|[一-鿿]{2,4})\s*[-+]?[\d,.]+$"
# Public samples and printed proofs hide balances behind letters or stars.
_HIDDEN: Final = r"^[xyzXYZ*]+[xyzXYZ*,.]*$"
# The end of a card's number, as far as statements print it alone.
_TAIL: Final = 6


@dataclass(frozen=True)
class Parts:
    """Which columns can play which part, the more telling first.

    Attributes:
        out: money out, where it has a column of its own.
        into: money in, where it has a column of its own.
        signed: one amount for both.
        flag: says which way the one amount goes.
        day: the day.
        clock: the time of day, or the whole moment.
        balance: the account's balance after the row.
        name: who paid or was paid.
        number: the account of that party.
        memo: remarks.
        line_id: the bank's own number of the row.
        own: the account the statement is of.
        currency: the currency of the amount.
        whole: such a statement holds every movement of its days. What a person exports for himself may be filtered.
    """

    out: Sequence[str]
    into: Sequence[str]
    signed: Sequence[str]
    flag: Sequence[str]
    day: Sequence[str]
    clock: Sequence[str]
    balance: Sequence[str]
    name: Sequence[str]
    number: Sequence[str]
    memo: Sequence[str]
    line_id: Sequence[str]
    own: Sequence[str]
    currency: Sequence[str]
    whole: bool = True


def read(sheets: Sequence[Sheet], parts: Parts, context: Context) -> Harvest:
    """One bank line per row; money in is positive."""
    harvest = Harvest(layout=sheets[0].layout.id)
    for sheet in sheets:
        _Statement(harvest, sheet, parts, context).read()
    frames = harvest.frames.get("bank_lines", [])
    accounts = {account for frame in frames for account in frame["bank_account"].unique().to_list()}
    harvest.account_no = accounts.pop() if len(accounts) == 1 else None
    return harvest


class _Statement:
    """One table of a statement on its way into a harvest."""

    def __init__(self, harvest: Harvest, sheet: Sheet, parts: Parts, context: Context) -> None:
        table, self._footer = without_footer(sheet.table)
        self._harvest = harvest
        self._cells = Cells(table, sheet.layout.columns)
        self._parts = parts
        self._context = context
        # A credit card's statement prints what was spent as positive, and what is owed as its balance.
        self._credit = sheet.layout.role == "credit"

    def read(self) -> None:
        cells, parts, harvest = self._cells, self._parts, self._harvest
        yuan = self._in_yuan()
        left = self._balance().zip_with(yuan, cells.nothing(pl.Decimal(18, 2)))
        amount = self._amounts(left).zip_with(yuan, cells.nothing(pl.Decimal(18, 2)))
        moment = self._moments()
        account = self._own_account()
        incoming = (amount > 0).fill_null(value=False)
        frame = harvest.take(
            "bank_lines",
            cells,
            {
                "bank_account": account,
                "posted_at": moment,
                "amount": amount,
                "balance": left,
                "counterparty": self._counterpart(parts.name, "名称", incoming),
                "counterparty_account": account_number(self._counterpart(parts.number, "账号", incoming)),
                "memo": self._memo(),
                "external_id": cells.identifier(self._one(parts.line_id)),
            },
        )
        if not self._credit:
            name, whose = self._one(parts.balance), account.fill_null("")
            balance.check(harvest, cells, name, amount, left, account=whose, whole=parts.whole)
        sides = StatedSums(self._one(parts.into), self._one(parts.out))
        sides.compare(harvest, cells.table, self._footer, amount)
        harvest.span(frame["posted_at"])
        days = frame["posted_at"].dt.date()
        spans = pl.DataFrame({"account": frame["bank_account"], "day": days}).group_by("account", maintain_order=True)
        for number, first, last in spans.agg(
            pl.col("day").min().alias("a"), pl.col("day").max().alias("b")
        ).iter_rows():
            harvest.cover("bank", None, number, first, last)

    def _one(self, names: Sequence[str]) -> str:
        """The synonym that this statement uses; the first one when it has none, which then reads as empty."""
        return next((name for name in names if self._cells.table.has(name)), names[0])

    def _in_yuan(self) -> pl.Series:
        """Rows in yuan; those in other money are faults, so that they are never added to yuan."""
        cells = self._cells
        name = self._one(self._parts.currency)
        inside = self._one(self._parts.signed)
        if not cells.table.has(name) and cells.table.has(inside):
            # 入账币种/金额 reads CNY 123.18.
            return ~cells.foreign(inside, cells.text(inside).str.normalize("NFKC").str.extract(_IN_CELL, 1))
        return ~cells.foreign(name)

    def _balance(self) -> pl.Series:
        cells, name = self._cells, self._one(self._parts.balance)
        if cells.table.has(name):
            hidden = pl.col(name).str.strip_chars().str.contains(_HIDDEN)
            if cells.table.frame.select(hidden.any()).item():
                shown = pl.when(~hidden).then(pl.col(name)).alias(name)
                bare = Table(
                    cells.table.frame.with_columns(shown), cells.table.sheet, cells.table.header,
                    cells.table.header_line,
                )  # fmt: skip
                return Cells(bare, [name]).yuan(name)
        return cells.yuan(name)

    def _amounts(self, left: pl.Series) -> pl.Series:
        """Signed amounts: two columns, or one with a flag, or one with its own sign."""
        cells, parts = self._cells, self._parts
        out, into = self._one(parts.out), self._one(parts.into)
        if cells.table.has(out, into):
            paid, received = cells.yuan(out), cells.yuan(into)
            cells.fault(into, "missing", cells.text(out).is_null() & cells.text(into).is_null())
            return _signed(received.fill_null(Decimal(0)), paid.fill_null(Decimal(0)), left)
        size = cells.yuan(self._one(parts.signed), required=True)
        flag_name = self._one(parts.flag)
        if not cells.table.has(flag_name):
            return -size if self._credit else size
        flag = cells.text(flag_name, required=True).str.normalize("NFKC").str.to_uppercase()
        incoming, outgoing = _starts(flag, _INCOMING), _starts(flag, _OUTGOING)
        cells.fault(flag_name, "word", flag.is_not_null() & ~incoming & ~outgoing)
        if flag_name == "交易类型":
            # 往账 and 来账 say the direction; the amount may carry a sign or not.
            return size.abs().zip_with(incoming, -size.abs())
        # A negative amount beside a flag is a reversal on that side.
        return size.zip_with(incoming, -size)

    def _moments(self) -> pl.Series:
        """Day and time of day, from one column or two; some banks print the whole moment in either."""
        cells = self._cells
        clock_name, day_name = self._one(self._parts.clock), self._one(self._parts.day)
        clock_text = cells.text(clock_name)
        whole = parse.moments(clock_text)
        stamp = parse.moments(cells.text(day_name))
        clock = parse.clocks(parse.plain_clock(clock_text.zip_with(whole.is_null(), cells.nothing(pl.String))))
        joined = pl.select(
            pl.when(clock.is_null()).then(stamp).otherwise(stamp.dt.truncate("1d") + clock.cast(pl.Duration("us")))
        ).to_series()
        found = whole.zip_with(whole.is_not_null(), joined)
        where = day_name if cells.table.has(day_name) else clock_name
        cells.fault(where, "moment", found.is_null())
        cells.fault(clock_name, "clock", clock_text.is_not_null() & whole.is_null() & clock.is_null())
        return found

    def _own_account(self) -> pl.Series:
        """The statement's own account: a column, or a line above the table, or the file's name."""
        cells = self._cells
        own = self._one(self._parts.own)
        column = account_number(cells.identifier(own)) if cells.table.has(own) else cells.nothing(pl.String)
        stated = account_above(cells.table) or account_in_name(self._context.name)
        if stated is None and bool(column.is_null().all()) and cells.height:
            # Two statements of one bank without a number are taken for the same account; the reading says so.
            self._harvest.facts["account"] = "missing"
            stated = self._harvest.layout or "bank"
        if stated is None:
            return column.fill_null(strategy="forward").fill_null(strategy="backward")
        # Some banks print the end of the card's number only; the whole number of that card is better.
        whole = pl.select(
            pl.lit(stated).str.ends_with(pl.lit(column)) & (pl.lit(column).str.len_chars() <= _TAIL)
        ).to_series()
        return column.zip_with(~whole.fill_null(value=False), cells.nothing(pl.String)).fill_null(stated)

    def _counterpart(self, names: Sequence[str], suffix: str, incoming: pl.Series) -> pl.Series:
        cells = self._cells
        if cells.table.has(f"付款人{suffix}", f"收款人{suffix}"):
            # 来账 came from the payer, 往账 went to the payee.
            return cells.text(f"付款人{suffix}").zip_with(incoming, cells.text(f"收款人{suffix}"))
        return cells.text(self._one(names))

    def _memo(self) -> pl.Series:
        """All remarks that are there, each once, in the order of their columns' weight."""
        cells = self._cells
        there = [cells.text(name) for name in self._parts.memo if cells.table.has(name)]
        if not there:
            return cells.nothing(pl.String)
        frame = pl.DataFrame([column.alias(f"m{number}") for number, column in enumerate(there)])
        joined = pl.concat_list(pl.all()).list.drop_nulls().list.unique(maintain_order=True).list.join(" ")
        return frame.select(pl.when(joined != "").then(joined)).to_series()


def _signed(received: pl.Series, paid: pl.Series, left: pl.Series) -> pl.Series:
    """Money in and money out in one column.

    Some exports print money out with its sign in a column of its own. One negative amount among positive ones is a
    reversal; where all are negative, it is the sign, unless more balances follow from reversals.
    """
    amount = received - paid
    if not (paid < 0).any() or (paid > 0).any():
        return amount
    signed = received + paid
    return amount if balance.breaks(amount, left) < balance.breaks(signed, left) else signed


def _starts(text: pl.Series, words: Sequence[str]) -> pl.Series:
    found = pl.repeat(False, text.len(), dtype=pl.Boolean, eager=True)
    for word in words:
        found = found | text.str.starts_with(word).fill_null(value=False)
    return found
