"""Which days a screen shows: the usual periods up to the last day of the book, or any days of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QDateEdit, QFrame

from chainbrain.analytics.periods import Period
from ui import figures
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets import FoldingTabs, HBox, Label, PrimaryButton, VBox, scaled

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms

CUSTOM = "custom"
Wanted = str | Period
"""A name of ``chainbrain.analytics.periods.CHOICES``, or days of one's own."""


def period_of(rooms: Rooms, wanted: Wanted) -> Period | None:
    """Return the days meant by a choice, within the book and with a fair base; nothing for a book without sales."""
    if isinstance(wanted, str):
        return rooms.analytics.period(wanted)
    span = rooms.analytics.span()
    if span is None:
        return None
    first = min(max(wanted.first, span.first), span.last)
    after = max(min(wanted.after, span.after), first + timedelta(days=1))
    return rooms.analytics.fair(Period(first, after))


class DaysPopup(QFrame):
    """Two days and a button; ``applied(first, last)``, ``dismissed`` when it was closed without."""

    applied = Signal(object, object)
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._applied = False
        self._from_label, self._to_label = Label(role=Role.SMALL, color="text2"), Label(role=Role.SMALL, color="text2")
        self.first, self.last = QDateEdit(), QDateEdit()
        self.apply = PrimaryButton()
        for field in (self.first, self.last):
            field.setCalendarPopup(True)
            field.setDisplayFormat("yyyy-MM-dd")
            scaled(field, width=132, height=m.CONTROL)
        fields = HBox(spacing=m.GAP_S)
        for label, field in ((self._from_label, self.first), (self._to_label, self.last)):
            fields.add(VBox(spacing=m.GAP_XS).add(label, field))
        box = VBox(self, (m.GAP_M, m.GAP_M, m.GAP_M, m.GAP_M), m.GAP_M)
        box.addLayout(fields)
        box.addLayout(HBox().add(0, self.apply))
        self.apply.clicked.connect(self._apply)
        self.first.dateChanged.connect(self.last.setMinimumDate)
        self.retranslate()

    def open_at(self, place: QPoint, shown: Period, span: Period) -> None:
        """Show below a point, with the days shown now, limited to those of the book."""
        self._applied = False
        for field in (self.first, self.last):
            field.setDateRange(_to_qt(span.first), _to_qt(span.last))
        self.first.setDate(_to_qt(shown.first))
        self.last.setDate(_to_qt(shown.last))
        self.adjustSize()
        self.move(place.x() - self.width() // 2, place.y())
        self.show()
        self.first.setFocus()

    def hideEvent(self, event: QEvent) -> None:
        """Tell when it was closed without a choice."""
        super().hideEvent(event)  # type: ignore[arg-type]  # a hide event, narrowed by Qt
        if not self._applied:
            self.dismissed.emit()

    def retranslate(self) -> None:
        """Set every text."""
        self._from_label.setText(self.tr("First day"))
        self._to_label.setText(self.tr("Last day of the period"))
        self.first.setAccessibleName(self.tr("First day"))
        self.last.setAccessibleName(self.tr("Last day of the period"))
        self.apply.setText(self.tr("Show these days"))

    def _apply(self) -> None:
        self._applied = True
        self.hide()
        self.applied.emit(_from_qt(self.first.date()), _from_qt(self.last.date()))


class PeriodChoice(FoldingTabs):
    """The usual periods and 自定, behind a menu where room lacks; ``picked`` when other days were chosen."""

    picked = Signal()

    def __init__(self, current: str, names: Sequence[str]) -> None:
        super().__init__([(name, name) for name in (*names, CUSTOM)])
        self.set_current(current)
        self._names = (*names, CUSTOM)
        self._before = current
        self._days: Period | None = None
        self._span: Period | None = None
        self._shown: Period | None = None
        self.popup = DaysPopup()
        self.popup.applied.connect(self._take)
        self.popup.dismissed.connect(self._dismissed)
        self.destroyed.connect(self.popup.deleteLater)
        self.changed.connect(self._changed)
        self.retranslate()

    @property
    def wanted(self) -> Wanted:
        """What was chosen."""
        if self.current == CUSTOM and self._days is not None:
            return self._days
        return self._before if self.current == CUSTOM else self.current

    @property
    def place(self) -> str:
        """What was chosen, as it can be kept: a name, or both days with a stroke between."""
        wanted = self.wanted
        return wanted if isinstance(wanted, str) else f"{wanted.first.isoformat()}/{wanted.last.isoformat()}"

    def take_place(self, place: str) -> None:
        """Choose again what ``place`` was, without telling anyone; what cannot be read changes nothing."""
        if place in self._names and place != CUSTOM:
            self._before = place
            self.set_current(place)
        else:
            try:
                first, last = (date.fromisoformat(part) for part in place.split("/"))
                self._days = Period(first, last + timedelta(days=1))
            except ValueError:
                return
            self.set_current(CUSTOM)
        self.retranslate()

    def set_shown(self, shown: Period | None, span: Period | None) -> None:
        """Tell which days are on screen and which ones the book has."""
        self._shown, self._span = shown, span

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for other days when 自定 is chosen once more."""
        index = self._index_at(event.position().x())
        again = self.current == CUSTOM and index >= 0 and self._parts()[index][0] == CUSTOM
        super().mousePressEvent(event)
        if again:
            self._ask()

    def retranslate(self) -> None:
        """Set the texts."""
        words = {
            "yesterday": self.tr("Last day"),
            "week": self.tr("This week"),
            "month": self.tr("This month"),
            "last_28": self.tr("Last 28 days"),
            "last_12_months": self.tr("Last 12 months"),
            "all": self.tr("Everything"),
            CUSTOM: self.tr("Other days"),
        }
        if self._days is not None and self.current == CUSTOM:
            words[CUSTOM] = f"{figures.day(self._days.first)} – {figures.day(self._days.last)}"
        self.set_options([(name, words[name]) for name in self._names])
        self.setAccessibleName(self.tr("Period"))
        self.popup.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _changed(self, name: str) -> None:
        if name == CUSTOM:
            self._ask()
            return
        self._before = name
        self.retranslate()
        self.picked.emit()

    def _ask(self) -> None:
        if self._span is None:
            self._dismissed()
            return
        shown = self._days or self._shown or self._span
        self.popup.open_at(self.mapToGlobal(QPoint(self.width(), self.height() + 4)), shown, self._span)

    def _take(self, first: date, last: date) -> None:
        self._days = Period(first, last + timedelta(days=1))
        self.retranslate()
        self.picked.emit()

    def _dismissed(self) -> None:
        if self._days is None:
            self.set_current(self._before)


def _to_qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _from_qt(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
