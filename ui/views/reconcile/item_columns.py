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

# The width of codes such as D01, and of words with a day or an amount.
_CODES, _WORDS = 72, 98


def item_columns(
    ticked: Callable[[Item], bool],
    names: Mapping[str, str],
    of_bank: Callable[[], bool],
    whom: Callable[[], str],
    answers: int,
) -> list[Column]:
    """Return the columns.

    Args:
        ticked: whether a line is ticked.
        names: of the stores by number; read when a cell is painted.
        of_bank: whether the lines are the bank's, whose heads are others; asked when a head is painted.
        whom: what those are that the lines are about; asked when a head is painted.
        answers: px at 100 % of their answers or states, 0 where these say nothing.
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
            "amount", lambda: translate("Amount"), lambda item: item.told, Kind.MONEY,
            width=104,
            bold=lambda item: item.open,
        ),
        Column(
            "answer", lambda: translate("Answer") if of_bank() else translate("State"), answer, Kind.STATE,
            width=answers or _WORDS, optional=True,
        ),
    ]  # fmt: skip
    return columns if answers else columns[:-1]


def answers_of(items: Sequence[Item]) -> int:
    """Return the px that the answers of lines need; 0 where they say no more than the title of their list."""
    said = {answer(item) for item in items}
    if len(said) <= 1 and not any(item.answer == "gap" or item.kind is ItemKind.LATE for item in items):
        return 0
    return _CODES if all(item.kind is ItemKind.DIFFERENCE and item.answer == "open" for item in items) else _WORDS


def fits(item: Item, text: str, names: Mapping[str, str]) -> bool:
    """Whether a search finds a line: by day, amount, number, words or how they sound; an empty one finds all."""
    wanted = text.strip().replace(",", "").replace(figures.MINUS, "-").lower()
    if not wanted:
        return True
    words = who(item, names)
    return wanted in _searched(item, words) or sounds_like(f"{words[0]} {words[1]} {item.said}", wanted)


def _searched(item: Item, words: tuple[str, str]) -> str:
    day = item.day.isoformat() if item.day else ""
    parts = [*words, item.note, item.number, f"{item.told:f}", day, item.store, answer(item)[1]]
    return " ".join(parts).lower()
