"""One-off payments that are known are part of what was paid on average: an invoice typed in goes off once, not twice.

An invoice of a supplier, or a payment list, is one of the payments that the average of the past is made of, as far as
that past has payments like it: so much less of their average is taken off, from its day on, and where the days to come
end before that on the days before it. What is like nothing of the past is paid beside everything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Final

from chainbrain.cash.irregular import GOODS, LIKE_GOODS, MOST, NEAR, OWN_KINDS, pays
from chainbrain.cash.plan import KINDS, Due
from chainbrain.cash.recurring import Outgoing, kind_of

_CENT: Final = Decimal("0.01")
_ZERO: Final = Decimal("0.00")
_SHORTEST_NAME: Final = 2
_OTHER: Final = "other"


@dataclass(frozen=True)
class Claim:
    """A known payment of one day: its place among the days to come, and the payments of the past that are like it."""

    place: int
    amount: Decimal
    like: tuple[Outgoing, ...]


def once(dues: Iterable[Due]) -> list[Due]:
    """What of the plan and of payment lists has to be paid once."""
    return [due for due in dues if due.item.cycle == "once" and due.amount > 0 and due.item.kind in KINDS]


def is_like(line: Outgoing, kind: str, due: Due, names: Iterable[str] = ()) -> bool:
    """Whether a payment of the past is one like a known one: to whom it names, or of its kind and about as large.

    Args:
        line: the payment.
        kind: what it is for.
        due: what is known.
        names: whom a payment list pays.
    """
    said = (*names, due.item.note or "")
    if any(_named(line.payee, name) for name in said):
        return True
    if due.item.kind not in {GOODS, *OWN_KINDS}:
        return False
    return kind == due.item.kind and due.amount * LIKE_GOODS <= line.amount <= due.amount * MOST


def less(daily: Sequence[Decimal], paid: Sequence[Outgoing], claims: Iterable[Claim]) -> list[Decimal]:
    """How much less of an average is to be taken off on each day since some of it is known.

    Args:
        daily: what is taken off on average.
        paid: the payments that the average was made of.
        claims: what is known.
    """
    found = [_ZERO] * len(daily)
    total = sum((line.amount for line in paid), _ZERO)
    if not total:
        return found
    expected = sum(daily, _ZERO)
    # Each payment of the past stands for its share of what is to be paid; nothing of it is claimed twice.
    left = {line.line_id: line.amount / total * expected for line in paid}
    kinds = {line.line_id: kind_of(line) for line in paid}
    shares: dict[str, Decimal] = {}
    for line in paid:
        shares[kinds[line.line_id]] = shares.get(kinds[line.line_id], _ZERO) + line.amount / total
    rest = {kind: [(one * share).quantize(_CENT, ROUND_DOWN) for one in daily] for kind, share in shares.items()}
    for claim in sorted(claims, key=lambda one: one.place):
        wanted = claim.amount
        for line in claim.like:
            part = min(left.get(line.line_id, _ZERO), wanted)
            if part <= 0:
                continue
            left[line.line_id] -= part
            wanted -= part
            _take(rest[kinds[line.line_id]], found, claim.place, part)
    return found


def not_steady_too(steady: Sequence[Due], known: Sequence[Due]) -> tuple[Due, ...]:
    """Steady payments without those that are typed in as a payment of one day: of the same company, near and alike."""
    left = list(steady)
    for due in known:
        near = [
            one
            for one in left
            if one.item.entity == due.item.entity and abs(one.day - due.day) <= NEAR
            and (one.item.kind == due.item.kind or _OTHER in {one.item.kind, due.item.kind})
            and pays(Outgoing("", "", one.day, one.amount, "", None, None, 0), due)
        ]  # fmt: skip
        if near:
            left.remove(min(near, key=lambda one: (abs(one.day - due.day), abs(one.amount - due.amount))))
    return tuple(left)


def claims_of(
    dues: Iterable[tuple[int, Due]], paid: Sequence[Outgoing], named: Mapping[str, Sequence[str]]
) -> list[Claim]:
    """The claims of what is known, each with its place; ``named`` are the payees of payment lists by their items."""
    kinds = [(line, kind_of(line)) for line in paid]
    found = []
    for place, due in dues:
        names = named.get(due.item.item_id, ())
        found.append(Claim(place, due.amount, tuple(one for one, kind in kinds if is_like(one, kind, due, names))))
    return found


def _take(rest: list[Decimal], found: list[Decimal], place: int, part: Decimal) -> None:
    """From the day on, then before it, the nearest first: nothing is taken twice or more than is there."""
    for day in (*range(place, len(rest)), *range(place - 1, -1, -1)):
        taken = min(rest[day], part.quantize(_CENT, ROUND_DOWN))
        rest[day] -= taken
        found[day] += taken
        part -= taken
        if part < _CENT:
            return


def _named(payee: str, name: str) -> bool:
    name = name.strip()
    return len(name) >= _SHORTEST_NAME and len(payee) >= _SHORTEST_NAME and (payee in name or name in payee)
