"""The rule editor with its example beside it: what is typed is shown at work, then written with an undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from chainbrain.changes import Changes
from chainbrain.splits import drafts
from ui.theme import metrics as m
from ui.views.base import AppContext
from ui.views.splits.example import ExampleCard
from ui.views.splits.figures_of import Told
from ui.views.splits.rule_form import RuleForm
from ui.widgets import HBox
from ui.words import word

if TYPE_CHECKING:
    from chainbrain.splits.conflicts import RulePlan
    from chainbrain.splits.rules import SplitRule


class RuleEditor(QWidget):
    """Form and example; ``wanted`` when a new rule is asked for, ``written(Changes)`` once one is in the book."""

    wanted = Signal()
    written = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._context: AppContext | None = None
        self._told = Told()
        self.form, self.example = RuleForm(), ExampleCard()
        self.new_rule, self.write_table = QAction(self), QAction(self)
        self._cards = HBox(self, spacing=m.GAP_M)
        for card, stretch in ((self.form, 3), (self.example, 2)):
            self._cards.addWidget(card, stretch, Qt.AlignmentFlag.AlignTop)
        self.form.planned.connect(self._show_plan)
        self.form.said.connect(self._write)
        self.new_rule.triggered.connect(lambda _on=False: self.begin())
        self.write_table.triggered.connect(lambda _on=False: self._ask_for_table())
        self.retranslate()

    def minimumSizeHint(self) -> QSize:
        """Either card alone fits; beside each other they stand where there is room for both."""
        wide = max(card.minimumSizeHint().width() for card in (self.form, self.example))
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the example below the form where there is too little room beside it."""
        super().resizeEvent(event)
        both = sum(card.minimumSizeHint().width() for card in (self.form, self.example)) + self._cards.spacing()
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._cards.setDirection(right if both <= self.width() else down)

    def use(self, context: AppContext) -> None:
        """Take the open book."""
        self._context = context

    def set_told(self, told: Told) -> None:
        """Judge by these rules."""
        self._told = told
        self.form.set_told(told)

    def ask(self, rule: SplitRule | None) -> None:
        """Show the chosen rule."""
        self.form.ask(rule)

    def begin(self) -> None:
        """Empty the fields for a new rule."""
        self.wanted.emit()
        self.form.ask(None)

    def export(self, path: Path) -> None:
        """Write all rules as a table that can be changed and imported again."""
        context = self._context
        if context is not None:
            context.read(
                lambda rooms: rooms.splits.write_table(path),
                lambda _count: context.notify("matched", self.tr("Written: {path}").format(path=path.name)),
            )

    def retranslate(self) -> None:
        """Set the texts of its own."""
        self.new_rule.setText(self.tr("Write a new split rule"))
        self.write_table.setText(self.tr("Write the split rules as a table"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show_plan(self, plan: RulePlan | None) -> None:
        if plan is None:
            self.example.set_rules(self._told.rules, self.form.rule)
        else:
            self.example.set_rules(drafts.standing(self._told.rules, plan.rows), plan.rule)

    def _write(self, rule: SplitRule) -> None:
        if self._context is not None:
            self._context.write(
                lambda workspace, report: workspace.set_split_rule(rule, report, accept=True),
                self._done,
                self.tr("Writing the rule, matching anew"),
            )

    def _done(self, changes: Changes) -> None:
        if self._context is not None:
            words = self.tr("Rule written; what is due followed")
            self._context.notify("matched", words, self.tr("Undo"), self._context.undo)
            self._context.changed(changes)
            self.written.emit(changes)
            if self.form.new:
                # What stands in the book now is no new rule any more: a second press must not write it again.
                self.form.ask(None)

    def _ask_for_table(self) -> None:
        start = f"{word('format.chainbrain-split-rules')}.csv"
        chosen, _filter = QFileDialog.getSaveFileName(self, self.tr("Write the split rules as a table"), start, "*.csv")
        if chosen:
            self.export(Path(chosen))
