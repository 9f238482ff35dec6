"""The chain's cash of an answer as a fan: the beginning, every month's end, the floor and what would break it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from chainbrain.expansion.programme import Answer, sentence
from chainbrain.expansion.programme.answer import CashMonth
from chainbrain.money import from_fen
from ui.charts.fan import Fan, Path
from ui.messages import message
from ui.theme.translator import translate
from ui.views.expansion import words
from ui.views.expansion.programme.calendar_lines import cash_breach


def cash_fan(answer: Answer) -> Fan:
    """Position 0 is the beginning of the first month, position n the end of the n-th."""
    opening = _opening(answer)

    def path(of: Callable[[CashMonth], int]) -> Path:
        return (opening, *(from_fen(of(one)) for one in answer.months))

    level = answer.programme.limits.floor
    floor = None
    if level is not None:
        floor = (float(level), translate("floor {amount}").format(amount=words.yuan(level)))
    alternatives: tuple[tuple[Path, str], ...] = ()
    if answer.following_poor is not None:
        alternatives = (((opening, *(from_fen(value) for value in answer.following_poor)), ""),)
    return Fan(
        labels=(
            translate("At the beginning"),
            *(translate("end of {month}").format(month=f"{one.month:%Y-%m}") for one in answer.months),
        ),
        p10=path(lambda one: one.p10),
        p30=path(lambda one: one.p30),
        p50=path(lambda one: one.p50),
        p70=path(lambda one: one.p70),
        p90=path(lambda one: one.p90),
        floor=floor,
        alternatives=alternatives,
        marks=_marks(answer),
    )


def _marks(answer: Answer) -> tuple[tuple[int, float, str, str], ...]:
    """The lowest point of the plan, and where the floor is broken."""
    months = answer.months
    lowest = min(range(len(months)), key=lambda n: (months[n].p10, n))
    low = from_fen(months[lowest].p10)
    said = translate("end of {month}: lowest P10 {amount}").format(
        month=f"{months[lowest].month:%Y-%m}", amount=words.yuan(low)
    )
    planned = (lowest + 1, float(low), said, "accent")
    breach, left = cash_breach(answer), answer.next_left
    if breach is None or breach.month is None:
        return (planned,)
    if left is None or answer.following_poor is None:
        # Without a plan what stands below the floor is the chain itself.
        note = sentence.verdict(answer)
        poor = months[breach.month].p10
        return ((breach.month + 1, float(from_fen(poor)), message(note.code, **note.facts), "difference"),)
    note = sentence.reason(answer, left)
    told = translate("number {number}: {reason}").format(
        number=answer.opened + 1, reason=message(note.code, **note.facts)
    )
    value = float(from_fen(answer.following_poor[breach.month]))
    return (planned, (breach.month + 1, value, told, "difference"))


def _opening(answer: Answer) -> Decimal | None:
    """The cash before the first month; not known as one figure when the chain's own months begin earlier."""
    chain, first = answer.programme.chain, answer.programme.first_month
    return chain.opening if chain.first_month in {None, first} else None
