"""The columns of the list of work, and which of its lines a search finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from chainbrain.sounds import sounds_like
from ui import figures
from ui.models import Column, Kind
from ui.theme.translator import translate
from ui.views.reconcile.item_cells import WHO
from ui.views.reconcile.items import Item, ItemKind
from ui.views.reconcile.words import answer, who


def item_columns(
    ticked: Callable[[Item], bool],
    names: Mapping[str, str],
    of_bank: Callable[[], bool],
    whom: Callable[[], str],
    *,
    answered: bool = True,
) -> list[Column]:
    """Return the columns.

    Args:
        ticked: whether a line is ticked.
        names: of the stores by number; read when a cell is painted.
        of_bank: whether the lines are the bank's, whose heads are others; asked when a head is painted.
        whom: what those are that the lines are about; asked when a head is painted.
        answered: whether the lines have different answers or states; the same one on every line says nothing.
    """
    columns = [
        Column("tick", lambda: "", ticked, Kind.TICK, width=38, sortable=False),
        Column("day", lambda: translate("Day"), lambda item: item.day, Kind.DAY, width=56, text=figures.day),
        Column(
            WHO,
            whom,
            lambda item: who(item, names),
            text=lambda pair: "  ".join(part for part in pair if part),
            tip=lambda item: "  ".join(part for part in who(item, names) if part),
            least=90,
        ),
        Column(
            "amount", lambda: translate("Amount"), lambda item: item.amount, Kind.MONEY,
            width=104,
            bold=lambda item: item.open,
        ),
        Column(
            "answer", lambda: translate("Answer") if of_bank() else translate("State"), answer, Kind.STATE, width=110,
            optional=True,
        ),
    ]  # fmt: skip
    return columns if answered else columns[:-1]


def tells(items: Sequence[Item]) -> bool:
    """Whether the answers of lines say more than the title of their list: amounts, days, or not all the same."""
    said = {answer(item) for item in items}
    return len(said) > 1 or any(item.answer == "gap" or item.kind is ItemKind.LATE for item in items)


def fits(item: Item, text: str, names: Mapping[str, str]) -> bool:
    """Whether a search finds a line: by day, amount, number, words or how they sound; an empty one finds all."""
    wanted = text.strip().replace(",", "").replace(figures.MINUS, "-").lower()
    if not wanted:
        return True
    words = who(item, names)
    return wanted in _searched(item, words) or sounds_like(f"{words[0]} {words[1]} {item.said}", wanted)


def _searched(item: Item, words: tuple[str, str]) -> str:
    day = item.day.isoformat() if item.day else ""
    parts = [*words, item.note, item.number, f"{item.amount:f}", day, item.store, answer(item)[1]]
    return " ".join(parts).lower()
