"""The watched folder in one line: choose it, see what waits in it, let it go."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.views.parts.inbox import InboxWatch
from ui.widgets import ElidedLabel, HBox, LinkButton, scaled

_HEIGHT = 24


class InboxBar(QWidget):
    """Chooses and forgets the folder itself; ``plan_wanted`` when what waits in it is to be read."""

    plan_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._watch: InboxWatch | None = None
        self._planned: frozenset[Path] = frozenset()
        self._text = ElidedLabel(role=Role.SMALL, color="text2")
        self._choose, self._plan, self._forget = LinkButton(), LinkButton(), LinkButton()
        self._choose.clicked.connect(self.ask_folder)
        self._plan.clicked.connect(self.plan_wanted)
        self._forget.clicked.connect(self.let_go)
        left = m.ICON_SMALL + m.CELL_PAD
        HBox(self, (left, 0, 0, 0), m.GAP_M).add(self._text, self._plan, self._choose, self._forget)
        scaled(self, height=_HEIGHT)
        self.retranslate()
        follow_theme(self.update)

    @property
    def text(self) -> str:
        """What the line says."""
        return self._text.text()

    @property
    def choose(self) -> LinkButton:
        """Asks for a folder."""
        return self._choose

    @property
    def plan(self) -> LinkButton:
        """Reads what waits."""
        return self._plan

    @property
    def forget(self) -> LinkButton:
        """Watches no longer."""
        return self._forget

    def use(self, watch: InboxWatch) -> None:
        """Show this folder from now on."""
        if self._watch is not None:
            self._watch.changed.disconnect(self.retranslate)
        self._watch = watch
        watch.changed.connect(self.retranslate)
        self.retranslate()

    def ask_folder(self) -> None:
        """Ask for a folder to watch."""
        name = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder to watch"), "")
        if name and self._watch is not None:
            self._watch.choose(Path(name))

    def let_go(self) -> None:
        """Watch no folder any longer."""
        if self._watch is not None:
            self._watch.forget()

    def set_planned(self, paths: Iterable[Path]) -> None:
        """Offer these no longer: they stand in the open plan already."""
        self._planned = frozenset(paths)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        watch = self._watch
        folder = watch.folder if watch is not None else None
        waiting = len(set(watch.waiting) - self._planned) if watch is not None else 0
        gone = watch is not None and watch.gone
        self._choose.setText(self.tr("Another one") if gone else self.tr("Watch a folder\u2026"))
        self._plan.setText(self.tr("Read %n file(s)", "", waiting))
        self._forget.setText(self.tr("Stop watching"))
        self._choose.setVisible(folder is None or gone)
        self._plan.setVisible(bool(waiting))
        self._forget.setVisible(folder is not None)
        if folder is None:
            self._text.setText(self.tr("New files in a folder"))
        elif gone:
            self._text.setText(self.tr("{folder} cannot be seen now").format(folder=folder.name))
        else:
            self._text.setText(self.tr("Watching {folder}").format(folder=folder.name or str(folder)))
        self._text.set_tip(str(folder) if folder is not None else "")
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        theme, painter = Theme.current(), QPainter(self)
        size = theme.px(m.ICON_SMALL)
        gone = self._watch is not None and self._watch.gone
        box = QRectF(0, (self.height() - size) / 2, size, size)
        paint_icon(painter, box, "triangle" if gone else "folder", theme.color("timing" if gone else "text2"))
