"""Payments for goods follow what is sold: a chain that opens stores, or enters its season, buys more than it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.uncounted import LEAST_DAYS

if TYPE_CHECKING:
    from chainbrain.cash.coming import Frame, Inflows
    from chainbrain.cash.irregular import Usual

Floats = npt.NDArray[np.float64]

TERMS: Final = 28
"""Goods are taken to be paid evenly over so many days after they were sold: an assumption, as suppliers' terms are."""
_LEAST_FOLLOWED: Final = 0.25
"""A payment of the past counts four times at most: of stores that had hardly opened it says little of their goods."""


@dataclass(frozen=True)
class Sold:
    """What was sold over the ``TERMS`` days up to each day to come.

    Attributes:
        shares: as a share of what was usual while the payments of the past were made.
        off: how far each path is from it, paths × days: where more is sold more is paid.
        before: the same share on each day of the past up to the last that the entity's banks know; 1 where the tills
            know nothing or the stores of the entity sold nothing: what is paid then follows no sales.
    """

    shares: Floats
    off: Floats
    before: Floats

    def evened(self, usual: Usual) -> Usual:
        """Payments as if as much had been sold before all of them: that a chain grew is no disorder of its payments."""
        days = self.before[len(self.before) - usual.weeks.size :].reshape(usual.weeks.shape)
        follows = 1.0 + float(usual.goods) * (days - 1.0)
        return replace(usual, weeks=usual.weeks / np.maximum(follows, _LEAST_FOLLOWED))


def sold_before(inflows: Inflows, streams: Sequence[int], frame: Frame, entity: str, days: int) -> Sold | None:
    """What of the sales to come the payments for goods follow.

    Args:
        inflows: what is sold by days, the past before the estimate.
        streams: those of the entity.
        frame: the days to come.
        entity: whose payments.
        days: over how many days up to the last known one its payments were averaged; usual is what was sold on those of
            them that the tills know.

    Returns:
        Nothing where the tills know fewer than ``LEAST_DAYS`` of those days.
    """
    own, first = list(streams), inflows.sold_from
    sold = inflows.sold[own].sum(axis=0)
    known_to = frame.known_to[entity]
    begin = max((known_to - timedelta(days=days - 1) - first).days, 0)
    end = min((known_to - first).days + 1, len(sold))
    usual = float(sold[begin:end].mean()) if end - begin >= LEAST_DAYS else 0.0
    if usual <= 0:
        return None
    sums = np.concatenate([[0.0], sold.cumsum()])
    ends = np.minimum((frame.first - first).days + 1 + np.arange(frame.days), len(sold))
    begins = np.maximum(ends - TERMS, 0)
    off = (inflows.paths[:, own].sum(axis=1) - inflows.mean[own].sum(axis=0)).cumsum(axis=1)
    before = np.concatenate([np.zeros((len(off), TERMS)), off], axis=1)[:, : frame.days]
    shares = (sums[ends] - sums[begins]) / (ends - begins) / usual
    return Sold(shares, (off - before) / TERMS / usual, _past(sums, (known_to - first).days, days, usual))


def _past(sums: Floats, last: int, days: int, usual: float) -> Floats:
    """What was sold over the ``TERMS`` days up to each of ``days`` days, the last at the place ``last``.

    Until ``TERMS`` days after the first sale it is what was sold on the days since then.
    """
    opened = int(np.argmax(sums > 0)) - 1
    ends = last + 1 - np.arange(days)[::-1]
    begins = np.clip(ends - TERMS, opened, None)
    told = (ends > opened) & (ends < len(sums))
    ends, begins = np.where(told, ends, opened + 1), np.where(told, begins, opened)
    shares = (sums[ends] - sums[begins]) / (ends - begins) / usual
    return np.where(told & (shares > 0), shares, 1.0)
