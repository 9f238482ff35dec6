"""The figures at the top of the overview: receipts, orders, ticket, fees, refunds and the money in the bank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain.analytics.completeness import StoreName
from chainbrain.analytics.periods import Change, Period
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
    take_rate: Change
    takings: Decimal
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


def strip(book: Book, period: Period, stores: Sequence[str] | None = None) -> Strip:
    """The figures of a period.

    Args:
        book: the book to read.
        period: the business days to add up; compared with ``period.base``.
        stores: only these store numbers; all when left out. The bank is the chain's and does not follow them.
    """
    chosen = list(stores) if stores is not None else None
    row = book.one("analytics/strip", first=period.first, after=period.after, shift=period.shift, stores=chosen)
    assert row is not None, "an aggregate always gives one row"
    amount, orders, refunds, now, now_orders, now_refunds, base, base_orders, base_refunds = row[:9]
    stores_compared, calendar_days, fees, takings, now_fees, _, base_fees, base_takings, lacking, expected = row[9:]
    return Strip(
        period=period,
        receipts=Figure(amount, Change(now, base)),
        orders=Figure(_whole(orders), Change(_whole(now_orders), _whole(base_orders))),
        ticket=Figure(ticket(amount, orders), Change(ticket(now, now_orders), ticket(base, base_orders))),
        fees=Figure(fees, Change(now_fees, base_fees)),
        take_rate=Change(rate(fees, takings), rate(base_fees, base_takings)),
        takings=takings or ZERO,
        refunds=Figure(refunds, Change(now_refunds, base_refunds)),
        bank=balances(book, period),
        stores=expected,
        stores_compared=stores_compared,
        calendar_days=calendar_days,
        incomplete=tuple(StoreName(store["id"], store["name"]) for store in lacking or ()),
    )


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


def _whole(count: int | None) -> Decimal | None:
    return None if count is None else Decimal(count)
