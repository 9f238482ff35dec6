"""The window: start screen or side bar with screens, notices, commands, files dropped anywhere."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QPoint
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from chainbrain.changes import Changes
from chainbrain.errors import UserError
from ui import session as sessions
from ui.jobs import Failure, Job, JobRunner
from ui.loaded import load_engine, pass_over
from ui.messages import CrashDialog, DetailsDialog, words_of
from ui.session import OpenBook, Session
from ui.settings import UserSettings
from ui.shell.backups import Backups
from ui.shell.choosing import Choosing
from ui.shell.command_search import CommandSearch
from ui.shell.commands import ShellCommands
from ui.shell.context import context_of
from ui.shell.notices import Notices
from ui.shell.shown_book import ShownBook
from ui.shell.sidebar import Sidebar
from ui.shell.top_bar import TopBar
from ui.shell.trail import Trail
from ui.shell.view_stack import ViewStack
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.translator import Language
from ui.views.base import AppContext, TakesStatements, View
from ui.views.parts.inbox import InboxWatch
from ui.views.start.view import StartView
from ui.widgets.drop_zone import local_paths
from ui.widgets.focus_ring import FocusRing
from ui.widgets.layout import HBox, VBox, scaled


class MainWindow(QMainWindow):
    """One window per book.

    Args:
        settings: what the user chose for this computer.
        jobs: the two workers; the window closes them.
    """

    def __init__(self, settings: UserSettings, jobs: JobRunner | None = None) -> None:
        super().__init__()
        self.settings = settings
        self.jobs = jobs or JobRunner(self)
        self.session = Session(self.jobs, self)
        self.context: AppContext | None = None
        self._wish: tuple[Callable[[], Job], str] | None = None
        self._leaving = False
        self.inbox = InboxWatch(self)
        self.start, self.sidebar, self.top_bar, self.notices = StartView(), Sidebar(), TopBar(), Notices()
        self._pages, self._screens = QStackedWidget(), ViewStack()
        self.backups, self.trail = Backups(self), Trail(self.show_screen, self)
        self.files = Choosing(self)
        self.commands = ShellCommands(self)
        self._shown_book = ShownBook(self)
        self._build()
        self._ring = FocusRing(self)
        self._connect()
        self._show_trail()
        self.retranslate()
        follow_theme(self._fold)

    # ------------------------------------------------------------------ books

    def open_book(self, path: Path) -> None:
        """Open a book, closing the present one."""
        self.change_book(lambda: self.session.open(path), self.tr("Opening {name}").format(name=path.stem))

    def new_book(self, path: Path) -> None:
        """Make a book (or open it when it is there already)."""
        self.change_book(lambda: self.session.open(path, create=True), self.tr("Opening {name}").format(name=path.stem))

    def open_demo(self) -> None:
        """Open the demo chain, making it first when this computer has none."""
        self.change_book(lambda: self.session.make_demo(sessions.demo_folder()), self.tr("Making the demo chain"))

    def change_book(self, start: Callable[[], Job], title: str) -> None:
        """Leave the open book for the one that ``start`` brings, and show how far it is."""
        self._leave_for((start, title))

    def show_start(self) -> None:
        """Close the book and show the start screen."""
        self._leave_for(None)

    def use(self, book: OpenBook) -> None:
        """Show an open book: tell every screen, remember it, go to where one starts."""
        self.context = context_of(self, book)
        self.trail.clear()
        self._shown_book.remember()
        self._screens.use(self.context)
        self.notices.clear()
        self.notices.set_demo(book.info.is_demo)
        self._shown_book.retranslate()
        self._pages.setCurrentIndex(1)
        # A book without files starts where files come in.
        self.navigate("overview" if book.info.files else "imports")
        self._shown_book.count_anew()
        self.inbox.use(self.context)
        self.files.bring_waiting()

    # ------------------------------------------------------------------ screens

    def navigate(self, view_key: str, **filters: object) -> None:
        """Show a screen, with filters of the one that leads there; the one before is a step back."""
        self.trail.arrived(view_key, self.view(view_key))
        if view_key != self._screens.key:
            self.notices.leave()
        self.show_screen(view_key, **filters)

    def show_screen(self, view_key: str, **filters: object) -> View:
        """Show a screen without a step of the trail."""
        view = self._screens.show_key(view_key)
        self.sidebar.set_current(view_key)
        left, right = view.top_bar_widgets()
        self.top_bar.show_view(view.title(), view.subtitle(), left, right)
        self.top_bar.set_actions([*view.actions(), *self.commands.all()])
        if filters:
            view.open_with(**filters)
        self._screens.catch_up()
        view.setFocus()
        return view

    def _show_trail(self) -> None:
        self.top_bar.set_trail(back=self.trail.can_go_back, forward=self.trail.can_go_on)

    def view(self, key: str) -> View:
        """Return a screen, building it when it is first needed."""
        return self._screens.view(key)

    @property
    def current_view(self) -> str:
        """The key of the shown screen, empty on the start screen."""
        return self._screens.key if self._pages.currentIndex() == 1 else ""

    def records_changed(self, changes: Changes) -> None:
        """Refresh the shown screen now and the others when they are shown."""
        self._screens.changed(changes)
        self._shown_book.read_again()
        self._screens.catch_up()
        self.refresh_title()

    def refresh_title(self) -> None:
        """Read title, subtitle and counts of the screens again."""
        view = self._screens.shown
        if view is not None:
            self.top_bar.set_title(view.title(), view.subtitle())
        # What is open is known before its screen was ever shown, and whatever month that screen shows.
        self.sidebar.set_counts({**self._screens.counts(), "reconcile": self._shown_book.open_count})

    def taken_by_current(self, paths: Sequence[Path]) -> bool:
        """Offer files to the shown screen; True when it deals with them itself."""
        return self._screens.taken(paths)

    def undo(self) -> None:
        """Take the last entry back and say so."""
        if self.context is None:
            return
        self.context.write(lambda workspace, report: workspace.undo(report=report), self._undone, self.tr("Undo"))

    # ------------------------------------------------------------------ what went wrong

    def show_failure(self, failure: Failure) -> None:
        """Word a failed job: one line with its details, or the dialog for faults of the program."""
        if failure.code is None:
            CrashDialog(failure.details, self).open()
            return
        words = words_of(failure)
        if self._pages.currentIndex() == 0:
            DetailsDialog(words, self).open()
            return
        self.notices.tell("difference", words, self.tr("Details"), lambda: DetailsDialog(words, self).open())

    # ------------------------------------------------------------------ the window

    def search_commands(self) -> None:
        """Open the command search."""
        self.make_search().open_at(self._search_corner())

    def make_search(self) -> CommandSearch:
        """Return the command search over everything that can be done now."""
        own = self._screens.commands() if self.current_view else []
        return CommandSearch([*own, *self.commands.all()], self)

    def set_language(self, code: str) -> None:
        """Switch the language of the window and keep the choice."""
        self.settings.language = code
        Language.set(code)
        Theme.current().set(change_colours=self.settings.change_colours)

    def retranslate(self) -> None:
        """Set the texts of the window itself."""
        self.setWindowTitle(self.tr("ChainBrain"))
        self._shown_book.retranslate()
        self.commands.retranslate()
        self.refresh_title()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the side bar in a narrow window."""
        super().resizeEvent(event)
        self._fold()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        QPainter(self).fillRect(self.rect(), Theme.current().color("canvas"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere."""
        if local_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring dropped files to the import screen."""
        paths = local_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.files.dropped(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the workers, then fold the book in: the file alone holds everything afterwards."""
        self.settings.geometry = bytes(self.saveGeometry().data())
        self._shown_book.remember()
        # Folding the book in may take a moment; the window is gone at once.
        self.hide()
        self.inbox.leave()
        if self.jobs.close():
            self._close_book()
        # A step that does not stop keeps its connection: the log stays beside the book and is folded in the next time.
        super().closeEvent(event)

    # ------------------------------------------------------------------ inside

    def _statements_arrived(self, paths: list[Path]) -> None:
        """Let the import screen read what came into the watched folder, whichever screen is shown."""
        if self.context is not None:
            view = self.view("imports")
            if isinstance(view, TakesStatements):
                view.plan_arrived(paths)

    def _build(self) -> None:
        column = QWidget()
        VBox(column).add(self.top_bar, self.notices, self._screens)
        column.layout().setStretch(2, 1)  # type: ignore[union-attr]
        shell = QWidget()
        HBox(shell).add(self.sidebar, column)
        shell.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self._pages.addWidget(self.start)
        self._pages.addWidget(shell)
        self.setCentralWidget(self._pages)
        self.setAcceptDrops(True)
        scaled(self, min_width=640, min_height=480)
        geometry = self.settings.geometry
        if not geometry or not self.restoreGeometry(QByteArray(geometry)):
            self.resize(Theme.current().px(1440), Theme.current().px(900))
        self.start.show_recent(self.settings.recent)

    def _connect(self) -> None:
        self.start.files_dropped.connect(self.files.bring)
        self.start.files_wanted.connect(self.files.statements)
        self.start.demo_wanted.connect(self.open_demo)
        self.start.other_wanted.connect(self.files.book)
        self.start.book_wanted.connect(self.open_book)
        self.start.language_wanted.connect(self.set_language)
        self.session.opened.connect(self.use)
        self.session.closed.connect(self._no_book)
        self.session.failed.connect(self.show_failure)
        self.sidebar.chosen.connect(self.navigate)
        self.inbox.arrived.connect(self._statements_arrived)
        self.inbox.changed.connect(self.refresh_title)
        self.sidebar.work.watch(self.jobs)
        # Titles and counts come from what was read: look again when reading is done.
        self.jobs.became_idle.connect(self.refresh_title)
        self.jobs.became_idle.connect(self.trail.settle)
        self.trail.moved.connect(self._show_trail)
        self.top_bar.back.clicked.connect(self.trail.back)
        self.top_bar.forward.clicked.connect(self.trail.forward)
        self._screens.title_changed.connect(self.refresh_title)
        self._shown_book.counted.connect(self.refresh_title)
        self.top_bar.search_asked.connect(self.search_commands)
        self.notices.own_data_wanted.connect(self.files.new_book)
        for action in self.commands.all():
            self.addAction(action)

    def load_formats(self) -> None:
        """Ask the engine which formats it recognises; the engine is loaded by that as well."""
        job = Job(lambda _report: load_engine(), reading=True)
        job.succeeded.connect(self.start.show_formats)
        job.succeeded.connect(pass_over)
        job.failed.connect(self.show_failure)
        self.jobs.start(job)

    def _leave_for(self, wish: tuple[Callable[[], Job], str] | None) -> None:
        """Leave the open book; while its jobs end somebody may wish for another one, and the last wish counts."""
        self._wish = wish
        if self._leaving:
            return
        self._leaving = True
        self._leave_book()
        self._leaving = False
        if self._wish is None:
            self._close_book()
            return
        start, title = self._wish
        self._pages.setCurrentIndex(0)
        self.start.follow(start(), title)

    def _leave_book(self) -> None:
        if self.context is None:
            return
        self._shown_book.remember()
        self.inbox.leave()
        self.jobs.cancel_all()
        self.jobs.wait_idle()
        self.context.extras.clear()
        self.context = None
        self._screens.leave()

    def _close_book(self) -> None:
        try:
            self.session.close()
        except UserError as problem:
            # Nothing is lost then, but somebody must hear it before the program is gone.
            DetailsDialog(words_of(Failure.of(problem)), self).exec()

    def _no_book(self) -> None:
        self.context = None
        self._screens.show_none()
        self.notices.clear()
        self.start.show_recent(self.settings.recent)
        self._pages.setCurrentIndex(0)

    def _undone(self, changes: Changes) -> None:
        self.notices.tell("matched", self.tr("The last step was taken back"))
        self.records_changed(changes)

    def _search_corner(self) -> QPoint:
        return self.top_bar.mapToGlobal(QPoint(self.top_bar.width() - Theme.current().px(m.SCREEN_SIDE), m.TOP_BAR))

    def _fold(self) -> None:
        self.sidebar.set_folded(self.width() < Theme.current().px(m.FOLD_BELOW))
