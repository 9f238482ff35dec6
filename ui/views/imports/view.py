"""The import screen: drop files, see what each would add, decide, confirm; nothing is written before that."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from chainbrain.changes import Changes
from chainbrain.importers.plan import FilePlan, ImportPlan
from ui.views.base import AppContext, View
from ui.views.imports.action_bar import ActionBar
from ui.views.imports.actions import ImportActions
from ui.views.imports.arrivals import Arrivals
from ui.views.imports.page_turner import PageTurner
from ui.views.imports.past import Past, read_past
from ui.views.imports.planner import Planner
from ui.views.imports.progress_pane import ProgressPane
from ui.views.imports.shown_plan import ShownPlan
from ui.views.imports.stage import Page, Stage
from ui.views.imports.words import files_text, waits_for_a_word, worth_writing
from ui.views.imports.writer import Writer
from ui.views.parts.format_help import FormatHelp
from ui.views.parts.names import names_by_store
from ui.views.start.formats import format_ids
from ui.widgets import ProgressStrip, SecondaryButton, VBox


class ImportsView(View):
    """Plans imports and shows the history."""

    key = "imports"
    icon_name = "import"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage, self._bar, self._progress = Stage(), ActionBar(), ProgressPane()
        self._past_button, self._folder_button = SecondaryButton(), SecondaryButton()
        self._past_button.setCheckable(True)
        VBox(self).add(self._stage, self._progress, self._bar)
        self._planner, self._writer = Planner(self._progress, self), Writer(self._progress, self)
        self._arrivals = Arrivals(self._planner, self._progress, self)
        self._shown = ShownPlan(self._planner, self._stage, self)
        self._pages = PageTurner(self._planner, self._stage, self)
        self._actions = ImportActions(self, self._stage.files, self._stage.detail.table)
        self._connect()
        self._connect_actions()
        self.retranslate()

    def _connect(self) -> None:
        stage, planner, writer = self._stage, self._planner, self._writer
        stage.zone.dropped.connect(self.accept_files)
        stage.zone.clicked.connect(self.choose_files)
        stage.empty.acted.connect(self.choose_files)
        stage.files.chosen.connect(self._show_file)
        stage.detail.reason.mapping_wanted.connect(self.map_columns)
        stage.detail.head.help_wanted.connect(self.show_help)
        stage.known.help_wanted.connect(self.show_help)
        stage.inbox_bar.plan_wanted.connect(self._arrivals.plan_waiting)
        stage.history.undo_wanted.connect(lambda entry: writer.undo(entry.entry_id))
        stage.history.redo_wanted.connect(lambda entry: writer.redo(entry.entry_id))
        self._folder_button.clicked.connect(self.choose_folder)
        self._past_button.clicked.connect(self._pages.toggle_history)
        self._bar.confirmed.connect(self.confirm)
        self._bar.cancelled.connect(self.cancel)
        planner.planned.connect(self._planned)
        planner.began.connect(self._began)
        self._pages.turned.connect(self._turned)
        writer.written.connect(planner.drop)
        self._progress.changed.connect(self.retranslate)

    def _connect_actions(self) -> None:
        actions, planner = self._actions, self._planner
        actions.connect(actions.files, self.choose_files)
        actions.connect(actions.folder, self.choose_folder)
        actions.connect(actions.confirm, self.confirm)
        actions.connect(actions.cancel, self.cancel)
        actions.connect(actions.past, self._pages.toggle_history)
        actions.connect(actions.leave_file, self._shown.leave_file)
        actions.connect(actions.suspects, planner.flip_suspects)
        actions.connect(actions.differences, planner.flip_differences)
        for word, action in actions.rows.items():
            actions.connect(action, partial(self._stage.detail.table.decide_current, word))

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
        own = self._actions.shown(planned=self._planner.plan is not None)
        return [*own, *self._stage.history.export.commands()]

    def badge_count(self) -> int:
        """Return how many files wait: those that came into the watched folder, and planned ones that ask something."""
        plan, arrived = self._planner.plan, set(self._arrivals.waiting)
        asking = [file for file in plan.files if waits_for_a_word(file)] if plan is not None else []
        return len(arrived) + sum(file.reading.path not in arrived for file in asking)

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book; a plan of another book is gone."""
        super().set_workspace(context)
        self._progress.forget()
        self._planner.use(context)
        self._writer.use(context)
        self._shown.use(context)
        self._stage.places.use(context)
        self._stage.history.export.context = context
        self._stage.places_line.set_places(())
        self._arrivals.use(context)
        self._stage.inbox_bar.setVisible(self._arrivals.watch is not None)
        if self._arrivals.watch is not None:
            self._stage.inbox_bar.use(self._arrivals.watch)
        self._stage.known.set_formats(tuple(format_ids()))
        self._pages.use()

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the history and the names of stores again."""
        context = self.context
        if context is None:
            return
        if changes is not None and "source_files" in changes.kinds:
            self._planner.outdated()
        context.write(lambda workspace, _report: read_past(workspace), self._show_past)
        context.read(lambda rooms: names_by_store(rooms.analytics.stores()), self._stage.detail.set_store_names)
        context.read(lambda rooms: rooms.places.waiting(), self._stage.places_line.set_places)
        if self.page is Page.PLACES:
            self._stage.places.refresh()

    def open_with(self, **filters: object) -> None:
        """Show the history when asked for: all of it, or only the entries of the kind that ``history`` names."""
        if asked := filters.get("history"):
            self._stage.history.show_kind(str(asked))
            self._pages.show(Page.HISTORY)
            # In a narrow window it stands below the tables that are known.
            self._stage.bring_page()
        elif filters.get("places"):
            self._pages.show_places()

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
        return self._stage.page

    @property
    def stage(self) -> Stage:
        """Everything between the top bar and the action bar: the files, the chosen one, what came before."""
        return self._stage

    @property
    def bar(self) -> ActionBar:
        """What will be written, and the main button."""
        return self._bar

    @property
    def progress(self) -> ProgressStrip:
        """How far the reading is."""
        return self._progress.strip

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
        """Let a person name the columns of the shown table."""
        self._shown.map_columns(self.window())

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
        planner, reading = self._planner, self._progress.reading
        self._stage.retranslate(planned=planner.plan is not None, reading=reading)
        self._past_button.setText(self.tr("Past imports"))
        self._folder_button.setText(self.tr("From a folder\u2026"))
        chosen = self._stage.files.current
        left_out = chosen is not None and chosen.outcome == "left_out"
        self._actions.retranslate(planner.decisions, left_out=left_out)
        self._set_bar()

    def _began(self) -> None:
        self._writer.forget()
        self._stage.detail.forget()
        self._pages.show(Page.EMPTY)

    def _planned(self, plan: ImportPlan) -> None:
        if not self._arrivals.announced(plan):
            return
        self._shown.show(plan)
        if self.page is not Page.PLAN:
            # A plan that was only counted again leaves the keyboard where the decision was made.
            self._pages.show(Page.PLAN)
            if self.isVisible():
                self._stage.files.setFocus()
        self.title_changed.emit()

    def _turned(self) -> None:
        self._past_button.setChecked(self.page is Page.HISTORY)
        self.retranslate()
        self.title_changed.emit()

    def _show_file(self, plan: FilePlan) -> None:
        self._shown.show_file(plan)
        self._pages.show_file()

    def _show_past(self, past: Past) -> None:
        if past.entries and past.entries[0].kind != "import":
            # Matched meanwhile, or taken back: the next step is no longer the same.
            self._writer.forget()
            self._set_bar()
        self._pages.show_past(past, reading=self._progress.reading)

    def _set_bar(self) -> None:
        plan, written = self._planner.plan, self._writer.last
        self._bar.setVisible(plan is not None or written is not None)
        if plan is not None:
            self._bar.show_plan(plan, busy=self._progress.busy)
        elif written is not None:
            self._bar.show_written(written, busy=self._progress.busy)
