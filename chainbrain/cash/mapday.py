"""One day of the money map: what lies where, what came from where since a first day, and the proof that it adds up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

ZERO: Final = Decimal("0.00")

PLACES: Final = (
    "till", "cash_way", "wallet", "platform", "transit", "late", "untold", "bank", "bank_moved",
)  # fmt: skip
"""Where money lies; words under ``place.<key>``.

till: drawers. cash_way: taken out of a drawer for the bank and not there yet. wallet: balances of wallets. platform:
sold, and in no payout yet. transit: paid out and not arrived. late: due by the statements known, and not there, or
come short. untold: by bills alone, no ledger or payout tells where it lies. bank: balances. bank_moved: what moved on
accounts of unknown balance.
"""
ON_ITS_WAY: Final = ("transit", "late", "wallet", "platform", "untold")
"""The places that money on its way to the bank lies in: together what 总览 and 到账 call money on its way; no cash."""
CLAIMS: Final = ("stored",)
"""What of that money is owed to others, kept beside the places: stored value of members."""

COMES: Final[Mapping[str, int]] = {
    "opening": 1, "gross": 1, "other": 1, "refunds": -1, "fees": -1, "written_off": -1,
    "till_opening": 1, "till_adjusted": 1, "till_sales": 1, "till_refunds": -1, "till_paid": -1, "till_over": 1,
    "received": -1, "deposited": -1, "bank_from": 1,
    "bank_opening": 1, "bank_in": 1, "bank_out": -1, "bank_gap": 1,
}  # fmt: skip
"""What comes into the places and leaves them, by sign; words under ``map_part.<key>``."""

_BEGINNINGS = frozenset({"opening", "till_opening", "bank_opening"})
_ARRIVED = frozenset({"received", "deposited"})
# Of these the sign tells whether it came or went.
_EITHER = frozenset({"other", "till_adjusted", "till_over", "bank_in", "bank_gap", "written_off"})


@dataclass(frozen=True)
class Flow:
    """Money of one source that ended somewhere, in yuan.

    Attributes:
        source: a channel, ``cash``, or ``bank`` for what the accounts themselves had and received.
        end: a place; ``arrived`` for what reached an account; or a part by which it left (fees, refunds ...).
        account: the bank account of what arrived.
    """

    source: str
    end: str
    amount: Decimal
    account: str | None = None


@dataclass(frozen=True)
class Source:
    """What one source brought since the first day: what lay in its places before, and what came in."""

    key: str
    before: Decimal
    came: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        """Both together."""
        return self.before + sum(self.came.values(), ZERO)

    @property
    def begun(self) -> Decimal:
        """What lay there before, and opening balances since."""
        return self.before + self.came.get("opening", ZERO)


@dataclass(frozen=True)
class Account:
    """A bank account: its balance, nothing where it is not known, and what channels and drawers brought to it."""

    number: str
    balance: Decimal | None
    arrived: Decimal


@dataclass(frozen=True)
class MapDay:
    """The map at the end of a day.

    Attributes:
        since: the first day of the flows.
        held: what lies in every place that has anything.
        claims: what of it is owed to members.
        sources, flows: every source's total is the sum of its flows, exactly.
        ledgers: what the ledgers say that came in less what left, up to this day.
    """

    day: date
    since: date
    held: Mapping[str, Decimal]
    claims: Mapping[str, Decimal]
    sources: tuple[Source, ...]
    flows: tuple[Flow, ...]
    accounts: tuple[Account, ...]
    ledgers: Decimal

    @property
    def places(self) -> Decimal:
        """Everything that lies anywhere."""
        return sum(self.held.values(), ZERO)

    @property
    def on_its_way(self) -> Decimal:
        """What is on its way to the bank, in whatever state."""
        return sum((self.held.get(place, ZERO) for place in ON_ITS_WAY), ZERO)

    @property
    def gap(self) -> Decimal:
        """What the places and the ledgers differ by; anything but 0 is an error to look into."""
        return self.places - self.ledgers

    def ended(self, end: str, source: str | None = None) -> Decimal:
        """What ended in one place or way, of one source or of all."""
        return sum((one.amount for one in self.flows if one.end == end and source in {None, one.source}), ZERO)


def day_of(day: date, since: date, rows: Iterable[tuple[Any, ...]]) -> MapDay:
    """Make the map of a day.

    Args:
        day: the day at whose end it stands.
        since: the first day of the flows.
        rows: channel, account, part, and the sums before ``since`` and from then on.
    """
    held: dict[str, Decimal] = defaultdict(Decimal)
    claims: dict[str, Decimal] = defaultdict(Decimal)
    before: dict[str, Decimal] = defaultdict(Decimal)
    came: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    went: dict[tuple[str, str, str | None], Decimal] = defaultdict(Decimal)
    balances: dict[str, Decimal] = {}
    brought: dict[str, Decimal] = defaultdict(Decimal)
    numbers: set[str] = set()
    ledgers = Decimal(0)
    for channel, account, part, earlier, moved in rows:
        if account is not None:
            numbers.add(account)
        ledgers += COMES.get(part, 0) * (earlier + moved)
        if part in PLACES:
            held[part] += earlier + moved
            before[channel] += earlier
            went[channel, part, None] += earlier + moved
            if part == "bank":
                balances[account] = balances.get(account, Decimal(0)) + earlier + moved
        elif part in CLAIMS:
            claims[part] += earlier + moved
        elif part in _ARRIVED:
            went[channel, "arrived", account] += moved
            if account is not None:
                brought[account] += moved
        elif part in _BEGINNINGS:
            came[channel]["opening"] += moved
        elif COMES.get(part, 0) > 0:
            came[channel][part] += moved
        elif part in COMES:
            went[channel, part, None] += moved
    _turn(came, went)
    sources = tuple(
        Source(key, before[key], {part: amount for part, amount in came[key].items() if amount})
        for key in sorted(before.keys() | came.keys())
    )
    return MapDay(
        day,
        since,
        {place: held[place] for place in PLACES if held.get(place)},
        {claim: claims[claim] for claim in CLAIMS if claim in claims},
        tuple(one for one in sources if one.before or one.came),
        tuple(Flow(source, end, amount, account) for (source, end, account), amount in _sorted(went) if amount),
        tuple(Account(number, balances.get(number), brought[number]) for number in sorted(numbers)),
        ledgers,
    )


def _turn(came: dict[str, dict[str, Decimal]], went: dict[tuple[str, str, str | None], Decimal]) -> None:
    """What came in below 0 has gone, and the other way round."""
    for channel, parts in came.items():
        for part in [one for one, amount in parts.items() if amount < 0 and one in _EITHER]:
            went[channel, part, None] -= parts.pop(part)
    for channel, part, account in [key for key, amount in went.items() if amount < 0 and key[1] in _EITHER]:
        came[channel][part] += -went.pop((channel, part, account))


def _sorted(
    went: Mapping[tuple[str, str, str | None], Decimal],
) -> list[tuple[tuple[str, str, str | None], Decimal]]:
    return sorted(went.items(), key=lambda item: (item[0][0], item[0][1], item[0][2] or ""))
