"""The import screen: drop files, see what each would add, decide, confirm; nothing is written before that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from chainbrain.changes import Changes
from chainbrain.database.history import Entry
from chainbrain.importers.plan import FilePlan, ImportPlan
from ui.jobs import Job
from ui.theme import metrics as m
from ui.views.base import AppContext, View
from ui.views.imports.action_bar import ActionBar
from ui.views.imports.after_import import AfterImport, after_import, coverage_of, month_of
from ui.views.imports.detail import DetailCard
from ui.views.imports.file_list import FileList
from ui.views.imports.history import HistoryPanel, Past, read_past
from ui.views.imports.known_formats import KnownFormats
from ui.views.imports.words import Group, files_text, group_of, left_out_note, rows_text
from ui.views.parts.board import Board, Cell, Column
from ui.views.parts.names import short_names
from ui.views.parts.reader import Loader
from ui.views.start.formats import format_ids
from ui.widgets import Card, DropZone, EmptyState, Pane, ProgressStrip, SecondaryButton, VBox

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms


class Page(Enum):
    """What the screen shows: nothing yet, a plan, or what was written before."""

    EMPTY = 0
    PLAN = 1
    HISTORY = 2


class ImportsView(View):
    """Plans imports and shows the history."""

    key = "imports"
    icon_name = "import"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: ImportPlan | None = None
        self._paths: list[Path] = []
        self._past = Past((), ())
        self._take_suspects = self._take_differences = False
        self._suspect_files: frozenset[str] = frozenset()
        self._written: tuple[int, int] | None = None
        self._job: Job | None = None
        self._reading = False
        self._page = Page.EMPTY
        self._month = Loader(self)
        self._build()
        self._make_actions()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self._zone, self._list, self._known = DropZone(), FileList(), KnownFormats()
        self._list_card = Card(padding=(0, 0, 0, m.GAP_XS))
        self._list_card.add(self._list)
        self._left = QStackedWidget()
        self._left.addWidget(self._known)
        self._left.addWidget(self._list_card)
        self._detail, self._history, self._empty = DetailCard(), HistoryPanel(), EmptyState()
        self._empty_card = Card()
        self._empty_card.add(self._empty)
        self._right = QStackedWidget()
        for page in (self._empty_card, self._detail, self._history):
            self._right.addWidget(page)
        self._board = Board()
        left = (Cell(self._zone, least=72), Cell(self._left, least=200, grows=1, stacked=220))
        self._board.set_lines(
            ((Column(left, width=328), Column((Cell(self._right, least=420, grows=1, stacked=640),))),)
        )
        self._progress = ProgressStrip()
        self._progress_pane = Pane()
        VBox(self._progress_pane, (m.SCREEN_SIDE, m.GAP_M, m.SCREEN_SIDE, m.GAP_M)).add(self._progress)
        self._progress_pane.hide()
        self._bar = ActionBar()
        VBox(self).add(self._board, self._progress_pane, self._bar)
        self._past_button, self._folder_button = SecondaryButton(), SecondaryButton()
        self._past_button.setCheckable(True)

    def _make_actions(self) -> None:
        self._files_action = self._action("", self.choose_files)
        self._folder_action = self._action("", self.choose_folder)
        self._confirm_action = self._action("Ctrl+Return", self.confirm)
        self._cancel_action = self._action("", self.cancel)
        self._past_action = self._action("Ctrl+H", self._toggle_history)
        self._suspects_action = self._action("", lambda: self._decide(suspects=not self._take_suspects))
        self._differences_action = self._action("", lambda: self._decide(differences=not self._take_differences))

    def _action(self, keys: str, run: Callable[[], object]) -> QAction:
        action = QAction(self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _on=False: run())
        self.addAction(action)
        return action

    def _connect(self) -> None:
        self._zone.dropped.connect(self.accept_files)
        self._zone.clicked.connect(self.choose_files)
        self._empty.acted.connect(self.choose_files)
        self._folder_button.clicked.connect(self.choose_folder)
        self._past_button.clicked.connect(self._toggle_history)
        self._list.chosen.connect(self._show_file)
        self._detail.suspects_decided.connect(lambda take: self._decide(suspects=take))
        self._detail.differences_decided.connect(lambda take: self._decide(differences=take))
        self._bar.confirmed.connect(self.confirm)
        self._bar.cancelled.connect(self.cancel)
        self._history.undo_wanted.connect(self._undo)
        self._month.loaded.connect(self._show_month)

    # ------------------------------------------------------------------ what the window asks

    def title(self) -> str:
        """Return the name of the screen."""
        return self.tr("Import")

    def subtitle(self) -> str:
        """Return how many files are planned."""
        files = files_text(len(self._plan.files)) if self._plan else ""
        hint = self.tr("drop more into any part of the window")
        return self.tr("{files}, {hint}").format(files=files, hint=hint) if files else hint

    def top_bar_widgets(self) -> tuple[list[QWidget], list[QWidget]]:
        """Return the buttons at the right."""
        return [], [self._past_button, self._folder_button]

    def actions(self) -> list[QAction]:
        """Return the commands of this screen."""
        always = [self._files_action, self._folder_action, self._past_action]
        if self._plan is None:
            return always
        return [self._confirm_action, self._cancel_action, self._suspects_action, self._differences_action, *always]

    def badge_count(self) -> int:
        """Return how many planned files wait for a word."""
        if self._plan is None:
            return 0
        return sum(
            group_of(plan) is Group.DECIDE
            or (plan.outcome == "imported" and plan.counts.suspect + plan.counts.broken > 0)
            for plan in self._plan.files
        )

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book; a plan of another book is gone."""
        super().set_workspace(context)
        self._plan, self._paths, self._written, self._job = None, [], None, None
        self._past = Past((), ())
        self._detail.use(context)
        self._known.set_formats(tuple(format_ids()))
        self._show_page(Page.EMPTY)

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the history and the names of stores again."""
        context = self.context
        if context is None:
            return
        context.write(lambda workspace, _report: read_past(workspace), self._show_past)
        context.read(_store_names, self._detail.set_store_names)

    def open_with(self, **filters: object) -> None:
        """Show the history when asked for."""
        if filters.get("history"):
            self._show_page(Page.HISTORY)

    def accept_files(self, paths: Sequence[Path]) -> bool:
        """Read more files together with those planned already."""
        context = self.context
        if context is None:
            return False
        known = self._paths if self._plan is not None or self._reading else []
        self._paths = [*known, *(path for path in paths if path not in known)]
        self._start_plan(context, list(self._paths))
        return True

    # ------------------------------------------------------------------ parts, for tests and other screens

    @property
    def plan(self) -> ImportPlan | None:
        """What would be written now."""
        return self._plan

    @property
    def page(self) -> Page:
        """What is shown."""
        return self._page

    @property
    def files(self) -> FileList:
        """The list of files."""
        return self._list

    @property
    def detail(self) -> DetailCard:
        """The chosen file."""
        return self._detail

    @property
    def history(self) -> HistoryPanel:
        """What was written before."""
        return self._history

    @property
    def bar(self) -> ActionBar:
        """What will be written, and the main button."""
        return self._bar

    @property
    def progress(self) -> ProgressStrip:
        """How far the reading is."""
        return self._progress

    @property
    def zone(self) -> DropZone:
        """Where files are dropped."""
        return self._zone

    # ------------------------------------------------------------------ commands

    def choose_files(self) -> None:
        """Ask for files."""
        pattern = self.tr("Statements (*.csv *.xls *.xlsx *.zip *.txt);;All files (*)")
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Choose files"), "", pattern)
        if names:
            self.accept_files([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder; everything in it is read."""
        name = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), "")
        if name:
            self.accept_files([Path(name)])

    def confirm(self) -> None:
        """Write what the plan shows, or go on to reconciling when that is done."""
        context, plan = self.context, self._plan
        if context is None or self._busy():
            return
        if plan is None:
            if self._written is not None:
                context.navigate("reconcile")
            return
        if plan.writable:
            job = context.write(
                lambda workspace, report: workspace.imports.apply(plan, report),
                lambda changes: self._applied(plan, changes),
                self.tr("Writing"),
            )
            self._follow(job)

    def cancel(self) -> None:
        """Drop the plan; nothing was written."""
        if self._job is not None and self._reading:
            self._job.cancel()
            return
        if not self._busy():
            self._drop_plan()

    # ------------------------------------------------------------------ planning

    def _start_plan(self, context: AppContext, paths: list[Path]) -> None:
        if self._job is not None and self._reading:
            self._job.cancel()
        suspects, differences = self._take_suspects, self._take_differences
        job = context.write(
            lambda workspace, report: workspace.imports.plan(
                paths, report, accept_differences=differences, accept_suspect=suspects
            ),
            self._planned,
            self.tr("Reading, nothing is written yet"),
        )
        # The engine lets go of the plan before as soon as it reads again.
        self._plan, self._written = None, None
        self._follow(job, reading=True)
        job.cancelled.connect(lambda: self._not_planned(job))
        job.failed.connect(lambda _failure: self._not_planned(job))
        self._show_page(Page.EMPTY)

    def _planned(self, plan: ImportPlan) -> None:
        if self._job is not None and self._job is not self.sender():
            return
        self._plan = plan
        if not self._take_suspects:
            self._suspect_files = frozenset(file.file_id for file in plan.files if file.counts.suspect)
        self._detail.set_decisions(
            suspects=self._take_suspects, differences=self._take_differences, suspect_files=self._suspect_files
        )
        self._list.set_plans(plan.files)
        self._show_page(Page.PLAN)
        self._list.setFocus()
        covers = coverage_of(plan.files)
        period = month_of(covers)
        if self.context is not None and period is not None:
            self._month.load(self.context, lambda rooms, _report: after_import(rooms, covers, period))
        else:
            self._detail.set_month(None)

    def _not_planned(self, job: Job) -> None:
        if job is self._job or self._job is None:
            self._drop_plan()

    def _decide(self, *, suspects: bool | None = None, differences: bool | None = None) -> None:
        context = self.context
        if context is None or self._plan is None or self._busy():
            return
        if suspects is not None:
            self._take_suspects = suspects
        if differences is not None:
            self._take_differences = differences
        take_suspects, take_differences = self._take_suspects, self._take_differences
        job = context.write(
            lambda workspace, _report: workspace.imports.decide_again(
                accept_differences=take_differences, accept_suspect=take_suspects
            ),
            self._planned,
            self.tr("Counting again"),
        )
        self._follow(job)

    def _drop_plan(self) -> None:
        self._plan, self._paths = None, []
        self._take_suspects = self._take_differences = False
        self._suspect_files = frozenset()
        self._show_page(Page.HISTORY if self._past.entries else Page.EMPTY)

    # ------------------------------------------------------------------ writing

    def _applied(self, plan: ImportPlan, changes: Changes) -> None:
        context = self.context
        if context is None:
            return
        self._drop_plan()
        self._written = (len(plan.writable), plan.new_rows)
        self._show_page(Page.HISTORY)
        words = self.tr("Written: {rows} from {files}")
        entry_id = changes.entry_id
        context.notify(
            "matched",
            words.format(rows=rows_text(plan.new_rows), files=files_text(len(plan.writable))),
            self.tr("Undo"),
            lambda: self._undo_entry(entry_id),
        )
        context.changed(changes)

    def _undo(self, entry: Entry) -> None:
        self._undo_entry(entry.entry_id)

    def _undo_entry(self, entry_id: int | None) -> None:
        context = self.context
        if context is None or self._busy():
            return
        job = context.write(
            lambda workspace, report: workspace.undo(entry_id, report), self._undone, self.tr("Taking it back")
        )
        self._follow(job)

    def _undone(self, changes: Changes) -> None:
        self._written = None
        if self.context is not None:
            self.context.notify("matched", self.tr("Taken back. The files can be imported again at any time."))
            self.context.changed(changes)

    # ------------------------------------------------------------------ showing

    def retranslate(self) -> None:
        """Set every text."""
        self._zone.set_text(
            self.tr("Drop more files, folders or archives")
            if self._plan
            else self.tr("Drop files, folders or archives")
        )
        self._past_button.setText(self.tr("Past imports"))
        self._folder_button.setText(self.tr("From a folder\u2026"))
        self._files_action.setText(self.tr("Choose files to import\u2026"))
        self._folder_action.setText(self.tr("Import a folder\u2026"))
        self._confirm_action.setText(self.tr("Confirm the import"))
        self._cancel_action.setText(self.tr("Drop this plan"))
        self._past_action.setText(self.tr("Show past imports"))
        self._suspects_action.setText(
            self.tr("Leave suspect rows out") if self._take_suspects else self.tr("Write suspect rows as new")
        )
        self._differences_action.setText(
            self.tr("Leave files out whose totals differ")
            if self._take_differences
            else self.tr("Take files whose totals differ")
        )
        if self._reading:
            self._empty.set_texts(
                self.tr("Reading the files"),
                self.tr("Nothing is written before you confirm."),
            )
        else:
            self._empty.set_texts(
                self.tr("No statements in this book yet"),
                self.tr(
                    "Drop what tills, wallets, delivery platforms and banks export. "
                    "You see row by row what would be added; nothing is written before you confirm."
                ),
                self.tr("Choose files\u2026"),
            )
        self._set_bar()

    def _show_page(self, page: Page) -> None:
        if page is Page.PLAN and self._plan is None:
            page = Page.EMPTY
        self._page = page
        self._right.setCurrentIndex(page.value)
        self._left.setCurrentIndex(1 if self._plan is not None else 0)
        self._past_button.setChecked(page is Page.HISTORY)
        self.retranslate()
        if self.context is not None:
            window = self.window()
            if hasattr(window, "refresh_title"):
                window.refresh_title()

    def _toggle_history(self) -> None:
        if self._page is Page.HISTORY and (self._plan is not None or not self._past.entries):
            self._show_page(Page.PLAN)
        else:
            self._show_page(Page.HISTORY)

    def _show_file(self, plan: FilePlan) -> None:
        if self.context is not None:
            self._detail.show_plan(self.context, plan)
            if self._page is Page.HISTORY and self._plan is not None:
                self._show_page(Page.PLAN)

    def _show_month(self, data: AfterImport) -> None:
        self._detail.set_month(data)

    def _show_past(self, past: Past) -> None:
        self._past = past
        self._history.set_past(past)
        if past.entries and past.entries[0].kind != "import":
            # Matched meanwhile, or taken back: the next step is no longer the same.
            self._written = None
            self._set_bar()
        if self._page is Page.EMPTY and past.entries and not self._reading:
            self._show_page(Page.HISTORY)

    def _set_bar(self) -> None:
        plan = self._plan
        self._bar.setVisible(plan is not None or self._written is not None)
        if plan is None:
            if self._written is not None:
                files, rows = self._written
                what = self.tr("{files}, {rows} written").format(files=files_text(files), rows=rows_text(rows))
                self._bar.set_texts(
                    what, self.tr("Next: match them with what is there."), "", self.tr("Go on to reconciling")
                )
                self._bar.confirm.setEnabled(not self._busy())
            return
        files, rows = len(plan.writable), plan.new_rows
        if files:
            what = self.tr("Will write {files}, {rows}").format(files=files_text(files), rows=rows_text(rows))
        else:
            what = self.tr("Nothing to write")
        self._bar.set_texts(what, left_out_note(plan), self.tr("Cancel"), self.tr("Confirm import"))
        self._bar.confirm.setEnabled(bool(files) and not self._busy())

    # ------------------------------------------------------------------ work beside the window

    def _busy(self) -> bool:
        return self._job is not None

    def _follow(self, job: Job, reading: bool = False) -> None:
        self._job, self._reading = job, reading
        self._progress.follow(job)
        self._progress_pane.show()
        job.finished.connect(lambda: self._ended(job))
        self._set_bar()

    def _ended(self, job: Job) -> None:
        if job is not self._job:
            return
        self._job, self._reading = None, False
        self._progress_pane.hide()
        self.retranslate()


def _store_names(rooms: Rooms) -> dict[str, str]:
    span = rooms.analytics.span()
    if span is None:
        return {}
    series = rooms.analytics.sparklines(span.last, 1)
    short = short_names(one.name for one in series)
    return {one.store_id: short[one.name] for one in series}
