"""The head of a table: small grey words over a line; a click sorts."""

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QToolTip

from ui.models.columns import Column
from ui.theme.theme import Theme
from ui.theme.type_roles import Role
from ui.widgets.table_delegate import cell_area, shown_end


class TableHead(QHeaderView):
    """Small grey words over a line; a click sorts."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one head."""
        theme = Theme.current()
        columns: tuple[Column, ...] = getattr(self.model(), "columns", ())
        painter.fillRect(rect, theme.color("surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line"))
        if section >= len(columns):
            return
        area = cell_area(QRectF(rect), section, shown_end(self.isSectionHidden, len(columns)))
        painter.setFont(theme.font(Role.SMALL))
        sorted_here = self.sortIndicatorSection() == section and columns[section].sortable
        painter.setPen(theme.color("ink" if sorted_here else "text3"))
        side = Qt.AlignmentFlag.AlignRight if columns[section].align_right else Qt.AlignmentFlag.AlignLeft
        title = columns[section].title()
        if sorted_here:
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            title += " \u25b4" if up else " \u25be"
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(area.width()) + 1)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | side), shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill also where no section is."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), Theme.current().color("surface"))
        line = QRect(0, self.height() - 1, self.viewport().width(), 1)
        painter.fillRect(line, Theme.current().color("line"))
        painter.end()
        super().paintEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the whole of a head that is cut."""
        columns: tuple[Column, ...] = getattr(self.model(), "columns", ())
        if isinstance(event, QHelpEvent) and 0 <= (section := self.logicalIndexAt(event.pos())) < len(columns):
            title, font = columns[section].title(), Theme.current().font(Role.SMALL)
            left = self.sectionViewportPosition(section)
            rect = QRectF(left, 0, self.sectionSize(section), self.height())
            room = cell_area(rect, section, shown_end(self.isSectionHidden, len(columns))).width()
            QToolTip.showText(event.globalPos(), title if QFontMetricsF(font).horizontalAdvance(title) > room else "")
            return True
        return super().viewportEvent(event)
