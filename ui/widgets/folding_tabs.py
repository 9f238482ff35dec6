"""A row of choices that keeps what does not fit behind a last part, which opens the rest as a menu."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QSize
from PySide6.QtGui import QHelpEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip

from ui.theme import metrics as m
from ui.widgets.segmented import Option, Segmented, segment_widths

_KEY = ""
"""Of the last part, which is no choice."""
_AIRS = (0, m.GAP_S, m.CELL_PAD, m.GAP_XS)
"""The usual air beside a text, and less of it."""


class FoldingTabs(Segmented):
    """Like ``Segmented``, for rows that may be longer than the window: the chosen one is always seen.

    Choices that have short names stand closer, then under these, before any of them is folded away.
    """

    def __init__(self, options: Sequence[Option] = ()) -> None:
        self._short: dict[str, str] = {}
        super().__init__(options)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_options(self, options: Sequence[Option], short: Mapping[str, str] | None = None) -> None:
        """Change texts or choices; ``short`` names them where there is little room."""
        self._short = dict(short or {})
        super().set_options(options)

    @property
    def folded(self) -> list[Option]:
        """The choices that stand in the menu."""
        shown = {key for key, _ in self._parts()}
        return [option for option in self._options if option[0] not in shown]

    @property
    def shown_words(self) -> list[str]:
        """The texts as they are drawn."""
        return [text for _, text in self._parts()]

    def sizeHint(self) -> QSize:
        """Return room for every choice under its whole name."""
        return QSize(sum(segment_widths(self._options, self._role())), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The widest choice and the way to the others always fit."""
        options, air = self._ways()[-1]
        widest = max(segment_widths(options, self._role(), air), default=0)
        return QSize(widest + self._rest_width(air), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold anew."""
        super().resizeEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say the whole name of a choice that is drawn under its short one."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._short:
            place = self._index_at(event.pos().x())
            key, shown = self._parts()[place] if place >= 0 else (_KEY, "")
            whole = dict(self._options).get(key, "")
            QToolTip.showText(event.globalPos(), whole if whole != shown else "", self)
            return True
        return super().event(event)

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

    def _ways(self) -> list[tuple[list[Option], float]]:
        """Return the ways to draw all of them, texts and air, the widest first."""
        if not self._short:
            return [(self._options, 0)]
        short = [(key, self._short.get(key, text)) for key, text in self._options]
        return [(options, air) for options in (self._options, short) for air in _AIRS]

    def _way(self) -> tuple[list[Option], float]:
        """Return the widest way that fits, otherwise the last one, of which some are folded away."""
        ways = self._ways()
        fits = (way for way in ways if sum(segment_widths(way[0], self._role(), way[1])) <= self.width())
        return next(fits, ways[-1])

    def _pad(self) -> float:
        return self._way()[1]

    def _parts(self) -> list[Option]:
        """Return what is drawn: all of them, or the first ones, the chosen one and the way to the rest."""
        options, air = self._way()
        widths = dict(zip((key for key, _ in options), segment_widths(options, self._role(), air), strict=True))
        if sum(widths.values()) <= self.width():
            return options
        room = self.width() - self._rest_width(air) - widths.get(self._current, 0)
        kept: set[str] = {self._current}
        for key, width in widths.items():
            if key == self._current:
                continue
            room -= width
            if room < 0:
                break
            kept.add(key)
        return [*(option for option in options if option[0] in kept), self._rest()]

    def _rest_width(self, air: float) -> int:
        return segment_widths([self._rest()], self._role(), air)[0]

    def _rest(self) -> Option:
        return _KEY, self.tr("More") + " \u25be"
