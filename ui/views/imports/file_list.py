"""The files of a plan in three groups: name and badge, what it is and how many rows."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from chainbrain.importers.plan import FilePlan
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.views.imports.file_model import ENTRY_ROLE, Entry, FileModel, Index
from ui.views.imports.words import badge_of, files_text, format_name, group_title, rows_text, short_name
from ui.widgets.painting import badge_width, paint_badge, paint_focus

_HEAD = 32


class _Lines(QStyledItemDelegate):
    """Paints heads and files."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return 32 for a head, 56 for a file."""
        height = _HEAD if index.data(ENTRY_ROLE).plan is None else m.ROW_FILE
        return QSize(0, Theme.current().px(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        entry: Entry = index.data(ENTRY_ROLE)
        painter.save()
        rect = QRectF(option.rect)
        if entry.plan is None:
            _paint_head(painter, rect, entry)
        else:
            _paint_ground(painter, rect, option)
            _paint_file(painter, rect, entry.plan, bool(option.state & QStyle.StateFlag.State_Selected))
            if option.state & QStyle.StateFlag.State_HasFocus:
                paint_focus(painter, rect.adjusted(2, 2, -2, -3), m.RADIUS_BADGE)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), Theme.current().color("line"))
        painter.restore()


def _paint_head(painter: QPainter, rect: QRectF, entry: Entry) -> None:
    theme = Theme.current()
    painter.fillRect(rect, theme.color("canvas"))
    area = rect.adjusted(theme.px(m.GAP), 0, -theme.px(m.GAP), 0)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setFont(theme.font(Role.SMALL, bold=True))
    painter.setPen(theme.color("ink"))
    painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignLeft), group_title(entry.group))
    painter.setFont(theme.font(Role.SMALL, figures=True))
    painter.setPen(theme.color("text2"))
    painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignRight), files_text(entry.count))


def _paint_ground(painter: QPainter, rect: QRectF, option: QStyleOptionViewItem) -> None:
    theme = Theme.current()
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, theme.color("selected"))
        painter.fillRect(QRectF(rect.left(), rect.top(), theme.px(m.EDGE), rect.height()), theme.color("accent"))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, theme.color("hover"))


def _paint_file(painter: QPainter, rect: QRectF, plan: FilePlan, selected: bool) -> None:
    theme = Theme.current()
    middle, cut = Qt.AlignmentFlag.AlignVCenter, Qt.TextElideMode
    left, right = int(middle | Qt.AlignmentFlag.AlignLeft), int(middle | Qt.AlignmentFlag.AlignRight)
    area = rect.adjusted(theme.px(m.GAP), 0, -theme.px(m.GAP), 0)
    first_height, second_height = theme.px(20), theme.px(18)
    top = area.center().y() - (first_height + second_height) / 2
    first = QRectF(area.left(), top, area.width(), first_height)
    second = QRectF(area.left(), top + first_height, area.width(), second_height)
    state, text = badge_of(plan)
    width = badge_width(text, state)
    paint_badge(painter, QRectF(first.right() - width, first.top(), width, first.height()), text, state)
    painter.setFont(theme.font(Role.BODY, bold=selected))
    painter.setPen(theme.color("ink"))
    name = painter.fontMetrics().elidedText(
        short_name(plan), cut.ElideMiddle, int(first.width() - width - theme.px(m.GAP_S))
    )
    painter.drawText(first, left, name)
    painter.setFont(theme.font(Role.SMALL, figures=True))
    painter.setPen(theme.color("text2"))
    rows = rows_text(plan.reading.row_count) if plan.reading.row_count else "\u2014"
    painter.drawText(second, right, rows)
    room = second.width() - painter.fontMetrics().horizontalAdvance(rows) - theme.px(m.GAP_S)
    painter.setFont(theme.font(Role.SMALL))
    painter.drawText(second, left, painter.fontMetrics().elidedText(format_name(plan), cut.ElideRight, int(room)))


class FileList(QListView):
    """Shows a plan's files; ``chosen(FilePlan)`` when another one is current."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._files = FileModel()
        self.setModel(self._files)
        self.setItemDelegate(_Lines(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.retranslate()
        follow_theme(self._restyle)

    @property
    def files(self) -> FileModel:
        """The lines."""
        return self._files

    @property
    def current(self) -> FilePlan | None:
        """The file that is shown in detail."""
        index = self.currentIndex()
        return self._files.entry(index.row()).plan if index.isValid() else None

    def set_plans(self, plans: Sequence[FilePlan]) -> None:
        """Show another plan; the same file stays current when it is still there."""
        before = self.current
        self._files.set_plans(plans)
        place = None
        if before is not None:
            place = self._files.place(before.file_id)
            # A file that was opened, or read in another way, is known by its bytes no longer.
            place = self._files.place_of_path(before.reading.path) if place is None else place
        self.choose(self._files.first_file() if place is None else place)

    def choose(self, number: int | None) -> None:
        """Make one line current."""
        if number is not None:
            self.setCurrentIndex(self._files.index(number))
            if number and self._files.entry(number - 1).plan is None:
                # The first file of a group is seen below its head.
                self.scrollTo(self._files.index(number - 1))

    def retranslate(self) -> None:
        """Set every text."""
        self.setAccessibleName(self.tr("Files to import"))
        self._files.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        plan = self._files.entry(current.row()).plan if current.isValid() else None
        if plan is not None:
            self.chosen.emit(plan)

    def _restyle(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Theme.current().color("surface"))
        self.setPalette(palette)
        self.viewport().setPalette(palette)
        # Heights follow the scale, which the view asks for only when its items are laid out anew.
        self.scheduleDelayedItemsLayout()
