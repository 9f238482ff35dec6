"""What each card of the cash screen is given of the plan and of the forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chainbrain.cash.outlook import CashOutlook
    from ui.views.money.told import Planned
    from ui.views.money.view import MoneyView


def fill(view: MoneyView, outlook: CashOutlook | None, told: Planned) -> bool:
    """Give every card what it shows of the chosen legal entity; whether there is anything to show at all."""
    entity = view.entity.chosen
    path = outlook.path(entity) if outlook is not None else None
    view.verdict.set_outlook(outlook, path, told.items, told.proposals, view.forecasting.owed, waiting=view.running)
    view.fan.set_path(path, told.past.get(entity, ()), waiting=view.running)
    view.receipts.card.set_entity(entity)
    view.plan.set_plan(told.items, path, told.today, outlook, told.said_paid)
    view.way.set_outlook(outlook, entity, waiting=view.running)
    view.proposals.set_proposals(tuple(one for one in told.proposals if entity in {None, one.item.entity}))
    view.ladder.set_products(told.products, known=path is not None)
    view.moves.set_idle(view.ladder.idle)
    products = [one.name for one in told.products]
    view.placed.set_placed(told.placed, products, told.entities, told.today, entity)
    view.replay.set_entity(entity, able=path is not None and bool(told.products))
    view.compare.set_freezes(told.freezes, entity, can_keep=outlook is not None)
    view.forecasting.progress.setVisible(view.running)
    view.map.set_entity(entity)
    seen = outlook is not None or view.map.filled or view.receipts.card.filled
    return seen or bool(told.items) or view.writing.editing or view.running
