"""What every screen is to the window around it, and what the window offers to a screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from chainbrain.changes import Changes
from ui.jobs import Failure, JobRunner
from ui.settings import UserSettings


class Notify(Protocol):
    """Shows one line under the top bar, with at most one action."""

    def __call__(self, kind: str, text: str, action: str = "", on_action: Callable[[], None] | None = None) -> None:
        """Show ``text``; ``kind`` is matched, timing or difference."""
        ...


class Navigate(Protocol):
    """Opens another screen with filters."""

    def __call__(self, view_key: str, **filters: object) -> None:
        """Open the screen ``view_key``; it gets the filters through ``View.open_with``."""
        ...


@dataclass
class AppContext:
    """What the window hands to its screens.

    Attributes:
        workspace: the open book (``chainbrain.workspace.Workspace``), or None on the start screen.
        jobs: the two workers.
        settings: what the user chose for this computer.
        navigate: opens another screen.
        notify: shows one line under the top bar.
        show_failure: words a failed job and shows it; connect ``Job.failed`` to it.
        changed: tells every screen that records moved; hand it the ``Changes`` of a writing call.
        open_book: opens another book, closing this one; files are imported into it afterwards.
        import_files: brings files to the import screen, as a drop anywhere does.
    """

    workspace: Any
    jobs: JobRunner
    settings: UserSettings
    navigate: Navigate
    notify: Notify
    show_failure: Callable[[Failure], None]
    changed: Callable[[Changes], None]
    open_book: Callable[..., None]
    import_files: Callable[[Sequence[Path]], None]
    extras: dict[str, object] = field(default_factory=dict)


class View(QWidget):
    """One screen.

    Subclasses set ``key`` and ``icon_name``, build widgets in ``__init__``, wire signals in
    ``_connect`` and set every visible text in ``retranslate``.
    """

    key = ""
    icon_name = "file"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context: AppContext | None = None

    def title(self) -> str:
        """Return the name shown in the side bar and the top bar."""
        return self.key

    def subtitle(self) -> str:
        """Return the small text beside the title."""
        return ""

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book; called once per book, before the first ``refresh``."""
        self.context = context

    def refresh(self, changes: Changes | None = None) -> None:
        """Show the current figures; ``changes`` tells what moved, None means everything."""

    def open_with(self, **filters: object) -> None:
        """Apply filters handed over by another screen."""

    def actions(self) -> list[QAction]:
        """Return the commands of this screen, for the menu and the command search."""
        return list(super().actions())

    def top_bar_widgets(self) -> tuple[list[QWidget], list[QWidget]]:
        """Return the widgets beside the title (tabs) and those at the right end (period, export)."""
        return [], []

    def retranslate(self) -> None:
        """Set every visible text again."""

    def accept_files(self, paths: Sequence[Path]) -> bool:
        """Take files dropped on the window; True when this screen deals with them itself."""
        return False

    def badge_count(self) -> int:
        """Return how many things wait here, shown in the side bar; 0 shows nothing."""
        return 0

    def changeEvent(self, event: QEvent) -> None:
        """Set the texts again when the language was switched."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
