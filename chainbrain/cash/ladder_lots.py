"""What the solver says as whole yuan: rounded down lot by lot, then held against every scenario in fen."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.ladder_terms import Product, Stay
from chainbrain.money import from_fen, half_up

if TYPE_CHECKING:
    from chainbrain.cash.ladder_flows import Floats, Flow

Whole = npt.NDArray[np.int64]

ROOM: Final = "room"
"""What limits a lot: money is needed on its binding day; or the product's ``cap``, or ``daily_cap``."""
_YEAR: Final = 365
_YUAN: Final = 100
_NOISE: Final = 1e-3
"""What a solver says may be off by so many yuan."""


@dataclass(frozen=True)
class Lot:
    """Money that is put somewhere on one day and comes back on another.

    Attributes:
        amount: whole yuan.
        stay: from when to when; money that lies there longer than the forecast reaches comes back on its last day.
        binding: the day on which least room is left while it is away.
        spare: what could still be put away on that day, in yuan.
        limit: ``room``, ``cap`` or ``daily_cap``; ``beyond`` for what comes back after the days to come, which is
            decided then.
        earned: what the assumed yield brings, in yuan.
        at_call: it can be had at any time and is not needed within the days to come; ``stay`` then ends with them
            only because they end, and names no day of coming back.
    """

    product: Product
    amount: Decimal
    stay: Stay
    binding: date
    spare: Decimal
    limit: str
    earned: Decimal
    at_call: bool = False


@dataclass(frozen=True)
class Ask:
    """Money that lay in a product before and is asked back; what is not asked back stays."""

    product: Product
    amount: Decimal
    asked_on: date
    back_on: date


@dataclass
class _Piece:
    """``put`` is below 0 for what lay there before."""

    flow: Flow
    put: int
    asked: int
    back: int
    begins: int
    ends: int
    yuan: int


def lots(flows: Sequence[Flow], solved: Floats, room: Whole, first: date) -> tuple[tuple[Lot, ...], tuple[Ask, ...]]:
    """The lots of a plan, exact: on no day more is away than the room of it, in fen; by day, then the longest first.

    The second is what is asked back of what lay in products before.
    """
    days = len(room)
    pieces = [piece for flow in flows for piece in _pieces(flow, solved, days) if piece.yuan > 0]
    _fit(pieces, room)
    _stepped(pieces, room)
    away = _away(pieces, days)
    found = [_lot(piece, pieces, room, away, first) for piece in pieces if piece.yuan > 0 and piece.put >= 0]
    asks = [
        Ask(piece.flow.product, _yuan(piece.yuan), first + timedelta(piece.asked), first + timedelta(piece.back))
        for piece in pieces
        if piece.put < 0 and piece.yuan > 0 and piece.ends < days
    ]
    found.sort(key=lambda one: (one.stay.put_on, -one.stay.away, one.product.name))
    return tuple(found), tuple(sorted(asks, key=lambda one: (one.asked_on, one.product.name)))


def _pieces(flow: Flow, solved: Floats, days: int) -> list[_Piece]:
    """What is put on one day and comes back on one day; what was put first is asked back first."""
    put = np.diff(solved[flow.put : flow.put + days], prepend=0.0)
    if flow.asked is None:
        return [
            _Piece(flow, day, day, flow.back[day], flow.begins[day], flow.ends[day], _whole(put[day]))
            for day in range(days)
            if put[day] > _NOISE
        ]
    asked = np.diff(solved[flow.asked : flow.asked + days], prepend=0.0)
    # The solver may as well ask money back and put it there again on the same day: then it just stays.
    stays = np.where(np.array(flow.back[:days]) == np.arange(days), np.minimum(put, asked), 0.0).clip(min=0.0)
    put, asked = put - stays, asked - stays
    waiting: deque[list[float]] = deque([[-1, flow.held], *([day, float(put[day])] for day in range(days))])
    found = []
    for day in range(days):
        left = float(asked[day])
        while left > _NOISE and waiting:
            part = min(left, waiting[0][1])
            found.append((int(waiting[0][0]), day, part))
            left -= part
            waiting[0][1] -= part
            if waiting[0][1] <= _NOISE:
                waiting.popleft()
    pieces = [
        _Piece(flow, begun, day, flow.back[day], flow.begins[max(begun, 0)], flow.ends[day], _whole(part))
        for begun, day, part in found
    ]
    pieces += [
        _Piece(flow, int(begun), days, days, flow.begins[max(int(begun), 0)], days, _whole(part))
        for begun, part in waiting
    ]
    # What lay there before does not grow less by rounding: its odd yuan are asked back with the first of it.
    before = [piece for piece in pieces if piece.put < 0]
    if before:
        before[0].yuan += int(flow.held) - sum(piece.yuan for piece in before)
    return pieces


def _fit(pieces: Sequence[_Piece], room: Whole) -> None:
    """Take a yuan off as long as a day has too much away: of the lot that bears least."""
    away = _away(pieces, len(room))
    while (over := np.flatnonzero(away > room)).size:
        day = int(over[0])
        there = [one for one in pieces if 0 <= one.put <= day < one.back and one.yuan > 0]
        if not there:
            return  # what lay in products before may be more than there is room for
        least = min(there, key=lambda one: (one.flow.product.rate, one.back - one.put, one.flow.product.name))
        least.yuan -= 1
        away[least.put : least.back] -= _YUAN


def _stepped(pieces: Sequence[_Piece], room: Whole) -> None:
    """Make the orders of a day what the product takes; what is too little for one waits for the next order of it.

    What is put there for longest is kept longest. What waited is only put where there is room for all its days and the
    caps allow it.
    """
    orders: dict[str, dict[int, list[_Piece]]] = {}
    for piece in pieces:
        product = piece.flow.product
        if piece.put >= 0 and (product.least is not None or product.step is not None):
            orders.setdefault(product.name, {}).setdefault(piece.put, []).append(piece)
    for of_product in orders.values():
        waiting = 0
        for day in sorted(of_product):
            same = sorted(of_product[day], key=lambda piece: piece.back)
            total = sum(one.yuan for one in same)
            fits = min(waiting, _more(same[-1], pieces, room, total)) if waiting else 0
            order = same[0].flow.product.order(total + fits)
            if order > total:
                same[-1].yuan += order - total
                waiting -= order - total
                continue
            over = total - order
            waiting += over
            for one in same:
                less = min(over, one.yuan)
                one.yuan -= less
                over -= less


def _more(piece: _Piece, pieces: Sequence[_Piece], room: Whole, same_day: int) -> int:
    """How many yuan more a piece could take: there is room for them while they are away, and the caps allow them."""
    product, days = piece.flow.product, len(room)
    span = slice(piece.put, min(piece.back, days))
    found = int((room - _away(pieces, days))[span].min()) // _YUAN
    daily_cap = piece.flow.daily_cap(piece.put)
    if daily_cap is not None:
        found = min(found, daily_cap - same_day)
    if product.cap is not None:
        own = [one for one in pieces if one.flow is piece.flow]
        lies = _away(own, days)[span] // _YUAN + np.array([piece.flow.lies(day) for day in range(*span.indices(days))])
        found = min(found, int(product.cap) - int(lies.max()))
    return max(found, 0)


def _away(pieces: Sequence[_Piece], days: int) -> Whole:
    away = np.zeros(days, dtype=np.int64)
    for piece in pieces:
        away[max(piece.put, 0) : min(piece.back, days)] += piece.yuan * _YUAN
    return away


def _lot(piece: _Piece, pieces: Sequence[_Piece], room: Whole, away: Whole, first: date) -> Lot:
    product = piece.flow.product
    span = slice(piece.put, min(piece.back, len(room)))
    spare = (room - away)[span]
    # Rounding leaves some fen on each day; of days that are as tight the one with the least money binds.
    tight = np.flatnonzero(spare < spare.min() + _YUAN * len(pieces))
    number = piece.put + int(tight[np.argmin(room[span][tight])])
    same_day = sum(one.yuan for one in pieces if one.flow is piece.flow and one.put == piece.put)
    together = sum(one.yuan for one in pieces if one.flow is piece.flow and one.put <= number < one.back)
    together += piece.flow.lies(number)
    limit = ROOM if piece.back <= len(room) else "beyond"
    daily_cap = piece.flow.daily_cap(piece.put)
    if limit == ROOM and daily_cap is not None and same_day > daily_cap - 1:
        limit = "daily_cap"
    elif limit == ROOM and product.cap is not None and together > product.cap - 1:
        limit = "cap"
    amount = Decimal(piece.yuan)
    bears = max(min(piece.ends, len(room)) - piece.begins, 0)
    day = [first + timedelta(days=count) for count in (piece.put, piece.begins, piece.ends, piece.back)]
    return Lot(
        product, _yuan(piece.yuan), Stay(*day), first + timedelta(days=number),
        from_fen(max(int(room[number] - away[number]), 0)), limit, half_up(amount * product.rate * bears / _YEAR),
        piece.flow.asked is not None and piece.back >= len(room),
    )  # fmt: skip


def _yuan(amount: int) -> Decimal:
    return Decimal(amount).quantize(Decimal("0.01"))


def _whole(amount: float) -> int:
    return int(np.floor(amount + _NOISE))
