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
    _hear_of_payments(view)
    _hear_of_idle_money(view)


def _hear_of_payments(view: MoneyView) -> None:
    """What fell due and no statement shows is asked about; the form stands there while it is."""
    view.plan.answers.paid.connect(view.paying.ask)
    view.plan.answers.unpaid.connect(view.paying.take_back)
    view.paying.changed.connect(view._show)
    view.paying.asked.connect(lambda: view._board.bring(view.paid_form))


def _hear_of_idle_money(view: MoneyView) -> None:
    """The plan of idle money follows the forecast; what failed is told, and tried again when asked for."""
    view._idle_job.found.connect(view.ladder.set_idle)
    view._idle_job.found.connect(lambda _idle: view._show())
    view._idle_job.failed.connect(view.ladder.set_trouble)
    view.ladder.wish.changed.connect(view._plan_idle)
    view.ladder.again.connect(view._plan_idle)

    def over() -> None:
        # A forecast that failed has stopped the plan of the one before, and brings none itself.
        if view.ladder.waiting and not view._idle_job.running:
            view._plan_idle()

    view.forecasting.ended.connect(over)
