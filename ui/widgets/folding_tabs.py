"""A row of choices that keeps what does not fit behind a last part, which opens the rest as a menu."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy

from ui.widgets.segmented import Option, Segmented, segment_widths

_KEY = ""
"""Of the last part, which is no choice."""


class FoldingTabs(Segmented):
    """Like ``Segmented``, for rows that may be longer than the window: the chosen one is always seen."""

    def __init__(self, options: Sequence[Option] = ()) -> None:
        super().__init__(options)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def folded(self) -> list[Option]:
        """The choices that stand in the menu."""
        shown = {key for key, _ in self._parts()}
        return [option for option in self._options if option[0] not in shown]

    def minimumSizeHint(self) -> QSize:
        """The widest choice and the way to the others always fit."""
        widest = max(self._widths(self._options), default=0)
        return QSize(widest + self._rest_width(), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold anew."""
        super().resizeEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the pointer, or open the rest."""
        index = self._index_at(event.position().x())
        if index >= 0 and self._parts()[index][0] == _KEY:
            self.open_rest()
        else:
            super().mousePressEvent(event)

    def open_rest(self) -> None:
        """Show the folded choices as a menu below the last part."""
        left = sum(self._widths(self._parts()[:-1]))
        self.rest_menu().popup(self.mapToGlobal(QPoint(left, self.height())))

    def rest_menu(self) -> QMenu:
        """Return the menu of the folded choices."""
        menu = QMenu(self)
        for key, text in self.folded:
            menu.addAction(text).triggered.connect(lambda _on=False, key=key: self.choose(key))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _parts(self) -> list[Option]:
        """Return what is drawn: all of them, or the first ones, the chosen one and the way to the rest."""
        widths = dict(zip((key for key, _ in self._options), self._widths(self._options), strict=True))
        if sum(widths.values()) <= self.width():
            return self._options
        room = self.width() - self._rest_width() - widths.get(self._current, 0)
        kept: set[str] = {self._current}
        for key, width in widths.items():
            if key == self._current:
                continue
            room -= width
            if room < 0:
                break
            kept.add(key)
        return [*(option for option in self._options if option[0] in kept), self._rest()]

    def _rest_width(self) -> int:
        return segment_widths([self._rest()], self._role())[0]

    def _rest(self) -> Option:
        return _KEY, self.tr("More") + " \u25be"
