"""How the columns of a table share its room: open ones take what is left, optional ones go first."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QTableView

from ui.models.columns import Column, Kind
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.type_roles import Role
from ui.widgets.table_delegate import cell_area


def fit_columns(table: QTableView, columns: Sequence[Column], totals: Sequence[str]) -> None:
    """Set the width of every column; ``totals`` are the texts of a total row, one per column."""
    _Fitting(table, columns, totals).fit()


class _Fitting:
    """The columns of one table at its present width."""

    def __init__(self, table: QTableView, columns: Sequence[Column], totals: Sequence[str]) -> None:
        self._table, self._columns, self._totals = table, columns, totals

    def fit(self) -> None:
        """Hide what has no room, and share the rest."""
        columns, table = self._columns, self._table
        shown = self._shown_columns(table.viewport().width())
        for number in range(len(columns)):
            table.setColumnHidden(number, number not in shown)
        widths = self._shrunk({number: self._usual_width(number) for number in shown}, table.viewport().width())
        open_columns = [number for number in shown if not columns[number].width]
        fixed = {number: widths[number] for number in shown if columns[number].width}
        room = table.viewport().width() - sum(fixed.values())
        left = room
        # Those that need most first: what they take beyond an equal share the others go without.
        for place, number in enumerate(sorted(open_columns, key=lambda n: -widths[n])):
            width = max(widths[number], left // (len(open_columns) - place))
            table.setColumnWidth(number, width)
            left -= width
        spare = room if room > 0 and not open_columns else 0
        total = sum(fixed.values()) or 1
        for number, width in fixed.items():
            # Without an open column every one grows by its share, so that the last one ends at the edge.
            table.setColumnWidth(number, width + spare * width // total)

    def _usual_width(self, number: int) -> int:
        """Return what a column asks for; an open one its least."""
        column = self._columns[number]
        if column.whole:
            return self._whole_width(number, column.width)
        return Theme.current().px(column.width or column.least)

    def _shrunk(self, widths: dict[int, int], room: int) -> dict[int, int]:
        """Take what is too much from the columns that may be narrower, from each by what it can give."""
        lack = sum(widths.values()) - room
        if lack <= 0:
            return widths
        gives = {number: max(0, width - self._narrow_width(number, width)) for number, width in widths.items()}
        total = sum(gives.values())
        taken = min(lack, total)
        return {n: width - ceil(taken * gives[n] / total) if gives[n] else width for n, width in widths.items()}

    def _narrow_width(self, number: int, width: int) -> int:
        column = self._columns[number]
        if not column.narrow:
            return width
        return self._whole_width(number, column.narrow) if column.whole else Theme.current().px(column.narrow)

    def _whole_width(self, number: int, least: float) -> int:
        """Return the width at which no text of a column is cut."""
        column, model, theme = self._columns[number], self._table.model(), Theme.current()
        texts = [str(model.index(row, number).data() or "") for row in range(model.rowCount())]
        metrics = QFontMetricsF(theme.font(Role.BODY, bold=column.bold is not None))
        icon = theme.px(m.ICON_SMALL) + theme.px(m.GAP_XS) if column.kind is Kind.STATE else 0
        empty = QRectF(0, 0, 0, 0)
        sides = -cell_area(empty, number, len(self._columns)).width()
        longest = max((metrics.horizontalAdvance(text) for text in texts), default=0.0)
        if number and number < len(self._totals):
            total = QFontMetricsF(theme.font(Role.BODY, bold=True, figures=True))
            longest = max(longest, total.horizontalAdvance(self._totals[number]))
        return max(theme.px(least), ceil(longest + icon + sides) + 1)

    def _shown_columns(self, room: int) -> list[int]:
        """Return the columns that fit, leaving out optional ones: those that go first, then from the right."""
        columns = self._columns
        shown = list(range(len(columns)))
        widths = [self._usual_width(number) for number in shown]
        for number in sorted(shown, key=lambda number: (not columns[number].first_out, -number)):
            if sum(widths[n] for n in shown) <= room:
                break
            if columns[number].optional:
                shown.remove(number)
        return shown
