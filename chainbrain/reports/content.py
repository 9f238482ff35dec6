"""Which reports there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from chainbrain.reports import (
    board_pack,
    cash,
    charges,
    close_pack,
    comparison,
    foresight,
    habits,
    idle,
    industry,
    ledger,
    money_map,
    receipts,
    reconciled,
    replay,
    sales,
    splits,
    store_sheet,
    store_template,
    vouchers,
    weekly,
    work,
)
from chainbrain.reports.filters import Filters
from chainbrain.reports.tables import Report

MAKERS: Final[dict[str, Callable[[Any, Filters], Report]]] = {
    "overview": sales.overview,
    "weekly": weekly.weekly,
    "store-sheet": store_sheet.store_sheet,
    "store-league": sales.store_league,
    "change": sales.change,
    "busy-hours": sales.busy_hours,
    "industry": industry.industry,
    "work-list": work.work_list,
    "differences": reconciled.differences,
    "in-transit": reconciled.in_transit,
    "fee-audit": charges.fee_audit,
    "claim-letter": charges.claim_letter,
    "arrivals": reconciled.arrivals,
    "payout-habits": habits.payout_habits,
    "splits": splits.splits,
    "split-rules": splits.rules,
    "split-dues": splits.dues,
    "split-findings": splits.findings,
    "split-moved": splits.moved,
    "split-soon": splits.soon,
    "split-collected": splits.collected,
    "store-ledger": ledger.store_ledger,
    "statement": ledger.statement,
    "money-map": money_map.money_map,
    "cash": cash.cash,
    "cash-plan": cash.plan,
    "cash-compare": comparison.comparison,
    "receipts": receipts.receipts,
    "forecast-accuracy": foresight.accuracy,
    "store-events": foresight.events,
    "cash-ladder": idle.idle_money,
    "cash-replay": replay.replay,
    store_template.NAME: store_template.store_template,
    "board-pack": board_pack.board_pack,
    "vouchers": vouchers.vouchers,
    "month-end": close_pack.month_end,
    "matches": reconciled.matches,
    "completeness": reconciled.completeness,
    "row-states": reconciled.row_states,
}
