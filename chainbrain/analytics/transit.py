"""Money on its way to the bank, channel by channel: what should still come, from when, and the proof of the sum."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain import facts
from chainbrain.analytics.overview import ZERO
from chainbrain.analytics.periods import Period
from chainbrain.errors import UserError
from chainbrain.money import half_up
from chainbrain.rulebook import RuleBook

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
    """One channel; what is late or short is told as the money map tells it.

    Attributes:
        due_on: the next day on which money should come.
        late: yuan that did not come although they were due, the first of them since ``late_since``.
        short: yuan that payouts lacked when they came; nobody is to wait for them.
    """

    channel: str
    roll: RollForward
    due_on: date | None
    late: Decimal
    late_since: date | None
    short: Decimal

    @property
    def closing(self) -> Decimal:
        """What should still be on the way, in yuan."""
        return self.roll.closing

    @property
    def coming(self) -> Decimal:
        """What is still to come as agreed, in yuan."""
        return self.roll.closing - self.late - self.short


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
    rows = facts.rows_with_flows(book, "analytics/transit", first=period.first, after=period.after)
    channels = [
        ChannelTransit(channel, RollForward(*figures), due_on, late, since, short)
        for channel, *figures, due_on, late, since, short in rows
    ]
    channels = _with_due_days(book, channels, period.last)
    channels.sort(key=lambda c: (-c.roll.closing, c.channel))
    return Transit(period, tuple(channels), _total([c.roll for c in channels]))


def _with_due_days(book: Book, channels: list[ChannelTransit], last: date) -> list[ChannelTransit]:
    """Where no payout names its day yet: when the last day's takings should arrive by the channel's rule."""
    if all(channel.due_on for channel in channels):
        return channels
    rules: dict[str, str] = dict(
        book.rows_of(
            "select channel, mode(settlement_rule) from main.merchant_accounts "
            "where settlement_rule is not null group by channel"
        )
    )
    calendar = RuleBook(book).calendar()

    def due(channel: ChannelTransit) -> date | None:
        # Late money has its own date; a channel that owes nothing else expects nothing.
        if channel.due_on or channel.channel not in rules or channel.coming <= 0:
            return channel.due_on
        try:
            return calendar.settles_on(rules[channel.channel], datetime.combine(last, time(12)))
        except UserError:
            # A rule we cannot read (the account list shows it as written) promises no day.
            return None

    return [replace(channel, due_on=due(channel)) for channel in channels]


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
