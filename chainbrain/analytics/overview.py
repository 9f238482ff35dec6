"""The figures at the top of the overview: receipts, orders, ticket, fees, refunds and the money in the bank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from chainbrain.analytics.completeness import StoreName
from chainbrain.analytics.periods import Change, Period
from chainbrain.analytics.store_sums import store_sums
from chainbrain.masking import masked
from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.database.book import Book

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Figure:
    """One figure of the whole period, and its change over the store-days that can be compared.

    The two need not be the same sum: a day without its till file counts in neither side of ``change``.
    """

    value: Decimal | None
    change: Change


@dataclass(frozen=True)
class BankAccount:
    """The last known balance of one account, in yuan; ``number`` is masked to its last four digits."""

    number: str
    balance: Decimal | None
    at: datetime | None


@dataclass(frozen=True)
class Strip:
    """The row of figures for one period and choice of stores; amounts in yuan, rates as shares (0.0437 is 4.37 %).

    Attributes:
        stores_compared: stores with at least one day that can be compared; ``stores`` is how many are expected.
        calendar_days: days left out of the comparison because only one of the two is a holiday or a worked weekend.
        incomplete: the stores that lack a file of any source on any of the days.
        takings: what wallets and platforms took (refunds deducted); the ground of the take rate.
    """

    period: Period
    receipts: Figure
    orders: Figure
    ticket: Figure
    fees: Figure
    take_rate: Figure
    takings: Decimal | None
    refunds: Figure
    bank: tuple[BankAccount, ...]
    stores: int
    stores_compared: int
    calendar_days: int
    incomplete: tuple[StoreName, ...]

    @property
    def net(self) -> Decimal | None:
        """Receipts less refunds and what wallets and platforms charged, in yuan.

        Nothing where no charge is known or a file lacks: charges would be of all days, receipts not.
        """
        receipts, refunds, fees = self.receipts.value, self.refunds.value, self.fees.value
        if receipts is None or fees is None or self.incomplete:
            return None
        return half_up(receipts - (refunds or ZERO) - fees)

    @property
    def bank_total(self) -> Decimal | None:
        """All known balances together; nothing when no account has one."""
        known = [account.balance for account in self.bank if account.balance is not None]
        return sum(known, ZERO) if known else None


class _Side(NamedTuple):
    """The sums of the period, or of one side of its comparison; nothing where no store knows any."""

    amount: Decimal | None
    orders: Decimal | None
    refunds: Decimal | None
    fees: Decimal | None
    takings: Decimal | None

    @property
    def ticket(self) -> Decimal | None:
        return ticket(self.amount, self.orders)


def strip(book: Book, period: Period, stores: Sequence[str] | None = None) -> Strip:
    """The figures of a period.

    Args:
        book: the book to read.
        period: the business days to add up; compared with ``period.base``.
        stores: only these store numbers; all when left out. The bank is the chain's and does not follow them.
    """
    rows = store_sums(book, period, stores)
    whole, now, base = (_side(rows, prefix) for prefix in ("", "now_", "base_"))
    lacking = rows.filter("lacking").select("store_id", "name").rows()
    return Strip(
        period=period,
        receipts=Figure(whole.amount, Change(now.amount, base.amount)),
        orders=Figure(whole.orders, Change(now.orders, base.orders)),
        ticket=Figure(whole.ticket, Change(now.ticket, base.ticket)),
        fees=Figure(whole.fees, Change(now.fees, base.fees)),
        take_rate=Figure(
            rate(whole.fees, whole.takings), Change(rate(now.fees, now.takings), rate(base.fees, base.takings))
        ),
        takings=whole.takings,
        refunds=Figure(whole.refunds, Change(now.refunds, base.refunds)),
        bank=balances(book, period),
        stores=rows.filter(pl.col("expected_days") > 0).height,
        stores_compared=rows.filter(pl.col("compared_days") > 0).height,
        calendar_days=rows["calendar_days"].explode(empty_as_null=False).n_unique(),
        incomplete=tuple(StoreName(*row) for row in lacking),
    )


def _side(rows: pl.DataFrame, prefix: str) -> _Side:
    columns = [pl.col(f"{prefix}{name}") for name in _Side._fields]
    (sums,) = rows.select(pl.when(one.count() > 0).then(one.sum()) for one in columns).rows()
    return _Side(*(None if one is None else Decimal(one) for one in sums))


def balances(book: Book, period: Period) -> tuple[BankAccount, ...]:
    """The balance of every bank account at the end of the period's last day."""
    rows = book.rows_of(
        "select bank_account, balance, posted_at from base.bank_balances($after) order by balance desc nulls last, 1",
        after=period.last + timedelta(days=1),
    )
    return tuple(BankAccount(masked(number), balance, at) for number, balance, at in rows)


def ticket(amount: Decimal | None, orders: int | Decimal | None) -> Decimal | None:
    """Receipts per order in yuan, half up to the cent; nothing without orders."""
    return half_up(amount / Decimal(orders)) if amount is not None and orders else None


def rate(fees: Decimal | None, takings: Decimal | None) -> Decimal | None:
    """Fees as a share of the takings, to four places of a percent."""
    return half_up(fees / takings, 6) if fees is not None and takings else None
