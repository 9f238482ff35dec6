"""What the money map draws of a day: blocks and ribbons with their words, layers of the river, and where each leads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain.cash.mapday import PLACES
from chainbrain.masking import masked
from ui import figures
from ui.charts.day_slider import Layer
from ui.charts.sankey_layout import Node, Ribbon
from ui.theme.translator import translate
from ui.views.money.map_rows import Rows, rows_behind
from ui.words import enumerated, word

if TYPE_CHECKING:
    from chainbrain.cash.mapday import MapDay
    from chainbrain.cash.moneymap import MoneyMap

_LATE = frozenset({"late", "untold"})
_TOKENS = {"arrived": "matched_fill", "late": "difference_fill", "untold": "difference_fill"}
_ENDS = (
    "arrived", "transit", "late", "platform", "wallet", "cash_way", "till", "untold", "fees", "refunds", "left",
)  # fmt: skip
# Small ways out share a block; hovering tells them apart.
_SHARED = {
    "till_refunds": "refunds", "other": "left", "written_off": "left", "till_paid": "left", "till_over": "left",
    "till_adjusted": "left",
}  # fmt: skip
_RIVER = {
    "transit": 0.75, "platform": 0.5, "wallet": 0.35, "cash_way": 0.9, "till": 1.0, "late": 0.75, "untold": 0.45,
}  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """All blocks and ribbons of one day, and the rows behind each."""

    nodes: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]
    rows: Mapping[str, Rows]
    brought: Decimal


def drawn(day: MapDay, before: MapDay | None, store: str | None, entity: str | None = None) -> Drawn:
    """Make the picture of a day; the bank's own receipts and payments are no part of it.

    Args:
        day: the day.
        before: a day to compare the places with.
        store: the store that the map is narrowed to.
        entity: the legal entity that the map is narrowed to.
    """
    sources = sorted((one for one in day.sources if one.key != "bank"), key=lambda one: -one.total)
    flows = [one for one in day.flows if one.source != "bank"]
    ends: dict[str, Decimal] = defaultdict(Decimal)
    links: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    parts: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for flow in flows:
        end = _SHARED.get(flow.end, flow.end)
        ends[end] += flow.amount
        links[flow.source, end] += flow.amount
        parts[end][flow.end] += flow.amount
        if flow.account is not None:
            links["arrived", flow.account] += flow.amount
    nodes = [_source(f"s:{one.key}", one.key, one.before + one.came.get("opening", 0), one.total) for one in sources]
    nodes += [_end(end, amount, parts[end], (day, before)) for end in _ENDS if (amount := ends.get(end, Decimal(0)))]
    nodes += [
        Node(
            f"a:{one.number}",
            2,
            translate("Account {number}").format(number=masked(one.number)),
            one.arrived,
            figures.money(one.arrived, symbol=True),
            "matched_fill",
            second=_balance(one.balance),
            about=translate("Arrived since {since}: {amount}. {balance}").format(
                since=figures.day(day.since),
                amount=figures.money(one.arrived, symbol=True),
                balance=_balance(one.balance),
            ),
        )
        for one in day.accounts
        if ("arrived", one.number) in links
    ]
    ribbons = [_ribbon(source, end, amount) for (source, end), amount in links.items() if amount > 0]
    known = {one.key for one in nodes}
    ribbons = [one for one in ribbons if one.source in known and one.target in known]
    rows = rows_behind(day, (store, entity), _SHARED, [one.key for one in nodes] + [one.key for one in ribbons])
    return Drawn(tuple(nodes), tuple(ribbons), rows, sum((one.total for one in sources), Decimal("0.00")))


def layers(found: MoneyMap) -> tuple[tuple[date, ...], tuple[Layer, ...], tuple[str, ...]]:
    """The river of what has not reached the bank: days, layers from the ground up, and what hovering says of a day."""
    days, held = found.river()
    shown = [place for place in _RIVER if place in held]
    found_layers = tuple(
        Layer(tuple(float(one) for one in held[place]), _token(place), _RIVER[place]) for place in shown
    )
    every = [place for place in PLACES if place in held]
    words = tuple(
        "\n".join(
            [figures.day_and_weekday(day)]
            + [
                f"{word(f'place.{place}')} {figures.money(held[place][n], symbol=True)}"
                for place in every
                if held[place][n]
            ]
        )
        for n, day in enumerate(days)
    )
    return days, found_layers, words


def _source(key: str, source: str, before: Decimal, total: Decimal) -> Node:
    name = word(f"map_source.{source}")
    about = f"{name} {figures.money(total, symbol=True)}"
    if before:
        about += "\n" + translate("of it there before: {amount}").format(amount=figures.money(before, symbol=True))
    return Node(key, 0, name, total, figures.compact(total), "reference", about=about)


def _end(end: str, amount: Decimal, parts: Mapping[str, Decimal], days: tuple[MapDay, MapDay | None]) -> Node:
    day, before = days
    name, shown = word(f"map_end.{end}"), figures.money(amount, symbol=True)
    about = f"{name} {shown}"
    if len(parts) > 1:
        about += "".join(f"\n{word(f'map_end.{part}')} {figures.money(of, symbol=True)}" for part, of in parts.items())
    if amount < 0 and end in PLACES:
        about += "\n" + _below()
    if before is not None:
        now, then = (one.held.get(end, Decimal(0)) for one in (day, before))
        if end in PLACES:
            change = now - then
            sign = "+" if change > 0 else ""
            about += "\n" + translate("{day} it was {amount}").format(
                day=figures.day(before.day), amount=figures.money(then, symbol=True)
            )
            shown += f"  {sign}{figures.compact(change)}"
    return Node(f"e:{end}", 1, name, amount, shown, _token(end), loud=end in _LATE, about=about)


def below_nothing(day: MapDay) -> str:
    """What it means that places hold less than nothing, with their names; empty when none does."""
    found = [word(f"map_end.{place}") for place in PLACES if place != "bank_moved" and day.held.get(place, 0) < 0]
    return f"{enumerated(found)}: {_below()}" if found else ""


def _below() -> str:
    return translate("below nothing: more has arrived or been refunded than the bills in this book tell of.")


def _balance(balance: Decimal | None) -> str:
    if balance is None:
        return translate("balance not known")
    return translate("balance {amount}").format(amount=figures.money(balance, symbol=True))


def _ribbon(source: str, target: str, amount: Decimal) -> Ribbon:
    if source == "arrived":
        name = f"{word('map_end.arrived')} → {translate('Account {number}').format(number=masked(target))}"
        ends, token, loud = (f"e:{source}", f"a:{target}"), "matched_fill", False
    else:
        name = f"{word(f'map_source.{source}')} → {word(f'map_end.{target}')}"
        ends, token, loud = (f"s:{source}", f"e:{target}"), _token(target), target in _LATE
    about = f"{name} {figures.money(amount, symbol=True)}"
    return Ribbon(f"{ends[0]}>{ends[1]}", *ends, amount, token, about, loud)


def _token(place: str) -> str:
    if place in PLACES:
        return _TOKENS.get(place, "timing_fill")
    return _TOKENS.get(place, "excluded_fill")
