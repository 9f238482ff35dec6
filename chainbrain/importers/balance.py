"""Running balances: does every printed balance follow from the one before it and the row's amount?"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import polars as pl

from chainbrain.importers.base import Harvest, decimal_sum
from chainbrain.importers.table import Cells

_ZERO: Final = Decimal(0)


def check(
    harvest: Harvest,
    cells: Cells,
    name: str,
    amount: pl.Series,
    balance: pl.Series,
    *,
    account: pl.Series | None = None,
) -> None:
    """Note a control total per account whose balance is printed.

    A file runs oldest first or newest first; the direction that breaks less often is the file's. Where the chain holds,
    the total compares the last balance with the first one plus all amounts; where it breaks, the first printed balance
    that does not follow, with what should stand there.

    Args:
        harvest: where the totals are noted.
        cells: the table, for its lines.
        name: the file's own word for the balance.
        amount: signed amounts.
        balance: balances as printed, null where there is none.
        account: what runs separately, where a file holds several accounts.
    """
    whose = cells.nothing(pl.String).fill_null("") if account is None else account
    rows = pl.DataFrame({"account": whose, "amount": amount, "balance": balance, "line": cells.lines})
    rows = rows.filter(pl.col("balance").is_not_null())
    for part in rows.partition_by("account", maintain_order=True):
        if part.height:
            _check_one(harvest, name, part)


def _check_one(harvest: Harvest, name: str, rows: pl.DataFrame) -> None:
    amounts = rows["amount"].fill_null(_ZERO)
    balances = rows["balance"]
    down = balances.shift(1) + amounts
    up = balances.shift(-1) + amounts
    breaks_down = (down != balances).fill_null(value=False)
    breaks_up = (up != balances).fill_null(value=False)
    oldest_first = int(breaks_down.sum()) <= int(breaks_up.sum())
    expected, breaks = (down, breaks_down) if oldest_first else (up, breaks_up)
    if breaks.any():
        where = breaks.arg_true()
        at = int(where[0] if oldest_first else where[-1])
        harvest.total(name, balances[at], expected[at])
        harvest.facts["balance_line"] = str(rows["line"][at])
        return
    first, last = (0, rows.height - 1) if oldest_first else (rows.height - 1, 0)
    opening = balances[first] - amounts[first]
    harvest.total(name, balances[last], opening + decimal_sum(amounts))
