"""The import screen: drop files, see what each would add, decide, confirm; nothing is written before that."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from chainbrain.changes import Changes
from chainbrain.importers.plan import FilePlan, ImportPlan
from ui.theme import metrics as m
from ui.views.base import AppContext, View
from ui.views.imports.action_bar import ActionBar
from ui.views.imports.actions import ImportActions
from ui.views.imports.after_import import after_import, coverage_of, month_of
from ui.views.imports.arrivals import Arrivals
from ui.views.imports.detail import DetailCard
from ui.views.imports.file_list import FileList
from ui.views.imports.history import HistoryPanel, Past, read_past
from ui.views.imports.known_formats import KnownFormats
from ui.views.imports.places_line import PlacesLine
from ui.views.imports.planner import Planner
from ui.views.imports.progress_pane import ProgressPane
from ui.views.imports.words import files_text, is_mapped, waits_for_a_word, worth_writing
from ui.views.imports.writer import Writer
from ui.views.mapping.view import MappingDialog
from ui.views.parts.board import Board, Cell, Column
from ui.views.parts.format_help import FormatHelp
from ui.views.parts.inbox_bar import InboxBar
from ui.views.parts.names import short_names
from ui.views.parts.reader import Loader
from ui.views.places.panel import PlacesPanel
from ui.views.start.formats import format_ids
from ui.widgets import Card, DropZone, EmptyState, ProgressStrip, SecondaryButton, VBox

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms


class Page(Enum):
    """What the screen shows: nothing yet, a plan, what was written before, or what of it belongs to no store."""

    EMPTY = 0
    PLAN = 1
    HISTORY = 2
    PLACES = 3


class ImportsView(View):
    """Plans imports and shows the history."""

    key = "imports"
    icon_name = "import"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._past = Past((), ())
        self._page = Page.EMPTY
        self._month = Loader(self)
        self._progress = ProgressPane()
        self._planner, self._writer = Planner(self._progress, self), Writer(self._progress, self)
        self._arrivals = Arrivals(self._planner, self._progress, self)
        self._build()
        self._actions = ImportActions(self, self._list, self._detail.table)
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
        self._places, self._places_line = PlacesPanel(), PlacesLine()
        for page in (self._empty_card, self._detail, self._history, self._places):
            self._right.addWidget(page)
        right = QWidget()
        VBox(right, spacing=m.GAP_M).add(self._places_line, self._right).setStretch(1, 1)
        self._inbox_bar = InboxBar()
        self._board = Board()
        left = (
            Cell(self._zone, least=72, gap=m.GAP_S),
            Cell(self._inbox_bar, least=24, gap=m.GAP_S),
            Cell(self._left, least=200, grows=1, stacked=220),
        )
        self._board.set_lines(((Column(left, width=328), Column((Cell(right, least=420, grows=1, stacked=640),))),))
        self._bar = ActionBar()
        VBox(self).add(self._board, self._progress, self._bar)
        self._past_button, self._folder_button = SecondaryButton(), SecondaryButton()
        self._past_button.setCheckable(True)

    def _connect(self) -> None:
        self._zone.dropped.connect(self.accept_files)
        self._zone.clicked.connect(self.choose_files)
        self._empty.acted.connect(self.choose_files)
        self._folder_button.clicked.connect(self.choose_folder)
        self._past_button.clicked.connect(self._toggle_history)
        self._list.chosen.connect(self._show_file)
        self._detail.rows_decided.connect(self._planner.decide_rows)
        self._detail.difference_decided.connect(lambda plan, take: self._planner.take_file(plan.file_id, take))
        self._detail.reason.password_entered.connect(self._planner.unlock)
        self._detail.reason.format_chosen.connect(self._choose_format)
        self._detail.reason.mapping_wanted.connect(self.map_columns)
        self._detail.head.leave_wanted.connect(self._leave_file)
        self._bar.confirmed.connect(self.confirm)
        self._bar.cancelled.connect(self.cancel)
        self._history.undo_wanted.connect(lambda entry: self._writer.undo(entry.entry_id))
        self._history.redo_wanted.connect(lambda entry: self._writer.redo(entry.entry_id))
        self._month.loaded.connect(self._detail.set_month)
        self._planner.planned.connect(self._planned)
        self._planner.began.connect(self._began)
        self._planner.decided.connect(self._decided)
        self._planner.dropped.connect(lambda _paths: self._show_page(self._resting_page()))
        self._detail.head.help_wanted.connect(self.show_help)
        self._known.help_wanted.connect(self.show_help)
        self._places_line.opened.connect(self._toggle_places)
        self._inbox_bar.plan_wanted.connect(self._arrivals.plan_waiting)
        self._writer.written.connect(self._planner.drop)
        self._progress.changed.connect(self.retranslate)
        actions, planner = self._actions, self._planner
        actions.connect(actions.files, self.choose_files)
        actions.connect(actions.folder, self.choose_folder)
        actions.connect(actions.confirm, self.confirm)
        actions.connect(actions.cancel, self.cancel)
        actions.connect(actions.past, self._toggle_history)
        actions.connect(actions.leave_file, self._leave_file)
        actions.connect(actions.suspects, planner.flip_suspects)
        actions.connect(actions.differences, planner.flip_differences)
        for word, action in actions.rows.items():
            actions.connect(action, partial(self._detail.table.decide_current, word))

    # ------------------------------------------------------------------ what the window asks

    def title(self) -> str:
        """Return the name of the screen."""
        return self.tr("Import")

    def subtitle(self) -> str:
        """Return how many files are planned."""
        plan = self._planner.plan
        hint = self.tr("drop more into any part of the window")
        return self.tr("{files}, {hint}").format(files=files_text(len(plan.files)), hint=hint) if plan else hint

    def top_bar_widgets(self) -> tuple[list[QWidget], list[QWidget]]:
        """Return the buttons at the right."""
        return [], [self._past_button, self._folder_button]

    def actions(self) -> list[QAction]:
        """Return the commands of this screen."""
        return self._actions.shown(planned=self._planner.plan is not None)

    def badge_count(self) -> int:
        """Return how many files wait: those that came into the watched folder, and planned ones that ask something."""
        plan, arrived = self._planner.plan, set(self._arrivals.waiting)
        asking = [file for file in plan.files if waits_for_a_word(file)] if plan is not None else []
        return len(arrived) + sum(file.reading.path not in arrived for file in asking)

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book; a plan of another book is gone."""
        super().set_workspace(context)
        self._past = Past((), ())
        self._progress.forget()
        self._planner.use(context)
        self._writer.use(context)
        self._detail.use(context)
        self._places.use(context)
        self._places_line.set_places(())
        self._arrivals.use(context)
        self._inbox_bar.setVisible(self._arrivals.watch is not None)
        if self._arrivals.watch is not None:
            self._inbox_bar.use(self._arrivals.watch)
        self._known.set_formats(tuple(format_ids()))
        self._show_page(Page.EMPTY)

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the history and the names of stores again."""
        context = self.context
        if context is None:
            return
        if changes is not None and "source_files" in changes.kinds:
            self._planner.outdated()
        context.write(lambda workspace, _report: read_past(workspace), self._show_past)
        context.read(_store_names, self._detail.set_store_names)
        context.read(lambda rooms: rooms.places.waiting(), self._places_line.set_places)
        if self._page is Page.PLACES:
            self._places.refresh()

    def open_with(self, **filters: object) -> None:
        """Show the history when asked for."""
        if filters.get("history"):
            self._show_page(Page.HISTORY)
        elif filters.get("places"):
            self._places.refresh()
            self._show_page(Page.PLACES)

    def accept_files(self, paths: Sequence[Path]) -> bool:
        """Read more files together with those planned already."""
        if self.context is None:
            return False
        self._planner.add(paths)
        return True

    def plan_arrived(self, paths: Sequence[Path]) -> None:
        """Read what came into the watched folder; beside an open plan only say so."""
        self._arrivals.plan(paths)

    # ------------------------------------------------------------------ parts, for tests and other screens

    @property
    def plan(self) -> ImportPlan | None:
        """What would be written now."""
        return self._planner.plan

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
        return self._progress.strip

    @property
    def inbox_bar(self) -> InboxBar:
        """The watched folder."""
        return self._inbox_bar

    @property
    def places_line(self) -> PlacesLine:
        """Leads to what belongs to no store."""
        return self._places_line

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

    def map_columns(self) -> None:
        """Let a person name the columns of the shown table; the plan then reads it by them."""
        plan = self._detail.plan
        if self.context is None or plan is None:
            return
        dialog = MappingDialog(self.context, plan.reading.path, plan.reading.member, self.window())
        again = self._planner.read_again if is_mapped(plan) else self._planner.recognise
        dialog.saved.connect(lambda _name: again())
        dialog.open()

    def show_help(self, format_id: str) -> None:
        """Show how files of a format are exported, beside the window."""
        FormatHelp(format_id, self.window()).show()

    def confirm(self) -> None:
        """Write what the plan shows, or go on to reconciling when that is done."""
        if self.context is None or self._progress.busy:
            return
        if self._planner.plan is not None:
            if worth_writing(self._planner.plan):
                self._writer.apply(self._planner.plan)
        elif self._writer.last is not None:
            self.context.navigate("reconcile")

    def cancel(self) -> None:
        """Drop the plan; nothing was written."""
        if self._progress.reading:
            self._progress.stop()
        elif not self._progress.busy:
            self._planner.drop()

    # ------------------------------------------------------------------ showing

    def retranslate(self) -> None:
        """Set every text."""
        planner = self._planner
        self._zone.set_text(
            self.tr("Drop more files, folders or archives")
            if planner.plan
            else self.tr("Drop files, folders or archives")
        )
        self._past_button.setText(self.tr("Past imports"))
        self._folder_button.setText(self.tr("From a folder\u2026"))
        chosen = self._list.current
        left_out = chosen is not None and chosen.outcome == "left_out"
        self._actions.retranslate(planner.decisions, left_out=left_out)
        if self._progress.reading:
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

    def _began(self) -> None:
        self._writer.forget()
        self._detail.forget()
        self._show_page(Page.EMPTY)

    def _planned(self, plan: ImportPlan) -> None:
        if not self._arrivals.announced(plan):
            return
        self._detail.set_decisions(self._planner.decisions)
        self._list.set_plans(plan.files)
        if self._page is not Page.PLAN:
            # A plan that was only counted again leaves the keyboard where the decision was made.
            self._show_page(Page.PLAN)
            if self.isVisible():
                self._list.setFocus()
        self._inbox_bar.set_planned(self._planner.paths)
        self.title_changed.emit()
        covers = coverage_of(plan.files)
        period = month_of(covers)
        if self.context is not None and period is not None:
            self._month.load(self.context, lambda rooms, _report: after_import(rooms, covers, period))
        else:
            self._detail.set_month(None)

    def _decided(self) -> None:
        self._detail.set_decisions(self._planner.decisions)
        self._detail.retranslate()

    def _choose_format(self, candidate: str) -> None:
        plan = self._detail.plan
        if plan is not None:
            self._planner.choose_format(plan, candidate)

    def _leave_file(self) -> None:
        plan = self._list.current
        if plan is not None:
            self._planner.leave_file(plan.file_id, plan.outcome != "left_out")

    def _resting_page(self) -> Page:
        return Page.HISTORY if self._past.entries else Page.EMPTY

    def _show_page(self, page: Page) -> None:
        planned = self._planner.plan is not None
        self._inbox_bar.set_planned(self._planner.paths)
        self._page = Page.EMPTY if page is Page.PLAN and not planned else page
        self._right.setCurrentIndex(self._page.value)
        self._left.setCurrentIndex(1 if planned else 0)
        self._past_button.setChecked(self._page is Page.HISTORY)
        self._places_line.set_open(self._page is Page.PLACES)
        self.retranslate()
        self.title_changed.emit()

    def _toggle_places(self) -> None:
        leaves = self._page is Page.PLACES
        if not leaves:
            self._places.refresh()
        self._show_page(
            (Page.PLAN if self._planner.plan is not None else self._resting_page()) if leaves else Page.PLACES
        )

    def _toggle_history(self) -> None:
        leaves = self._page is Page.HISTORY and (self._planner.plan is not None or not self._past.entries)
        self._show_page(Page.PLAN if leaves else Page.HISTORY)

    def _show_file(self, plan: FilePlan) -> None:
        if self.context is not None:
            self._detail.show_plan(self.context, plan, self._planner.suspects_of(plan))
            if self._page is Page.HISTORY and self._planner.plan is not None:
                self._show_page(Page.PLAN)

    def _show_past(self, past: Past) -> None:
        self._past = past
        self._history.set_past(past)
        if past.entries and past.entries[0].kind != "import":
            # Matched meanwhile, or taken back: the next step is no longer the same.
            self._writer.forget()
            self._set_bar()
        if self._page is Page.EMPTY and past.entries and not self._progress.reading:
            self._show_page(Page.HISTORY)

    def _set_bar(self) -> None:
        plan, written = self._planner.plan, self._writer.last
        self._bar.setVisible(plan is not None or written is not None)
        if plan is not None:
            self._bar.show_plan(plan, busy=self._progress.busy)
        elif written is not None:
            self._bar.show_written(written, busy=self._progress.busy)


def _store_names(rooms: Rooms) -> dict[str, str]:
    span = rooms.analytics.span()
    if span is None:
        return {}
    series = rooms.analytics.sparklines(span.last, 1)
    short = short_names(one.name for one in series)
    return {one.store_id: short[one.name] for one in series}
