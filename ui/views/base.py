"""What every screen is to the window around it, and what the window offers to a screen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from chainbrain.changes import Changes
from ui.jobs import Failure, Job, JobRunner
from ui.settings import UserSettings

if TYPE_CHECKING:  # loading the engine takes a moment, which the first picture of the window need not wait for
    from chainbrain.desk import Desk
    from chainbrain.progress import Report
    from chainbrain.workspace import BookInfo, Rooms, Workspace

T = TypeVar("T")


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


@runtime_checkable
class TakesStatements(Protocol):
    """A screen that reads statements which came by themselves."""

    def plan_arrived(self, paths: Sequence[Path]) -> None:
        """Read these and say that they are there; nothing is written."""
        ...


@dataclass
class AppContext:
    """What the window hands to its screens while one book is open.

    Attributes:
        workspace: the book for the writing worker; call it only inside ``write`` or a writing job.
        rooms: the same book for the reading worker; call it only inside ``read`` or a reading job.
        info: what is known about the book; renewed after every change.
        jobs: the workers.
        settings: what the user chose for this computer.
        navigate: opens another screen.
        notify: shows one line under the top bar.
        show_failure: words a failed job and shows it; connect ``Job.failed`` to it.
        changed: tells every screen that records moved; hand it the ``Changes`` of a writing call.
        open_book: opens another book, closing this one.
        import_files: brings files to the import screen, as a drop anywhere does.
        undo: takes the last entry back.
        extras: what screens share with each other while the book is open.
    """

    workspace: "Workspace"
    rooms: "Rooms"
    info: "BookInfo"
    jobs: JobRunner
    settings: UserSettings
    navigate: Navigate
    notify: Notify
    show_failure: Callable[[Failure], None]
    changed: Callable[[Changes], None]
    open_book: Callable[[Path], None]
    import_files: Callable[[Sequence[Path]], None]
    undo: Callable[[], None]
    extras: dict[str, object] = field(default_factory=dict)

    def hint_over(self) -> None:
        """Take a hint away that is of no use any more: what it was about is no longer on screen, or was done."""
        over = self.extras.get("hint_over")
        if callable(over):
            over()

    def read(self, work: "Callable[[Rooms], T]", done: "Callable[[T], None]") -> Job:
        """Read in the reading worker and hand the result to ``done`` in the window's thread.

        Reads run in the order asked for and never wait behind writing; failures are shown.
        """
        rooms = self.rooms
        job = Job(lambda _report: work(rooms), reading=True, interrupt=rooms.interrupt)
        job.succeeded.connect(done)
        job.failed.connect(self.show_failure)
        self.jobs.start(job)
        return job

    def write(self, work: "Callable[[Workspace, Report], T]", done: "Callable[[T], None]", name: str = "") -> Job:
        """Write or compute in the writing worker; connect ``progressed`` of the returned job as wished."""
        workspace = self.workspace
        job = Job(lambda report: work(workspace, report), interrupt=workspace.interrupt, name=name)
        job.succeeded.connect(done)
        job.failed.connect(self.show_failure)
        self.jobs.start(job)
        return job

    def say(self, work: "Callable[[Desk], T]", done: "Callable[[T], None]", refused: Callable[[Failure], None]) -> Job:
        """Take a person's word down in a worker of its own: it waits for nothing computed, and is never dropped.

        Args:
            work: called with the desk of the open book.
            done: gets the result once the word is kept for good.
            refused: gets the failure when it is not.
        """
        desk = self.workspace.desk
        job = Job(lambda _report: work(desk), kept=True)
        job.succeeded.connect(done)
        job.failed.connect(refused)
        self.jobs.start(job)
        return job


class View(QWidget):
    """One screen.

    Subclasses set ``key`` and ``icon_name``, build widgets in ``__init__``, wire signals in
    ``_connect`` and set every visible text in ``retranslate``.
    """

    key = ""
    icon_name = "file"

    # Emit when title, subtitle or the number of waiting things became another one.
    title_changed = Signal()

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

    def place(self) -> Mapping[str, str]:
        """Return what is chosen here, so that it can be called back: period, store, page; empty when nothing is."""
        return {}

    def take_place(self, place: Mapping[str, str]) -> None:
        """Choose again what ``place`` returned once; what is no longer there is left out."""

    def actions(self) -> list[QAction]:
        """Return the commands of this screen, for the menu and the command search."""
        return list(super().actions())

    def top_bar_widgets(self) -> tuple[list[QWidget], list[QWidget]]:
        """Return the widgets beside the title (tabs) and those at the right end (period, scope, export).

        The search field of the window stands left of the last one at the right that has the property
        ``afterSearch``, otherwise left of all of them.
        """
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
