"""Which tables stand beside each step of the close."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from chainbrain.closing.steps import NOT_USED
from ui.models import Kind
from ui.theme.translator import marked, translate
from ui.views.close.content import CloseData, open_codes
from ui.views.close.money_rolls import bank, bank_items, contained, proof_of_cash, transit
from ui.views.close.roll import Line, Opening, Roll, text, yuan
from ui.views.close.shop_rolls import cards, drawers, files, ledger, people
from ui.views.close.version_rolls import version_rolls
from ui.words import message, word


def rolls(data: CloseData, step: str) -> tuple[Roll, ...]:
    """The tables of one step, the main one first."""
    if data.board is None:
        return ()
    shown = data.board.step(step)
    if shown.state == NOT_USED:
        return (Roll(step, word(f"close_step.{step}"), "", (), (), empty=message(shown.not_used_because or "")),)
    if step == "sign":
        return version_rolls(data)
    makers: dict[str, tuple[Callable[[CloseData], Roll], ...]] = {
        "completeness": (files,),
        "settlement": (transit, _codes("settlement")),
        "bank": (bank, bank_items, proof_of_cash, transit, _codes("bank")),
        "cash": (drawers, people, _codes("cash")),
        "stored_value": (cards, _codes("stored_value")),
        "splits": (ledger, _codes("splits")),
    }
    found = tuple(made(data) for made in makers.get(step, (_codes(step),)))
    if transit in makers.get(step, ()) and data.transit and data.transit.contained:
        return *found, contained(data)
    return found


def _codes(step: str) -> Callable[[CloseData], Roll]:
    def made(data: CloseData) -> Roll:
        rows = tuple(
            Line(
                {
                    "code": code, "what": word(f"difference.{code}"), "count": len(found),
                    "open": sum(one.state == "open" for one in found),
                    "amount": sum((abs(one.amount) for one in found if one.state == "open"), Decimal(0)),
                    "prior": sum(one.prior for one in found) or None,
                }
            )
            for code, found in open_codes(data.found, step)
        )  # fmt: skip
        columns = (
            text("code", marked("Code"), 64, Kind.KEY), text("what", marked("Meaning")),
            text("count", marked("Found"), 72, Kind.NUMBER),
            text("open", marked("Open items"), 84, Kind.NUMBER), text("prior", marked("Prior period"), 84, Kind.NUMBER),
            yuan("amount", marked("Open amount"), bold=True),
        )  # fmt: skip

        def opens(row: Any, _key: str) -> Opening | None:
            ids = [one.difference_id for one in data.found if one.step == step and one.code == row.code]
            return Opening("differences", {"ids": ids})

        return Roll(
            f"codes_{step}", translate("Differences"), translate("absolute amounts, yuan"), columns, rows,
            ("amount",), opens,
            translate("No difference: every row is matched, on its way, or set apart"),
        )  # fmt: skip

    return made
