"""Turns the engine's list columns into table columns: titles, kinds, widths, words."""

from collections.abc import Callable, Mapping
from typing import Any

from chainbrain.lists import LISTS
from chainbrain.lists import Column as ListColumn
from ui import figures
from ui.messages import word
from ui.models import Column, Kind
from ui.theme.translator import translate
from ui.views.listing.about import LIKE
from ui.views.parts.columns import DIFFERENCE_STATES
from ui.widgets.states import FOUR_STATES

Row = tuple[Any, ...]

_KINDS = {
    "money": Kind.MONEY,
    "fine": Kind.NUMBER,
    "day": Kind.DAY,
    "moment": Kind.MOMENT,
    "count": Kind.NUMBER,
    "file": Kind.MUTED,
}
_STATES: dict[str, dict[str, str]] = {
    "state": {state: state for state in FOUR_STATES},
    "difference_state": DIFFERENCE_STATES,
}
_WIDE_WORDS = {"difference": 150, "cause": 190, "next_step": 320}
_WIDTHS = {
    "money": 96,
    "fine": 96,
    "day": 92,
    "moment": 136,
    "count": 60,
    "id": 190,
    "store": 110,
    "account": 90,
    "word": 96,
}


def list_columns(name: str, store_names: Mapping[str, str]) -> list[Column]:
    """Return the columns of one list; keys that only serve the program stay hidden.

    Args:
        name: a key of ``chainbrain.lists.LISTS``.
        store_names: names by store number; filled while the list opens, so it is read at paint time.
    """
    columns = []
    for place, column in enumerate(LISTS[name].columns):
        if column.kind != "key":
            columns.append(_column(place, column, store_names))
    return columns


def list_title(name: str) -> str:
    """Return what a list is called."""
    titles: dict[str, str] = {
        "orders": translate("Order list"),
        "tenders": translate("Till payments"),
        "payments": translate("Wallet and platform lines"),
        "bank_lines": translate("Bank lines"),
        "settlements": translate("Payouts"),
        "splits": translate("Split parts and lines"),
        "differences": translate("Differences"),
        "unknown_deposits": translate("Deposits without a known source"),
        "lying_at": translate("Money on its way"),
        "map_moves": translate("Movements"),
        "refunds": translate("Refunds"),
        **dict.fromkeys(LIKE, translate("Comparable days")),
        "store_parts": translate("What it is made of"),
        "missing_days": translate("Days without a till file"),
        "receipt_days": translate("Receipts by day"),
        "arrivals": translate("Movements"),
        "open_at": translate("What was still open"),
        "cash_counts": translate("Cash counts"),
        "top_ups": translate("Top-ups without a known receipt"),
    }
    return titles.get(name, name)


def column_title(key: str) -> str:
    """Return the head of one column."""
    titles: dict[str, str] = {
        "ordered_at": translate("Ordered at"),
        "shift": translate("Shift"),
        "cashier": translate("Cashier"),
        "opening_float": translate("Opening float"),
        "drawer_sales": translate("Cash sales"),
        "drawer_refunds": translate("Cash refunds"),
        "paid_out": translate("Paid from the drawer"),
        "banked": translate("Banked"),
        "counted": translate("Counted"),
        "business_day": translate("Business day"),
        "store_id": translate("Store"),
        "order_no": translate("Order number"),
        "channel": translate("Channel"),
        "daypart": translate("Daypart"),
        "product": translate("Product group"),
        "list_amount": translate("List amount"),
        "amount": translate("Amount"),
        "status": translate("Order state"),
        "state": translate("State"),
        "reason": translate("Reason"),
        "file": translate("File"),
        "line": translate("Line"),
        "paid_at": translate("Paid at"),
        "method": translate("Means of payment"),
        "reference": translate("Reference"),
        "occurred_at": translate("At"),
        "external_id": translate("Channel number"),
        "kind": translate("Kind"),
        "fee": translate("Fee"),
        "net": translate("Net"),
        "posted_at": translate("Posted at"),
        "bank_account": translate("Account"),
        "counterparty": translate("Counterparty"),
        "memo": translate("Memo"),
        "balance": translate("Balance"),
        "expected_on": translate("Expected on"),
        "first_day": translate("From"),
        "last_day": translate("To"),
        "gross": translate("Gross"),
        "refunded": translate("Refunds"),
        "code": translate("Difference"),
        "due_on": translate("Due on"),
        "record_type": translate("Record"),
        "note": translate("Note"),
        "standing": translate("Standing"),
        "no": translate("Number"),
        "cause": translate("Cause"),
        "next_step": translate("Who acts, and how"),
        "day": translate("Day"),
        "merchant": translate("Merchant number"),
        "part": translate("Movement"),
        "due": translate("To be split"),
        "done": translate("Split so far"),
        "receiver": translate("Receiver"),
        "rule": translate("Split rule"),
        "base_day": translate("Compared with"),
        "base_amount": translate("Receipts then"),
        "compared": translate("Fit to compare"),
        "subject": translate("Part"),
        "place": translate("Lies where"),
    }
    return titles.get(key, key)


def _column(place: int, column: ListColumn, store_names: Mapping[str, str]) -> Column:
    def cell(row: Row) -> Any:
        return row[place]

    kind, value, text = _KINDS.get(column.kind, Kind.TEXT), cell, _text(column, store_names)
    if column.words in _STATES:
        looks = _STATES[column.words]

        def value(row: Row) -> Any:
            state = row[place]
            return None if state is None else (looks.get(state, "neutral"), word(f"{column.words}.{state}"))

        kind, text = Kind.STATE, None
    worded = text or str
    tip = (lambda row: "" if row[place] is None else worded(row[place])) if kind in {Kind.TEXT, Kind.MUTED} else None
    width = _WIDE_WORDS.get(column.words) or _WIDTHS.get(column.kind, 0)
    return Column(column.key, lambda: column_title(column.key), value, kind, width=width, text=text, tip=tip)


def _text(column: ListColumn, store_names: Mapping[str, str]) -> Callable[[Any], str] | None:
    """Return what writes the values of a column, None for the usual way of its kind."""
    match column.kind:
        case "word" if column.words == "difference":
            return lambda key: f"{key} {word(f'difference.{key}')}"
        case "word":
            return lambda key: word(f"{column.words}.{key}")
        case "store":
            return lambda store: store_names.get(store, store)
        case "count" if column.key == "line":
            # The number of a row in its file is looked up there, not counted.
            return str
        case "account":
            return lambda number: f"…{str(number)[-4:]}"
        case "fine":
            # Fees are kept to five decimals; two are shown unless the rest matters.
            return lambda amount: figures.plain(amount, 2 if amount == round(amount, 2) else 5)
    return None
