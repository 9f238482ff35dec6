"""What the lists of one store hold, column by column, as the dialog shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chainbrain.expansion import term_reading
from chainbrain.expansion.loans import Repayment
from chainbrain.expansion.terms import Levy


@dataclass(frozen=True)
class ColumnSpec:
    """One column: its name in the scenario, its width, and the choices when it is a closed list."""

    name: str
    width: int = 84
    choices: tuple[str, ...] = ()
    vocabulary: str = ""


@dataclass(frozen=True)
class ListSpec:
    """One list of the scenario and what reads it."""

    name: str
    columns: tuple[ColumnSpec, ...]
    read: Callable[[str, object], object]


_NAME, _AMOUNT, _MONTH = ColumnSpec("name", 132), ColumnSpec("amount", 96), ColumnSpec("month", 64)
_DAYS = ColumnSpec("settlement_days", 72)

LISTS = (
    ListSpec("capex_items", (_NAME, _AMOUNT, _MONTH), term_reading.items),
    ListSpec("rent_steps", (_MONTH, _AMOUNT), term_reading.steps),
    ListSpec("labour_steps", (_MONTH, _AMOUNT), term_reading.steps),
    ListSpec("labour_by_sales", (ColumnSpec("sales", 96), _AMOUNT), term_reading.crews),
    ListSpec("channels", (_NAME, ColumnSpec("share", 64), ColumnSpec("commission", 64), _DAYS), term_reading.channels),
    ListSpec(
        "taxes",
        (
            ColumnSpec("tax", 132, tuple(Levy), "expansion.levy"),
            ColumnSpec("rate", 56),
            ColumnSpec("surcharge", 64),
            ColumnSpec("free_up_to", 84),
            ColumnSpec("from", 76),
            ColumnSpec("to", 76),
            ColumnSpec("source", 132),
        ),
        term_reading.taxes,
    ),
    ListSpec(
        "financing",
        (
            _NAME,
            _AMOUNT,
            ColumnSpec("annual_rate", 64),
            ColumnSpec("months", 56),
            ColumnSpec("repayment", 108, tuple(Repayment), "expansion.repayment"),
            ColumnSpec("fee", 56),
            ColumnSpec("fee_amount", 84),
        ),
        term_reading.financing,
    ),
)
