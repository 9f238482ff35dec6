"""A forecast that was kept beside what came: the difference in words, and the picture of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainbrain.masking import masked
from ui import figures
from ui.charts.fan import Fan
from ui.theme.translator import translate
from ui.views.money import words
from ui.words import word

if TYPE_CHECKING:
    from decimal import Decimal

    from chainbrain.cash.comparing import Comparison, Parts

_PARTS = ("opening", "came", "planned", "unplanned", "moved")


def told(found: Comparison | None) -> str:
    """What the difference is of, in a sentence."""
    if found is None:
        return ""
    parts = found.parts
    if parts is None or found.known_to is None:
        return translate("No statement since is in the book yet")
    inside = sum(one.inside is True for one in found.known)
    text = translate("By {day} {off} against what was expected; {inside} of {count} days in range.")
    said = text.format(day=figures.day(found.known_to), off=_signed(parts.total), inside=inside, count=len(found.known))
    if found.new_accounts:
        accounts = translate(", ").join(masked(one) for one in found.new_accounts)
        said += translate(" Accounts known only since are in neither side: {accounts}.").format(accounts=accounts)
    return f"{said} {_reasons(parts)}"


def _reasons(parts: Parts) -> str:
    told = [(word(f"compare_part.{key}"), getattr(parts, key)) for key in _PARTS]
    return "  ·  ".join(f"{name} {_signed(amount)}" for name, amount in told if amount)


def fan_of(found: Comparison) -> Fan:
    """The days as they were foreseen, and what came beside them."""
    floor = found.path.floor
    return Fan(
        labels=tuple(figures.day(one.foreseen.day) for one in found.days),
        p10=tuple(one.foreseen.p5 for one in found.days),
        p50=tuple(one.foreseen.p50 for one in found.days),
        p90=tuple(one.foreseen.p95 for one in found.days),
        floor=None if floor is None else (float(floor), translate("floor {amount}").format(amount=words.yuan(floor))),
        alternatives=((tuple(one.actual for one in found.days), translate("actual")),) if found.known else (),
        names=(translate("low"), translate("middle"), translate("high")),
    )


def _signed(amount: Decimal) -> str:
    sign = "+" if amount > 0 else ""
    return sign + words.full(amount)
