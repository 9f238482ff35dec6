"""The window: goes from screen to screen, shows what they tell, takes commands and files dropped anywhere."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from chainbrain.changes import Changes
from ui.jobs import Failure, Job, JobRunner
from ui.loaded import load_engine, pass_over
from ui.messages import CrashDialog, DetailsDialog, words_of
from ui.session import OpenBook
from ui.settings import UserSettings
from ui.shell.backups import Backups
from ui.shell.book_window import BookWindow
from ui.shell.choosing import Choosing
from ui.shell.command_search import CommandSearch
from ui.shell.commands import ShellCommands
from ui.shell.context import context_of
from ui.shell.shown_book import ShownBook
from ui.shell.trail import Trail
from ui.theme.theme import Theme, follow_theme
from ui.theme.translator import Language
from ui.views.base import TakesStatements, View
from ui.widgets.drop_zone import local_paths
from ui.widgets.focus_ring import FocusRing


class MainWindow(BookWindow):
    """Shows the screens of a book, and what they tell.

    Args:
        settings: what the user chose for this computer.
        jobs: the two workers; the window closes them.
    """

    def __init__(self, settings: UserSettings, jobs: JobRunner | None = None) -> None:
        super().__init__(settings, jobs)
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

    # ------------------------------------------------------------------ inside

    def _statements_arrived(self, paths: list[Path]) -> None:
        """Let the import screen read what came into the watched folder, whichever screen is shown."""
        if self.context is not None:
            view = self.view("imports")
            if isinstance(view, TakesStatements):
                view.plan_arrived(paths)

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

    def _undone(self, changes: Changes) -> None:
        self.notices.tell("matched", self.tr("The last step was taken back"))
        self.records_changed(changes)
