"""Round axis ticks and their words."""

import math
from decimal import Decimal

from ui import figures
from ui.theme.translator import Language

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def nice_step(spread: float, most: int = 5) -> float:
    """Return the smallest round step that cuts ``spread`` into fewer than ``most`` pieces."""
    if spread < 1e-9 or not math.isfinite(spread):
        return 1.0
    rough = spread / max(1, most - 1)
    unit: float = 10.0 ** math.floor(math.log10(rough))
    return next(step * unit for step in _STEPS if step * unit >= rough * (1 - 1e-9))


def nice_ticks(low: float, high: float, most: int = 5, zero: bool = False) -> list[float]:
    """Return round values that enclose ``low`` and ``high``; ``zero`` makes 0 one of them."""
    if zero:
        low, high = min(0.0, low), max(0.0, high)
    if high - low < 1e-9:
        high = low + (abs(low) or 1.0) * 0.1
    step = nice_step(high - low, most)
    while True:
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first < most:
            break
        step = nice_step(step * most * 1.01, most)
    return [number * step for number in range(first, last + 1)]


def unit_of(ticks: list[float]) -> int:
    """In how many yuan ticks are written: 1, or 万 or 亿 in Chinese; an axis that ends at 10,000 needs no 万."""
    largest = max((abs(tick) for tick in ticks), default=0.0)
    if Language.current() != Language.CHINESE or largest <= 10_000:
        return 1
    return 100_000_000 if largest >= 100_000_000 else 10_000


def axis_words(ticks: list[float], with_unit: bool) -> list[str]:
    """Write ticks in 万 or 亿 (Chinese) or in full; the unit only when it is not said elsewhere."""
    divisor = unit_of(ticks)
    if divisor == 1:
        places = 0 if all(float(tick).is_integer() for tick in ticks) else 1
        return [figures.plain(Decimal(repr(round(tick, 6))), places) for tick in ticks]
    unit = figures.compact(divisor, 0).split(" ")[-1]
    scaled = [Decimal(repr(round(tick, 6))) / divisor for tick in ticks]
    places = next((p for p in range(4) if all(value == round(value, p) for value in scaled)), 4)
    return [figures.plain(value, places) + (f" {unit}" if with_unit else "") for value in scaled]


def as_floats(values: "tuple[Decimal | float | None, ...] | list[Decimal | float | None]") -> list[float]:
    """Return values for drawing only; a missing one becomes NaN, which breaks the line."""
    return [math.nan if value is None else float(value) for value in values]
