"""Paints who a line is about in ink, and the small words behind in grey."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from ui.models import Column
from ui.models.columns import VALUE_ROLE
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.type_roles import Role
from ui.widgets.kept_cells import KeptCells
from ui.widgets.table_delegate import cell_area

Index = QModelIndex | QPersistentModelIndex
WHO = "who"
_LEAST_NOTE, _SHORT_NOTE = 48, 64
_LEAST_NAME, _LEAST_NUMBERED = 56, 34


class ItemCells(KeptCells):
    """The cells of the list of lines."""

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell for the first time."""
        columns: tuple[Column, ...] = getattr(index.model(), "columns", ())
        pair = index.data(VALUE_ROLE)
        if columns[index.column()].key != WHO or not isinstance(pair, tuple):
            super().draw(painter, option, index)
            return
        self._paint_ground(painter, option, index)
        _paint_pair(painter, cell_area(QRectF(option.rect), index.column(), len(columns)), pair[0], pair[1])


def _paint_pair(painter: QPainter, area: QRectF, first: str, second: str) -> None:
    theme = Theme.current()
    flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
    painter.setFont(theme.font(Role.BODY))
    painter.setPen(theme.color("ink"))
    # A short word behind, such as a channel, or the last digits of a number tell lines of one name apart: the name
    # gives them room, as long as enough of it is left to know it.
    number = bool(second) and not second[0].isalpha() and " " not in second
    short = QFontMetrics(theme.font(Role.SMALL, figures=True)).horizontalAdvance(second)
    kept = min(short, theme.px(_LEAST_NOTE)) + theme.px(m.GAP_S) if number or 0 < short <= theme.px(_SHORT_NOTE) else 0
    enough = area.width() - kept >= theme.px(_LEAST_NUMBERED if number else _LEAST_NAME)
    room = int(area.width()) - kept if enough else int(area.width())
    shown = painter.fontMetrics().elidedText(first, Qt.TextElideMode.ElideRight, room + 1)
    painter.drawText(area, flags, shown)
    used = painter.fontMetrics().horizontalAdvance(shown) + theme.px(m.GAP_S)
    rest = area.adjusted(used, 0, 0, 0)
    painter.setFont(theme.font(Role.SMALL, figures=True))
    # A word cut after its first character says nothing.
    if second and rest.width() >= min(theme.px(_LEAST_NOTE), painter.fontMetrics().horizontalAdvance(second)):
        painter.setPen(theme.color("text3"))
        # The last digits of a number tell more than its first.
        cut = Qt.TextElideMode.ElideRight if " " in second else Qt.TextElideMode.ElideMiddle
        painter.drawText(rest, flags, painter.fontMetrics().elidedText(second, cut, int(rest.width()) + 1))
