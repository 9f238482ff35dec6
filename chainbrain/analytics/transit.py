"""Money on its way to the bank, channel by channel: what should still come, from when, and the proof of the sum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain.analytics.overview import ZERO
from chainbrain.analytics.periods import Period
from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.database.book import Book


@dataclass(frozen=True)
class RollForward:
    """Opening + gross − refunds − fees + other − received = closing, in yuan.

    Attributes:
        other: what is neither sale nor refund nor fee (promotion, splits, transfers of the wallet), signed.
        unsettled: the rows still on the way, added up on their own: ledger balance and payouts not at the bank. Nothing
            where the book has neither a ledger nor payouts of the channel.
    """

    opening: Decimal
    gross: Decimal
    refunds: Decimal
    fees: Decimal
    other: Decimal
    received: Decimal
    unsettled: Decimal | None

    @property
    def closing(self) -> Decimal:
        """What should still be on the way at the end."""
        return self.opening + self.gross - self.refunds - self.fees + self.other - self.received

    @property
    def unexplained(self) -> Decimal | None:
        """Closing less the rows on the way; anything but zero is a difference to look into."""
        return None if self.unsettled is None else self.closing - self.unsettled


@dataclass(frozen=True)
class ChannelTransit:
    """One channel. ``due_on`` is the next day money should come; ``late`` yuan are due since ``late_since``."""

    channel: str
    roll: RollForward
    due_on: date | None
    late: Decimal
    late_since: date | None
    late_rows: int

    @property
    def closing(self) -> Decimal:
        """What should still be on the way, in yuan."""
        return self.roll.closing


@dataclass(frozen=True)
class Transit:
    """All channels, the most money on the way first, and their sum."""

    period: Period
    channels: tuple[ChannelTransit, ...]
    total: RollForward

    @property
    def proven(self) -> bool | None:
        """Whether the closing figure equals the rows on the way to the cent; nothing when some cannot be told."""
        return None if self.total.unexplained is None else half_up(self.total.unexplained) == 0


def transit(book: Book, period: Period) -> Transit:
    """Roll the money on its way forward over a period of calendar days (banks know no business days)."""
    rows = book.rows("analytics/transit", first=period.first, after=period.after)
    channels = [
        ChannelTransit(channel, RollForward(*figures), due_on, late, since, late_rows)
        for channel, *figures, due_on, late, since, late_rows in rows
    ]
    channels.sort(key=lambda c: (-c.roll.closing, c.channel))
    return Transit(period, tuple(channels), _total([c.roll for c in channels]))


def known(book: Book) -> Period:
    """From the first to the last day on which the book knows of any money: sales, wallets or banks."""
    first, last = book.one("analytics/money_span") or (None, None)
    if first is None:
        return Period(date(2000, 1, 1), date(2000, 1, 2))
    return Period(first, last + timedelta(days=1))


def _total(rolls: list[RollForward]) -> RollForward:
    unsettled = [roll.unsettled for roll in rolls]
    return RollForward(
        opening=sum((roll.opening for roll in rolls), ZERO),
        gross=sum((roll.gross for roll in rolls), ZERO),
        refunds=sum((roll.refunds for roll in rolls), ZERO),
        fees=sum((roll.fees for roll in rolls), ZERO),
        other=sum((roll.other for roll in rolls), ZERO),
        received=sum((roll.received for roll in rolls), ZERO),
        unsettled=None if None in unsettled else sum((u for u in unsettled if u is not None), ZERO),
    )
