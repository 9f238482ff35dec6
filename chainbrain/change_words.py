"""Words the change of a period: the question, the sentence that answers it, names and causes of the steps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from chainbrain import texts, written
from chainbrain.analytics.change import Explanation, Step

_MOST_NAMED: Final = 2
_MOST_STORES: Final = 12
_PARTED: Final = {
    "daypart": frozenset({"mix", "gained", "lost"}),
    "product": frozenset({"orders", "mix", "price", "gained", "lost"}),
}
"""Steps that are called otherwise where it is not channels that are looked at."""
_WORTH_NAMING: Final = 10
"""Per cent of the largest step: smaller ones would only blur the sentence."""


def question(found: Explanation, lang: str) -> str:
    """The title: why it is less, more, or the same."""
    return texts.message(asked(found), lang, amount=written.money(abs(found.counted), symbol=True))


def asked(found: Explanation) -> str:
    """The code of the question; days without a counterpart are neither more nor less."""
    return "change.why_less" if found.counted < 0 else "change.why_more" if found.counted > 0 else "change.same"


def sentence(found: Explanation, lang: str) -> str:
    """One sentence: what carries the change, and what stands against it."""
    return worded(told(found), lang)


def both(found: Explanation, lang: str) -> str:
    """How far all days changed beside those that can be compared; empty where that is much the same."""
    whole, alike = found.whole.ratio, found.alike.ratio
    if not found.diverges or whole is None or alike is None:
        return ""
    said = (written.change(whole, lang), written.change(alike, lang))
    return texts.message("change.whole_and_alike", lang, whole=said[0], alike=said[1])


def told(found: Explanation) -> str:
    """The sentence as a report keeps it until its language is known: the way, the steps worth naming, what is apart."""
    leading = [step for step in found.leading if step.key != "gap"]
    worth = abs(leading[0].amount) * _WORTH_NAMING / 100 if leading else Decimal(0)
    moved = [step for step in leading if step.amount and abs(step.amount) >= worth]
    with_it = [step for step in moved if (step.amount < 0) == (found.counted < 0)][:_MOST_NAMED]
    against = [step for step in moved if (step.amount < 0) != (found.counted < 0)][:_MOST_NAMED]
    kept = [[_kept(step, found.by) for step in steps] for steps in (with_it, against)]
    return json.dumps(["less" if found.counted < 0 else "more", *kept, str(found.uncounted)])


def worded(kept: str, lang: str) -> str:
    """What ``told`` kept, as a sentence; empty where no step moved anything."""
    way, with_it, against, uncounted = json.loads(kept)
    parts = []
    if with_it:
        parts.append(texts.message(f"change.{way}_through", lang, steps=_named(with_it, lang, signed=False)))
    if against:
        parts.append(texts.message("change.against", lang, steps=_named(against, lang, signed=True)))
    said = [texts.message("change.sentence", lang, parts=texts.message("change.and_yet", lang).join(parts))]
    if apart := Decimal(uncounted):
        amount = written.signed(apart, written.compact(abs(apart), lang, 2))
        said.append(texts.message("change.uncounted", lang, amount=amount))
    return texts.message("change.next", lang).join(said if parts else said[1:])


def step_name(step: Step, lang: str, by: str = "channel") -> str:
    """What one step is called; a single holiday is called by its own name."""
    return _name(_key(step, by), lang)


def step_cause(step: Step, names: Mapping[str, str], lang: str, by: str = "channel") -> str:
    """The small second line of one step; ``names`` are the short names of stores by full name."""
    match step.key:
        case "new" | "closed" | "gap":
            stores = texts.message("change.stores", lang, count=step.count)
            if len(step.names) == 1:
                stores = names.get(step.names[0], step.names[0])
            # A store too new to be compared may have been open before: what it sold now says nothing of its step.
            told = bool(step.stores) and not (step.key == "new" and any(one.before for one in step.stores))
            if step.key == "gap" or not told:
                return stores
            sold = written.compact(step.sold, lang, 2)
            return texts.message(f"change.{step.key}_sold", lang, stores=stores, amount=sold)
        case "calendar":
            return texts.message("change.day" if step.count == 1 else "change.days", lang, count=step.count)
        case "orders":
            count = ("+" if step.count > 0 else "") + written.plain(step.count)
            return texts.message("change.items" if by == "product" else "change.orders", lang, count=count)
        case "gained" | "lost":
            return texts.joined((part_name(name, by, lang) for name in step.names), lang)
        case "mix":
            return texts.message(f"change.between_{by}", lang)
        case "price":
            return texts.message("change.per_item" if by == "product" else "change.per_order", lang)
    return ""


def step_stores(step: Step, names: Mapping[str, str], lang: str) -> str:
    """The stores that a step sets apart, a line each: what it sold, and before."""
    return "\n".join(
        texts.message(
            "change.store_sold",
            lang,
            store=names.get(one.name, one.name),
            now=written.money(one.now, symbol=True),
            before=written.money(one.before, symbol=True),
        )
        for one in step.stores[:_MOST_STORES]
    )


def part_name(key: str, by: str, lang: str) -> str:
    """What one channel, daypart or group of products is called; a group as its file has it, what nobody told so."""
    if by == "product":
        return key or texts.word("change.unlisted", lang)
    return texts.word(f"{by}.{key}", lang)


def _key(step: Step, by: str) -> str:
    if step.key == "calendar" and len(step.names) == 1:
        return step.names[0]
    if step.key == "gap":
        return "change.gap_short"
    return f"change.{step.key}_{by}" if step.key in _PARTED.get(by, ()) else f"change.{step.key}"


def _name(key: str, lang: str) -> str:
    return texts.word(key if key.startswith("change.") else f"holiday.{key}", lang)


def _kept(step: Step, by: str) -> list[str]:
    return [_key(step, by), str(step.amount)]


def _named(steps: list[list[str]], lang: str, *, signed: bool) -> str:
    named = []
    for key, value in steps:
        amount = Decimal(value)
        shown = written.compact(abs(amount), lang, 2)
        named.append(f"{_name(key, lang)} {written.signed(amount, shown) if signed else shown}")
    return texts.message("change.both", lang).join(named)
