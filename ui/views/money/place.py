"""What is chosen on the money screen, as it can be called back: company, payments, level of receipts, day, store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.views.money.view import MoneyView


def place_of(view: MoneyView) -> dict[str, str]:
    """Return the choices; an empty one is everything."""
    card = view.map.day_card
    day = card.slider.day
    level, days = view.receipts.card.asked
    return {
        "entity": str(view.entity.currentData() or ""),
        "payments": view.irregular.current,
        "map_store": str(card.store.currentData() or ""),
        "map_day": day.isoformat() if day is not None else "",
        "receipts": level,
        "receipts_days": str(days),
        "weeks": view.fan.weeks.current,
        "more": "yes" if view.more.open else "",
    }


def take(view: MoneyView, place: Mapping[str, str]) -> None:
    """Choose again; a company, store or day that is no longer there is left out."""
    view.entity.setCurrentIndex(max(0, view.entity.findData(place.get("entity") or None)))
    payments = place.get("payments", "")
    if payments in {"past", "known"} and payments != view.irregular.current:
        view.irregular.set_current(payments)
        view.irregular.changed.emit(payments)
    card = view.map.day_card
    card.store.setCurrentIndex(max(0, card.store.findData(place.get("map_store") or None)))
    if "receipts" in place:
        view.receipts.card.choose(place["receipts"], place.get("receipts_days", ""))
    if "more" in place:
        view.more.show_all(place["more"] == "yes")
    view.fan.choose_weeks(place.get("weeks", ""))
    try:
        day = date.fromisoformat(place.get("map_day", ""))
    except ValueError:
        return
    card.slider.go(day)
