"""The form of a split rule, read while one types; what stands against it is told before it is written."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal

from chainbrain.errors import UserError
from chainbrain.product_groups import unknown
from chainbrain.splits import conflicts, drafts
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.splits.rule_fields import RuleFields, texts_of
from ui.views.splits.tier_table import TierTable
from ui.widgets import HBox, Label, PrimaryButton, SecondaryButton, TitledCard
from ui.words import message, words_of

if TYPE_CHECKING:
    from chainbrain.splits.conflicts import RulePlan
    from chainbrain.splits.rules import SplitRule
    from ui.views.splits.figures_of import Told


class RuleForm(TitledCard):
    """Thirteen fields and a table of tiers.

    ``planned(RulePlan | None)`` at every change that can be read, ``said(SplitRule)`` when it is to be written.
    """

    planned = Signal(object)
    said = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._told: Told | None = None
        self._rule: SplitRule | None = None
        self._plan: RulePlan | None = None
        self.fields = RuleFields()
        self.tiers = TierTable()
        self._hint = Label(role=Role.SMALL, color="text2", wrap=True)
        self._group_hint = Label(role=Role.SMALL, color="timing", wrap=True)
        self.new_button, self.end_button, self.save_button = SecondaryButton(), SecondaryButton(), PrimaryButton()
        foot = HBox(spacing=m.GAP_S).add(self._hint)
        foot.setStretch(0, 1)
        foot.add(self.new_button, self.end_button, self.save_button)
        self.add(self.fields)
        self.add(self._group_hint)
        self.add(self.tiers)
        self.body.addLayout(foot)
        self.fields.changed.connect(self._follow)
        self.fields.entered.connect(self.save)
        self.tiers.changed.connect(self._follow)
        self.new_button.clicked.connect(lambda: self.ask(None))
        self.end_button.clicked.connect(self.end)
        self.save_button.clicked.connect(self.save)
        self.retranslate()

    @property
    def rule(self) -> SplitRule | None:
        """The rule that is being changed; nothing for a new one."""
        return self._rule

    @property
    def hint(self) -> str:
        """What is told of the fields as they stand."""
        return self._hint.text()

    def set_told(self, told: Told) -> None:
        """Offer the stores and channels of the book, and judge by its rules."""
        self._told = told
        self.fields.offer(told)
        self._follow()

    def ask(self, rule: SplitRule | None) -> None:
        """Show a rule to be changed, or empty fields for a new one."""
        self._rule = rule
        self.fields.show_rule(rule)
        self.tiers.set_steps([(tier.start, tier.rate) for tier in rule.tiers] if rule is not None else ())
        self._entitle()
        self._follow()
        if rule is None:
            self.fields.by_key["name"].setFocus()

    @property
    def new(self) -> bool:
        """Whether the fields are those of a rule that is not in the book."""
        return self._rule is None

    def end(self) -> None:
        """Put tomorrow where it says until when; it is written like every change."""
        if self._rule is not None:
            field = self.fields.typed("after")
            field.setText((date.today() + timedelta(days=1)).isoformat())
            field.setFocus()
            field.selectAll()

    def save(self) -> None:
        """Hand over the rule, if it can be written and says something new."""
        if self.save_button.isEnabled() and self._plan is not None:
            self.said.emit(self._plan.rule)

    def retranslate(self) -> None:
        """Set every text."""
        self.fields.retranslate()
        self.new_button.setText(self.tr("New rule"))
        self.end_button.setText(self.tr("End it"))
        self._entitle()
        self.fields.offer(self._told)
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _entitle(self) -> None:
        if self._rule is None:
            self.set_title(self.tr("A new rule"))
        else:
            self.set_title(
                f"{self._rule.name} · {self._rule.receiver}", self.tr("a change from a later day on is a new version")
            )

    def _follow(self) -> None:
        """Read the fields, tell what stands against them, and hand on what they would do."""
        by_tiers = self.fields.by_tiers
        self.tiers.setVisible(by_tiers)
        self.fields.follow_way()
        self.end_button.setEnabled(self._rule is not None)
        self._plan, problem = self._read(by_tiers)
        # What stands as it was written is only looked at.
        against = self._plan.conflicts if self._plan is not None and self._new(self._plan.rule) else ()
        if problem is not None:
            touched = any(self.fields.said(key) for key in ("name", "receiver", "value"))
            self._hint.setText(words_of(problem) if touched or by_tiers else self.tr("Say who gets which share."))
        else:
            told = [message(f"split_conflict.{one.code}", **one.facts) for one in against]
            self._hint.setText("\n".join(told))
        self._tell_group()
        self._hint.set_color("difference" if problem is not None or against else "text2")
        self.save_button.setEnabled(self._plan is not None and not self._plan.refused and self._new(self._plan.rule))
        self.save_button.setText(self.tr("Write it all the same") if against else self.tr("Write it"))
        self.planned.emit(self._plan)

    def _tell_group(self) -> None:
        """Say below the field when no order item bears the group; a slip of the pen would take a share of nothing."""
        told = self._told
        found = unknown(
            " ".join(self.fields.said("category").split()) or None, told.item_groups if told is not None else ()
        )
        self._group_hint.setText(message(found.code, **found.facts) if found is not None and told is not None else "")
        self._group_hint.setVisible(bool(self._group_hint.text()))

    @property
    def group_hint(self) -> str:
        """What is told of the product group."""
        return self._group_hint.text()

    def _read(self, by_tiers: bool) -> tuple[RulePlan | None, UserError | None]:
        try:
            rule = drafts.read(self.fields.rule_text(self.tiers.text() if by_tiers else None))
        except UserError as problem:
            return None, problem
        if self._told is None or self._told.limits is None:
            return None, None
        return conflicts.plan(self._told.rules, rule, self._told.limits), None

    def _new(self, rule: SplitRule) -> bool:
        return self._rule is None or texts_of(rule) != texts_of(self._rule)
