"""What stands below the money map of a day: the banks, what is owed, what lies outside, and what nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainbrain.cash.mapday import ON_ITS_WAY
from chainbrain.map_desk import unknown
from ui import figures
from ui.theme.translator import translate
from ui.views.money.map_figures import below_nothing
from ui.words import message, sentences, word

if TYPE_CHECKING:
    from chainbrain.cash.mapday import MapDay
    from chainbrain.cash.moneymap import MoneyMap
    from chainbrain.map_desk import WholeMap


def notes(whole: WholeMap, found: MoneyMap, day: MapDay) -> str:
    """What lies in the banks, what of all that is owed to others, and what nobody knows."""
    said = [_on_its_way(found, day)]
    if "bank" in day.held:
        said.append(translate("In the banks {amount}.").format(amount=figures.money(day.held["bank"], symbol=True)))
    if "stored" in day.claims:
        amount = figures.money(day.claims["stored"], symbol=True)
        text = translate("Card holders are owed {amount}, which lies in all these places already.")
        said.append(text.format(amount=amount))
    owed = whole.owed_on(day.day) if found.store is None and found.entity is None else None
    if owed is not None:
        text = translate("By the ledgers of {day} stores are owed {to_stores} and owe {by_stores}.")
        said.append(
            text.format(
                day=figures.day(owed.day),
                to_stores=figures.money(owed.to_stores, symbol=True),
                by_stores=figures.money(owed.by_stores, symbol=True),
            )
        )
    due = whole.due_after(day.day, found.entity)
    text = translate("Loans and drafts of the plan, 13 weeks ahead {amount}.")
    said.append(
        text.format(amount=figures.money(due, symbol=True))
        if due is not None
        else translate("No loans or drafts are entered.")
    )
    placed = whole.placed_on(day.day, found.entity) if found.store is None else None
    if placed is not None:
        text = translate("In products, outside of these places, {amount}: as you wrote it down.")
        said.append(text.format(amount=figures.money(placed, symbol=True)))
    said += [below_nothing(day), *(message(code, **facts) for code, facts in unknown(found, day.day))]
    return sentences(said)


def _on_its_way(found: MoneyMap, day: MapDay) -> str:
    """What other screens call money on its way lies in several places here: they are added up."""
    parts = [place for place in ON_ITS_WAY if day.held.get(place)]
    if len(parts) < 2:
        return ""
    whole = found.store is None and found.entity is None
    text = translate("Money on its way, as the overview and arrivals have it, {amount} = {parts}.")
    if not whole:
        text = translate("Money on its way {amount} = {parts}.")
    said = [f"{word(f'place.{place}')} {figures.money(day.held[place], symbol=True)}" for place in parts]
    return text.format(amount=figures.money(day.on_its_way, symbol=True), parts=translate(" + ").join(said))
