"""The steps of a waterfall: how high each begins and ends, what part of the axis they need, what stands above them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ui import figures

_THOUSAND, _WHOLE = 1_000, 100_000
_PIECES = re.compile(r"\d{4}-(?=\d\d-)|[^\s、–]+[、–]?\s*")
"""What stays on one line where it can: a word, one name of several, a day of several."""
_MOST_LINES = 4


@dataclass(frozen=True)
class WaterfallStep:
    """One column.

    Attributes:
        key: handed to ``opened``.
        name: below the column.
        value: yuan: the total of a base or result, the change of a step.
        cause: small second line below.
        kind: ``base``, ``step`` or ``result``.
        plain: whether a step is no change for better or worse, and bears neither colour.
        tip: what the hover says instead of the cause.
        shown: the text above; empty uses 万 for totals and steps alike.
    """

    key: str
    name: str
    value: Decimal
    cause: str = ""
    kind: str = "step"
    tip: str = ""
    shown: str = ""
    plain: bool = False


def levels_of(steps: Sequence[WaterfallStep]) -> list[tuple[float, float]]:
    """Where each column begins and ends, yuan."""
    levels, running = [], Decimal(0)
    for step in steps:
        if step.kind == "step":
            levels.append((float(running), float(running + step.value)))
            running += step.value
        else:
            running = step.value
            levels.append((0.0, float(step.value)))
    return levels


def axis_of(levels: Sequence[tuple[float, float]]) -> tuple[float, float, bool]:
    """Return both ends and whether the axis is cut because the steps are small beside the totals."""
    ends = [end for _, end in levels]
    low, high = min(ends), max(ends)
    spread = high - low
    if low > 0 and spread < 0.5 * high:
        # The totals keep a stump whose slash says that it is not to scale.
        return low - max(spread, high * 0.01) * 0.8, high, True
    return min(0.0, low), max(0.0, high), False


def figure_of(step: WaterfallStep) -> str:
    """The text above a column."""
    plus = "+" if step.kind == "step" and step.value > 0 else ""
    return step.shown or plus + figures.compact(step.value, 2 if step.kind == "step" else 1, step.kind != "step")


def thousands_of(step: WaterfallStep) -> str:
    """Short for narrow columns: thousands with a k, below one thousand in full."""
    plus = "+" if step.kind == "step" and step.value > 0 else ""
    if abs(step.value) < _THOUSAND:
        return plus + figures.plain(step.value)
    return f"{plus}{figures.plain(step.value / _THOUSAND, 0 if abs(step.value) >= _WHOLE else 1)}k"


def lines_of(text: str, fits: Callable[[str], bool], most: int = _MOST_LINES) -> tuple[str, ...]:
    """Break a caption into lines that fit, between words or days first, within a long word where it must.

    The last of ``most`` lines holds the rest, which may be too wide.
    """
    lines: list[str] = []
    rest = text.strip()
    while rest and len(lines) + 1 < most and not fits(rest):
        taken = ""
        for piece in _PIECES.findall(rest):
            if not fits((taken + piece).rstrip()):
                break
            taken += piece
        if not taken:
            taken = next((rest[:end] for end in range(len(rest) - 1, 1, -1) if fits(rest[:end])), rest[:1])
        lines.append(taken.rstrip())
        rest = rest[len(taken) :]
    return (*lines, rest)
