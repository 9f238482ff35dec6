"""The fields of a split rule: what can be chosen or typed in each, and what was said."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from chainbrain import split_words
from chainbrain.splits import drafts
from chainbrain.splits.allocation import BASES, WAYS
from chainbrain.splits.drafts import RuleText
from chainbrain.splits.rules import KINDS
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets import Choice, Grid, Label, VBox, scaled
from ui.words import word

if TYPE_CHECKING:
    from chainbrain.splits.rules import SplitRule
    from ui.views.splits.figures_of import Told

_FIELDS = (
    "name", "receiver", "kind", "account", "store", "channel", "category", "basis", "way", "value", "cap", "first",
    "after",
)  # fmt: skip
_CHOICES = ("kind", "store", "channel", "basis", "way")
_ACROSS = 4
_START = {"basis": "after_refunds", "way": "ratio"}


class RuleFields(QWidget):
    """Thirteen fields; ``changed`` at every change by hand, ``entered`` at Enter in one that is typed into."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.by_key: dict[str, QLineEdit | Choice] = {
            key: Choice() if key in _CHOICES else QLineEdit() for key in _FIELDS
        }
        self._labels = {key: Label(role=Role.SMALL, color="text2") for key in _FIELDS}
        grid = Grid(self, spacing=(m.GAP_M, m.GAP_S))
        for number, (key, field) in enumerate(self.by_key.items()):
            scaled(field, height=m.CONTROL, min_width=96)
            cell = QWidget()
            VBox(cell, spacing=2).add(self._labels[key], field)
            grid.addWidget(cell, number // _ACROSS, number % _ACROSS)
        for field in self.by_key.values():
            if isinstance(field, Choice):
                field.currentIndexChanged.connect(lambda _index: self.changed.emit())
            else:
                field.textChanged.connect(lambda _text: self.changed.emit())
                field.returnPressed.connect(self.entered)

    def typed(self, key: str) -> QLineEdit:
        """A field that is typed into."""
        field = self.by_key[key]
        assert isinstance(field, QLineEdit)
        return field

    def said(self, key: str) -> str:
        """What a field says: the code of what is chosen, or the text."""
        field = self.by_key[key]
        return str(field.currentData() or "") if isinstance(field, Choice) else field.text().strip()

    def rule_text(self, tiers: str | None) -> RuleText:
        """What all of them say, with the tiers where the value comes from their table.

        Raises:
            UserError: a day cannot be read.
        """
        return RuleText(
            self.said("name"), self.said("receiver"), self.said("basis"), self.said("way"),
            self.said("value") if tiers is None else tiers, self.said("store"),
            self.said("channel"), self.said("kind"), self.said("account"), self.said("cap"),
            drafts.day_of(self.said("first")), drafts.day_of(self.said("after")), self.said("category"),
        )  # fmt: skip

    def show_rule(self, rule: SplitRule | None) -> None:
        """Say what a rule says, or nothing yet, without a signal."""
        texts = texts_of(rule) if rule is not None else {**_START, "first": date.today().isoformat()}
        for key, field in self.by_key.items():
            field.blockSignals(True)
            if isinstance(field, Choice):
                if texts.get(key) and field.findData(texts[key]) < 0:
                    field.addItem(texts[key], texts[key])
                field.setCurrentIndex(max(0, field.findData(texts.get(key, ""))))
            else:
                field.setText(texts.get(key, ""))
            field.blockSignals(False)

    def follow_way(self) -> None:
        """Ask for a value in the way that is chosen; tiers have a table of their own."""
        by_tiers = self.by_tiers
        for one in (self.by_key["value"], self._labels["value"]):
            one.setVisible(not by_tiers)
        self.typed("value").setPlaceholderText("5%" if self.said("way") == "ratio" else "0.30" if not by_tiers else "")

    @property
    def by_tiers(self) -> bool:
        """Whether the way that is chosen has tiers."""
        return self.said("way") in {"progressive", "flat"}

    def offer(self, told: Told | None) -> None:
        """Offer the stores and channels of the book; what is chosen stays chosen."""
        stores = [(code, f"{code}  {name}" if name != code else code) for code, name in (told.stores if told else ())]
        channels = [(code, word(f"channel.{code}")) for code in (told.channels if told else ())]
        self._offer("store", [("", self.tr("All stores")), *stores])
        self._offer("channel", [("", self.tr("All channels")), *channels])
        self._offer("kind", [("", self.tr("not said")), *((code, word(f"split_receiver.{code}")) for code in KINDS)])
        groups = "、".join(told.categories if told else ())
        self.by_key["category"].setToolTip(self.tr("In the book: {groups}").format(groups=groups) if groups else "")
        self._offer("basis", [(code, word(f"split_basis.{code}")) for code in BASES])
        self._offer("way", [(code, word(f"split_way.{code}")) for code in WAYS])

    def retranslate(self) -> None:
        """Name every field and say what an empty one means."""
        names: dict[str, str] = {
            "name": self.tr("Rule"), "receiver": self.tr("Receiver"), "kind": self.tr("Who it is"),
            "account": self.tr("Receiver's account"), "store": self.tr("Store"), "channel": self.tr("Channel"),
            "category": self.tr("Product group"),
            "basis": self.tr("Base"), "way": self.tr("Way"), "value": self.tr("Value"), "cap": self.tr("Cap"),
            "first": self.tr("Holds from"), "after": self.tr("Until before"),
        }  # fmt: skip
        for key, label in self._labels.items():
            label.setText(names[key])
            self.by_key[key].setAccessibleName(names[key])
        hints = {
            "category": self.tr("All products"),
            "cap": "30%",
            "first": self.tr("ever"),
            "after": self.tr("for good"),
        }
        for key, text in hints.items():
            self.typed(key).setPlaceholderText(text)

    def _offer(self, key: str, options: list[tuple[str, str]]) -> None:
        field = self.by_key[key]
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


def texts_of(rule: SplitRule) -> dict[str, str]:
    """A rule as its fields say it."""
    return {
        "name": rule.name, "receiver": rule.receiver, "kind": rule.receiver_kind or "", "account": rule.account or "",
        "store": rule.store or "", "channel": rule.channel or "", "category": rule.category or "", "basis": rule.basis,
        "way": rule.way, "value": drafts.value_text(rule),
        "cap": split_words.rate_text(rule.cap) if rule.cap is not None else "",
        "first": rule.valid_from.isoformat() if rule.valid_from else "",
        "after": rule.valid_to.isoformat() if rule.valid_to else "",
    }  # fmt: skip
