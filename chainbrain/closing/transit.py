"""在途滚动: money on its way to the bank, channel by channel, exact to the cent and equal to the things on the way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from chainbrain.closing.months import MonthState, last_month, next_month, state_of
from chainbrain.database.book import Book
from chainbrain.money import half_up
from chainbrain.openings import Contained, contained

ZERO = Decimal("0.00")
PARTS = ("gross", "refunds", "fees", "other", "received", "adjustments")
"""Words stand under ``transit_part.<key>``."""
SIGNS = {"gross": 1, "refunds": -1, "fees": -1, "other": 1, "received": -1, "adjustments": 1, "opening": 1}


@dataclass(frozen=True)
class Movements:
    """What moved in yuan; refunds, fees and what arrived are positive and taken off."""

    gross: Decimal = ZERO
    refunds: Decimal = ZERO
    fees: Decimal = ZERO
    other: Decimal = ZERO
    received: Decimal = ZERO
    adjustments: Decimal = ZERO

    @property
    def net(self) -> Decimal:
        """What they come to together."""
        return self.gross - self.refunds - self.fees + self.other - self.received + self.adjustments


@dataclass(frozen=True)
class OpenItem:
    """One thing that was on its way when the month ended.

    Attributes:
        standing: ``in_wallet``, ``expected``, ``unbilled``, ``short``, ``opening``, ``not_in_ledger``, ``not_in_bill``
            or ``unproven``; worded under ``standing.<standing>``.
        record_type: what it can be opened as; nothing for the balance of a wallet, which is all its lines.
    """

    channel: str
    merchant: str
    standing: str
    record_type: str | None
    record_id: str | None
    amount: Decimal
    day: date | None = None


@dataclass(frozen=True)
class ChannelRoll:
    """Opening + taken − refunds − fees + other − arrived + adjustments + earlier months' late rows = closing.

    Attributes:
        opening: what was on its way when the month began; of a closed month before, as it was locked.
        month: what moved in the month.
        prior: what moved in months that were closed before it came (前期), counted in this one.
        items: what was still on its way at the end.
        as_locked: whether the figures are those that were locked.
    """

    channel: str
    opening: Decimal
    month: Movements
    prior: Movements
    items: tuple[OpenItem, ...] = field(repr=False)
    as_locked: bool = False

    @property
    def closing(self) -> Decimal:
        """What must still be on its way at the end."""
        return self.opening + self.month.net + self.prior.net

    @property
    def open_amount(self) -> Decimal:
        """The items added up."""
        return sum((item.amount for item in self.items), ZERO)

    @property
    def unproven(self) -> Decimal:
        """What belongs to merchant numbers of which the book has neither a ledger nor payouts."""
        return sum((item.amount for item in self.items if item.standing == "unproven"), ZERO)

    @property
    def gap(self) -> Decimal:
        """Closing less the items; anything but 0.00 is an error to look into."""
        return self.closing - self.open_amount

    @property
    def proven(self) -> bool | None:
        """Whether every yuan of the closing figure is a known thing on its way; nothing where no file could tell.

        A gap is one beside merchant numbers of which nothing can be told, too: they are items as they are.
        """
        if half_up(self.gap):
            return False
        return None if any(item.standing == "unproven" for item in self.items) else True


@dataclass(frozen=True)
class TransitRoll:
    """All channels of one month.

    Attributes:
        contained: receipts of the month that an opening balance has in it: they are in no figure.
    """

    month: date
    channels: tuple[ChannelRoll, ...]
    contained: tuple[Contained, ...] = ()

    @property
    def opening(self) -> Decimal:
        """On the way when the month began."""
        return sum((one.opening for one in self.channels), ZERO)

    @property
    def closing(self) -> Decimal:
        """On the way when it ended."""
        return sum((one.closing for one in self.channels), ZERO)

    @property
    def gap(self) -> Decimal:
        """What cannot be shown as things on the way, absolute."""
        return sum((abs(half_up(one.gap)) for one in self.channels), ZERO)

    def total(self, part: str) -> Decimal:
        """One part of all channels, prior periods included."""
        return sum((getattr(one.month, part) + getattr(one.prior, part) for one in self.channels), ZERO)


def transit(book: Book, month: date) -> TransitRoll:
    """The roll-forward of a month: as it was locked when it is closed, otherwise from the rows.

    Raises:
        UserError: ``close.no_data``.
    """
    state = state_of(book, month)
    roll = locked(book, state) if state.closed else reckoned(book, state.month)
    return replace(roll, contained=contained(book, state.month, state.after))


def reckoned(book: Book, month: date) -> TransitRoll:
    """The roll-forward from the rows, whatever was locked before of this month."""
    after = next_month(month)
    book.run("closing/flows", after=after)
    before: dict[str, Decimal] = {}
    opened: dict[str, Decimal] = {}
    moved: dict[str, dict[str, Decimal]] = {}
    late: dict[str, dict[str, Decimal]] = {}
    for channel, part, earlier, of_month, prior in book.rows("closing/transit", month=month):
        before[channel] = before.get(channel, ZERO) + SIGNS[part] * earlier
        if part == "opening":
            # The balance with which the book begins stands before its month; one that comes after its month was closed
            # is what that month should have known.
            opened[channel] = of_month
            late.setdefault(channel, {})["other"] = late.get(channel, {}).get("other", ZERO) + prior
            continue
        moved.setdefault(channel, {})[part] = of_month
        late.setdefault(channel, {})[part] = late.get(channel, {}).get(part, ZERO) + prior
    book.execute("drop table close_flows")
    locked_before = _locked_closings(book, last_month(month))
    items: dict[str, list[OpenItem]] = {}
    for channel, merchant, standing, kind, record, day, amount in book.rows("closing/open_items", after=after):
        item = OpenItem(channel, merchant, standing, kind, str(record) if record else None, amount, day)
        items.setdefault(channel, []).append(item)
    channels = sorted(before.keys() | items.keys() | locked_before.keys())
    return TransitRoll(
        month,
        tuple(
            ChannelRoll(
                channel,
                (locked_before or before).get(channel, ZERO) + opened.get(channel, ZERO),
                Movements(**moved.get(channel, {})),
                Movements(**late.get(channel, {})),
                tuple(items.get(channel, ())),
            )
            for channel in channels
        ),
    )


def locked(book: Book, state: MonthState, entry_id: int | None = None) -> TransitRoll:
    """The roll-forward as a version of a month was locked, by default the latest."""
    entry = entry_id or state.entry_id
    figures: dict[str, dict[str, dict[str, Decimal]]] = {}
    for channel, detail, part, amount in book.rows_of(
        "select subject, detail, part, amount from base.month_figures "
        "where entry_id = $entry and section = 'transit' order by all",
        entry=entry,
    ):
        figures.setdefault(channel, {}).setdefault(detail, {})[part] = amount
    items: dict[str, list[OpenItem]] = {}
    for row in book.rows_of(
        "select channel, merchant, standing, record_type, record_id, amount from base.month_open_items "
        "where entry_id = $entry order by all",
        entry=entry,
    ):
        channel, merchant, standing, kind, record, amount = row
        item = OpenItem(channel, merchant, standing, kind, str(record) if record else None, amount)
        items.setdefault(channel, []).append(item)
    return TransitRoll(
        state.month,
        tuple(
            ChannelRoll(
                channel,
                found["balance"]["opening"],
                Movements(**{part: found["month"][part] for part in PARTS}),
                Movements(**{part: found["prior"][part] for part in PARTS}),
                tuple(items.get(channel, ())),
                as_locked=True,
            )
            for channel, found in sorted(figures.items())
        ),
    )


def _locked_closings(book: Book, month: date) -> dict[str, Decimal]:
    """What was on its way at the end of a closed month, by channel; empty when it is not closed."""
    return dict(
        book.rows_of(
            "select f.subject, f.amount from base.month_figures f "
            "join base.standing_closes c on c.entry_id = f.entry_id "
            "where c.month = $month and f.section = 'transit' and f.detail = 'balance' and f.part = 'closing'",
            month=month,
        )
    )
