"""The columns of the arrivals table, and the list behind each figure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from chainbrain.analytics.arrivals import Arrival
from ui.messages import word
from ui.models import Column, Kind
from ui.theme.translator import translate
from ui.views.parts import columns as shared
from ui.views.parts.on_its_way import BALANCES, FLOWS, OPEN, figure_title, rows_behind

FIGURES = ("opening", *FLOWS, "closing", *OPEN, "unexplained")
"""The closing is what follows it, to the cent."""
UNTOLD = "-"


def place_name(row: Arrival, store_names: Mapping[str, str]) -> str:
    """Return whose money it is: the store, or how many share the number."""
    if row.store_id:
        return store_names.get(row.store or "", row.store or row.store_id)
    if row.merchant == UNTOLD:
        return translate("Whole channel")
    if row.stores > 1:
        # Several such numbers of one channel are told apart by their ends.
        return translate("{count} stores, {number}").format(count=row.stores, number=f"…{row.merchant[-4:]}")
    return translate("No store yet")


def remark(row: Arrival) -> str:
    """Return what is not known, in words."""
    return "；".join(word(key) for key in row.remarks)


def columns(store_names: Mapping[str, str], *, short: bool = True, one_month: bool = False) -> list[Column]:
    """Return the columns; the names of the stores are read at paint time.

    Args:
        store_names: of the stores by number.
        short: whether any payout came short; where none did, nobody needs a column of nothing.
        one_month: whether all rows are of one month, which stands above them: its column is the first to go.
    """
    return [
        Column("store", lambda: translate("Store"), lambda row: place_name(row, store_names), least=94),
        # It tells the rows apart, and a narrow window scrolls the figures anyway.
        replace(shared.channel(78), whole=True),
        replace(shared.month(), optional=one_month, first_out=one_month),
        Column("merchant", lambda: translate("Merchant number"), lambda row: row.merchant, width=128, optional=True),
        *(_figure(key) for key in FIGURES if short or key != "short"),
        Column("remark", lambda: translate("Not known"), remark, Kind.MUTED, least=40, tip=remark, sortable=False),
    ]


def behind(row: Arrival, key: str) -> tuple[str, dict[str, object]]:
    """Return the list that a figure was added up from, with its filters.

    What is to be explained opens the differences of the month; a balance opens what was still open on its day.
    """
    after = (row.month + timedelta(days=31)).replace(day=1)
    purse: dict[str, object] = {"channel": row.channel, "merchant": row.merchant}
    if key in (*FLOWS, *BALANCES, *OPEN):
        name, filters = rows_behind(key, row.month, after)
        return name, {**purse, **filters}
    return "differences", {"channel": row.channel, "store": row.store_id, "first": row.month, "after": after}


def _figure(key: str) -> Column:
    return shared.yuan(
        key, lambda: figure_title(key), width=92, bold=key in {"received", "closing"},
        alarm=key if key in {"late", "short", "unexplained"} else "",
    )  # fmt: skip


def total_texts(rows: tuple[Arrival, ...], keys: list[str]) -> list[str]:
    """Return the total row: flows always, balances only of one month, and nothing where a part is not known."""
    one_month = len({row.month for row in rows}) == 1
    return shared.total_texts(keys, FIGURES if one_month else FLOWS, rows)
