"""The one line under the top bar: the demo mark, or what just happened."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.widgets.banner import Banner
from ui.widgets.layout import VBox
from ui.widgets.states import TIMING


class Notices(QWidget):
    """Shows at most one line; a demo book's own line returns when a notice is closed."""

    own_data_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._demo = False
        self._notice = Banner(closable=True)
        self._notice.closed.connect(self.clear)
        self._notice.acted.connect(self._act)
        self._demo_line = Banner()
        self._demo_line.acted.connect(self.own_data_wanted)
        self._on_action: Callable[[], None] | None = None
        self._kind = ""
        VBox(self, (m.SCREEN_SIDE, m.GAP_M, m.SCREEN_SIDE, 0)).add(self._notice, self._demo_line)
        self._notice.hide()
        self.retranslate()

    def set_demo(self, demo: bool) -> None:
        """Mark the book as made-up data, for as long as it is open."""
        self._demo = demo
        self._arrange()

    def tell(self, kind: str, text: str, action: str = "", on_action: Callable[[], None] | None = None) -> None:
        """Show one line until it is closed, acted on, or another one comes."""
        self._on_action, self._kind = on_action, kind
        self._notice.show_line(kind, text, action)
        self._notice.setProperty("told", True)
        self._arrange()

    def clear(self) -> None:
        """Take the notice away."""
        self._notice.setProperty("told", False)
        self._on_action = None
        self._arrange()

    def leave(self) -> None:
        """Another screen is shown, or it was done: what a hint asked for, such as a name, is of no use any more."""
        if self._kind == TIMING and self._on_action is None:
            self.clear()

    @property
    def text(self) -> str:
        """The notice shown, empty when there is none."""
        return self._notice.text if self._notice.property("told") else ""

    def retranslate(self) -> None:
        """Set the texts of its own."""
        words = self.tr("Demo data: change this book as you like, it does not touch your own")
        self._demo_line.show_line(TIMING, words, self.tr("Use my own files"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _act(self) -> None:
        action = self._on_action
        self.clear()
        if action is not None:
            action()

    def _arrange(self) -> None:
        told = bool(self._notice.property("told"))
        self._notice.setVisible(told)
        self._demo_line.setVisible(self._demo and not told)
        self.setVisible(told or self._demo)
