"""Where the cards of the cash screen lead: to the rows behind their figures, and to what is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ui.views.listing.window import open_list

if TYPE_CHECKING:
    from ui.views.money.view import MoneyView


def hear(view: MoneyView) -> None:
    """Do what the cards of the screen ask for."""

    def rows(name: str, filters: Mapping[str, object], title: str) -> None:
        if view.context is not None:
            open_list(view.context, view, name, filters, title=title)

    for card in (view.way, view.proposals, view.compare, view.receipts.card):
        card.opened.connect(rows)
    view.proposals.accepted.connect(view.writing.accept)
    view.compare.frozen.connect(lambda name: view.desk.freeze(name, view._foreseen.outlook))
    view.desk.hear(view)
