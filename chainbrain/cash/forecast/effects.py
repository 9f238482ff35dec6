"""What a known yes-or-no figure such as a promotion does to each series on each weekday, learned and taken out."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_WEEK: Final = 7
_AROUND: Final = 28
# Days of evidence that weigh as much as what the other weekdays, or the other series, say.
_SHRINK: Final = 10.0
_LARGEST: Final = 1.2


def is_switch(table: Floats) -> bool:
    """Whether a known figure is only ever 0 or 1 and has been both."""
    seen = table[np.isfinite(table)]
    return bool(len(seen)) and bool(np.isin(seen, (0.0, 1.0)).all()) and 0.0 < float(seen.mean()) < 1.0


def factors(values: Floats, sold: Flags, switch: Floats) -> Floats:
    """The factor by which a series sells more while the switch is on; one row per series, one column per weekday.

    Compared are days of the same weekday, each against the level around it; thin evidence leans on the series' other
    weekdays, and those on all series.
    """
    level = _around(values, sold)
    usable = sold & (level > 0)
    ratio = np.where(usable, values / np.where(level > 0, level, 1.0), 0.0)
    on = usable & (switch[:, : values.shape[1]] == 1.0)
    off = usable & (switch[:, : values.shape[1]] == 0.0)
    effect, weight = np.zeros((len(values), _WEEK)), np.zeros((len(values), _WEEK))
    for week in range(_WEEK):
        days = slice(week, None, _WEEK)
        n1, n0 = on[:, days].sum(axis=1), off[:, days].sum(axis=1)
        m1 = (ratio[:, days] * on[:, days]).sum(axis=1) / np.maximum(n1, 1)
        m0 = (ratio[:, days] * off[:, days]).sum(axis=1) / np.maximum(n0, 1)
        seen = (n1 > 0) & (n0 > 0) & (m1 > 0) & (m0 > 0)
        effect[:, week] = np.where(seen, np.log(np.where(seen, m1, 1.0) / np.where(seen, m0, 1.0)), 0.0)
        weight[:, week] = np.where(seen, np.minimum(n1, n0), 0.0)
    effect = np.clip(effect, -_LARGEST, _LARGEST)
    whole = (effect * weight).sum() / max(weight.sum(), 1.0)
    common = (effect * weight).sum(axis=0) / np.maximum(weight.sum(axis=0), 1.0)
    shift = ((effect - common) * weight).sum(axis=1) / (weight.sum(axis=1) + _SHRINK)
    expected = np.where(weight.sum(axis=0) > 0, common, whole)[None, :] + shift[:, None]
    factor: Floats = np.exp((effect * weight + expected * _SHRINK) / (weight + _SHRINK))
    return factor


def applied(factor: Floats, switch: Floats) -> Floats:
    """The factor of every day; 1 where the switch is off or nothing is known."""
    columns = np.arange(switch.shape[1]) % _WEEK
    return np.where(switch == 1.0, factor[:, columns], 1.0)


def _around(values: Floats, sold: Flags) -> Floats:
    """The mean of the days with sales in the four weeks around each day."""
    reach = _AROUND // 2

    def window(table: Floats) -> Floats:
        total = np.cumsum(np.pad(table, ((0, 0), (reach + 1, reach))), axis=1)
        moved: Floats = total[:, 2 * reach + 1 :] - total[:, : -2 * reach - 1]
        return moved

    count = window(sold.astype(np.float64))
    sums = window(np.where(sold, values, 0.0))
    width = values.shape[1]
    return (sums / np.maximum(count, 1.0))[:, :width]
