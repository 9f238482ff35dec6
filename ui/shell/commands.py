"""The commands of the window itself: books, screens, undo, search, language, theme."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from ui.theme.theme import Mode, Theme
from ui.theme.translator import Language, translate
from ui.views.registry import VIEWS

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class ShellCommands(QObject):
    """Builds every action once; ``retranslate`` words them."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._undo = self._action("Ctrl+Z", window.undo)
        self._back = self._action("Alt+Left", window.trail.back)
        self._forward = self._action("Alt+Right", window.trail.forward)
        self._search = self._action("Ctrl+K", window.search_commands)
        self._choose_files = self._action("Ctrl+I", window.files.statements)
        self._open = self._action("Ctrl+O", window.files.book)
        self._new = self._action("Ctrl+N", window.files.new_book)
        self._demo = self._action("", window.open_demo)
        self._back_up = self._action("", window.backups.choose_folder)
        self._restore = self._action("", window.backups.choose_backup)
        self._start = self._action("", window.show_start)
        self._language = self._action("", self._switch_language)
        self._theme = self._action("Ctrl+Shift+D", self._switch_theme)
        self._quit = self._action("Ctrl+Q", window.close)
        self._screens: list[tuple[QAction, str]] = []
        for number, item in enumerate(item for item in VIEWS if item.group):
            action = self._action(f"Ctrl+{number + 1}", partial(self._go, item.key))
            self._screens.append((action, item.title))

    def all(self) -> list[QAction]:
        """Return every command of the window."""
        return [
            *(action for action, _ in self._screens),
            self._back,
            self._forward,
            self._choose_files,
            self._undo,
            *self.books(),
            self._language,
            self._theme,
            self._search,
            self._quit,
        ]

    def books(self) -> list[QAction]:
        """Return the commands about books."""
        return [self._new, self._open, self._demo, self._back_up, self._restore, self._start]

    def retranslate(self) -> None:
        """Set every text."""
        self._undo.setText(self.tr("Undo the last step"))
        self._back.setText(self.tr("Back to the screen before"))
        self._forward.setText(self.tr("Forward again"))
        self._search.setText(self.tr("Search commands"))
        self._choose_files.setText(self.tr("Choose files to import…"))
        self._open.setText(self.tr("Open another book…"))
        self._new.setText(self.tr("New book…"))
        self._demo.setText(self.tr("Open the demo chain"))
        self._back_up.setText(self.tr("Back this book up…"))
        self._restore.setText(self.tr("Restore a backup…"))
        self._start.setText(self.tr("Close this book"))
        self._language.setText(self.tr("Switch to Chinese or English"))
        self._theme.setText(self.tr("Switch between light and dark"))
        self._quit.setText(self.tr("Quit"))
        for action, title in self._screens:
            action.setText(self.tr("Go to {screen}").format(screen=translate(title)))

    def _action(self, keys: str, run: Callable[[], object]) -> QAction:
        action = QAction(self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: run())
        return action

    def _go(self, key: str) -> None:
        if self._window.context is not None:
            self._window.navigate(key)

    def _switch_language(self) -> None:
        chinese = Language.current() == Language.CHINESE
        self._window.set_language(Language.ENGLISH if chinese else Language.CHINESE)

    def _switch_theme(self) -> None:
        theme = Theme.current()
        mode = Mode.LIGHT if theme.tokens.dark else Mode.DARK
        theme.set(mode=mode)
        self._window.settings.theme = mode.value
