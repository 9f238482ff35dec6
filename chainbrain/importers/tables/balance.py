"""Running balances: does every printed balance follow from the one before it and the row's amount?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import polars as pl

from chainbrain.importers.harvest import Harvest, decimal_sum
from chainbrain.importers.plan import ControlTotal
from chainbrain.importers.tables.table import Cells
from chainbrain.importers.tables.tallies import control_total

_ZERO: Final = Decimal(0)


def check(
    harvest: Harvest,
    cells: Cells,
    name: str,
    amount: pl.Series,
    balance: pl.Series,
    *,
    account: pl.Series | None = None,
    whole: bool = True,
) -> None:
    """Note a control total per account whose balance is printed.

    A file runs oldest first or newest first; the direction that breaks less often is the file's. Where the chain holds,
    the total compares the last balance with the first one plus all amounts; where it breaks, the first printed balance
    that does not follow, with what should stand there.

    Args:
        harvest: where the totals are noted.
        cells: the table, for its lines.
        name: the file's own word for the balance.
        amount: signed amounts.
        balance: balances as printed, null where there is none.
        account: what runs separately, where a file holds several accounts.
        whole: the file claims to hold every row, so a gap contradicts it. Otherwise a gap only says that rows may lie
            between (``facts["balance_gap"]``: its line), and the file vouches for none of its days; but where the
            balances follow from amounts of the opposite sign, a sign is wrong and not a row missing.
    """
    whose = cells.nothing(pl.String).fill_null("") if account is None else account
    rows = pl.DataFrame({"account": whose, "amount": amount, "balance": balance, "line": cells.lines})
    rows = rows.filter(pl.col("balance").is_not_null())
    parts = rows.partition_by("account", maintain_order=True)
    harvest.tallies.append(Balances(name, {part["account"][0]: _chain(part) for part in parts if part.height}, whole))


def breaks(amount: pl.Series, balance: pl.Series) -> int:
    """How many printed balances do not follow, in the direction in which fewer break."""
    shown = balance.is_not_null()
    amounts, balances = amount.fill_null(Decimal(0)).filter(shown), balance.filter(shown)
    ways = [(balances.shift(step) + amounts != balances).fill_null(value=False).sum() for step in (1, -1)]
    return min(int(way) for way in ways)


@dataclass(frozen=True)
class _Row:
    """A row that prints a balance."""

    line: int
    amount: Decimal
    balance: Decimal


@dataclass(frozen=True)
class _Break:
    """A printed balance that does not follow from its neighbour, and what should stand there."""

    line: int
    printed: Decimal
    expected: Decimal


@dataclass(frozen=True)
class _Chain:
    """Consecutive rows of one account: their ends, their sum, and where they break when read down and when read up."""

    first: _Row
    last: _Row
    total: Decimal
    downs: int
    ups: int
    first_down: _Break | None
    last_up: _Break | None
    turned_downs: int
    turned_ups: int
    first_turned_down: _Break | None
    last_turned_up: _Break | None

    def joined(self, later: _Chain) -> _Chain:
        down = _follows(later.first, self.last.balance + later.first.amount)
        up = _follows(self.last, later.first.balance + self.last.amount)
        turned_down = down if _turned(later.first, self.last) else None
        turned_up = up if _turned(self.last, later.first) else None
        return _Chain(
            self.first,
            later.last,
            self.total + later.total,
            self.downs + later.downs + (down is not None),
            self.ups + later.ups + (up is not None),
            self.first_down or down or later.first_down,
            later.last_up or up or self.last_up,
            self.turned_downs + later.turned_downs + (turned_down is not None),
            self.turned_ups + later.turned_ups + (turned_up is not None),
            self.first_turned_down or turned_down or later.first_turned_down,
            later.last_turned_up or turned_up or self.last_turned_up,
        )

    @property
    def broken(self) -> _Break | None:
        return self.first_down if self._oldest_first else self.last_up

    @property
    def turned(self) -> _Break | None:
        """A balance that follows from the amount of the opposite sign, where more balances follow so than as printed.

        Read the other way, the balances of equal amounts follow from the opposite sign too, so the count decides.
        """
        downs, ups = self.downs - self.turned_downs, self.ups - self.turned_ups
        if min(downs, ups) >= min(self.downs, self.ups):
            return None
        return self.first_turned_down if downs <= ups else self.last_turned_up

    def contradicts(self, *, whole: bool) -> bool:
        """Whether the balances say that a figure is wrong, and not only that rows may be missing."""
        return whole or self.broken is None or self.turned is not None

    def total_of(self, name: str, *, whole: bool) -> ControlTotal:
        found = self.broken if whole else self.turned
        if found is not None:
            return control_total(name, found.printed, found.expected, counted=False)
        oldest, newest = (self.first, self.last) if self._oldest_first else (self.last, self.first)
        return control_total(name, newest.balance, oldest.balance - oldest.amount + self.total, counted=False)

    @property
    def _oldest_first(self) -> bool:
        return self.downs <= self.ups


@dataclass(frozen=True)
class Balances:
    """The balances of a file by account; the following piece goes on where this one ends."""

    name: str
    chains: dict[str, _Chain]
    whole: bool = True

    def joined(self, later: Balances) -> Balances:
        """Both pieces as one run of rows."""
        chains = dict(self.chains)
        for account, chain in later.chains.items():
            chains[account] = chains[account].joined(chain) if account in chains else chain
        return Balances(self.name, chains, self.whole)

    def totals(self) -> list[ControlTotal]:
        """One control total per account."""
        whole = self.whole
        told = (chain for chain in self.chains.values() if chain.contradicts(whole=whole))
        return [chain.total_of(self.name, whole=whole) for chain in told]

    def facts(self) -> dict[str, str]:
        """The line on which a balance does not follow: a wrong figure, or a gap."""
        found: dict[str, str] = {}
        for chain in self.chains.values():
            if not self.whole and chain.turned is not None:
                found["balance_line"] = str(chain.turned.line)
            if chain.broken is not None:
                found["balance_line" if self.whole else "balance_gap"] = str(chain.broken.line)
        return found


def _chain(rows: pl.DataFrame) -> _Chain:
    amounts = rows["amount"].fill_null(_ZERO)
    balances = rows["balance"]
    lines = rows["line"]

    def row(at: int) -> _Row:
        return _Row(int(lines[at]), amounts[at], balances[at])

    def broken(at: int, expected: pl.Series) -> _Break:
        return _Break(int(lines[at]), balances[at], expected[at])

    down, up = balances.shift(1) + amounts, balances.shift(-1) + amounts
    downs, ups = ((side != balances).fill_null(value=False).arg_true() for side in (down, up))
    turned_downs, turned_ups = (
        ((side != balances) & (side - amounts - amounts == balances)).fill_null(value=False).arg_true()
        for side in (down, up)
    )
    return _Chain(
        row(0),
        row(rows.height - 1),
        decimal_sum(amounts),
        downs.len(),
        ups.len(),
        broken(int(downs[0]), down) if downs.len() else None,
        broken(int(ups[-1]), up) if ups.len() else None,
        turned_downs.len(),
        turned_ups.len(),
        broken(int(turned_downs[0]), down) if turned_downs.len() else None,
        broken(int(turned_ups[-1]), up) if turned_ups.len() else None,
    )


def _follows(row: _Row, expected: Decimal) -> _Break | None:
    return None if row.balance == expected else _Break(row.line, row.balance, expected)


def _turned(row: _Row, before: _Row) -> bool:
    """Whether the row's balance follows from the one before it by the opposite sign only."""
    return row.amount != 0 and row.balance == before.balance - row.amount
