"""How one thing without a store is worded: what it is, what waits for it, and why a store is suggested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui import figures
from ui.theme.translator import translate
from ui.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chainbrain.intake.likely_stores import Likely
    from chainbrain.intake.places import Place


def number_of(place: Place) -> str:
    """What the files print: store number, merchant number, terminal, store name; or what a file is called."""
    return place.printed


def source_of(place: Place) -> str:
    """Where it is printed: ``微信 · 商户号``, or the till."""
    kind = word(f"place.{place.asks_about}")
    return f"{word(f'channel.{place.channel}')} · {kind}" if place.channel else kind


def days_of(place: Place) -> str:
    """The days on which it occurs."""
    if place.first_day is None or place.last_day is None:
        return ""
    if place.first_day == place.last_day:
        return figures.day(place.first_day, year=True)
    return translate("{first} to {last}").format(first=place.first_day, last=place.last_day)


def question_about(place: Place) -> str:
    """The sentence that the form answers."""
    if place.kind == "file":
        words = translate("{channel}: which store's is the file {number}? Its rows name no shop.")
        return words.format(channel=word(f"channel.{place.channel}"), number=number_of(place))
    words = (
        translate("Which store is the till's number {number}?")
        if place.kind == "store"
        else translate("Which store takes the money of {source} {number}?")
    )
    return words.format(source=source_of(place), number=number_of(place))


def waiting_for(place: Place) -> str:
    """What follows from the answer."""
    words = translate("{rows} rows, {amount} yuan, {days} belong to no store until then.")
    return words.format(rows=figures.plain(place.rows), amount=figures.money(place.amount), days=days_of(place))


def reason_of(likely: Likely, names: Mapping[str, str]) -> str:
    """Why a store is suggested."""
    store = names.get(likely.store_id, likely.store_id)
    match likely.reason:
        case "till_numbers":
            words = translate("{store}: {votes} of {rows} receipts stand in its till")
            return words.format(store=store, votes=figures.plain(likely.votes), rows=figures.plain(likely.of))
        case "name":
            return translate("{store}: the printed name fits").format(store=store)
        case "code":
            return translate("{store}: the number fits").format(store=store)
        case "only_account":
            return translate("{store}: has the only account on record here").format(store=store)
        case _:
            return translate("{store}: the only store").format(store=store)
