"""The rows behind a difference, side by side with their file and line, in the words of the lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ui import figures
from ui.messages import word
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.views.listing.columns import column_title, list_columns, list_title
from ui.views.reconcile.items import Item
from ui.views.reconcile.model import Detail
from ui.views.reconcile.records import Record
from ui.widgets import DataTable
from ui.widgets.kept_cells import KeptCells

_MOST = 4
# The lists name one thing differently: what a till calls its moment is the wallet's moment too.
_SAME = {"paid_at": "at", "occurred_at": "at", "ordered_at": "at", "posted_at": "at", "method": "channel"}
_TELLING = ("amount", "store_id", "business_day", "channel")


@dataclass(frozen=True)
class Fact:
    """One property: its key, its name and what each row says about it."""

    key: str
    name: str
    values: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the rows contradict each other."""
        return self.key in _TELLING and len({value for value in self.values if value}) > 1


class FactsTable(DataTable):
    """One column per row of the book, one line per property."""

    def __init__(self) -> None:
        self.facts = RowsModel([_name_column()])
        super().__init__(self.facts, m.ROW_DENSE, sortable=False)
        self.set_cells(KeptCells(m.ROW_DENSE))

    def show_facts(self, detail: Detail, store_names: Mapping[str, str]) -> None:
        """Show the rows behind another line; what the line itself says where it has no list."""
        records = detail.records[:_MOST]
        if records:
            titles = [list_title(record.list_name) for record in records]
            facts = _facts_of(records, store_names, fees_stated=detail.fees_stated)
        else:
            titles = [word(f"record_type.{detail.item.record_type}")] if detail.item.record_type else []
            facts = _facts_of_item(detail.item, store_names)
        facts += _facts_of_source(detail, len(titles))
        self.facts.set_columns([_name_column(), *(_value_column(*pair) for pair in enumerate(titles))])
        self.facts.set_rows(facts)


def _facts_of(records: Sequence[Record], store_names: Mapping[str, str], *, fees_stated: bool) -> list[Fact]:
    names: dict[str, str] = {}
    said: list[dict[str, str]] = []
    for record in records:
        cells: dict[str, str] = {}
        for column in list_columns(record.list_name, store_names):
            key = _SAME.get(column.key, column.key)
            names.setdefault(key, column.title())
            cells[key] = column.shown(record.row)
        if not fees_stated and record.list_name == "payments" and not record.cells["fee"]:
            # Taken off each deposit or once a month: nobody knows it here, which is not nothing.
            cells["fee"] = translate("not stated by the bill")
        said.append(cells)
    facts = [Fact(key, name, tuple(cells.get(key, "") for cells in said)) for key, name in names.items()]
    return [fact for fact in facts if any(fact.values)]


def _facts_of_item(item: Item, store_names: Mapping[str, str]) -> list[Fact]:
    said = {
        column_title("occurred_at"): figures.day(item.day, True) if item.day else "",
        column_title("store_id"): store_names.get(item.store, item.store),
        column_title("channel"): word(f"channel.{item.channel}") if item.channel else "",
        translate("Merchant number"): item.note,
        column_title("amount"): figures.money(item.amount),
        column_title("due_on"): figures.day(item.due_on, True) if item.due_on else "",
        column_title("note"): item.said,
    }
    return [Fact("", name, (value,)) for name, value in said.items() if value]


def _facts_of_source(detail: Detail, columns: int) -> list[Fact]:
    """What a payout that did not come is called in its file, and where it stands there."""
    found = detail.expected
    if found is None:
        return []
    number = "" if detail.records else found.number
    said = {column_title("no"): number, column_title("file"): found.file, column_title("line"): str(found.line or "")}
    # Of the first row; others would stand beside it.
    return [Fact("", name, (value, *[""] * (columns - 1))) for name, value in said.items() if value]


def _name_column() -> Column:
    return Column("name", lambda: "", lambda fact: fact.name, Kind.MUTED, width=124)


def _value_column(number: int, title: str) -> Column:
    return Column(
        f"value{number}",
        lambda: title,
        lambda fact: fact.values[number],
        tip=lambda fact: fact.values[number],
        bold=lambda fact: fact.differs,
        least=110,
    )
