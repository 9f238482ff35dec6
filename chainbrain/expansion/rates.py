"""The rate that a row of payments really bears, and why it sometimes has none or several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from itertools import pairwise
from typing import Final

from chainbrain.errors import UserError

_PRECISE: Final = Context(prec=40)
_TOLERANCE: Final = Decimal("1e-14")
_LOWEST: Final = Decimal("-0.99")
_HIGHEST: Final = Decimal(1_000_000)
# Where several roots are looked for: rates of a period, closer together where rates usually lie.
_LOOKED: Final = tuple(Decimal(n) / 1000 for n in range(-900, 1001, 5)) + tuple(Decimal(n) / 10 for n in range(11, 101))


@dataclass(frozen=True)
class TrueRate:
    """The rate of a period and both ways to make a year of it; fractions.

    Attributes:
        period: the rate at which the payments are worth nothing today.
        nominal: twelve times that (simple, to be labelled as such).
        effective: with interest on interest.
    """

    period: Decimal

    @property
    def nominal(self) -> Decimal:
        """Twelve periods, simple."""
        return self.period * 12

    @property
    def effective(self) -> Decimal:
        """Twelve periods, compound."""
        with localcontext(_PRECISE):
            return (1 + self.period) ** 12 - 1


def sign_changes(flows: Sequence[Decimal]) -> int:
    """How often the payments turn from out to in or back."""
    signs = [flow > 0 for flow in flows if flow]
    return sum(one != other for one, other in pairwise(signs))


def single_root(flows: Sequence[Decimal]) -> bool:
    """Whether theory promises one rate above zero at most.

    One change of sign does (Descartes); so does one of the running totals that begin out of pocket (Norstrøm, "A
    sufficient condition for a unique nonnegative internal rate of return", 1972).
    """
    if sign_changes(flows) == 1:
        return True
    running: list[Decimal] = []
    for flow in flows:
        running.append(flow + (running[-1] if running else 0))
    return bool(running) and running[0] < 0 < running[-1] and sign_changes(running) == 1


def internal_rate(flows: Sequence[Decimal]) -> TrueRate:
    """Solve Σ flow / (1 + rate)^t = 0 for the rate of a period, to 1e-14.

    Raises:
        UserError: ``rates.none`` when the payments never turn; ``rates.several`` when more than one rate would do, with
            the rates that were found: none of them is the answer (``facts``: changes, rates).
    """
    changes = sign_changes(flows)
    if changes == 0:
        raise UserError("rates.none")
    if not single_root(flows):
        raise UserError("rates.several", changes=changes, rates=tuple(_per_cent(root) for root in roots(flows)))
    if changes > 1:
        # Norstrøm speaks of rates above zero, and there the value at zero is above nothing.
        return TrueRate(_between(flows, Decimal(0), _HIGHEST))
    return TrueRate(_between(flows, _LOWEST, _HIGHEST))


def roots(flows: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The rates of a period, from −90 % to 1,000 %, at which the payments are worth nothing."""
    found: list[Decimal] = []
    values = [_value(flows, rate) for rate in _LOOKED]
    for n, (low, high) in enumerate(pairwise(_LOOKED)):
        if values[n] == 0:
            found.append(low)
        elif (values[n] > 0) != (values[n + 1] > 0) and values[n + 1] != 0:
            found.append(_between(flows, low, high))
    return tuple(found)


def _value(flows: Sequence[Decimal], rate: Decimal) -> Decimal:
    with localcontext(_PRECISE):
        factor, total = 1 / (1 + rate), Decimal(0)
        for flow in reversed(flows):
            total = total * factor + flow
        return total


def _between(flows: Sequence[Decimal], low: Decimal, high: Decimal) -> Decimal:
    below = _value(flows, low)
    if below == 0:
        return low
    if (below > 0) == (_value(flows, high) > 0):
        raise UserError("rates.none")
    with localcontext(_PRECISE):
        while high - low > _TOLERANCE:
            middle = (low + high) / 2
            if (_value(flows, middle) > 0) == (below > 0):
                low = middle
            else:
                high = middle
        return (low + high) / 2


def _per_cent(rate: Decimal) -> str:
    return f"{rate * 100:.4f}%"
