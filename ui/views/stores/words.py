"""Words the change of a period: the question, the sentence that answers it, names and causes of the steps."""

from __future__ import annotations

from collections.abc import Mapping

from chainbrain.analytics.change import Explanation, Step
from ui import figures
from ui.messages import word
from ui.theme.translator import translate

_MOST_NAMED = 2
_WORTH_NAMING = 10  # per cent of the largest step: smaller ones would only blur the sentence


def question(found: Explanation) -> str:
    """Return the title: why it is less, more, or the same."""
    amount = figures.money(abs(found.change), symbol=True)
    if found.change < 0:
        return translate("Why {amount} less").format(amount=amount)
    if found.change > 0:
        return translate("Why {amount} more").format(amount=amount)
    return translate("Receipts are the same")


def sentence(found: Explanation) -> str:
    """Return one sentence: what carries the change, and what stands against it."""
    if not found.steps:
        return ""
    worth = abs(found.leading[0].amount) * _WORTH_NAMING / 100
    moved = [step for step in found.leading if step.amount and abs(step.amount) >= worth]
    with_it = [step for step in moved if (step.amount < 0) == (found.change < 0)][:_MOST_NAMED]
    against = [step for step in moved if (step.amount < 0) != (found.change < 0)][:_MOST_NAMED]
    parts = []
    if with_it:
        words = (
            translate("Less mainly through {steps}") if found.change < 0 else translate("More mainly through {steps}")
        )
        parts.append(words.format(steps=_named(with_it, found.by, signed=False)))
    if against:
        parts.append(translate("the other way {steps}").format(steps=_named(against, found.by, signed=True)))
    return translate("; ").join(parts) + translate(".") if parts else ""


def step_name(step: Step, by: str = "channel") -> str:
    """Return what one step is called; a single holiday is called by its own name."""
    if step.key == "calendar" and len(step.names) == 1:
        return step.names[0]
    if step.key == "gap":
        return translate("No counterpart")
    parted = by == "daypart" and step.key in {"mix", "gained", "lost"}
    return word(f"change.{step.key}_daypart" if parted else f"change.{step.key}")


def step_cause(step: Step, names: Mapping[str, str], by: str = "channel") -> str:
    """Return the small second line of one step; ``names`` are the short names of stores by full name."""
    match step.key:
        case "new" | "closed" | "gap":
            if len(step.names) == 1:
                return names.get(step.names[0], step.names[0])
            return translate("%n store(s)", step.count)
        case "calendar":
            return translate("%n holiday day(s)", step.count)
        case "orders":
            sign = "+" if step.count > 0 else ""
            return translate("{count} orders").format(count=sign + figures.plain(step.count))
        case "gained" | "lost":
            return translate(", ").join(word(f"{by}.{name}") for name in step.names)
        case "mix":
            return translate("between channels") if by == "channel" else translate("between dayparts")
        case "price":
            return translate("per order")
    return ""


def _named(steps: list[Step], by: str, *, signed: bool) -> str:
    named = []
    for step in steps:
        amount = figures.compact(abs(step.amount), 2)
        if signed:
            amount = ("+" if step.amount > 0 else figures.MINUS) + amount
        named.append(f"{step_name(step, by)} {amount}")
    return translate(" and ").join(named)
