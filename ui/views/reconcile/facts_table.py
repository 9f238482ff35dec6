"""The rows behind a difference, side by side with their file and line, in the words of the lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.views.listing.columns import list_columns, list_title
from ui.views.reconcile.model import Record
from ui.widgets import DataTable

_MOST = 3


@dataclass(frozen=True)
class Fact:
    """One property: its name and what each row says about it."""

    name: str
    values: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the rows contradict each other."""
        said = {value for value in self.values if value}
        return len(said) > 1


class FactsTable(DataTable):
    """One column per row of the book, one line per property."""

    def __init__(self) -> None:
        self._facts = RowsModel([Column("name", lambda: "", lambda fact: fact.name, Kind.MUTED, width=104)])
        super().__init__(self._facts, m.ROW_DENSE, sortable=False)

    @property
    def facts(self) -> RowsModel:
        """The shown properties."""
        return self._facts

    def show_records(self, records: Sequence[Record], store_names: Mapping[str, str]) -> None:
        """Show other rows of the book."""
        shown = tuple(records[:_MOST])
        lists = [list_columns(record.list_name, store_names) for record in shown]
        names = list(dict.fromkeys(column.title() for columns in lists for column in columns))
        facts = []
        for name in names:
            values = []
            for record, columns in zip(shown, lists, strict=True):
                column = next((one for one in columns if one.title() == name), None)
                values.append(column.shown(record.row) if column is not None else "")
            if any(values):
                facts.append(Fact(name, tuple(values)))
        titles = [list_title(record.list_name) for record in shown]
        self._facts.set_columns(
            [
                Column("name", lambda: "", lambda fact: fact.name, Kind.MUTED, width=104),
                *(_value_column(number, title) for number, title in enumerate(titles)),
            ]
        )
        self._facts.set_rows(facts)


def _value_column(number: int, title: str) -> Column:
    return Column(
        f"value{number}",
        lambda: title,
        lambda fact: fact.values[number],
        tip=lambda fact: fact.values[number],
        bold=lambda fact: fact.differs,
        least=110,
    )
