"""The open plan on the screen: its files in the list, the chosen one in full, the month as it will be."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from chainbrain.importers.plan import FilePlan, ImportPlan
from ui.views.base import AppContext
from ui.views.imports.after_import import after_import, coverage_of, month_of
from ui.views.imports.planner import Planner
from ui.views.imports.stage import Stage
from ui.views.imports.words import is_mapped
from ui.views.mapping.view import MappingDialog
from ui.views.parts.reader import Loader


class ShownPlan(QObject):
    """Shows what the planner made, and hands back what a person says about one file."""

    def __init__(self, planner: Planner, stage: Stage, parent: QObject) -> None:
        super().__init__(parent)
        self._planner, self._stage = planner, stage
        self._context: AppContext | None = None
        self._month = Loader(self)
        detail = stage.detail
        self._month.loaded.connect(detail.set_month)
        detail.rows_decided.connect(planner.decide_rows)
        detail.difference_decided.connect(lambda plan, take: planner.take_file(plan.file_id, take))
        detail.reason.password_entered.connect(planner.unlock)
        detail.reason.format_chosen.connect(self._choose_format)
        detail.head.leave_wanted.connect(self.leave_file)
        planner.decided.connect(self._decided)

    def use(self, context: AppContext) -> None:
        """Show plans of this book from now on."""
        self._context = context
        self._stage.detail.use(context)

    def show(self, plan: ImportPlan) -> None:
        """Show another plan, or the same one counted again."""
        self._stage.detail.set_decisions(self._planner.decisions)
        self._stage.files.set_plans(plan.files)
        self._stage.inbox_bar.set_planned(self._planner.paths)
        covers = coverage_of(plan.files)
        period = month_of(covers)
        if self._context is not None and period is not None:
            self._month.load(self._context, lambda rooms, _report: after_import(rooms, covers, period))
        else:
            self._month.drop()
            self._stage.detail.set_month(None)

    def show_file(self, plan: FilePlan) -> None:
        """Show one file in full."""
        if self._context is not None:
            self._stage.detail.show_plan(self._context, plan, self._planner.suspects_of(plan))

    def leave_file(self) -> None:
        """Leave the chosen file out of this import, or put it back."""
        plan = self._stage.files.current
        if plan is not None:
            self._planner.leave_file(plan.file_id, plan.outcome != "left_out")

    def map_columns(self, window: QWidget) -> None:
        """Let a person name the columns of the shown table; the plan then reads it by them."""
        plan = self._stage.detail.plan
        if self._context is None or plan is None:
            return
        dialog = MappingDialog(self._context, plan.reading.path, plan.reading.member, window)
        again = self._planner.read_again if is_mapped(plan) else self._planner.recognise
        dialog.saved.connect(lambda _name: again())
        dialog.open()

    def _choose_format(self, candidate: str) -> None:
        plan = self._stage.detail.plan
        if plan is not None:
            self._planner.choose_format(plan, candidate)

    def _decided(self) -> None:
        self._stage.detail.set_decisions(self._planner.decisions)
        self._stage.detail.retranslate()
