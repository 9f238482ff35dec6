"""Every field of a split rule, read while one types, and what stands against it told before it is written."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from chainbrain import split_words
from chainbrain.errors import UserError
from chainbrain.product_groups import unknown
from chainbrain.splits import conflicts, drafts
from chainbrain.splits.allocation import BASES, WAYS
from chainbrain.splits.drafts import RuleText
from chainbrain.splits.rules import KINDS
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.splits.tier_table import TierTable
from ui.widgets import Choice, Grid, HBox, Label, PrimaryButton, SecondaryButton, TitledCard, VBox, scaled
from ui.words import message, word, words_of

if TYPE_CHECKING:
    from chainbrain.splits.conflicts import RulePlan
    from chainbrain.splits.rules import SplitRule
    from ui.views.splits.figures_of import Told

_FIELDS = (
    "name", "receiver", "kind", "account", "store", "channel", "category", "basis", "way", "value", "cap", "first",
    "after",
)  # fmt: skip
_CHOICES = ("kind", "store", "channel", "basis", "way")
_ACROSS = 4
_START = {"basis": "after_refunds", "way": "ratio"}


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
        self.fields: dict[str, QLineEdit | Choice] = {
            key: Choice() if key in _CHOICES else QLineEdit() for key in _FIELDS
        }
        self._labels = {key: Label(role=Role.SMALL, color="text2") for key in _FIELDS}
        self.tiers = TierTable()
        self._hint = Label(role=Role.SMALL, color="text2", wrap=True)
        self._group_hint = Label(role=Role.SMALL, color="timing", wrap=True)
        self.new_button, self.end_button, self.save_button = SecondaryButton(), SecondaryButton(), PrimaryButton()
        grid = Grid(spacing=(m.GAP_M, m.GAP_S))
        for number, (key, field) in enumerate(self.fields.items()):
            scaled(field, height=m.CONTROL, min_width=96)
            cell = QWidget()
            VBox(cell, spacing=2).add(self._labels[key], field)
            grid.addWidget(cell, number // _ACROSS, number % _ACROSS)
        foot = HBox(spacing=m.GAP_S).add(self._hint)
        foot.setStretch(0, 1)
        foot.add(self.new_button, self.end_button, self.save_button)
        self.body.addLayout(grid)
        self.add(self._group_hint)
        self.add(self.tiers)
        self.body.addLayout(foot)
        for field in self.fields.values():
            if isinstance(field, Choice):
                field.currentIndexChanged.connect(self._follow)
            else:
                field.textChanged.connect(self._follow)
                field.returnPressed.connect(self.save)
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
        self._fill()
        self._follow()

    def ask(self, rule: SplitRule | None) -> None:
        """Show a rule to be changed, or empty fields for a new one."""
        self._rule = rule
        texts = _texts(rule) if rule is not None else {**_START, "first": date.today().isoformat()}
        for key, field in self.fields.items():
            field.blockSignals(True)
            if isinstance(field, Choice):
                if texts.get(key) and field.findData(texts[key]) < 0:
                    field.addItem(texts[key], texts[key])
                field.setCurrentIndex(max(0, field.findData(texts.get(key, ""))))
            else:
                field.setText(texts.get(key, ""))
            field.blockSignals(False)
        self.tiers.set_steps([(tier.start, tier.rate) for tier in rule.tiers] if rule is not None else ())
        self._entitle()
        self._follow()
        if rule is None:
            self.fields["name"].setFocus()

    @property
    def new(self) -> bool:
        """Whether the fields are those of a rule that is not in the book."""
        return self._rule is None

    def end(self) -> None:
        """Put tomorrow where it says until when; it is written like every change."""
        field = self.fields["after"]
        if isinstance(field, QLineEdit) and self._rule is not None:
            field.setText((date.today() + timedelta(days=1)).isoformat())
            field.setFocus()
            field.selectAll()

    def save(self) -> None:
        """Hand over the rule, if it can be written and says something new."""
        if self.save_button.isEnabled() and self._plan is not None:
            self.said.emit(self._plan.rule)

    def retranslate(self) -> None:
        """Set every text."""
        names: dict[str, str] = {
            "name": self.tr("Rule"), "receiver": self.tr("Receiver"), "kind": self.tr("Who it is"),
            "account": self.tr("Receiver's account"), "store": self.tr("Store"), "channel": self.tr("Channel"),
            "category": self.tr("Product group"),
            "basis": self.tr("Base"), "way": self.tr("Way"), "value": self.tr("Value"), "cap": self.tr("Cap"),
            "first": self.tr("Holds from"), "after": self.tr("Until before"),
        }  # fmt: skip
        for key, label in self._labels.items():
            label.setText(names[key])
            self.fields[key].setAccessibleName(names[key])
        hints = {
            "category": self.tr("All products"),
            "cap": "30%",
            "first": self.tr("ever"),
            "after": self.tr("for good"),
        }
        for key, text in hints.items():
            field = self.fields[key]
            assert isinstance(field, QLineEdit)
            field.setPlaceholderText(text)
        self.new_button.setText(self.tr("New rule"))
        self.end_button.setText(self.tr("End it"))
        self._entitle()
        self._fill()
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

    def _fill(self) -> None:
        told = self._told
        stores = [(code, f"{code}  {name}" if name != code else code) for code, name in (told.stores if told else ())]
        channels = [(code, word(f"channel.{code}")) for code in (told.channels if told else ())]
        self._offer("store", [("", self.tr("All stores")), *stores])
        self._offer("channel", [("", self.tr("All channels")), *channels])
        self._offer("kind", [("", self.tr("not said")), *((code, word(f"split_receiver.{code}")) for code in KINDS)])
        groups = "、".join(told.categories if told else ())
        self.fields["category"].setToolTip(self.tr("In the book: {groups}").format(groups=groups) if groups else "")
        self._offer("basis", [(code, word(f"split_basis.{code}")) for code in BASES])
        self._offer("way", [(code, word(f"split_way.{code}")) for code in WAYS])

    def _offer(self, key: str, options: list[tuple[str, str]]) -> None:
        field = self.fields[key]
        assert isinstance(field, Choice)
        kept = field.currentData() if field.count() else _START.get(key, "")
        field.blockSignals(True)
        field.clear()
        for data, text in options:
            field.addItem(text, data)
        if kept and field.findData(kept) < 0:
            field.addItem(str(kept), kept)
        field.setCurrentIndex(max(0, field.findData(kept)))
        field.blockSignals(False)

    def _follow(self) -> None:
        """Read the fields, tell what stands against them, and hand on what they would do."""
        by_tiers = self._said("way") in {"progressive", "flat"}
        self.tiers.setVisible(by_tiers)
        value = self.fields["value"]
        for one in (value, self._labels["value"]):
            one.setVisible(not by_tiers)
        assert isinstance(value, QLineEdit)
        value.setPlaceholderText("5%" if self._said("way") == "ratio" else "0.30" if not by_tiers else "")
        self.end_button.setEnabled(self._rule is not None)
        self._plan, problem = self._read(by_tiers)
        # What stands as it was written is only looked at.
        against = self._plan.conflicts if self._plan is not None and self._new(self._plan.rule) else ()
        if problem is not None:
            touched = any(self._said(key) for key in ("name", "receiver", "value"))
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
        found = unknown(" ".join(self._said("category").split()) or None, told.item_groups if told is not None else ())
        self._group_hint.setText(message(found.code, **found.facts) if found is not None and told is not None else "")
        self._group_hint.setVisible(bool(self._group_hint.text()))

    @property
    def group_hint(self) -> str:
        """What is told of the product group."""
        return self._group_hint.text()

    def _read(self, by_tiers: bool) -> tuple[RulePlan | None, UserError | None]:
        try:
            rule = drafts.read(
                RuleText(
                    self._said("name"), self._said("receiver"), self._said("basis"), self._said("way"),
                    self.tiers.text() if by_tiers else self._said("value"), self._said("store"),
                    self._said("channel"), self._said("kind"), self._said("account"), self._said("cap"),
                    drafts.day_of(self._said("first")), drafts.day_of(self._said("after")), self._said("category"),
                )
            )  # fmt: skip
        except UserError as problem:
            return None, problem
        if self._told is None or self._told.limits is None:
            return None, None
        return conflicts.plan(self._told.rules, rule, self._told.limits), None

    def _new(self, rule: SplitRule) -> bool:
        return self._rule is None or _texts(rule) != _texts(self._rule)

    def _said(self, key: str) -> str:
        field = self.fields[key]
        return str(field.currentData() or "") if isinstance(field, Choice) else field.text().strip()


def _texts(rule: SplitRule) -> dict[str, str]:
    """A rule as its fields say it."""
    return {
        "name": rule.name, "receiver": rule.receiver, "kind": rule.receiver_kind or "", "account": rule.account or "",
        "store": rule.store or "", "channel": rule.channel or "", "category": rule.category or "", "basis": rule.basis,
        "way": rule.way, "value": drafts.value_text(rule),
        "cap": split_words.rate_text(rule.cap) if rule.cap is not None else "",
        "first": rule.valid_from.isoformat() if rule.valid_from else "",
        "after": rule.valid_to.isoformat() if rule.valid_to else "",
    }  # fmt: skip
