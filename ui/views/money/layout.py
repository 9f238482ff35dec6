"""Where the cards of the cash screen stand: the answer first, then what it is made of, then what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.theme.theme import Theme
from ui.views.parts.board import Cell, Column, Line

if TYPE_CHECKING:
    from ui.views.money.view import MoneyView


def lines(view: MoneyView, *, editing: bool) -> list[Line]:
    """The lines of the board; a form stands there only while one writes, the progress while one waits."""
    found: list[Line] = [(Column((Cell(view.verdict, least=96, flows=True, first=True),)),)]
    if view.running:
        found.append((Column((Cell(view.forecasting.progress, least=72),)),))
    if view.map.filled and not view.map.known:
        found.append((Column((Cell(view.map.map_card, least=84),)),))
    elif view.map.filled:
        # The map of where the money is stands above what becomes of it.
        found.append((Column((Cell(view.map.day_card, least=108),)),))
        found.append((Column((Cell(view.map.map_card, least=472, stacked=520),)),))
    if editing:
        found.append((Column((Cell(view.form, least=252, stacked=252),)),))
    if view.paying.asking:
        found.append((Column((Cell(view.paid_form, least=168, stacked=168),)),))
    return [
        *found,
        (
            Column((Cell(view.fan, least=300, grows=3, stacked=380),)),
            Column((Cell(view.plan, least=300, grows=3, stacked=360),), width=500, narrowest=420),
        ),
        _receipts(view),
        (
            Column((Cell(view.way, least=200, grows=2, stacked=280),)),
            Column((Cell(view.proposals, least=200, grows=2, stacked=280),)),
        ),
        (Column((Cell(view.more, least=28),)),),
        *(_folded(view) if view.more.open else []),
    ]


def _receipts(view: MoneyView) -> Line:
    """Where no receipts can be foreseen there is no picture of them, only why."""
    if not view.receipts.card.filled and not view.receipts.running:
        return (Column((Cell(view.receipts.card, least=160, stacked=180),)),)
    return (
        Column((Cell(view.receipts.card, least=340, stacked=340),), share=4),
        Column((Cell(view.receipts.picture, least=340, stacked=320),), share=3),
    )


def _folded(view: MoneyView) -> list[Line]:
    """What is looked at now and then only."""
    moves: list[Line] = [(Column((Cell(view.moves, least=260, stacked=300),)),)] if view.moves.rows else []
    return [
        (Column((_compare(view),)),),
        (Column((Cell(view.ladder, least=_with(view.ladder.form, 380), stacked=_with(view.ladder.form, 460)),)),),
        *moves,
        (Column((Cell(view.placed, least=_with(view.placed.form, 220), stacked=_with(view.placed.form, 240)),)),),
        (Column((Cell(view.replay, least=296, stacked=300),)),),
    ]


def _compare(view: MoneyView) -> Cell:
    """While no forecast is kept there is one line that says so, and no room for a picture."""
    if view.compare.filled:
        return Cell(view.compare, least=280, grows=2, stacked=320)
    return Cell(view.compare, least=88, stacked=88)


def _with(form: QWidget, least: float) -> Callable[[], float]:
    """The height of a card without its form, and with it while that is open: nothing above or below it is cut."""

    def height() -> float:
        return least if form.isHidden() else least + form.sizeHint().height() / Theme.current().scale

    return height
