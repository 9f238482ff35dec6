"""The figures of stores beside each other: one line a figure, one column a store, with the distance to the first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from chainbrain.analytics.compare import Comparison, Line
from ui import figures
from ui.messages import word
from ui.models import Column, Kind, RowsModel
from ui.theme.translator import translate
from ui.views.parts.figure_menu import figure_menu
from ui.widgets import DataTable, VBox

_WALLS = ("four_wall", "margin")


class CompareTable(QWidget):
    """Shows the lines of a ``Comparison``; distances give way first where there is no room, the tip keeps them.

    ``opened(store, figure, channel)`` asks for the rows of a figure; a distance opens those of its own store.
    """

    opened = Signal(str, str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._found: Comparison | None = None
        self._names: tuple[str, ...] = ()
        self.model = RowsModel(self._columns())
        self.table = DataTable(self.model, sortable=False)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.table.cell_opened.connect(self._opened)
        VBox(self).add(self.table)

    def set_comparison(self, found: Comparison | None, names: tuple[str, ...]) -> None:
        """Show another comparison; ``names`` are the short names of its stores."""
        self._found, self._names = found, names
        self.model.set_columns(self._columns())
        self.model.set_rows(found.lines if found else ())
        self.table.setMinimumHeight(self.table.content_height() + 2)

    def retranslate(self) -> None:
        """Set every text."""
        self.table.setAccessibleName(translate("Figures of the stores beside each other"))
        self.table.retranslate()

    def _columns(self) -> list[Column]:
        columns = [Column("figure", lambda: translate("Figure"), self._title, Kind.KEY, least=128)]
        for place, name in enumerate(self._names):
            columns.append(self._values(place, name))
            if place:
                columns.append(self._off(place))
        return columns

    def _title(self, line: Line) -> str:
        if line.channel:
            return translate("Share of {channel}").format(channel=word(f"channel.{line.key}"))
        return word(f"compare.{line.key}")

    def _values(self, place: int, name: str) -> Column:
        def shown(line: Line) -> str:
            return _value(line, place)

        def tip(line: Line) -> str:
            parts = [
                self._full(place),
                self._title(line),
                _value(line, place),
                _off(line, place),
                self._more(line, place),
            ]
            return " · ".join(part for part in parts if part)

        return Column(
            f"store{place}", lambda: name, shown, Kind.TEXT, width=104, narrow=88, right=True, tip=tip,
            tone=lambda line: _tone(line, place),
        )  # fmt: skip

    def _off(self, place: int) -> Column:
        return Column(
            f"off{place}", lambda: translate("off the first"), lambda line: _off(line, place), Kind.MUTED, width=84,
            right=True, optional=True,
        )  # fmt: skip

    def _opened(self, line: object, key: str) -> None:
        found = self._found
        if found is None or not isinstance(line, Line):
            return
        place = key.removeprefix("store").removeprefix("off")
        if place.isdigit():
            self._open(line, int(place))
            return
        names = enumerate(self._names)
        figure_menu(self.table, [(f"{name}   {_value(line, n)}", self._entry(line, n)) for n, name in names])

    def _entry(self, line: Line, place: int) -> Callable[[], None] | None:
        return None if line.values[place] is None else lambda: self._open(line, place)

    def _open(self, line: Line, place: int) -> None:
        if self._found is not None and line.values[place] is not None:
            self.opened.emit(self._found.rows[place].store_id, line.key, line.channel)

    def _full(self, place: int) -> str:
        return self._found.rows[place].name if self._found is not None else ""

    def _more(self, line: Line, place: int) -> str:
        if self._found is None or line.key in _WALLS or not (line.partial and line.partial[place]):
            return self._month(line, place)
        row = self._found.rows[place]
        if row.missing_days:
            return translate("%n day(s) without a till file", row.missing_days)
        return translate("%n day(s) of whose till file rows were left out", row.part_days)

    def _month(self, line: Line, place: int) -> str:
        walls = self._found.rows[place].four_wall if self._found is not None else None
        if line.key not in _WALLS:
            return ""
        if walls is None:
            return translate("Store costs have not been imported yet")
        month = f"{walls.month:%Y-%m}"
        if not walls.unknown:
            return month
        lacking = translate(", ").join(word(f"wall.{name}") for name in walls.unknown)
        return translate("{month}: no profit without {lacking}").format(month=month, lacking=lacking)


def _value(line: Line, place: int) -> str:
    value = line.values[place]
    if line.kind == "words":
        return line.words[place] or word("stores.not_entered")
    if value is None:
        return translate("not known")
    if line.kind == "percent":
        return figures.percent(value, 2)
    return figures.money(value) if line.kind == "money" else figures.plain(value)


def _tone(line: Line, place: int) -> str:
    if line.kind == "words":
        return "" if line.words[place] else "text3"
    if line.values[place] is None:
        return "text3"
    return "timing" if line.partial and line.partial[place] else ""


def _off(line: Line, place: int) -> str:
    off, ratio = line.off(place), line.ratio(place)
    if off is None:
        return ""
    if line.kind == "percent":
        sign = "+" if off > 0 else ""
        return translate("{points} points").format(points=sign + figures.plain(off * 100, 2))
    return figures.change(ratio) if ratio is not None else ("+" if off > 0 else "") + figures.plain(off)
