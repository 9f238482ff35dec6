"""A sale shared out, or a month by tiers, while one types: who gets what, what is left, whether the cap holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from chainbrain.split_words import rate_text
from chainbrain.splits import tiers
from chainbrain.splits.allocation import UNTAXED, Sale, Share, allocate, over_cap
from chainbrain.splits.rules import chosen
from ui import figures
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.widgets import ArithmeticBlock, ArithmeticLine, HBox, Label, MoneyInput, TitledCard, VBox
from ui.words import word

if TYPE_CHECKING:
    from chainbrain.splits.rules import SplitRule

_FIELDS = ("amount", "refunded", "fee")
_START = {"amount": Decimal("99.97"), "refunded": Decimal(0), "fee": Decimal("0.38")}
_MONTH, _GROUP = Decimal("523456.78"), Decimal("40.00")


class ExampleCard(TitledCard):
    """Figures above, the sum below; answers at every change."""

    def __init__(self) -> None:
        super().__init__()
        self._rules: tuple[SplitRule, ...] = ()
        self._monthly: SplitRule | None = None
        self._category: str | None = None
        self._others = False
        self.fields = {key: MoneyInput(places=2) for key in _FIELDS}
        self._labels = {key: Label(role=Role.SMALL, color="text2") for key in _FIELDS}
        self.sum = ArithmeticBlock()
        self.month, self._month_label = MoneyInput(places=2), Label(role=Role.SMALL, color="text2")
        self.month.set_value(_MONTH)
        self.month.changed.connect(lambda _value: self._reckon())
        self._order, self._of_month = QWidget(), QWidget()
        self.vat, self._vat_label = (
            MoneyInput("%", places=2, maximum=Decimal(100)),
            Label(role=Role.SMALL, color="text2"),
        )
        self.vat.changed.connect(lambda _value: self._reckon())
        row = HBox(self._order, spacing=m.GAP_M)
        for key, field in self.fields.items():
            field.set_value(_START[key])
            field.changed.connect(lambda _value: self._reckon())
            row.add(VBox(spacing=m.GAP_XS).add(self._labels[key], field))
        self.group, self._group_label = MoneyInput(places=2), Label(role=Role.SMALL, color="text2")
        self.group.set_value(_GROUP)
        self.group.changed.connect(lambda _value: self._reckon())
        self._grouped = QWidget()
        VBox(self._grouped, spacing=m.GAP_XS).add(self._group_label, self.group)
        row.add(self._grouped)
        self._taxed = QWidget()
        VBox(self._taxed, spacing=m.GAP_XS).add(self._vat_label, self.vat)
        row.add(self._taxed)
        VBox(self._of_month, spacing=m.GAP_XS).add(self._month_label, self.month)
        self.add(self._order, self._of_month, self.sum)
        self.retranslate()

    def set_rules(self, rules: Sequence[SplitRule], like: SplitRule | None = None) -> None:
        """Share out by the rules that hold for the store and channel of one of them, today or when it begins.

        A rule that goes by the month is reckoned on a month instead; the example has one group of products, that of
        the rule.
        """
        store, channel = (like.store or "", like.channel) if like else ("", None)
        day = max(date.today(), like.valid_from or date.min) if like else date.today()
        held = chosen(rules, store, channel, day)
        self._monthly = like if like is not None and like.tiers else None
        by_sale = [rule for rule in held if rule.way in {"ratio", "fixed"}]
        groups = [rule.category for rule in ([like] if like else by_sale) if rule.category]
        self._category = groups[0] if groups else None
        self._rules = tuple(rule for rule in by_sale if rule.category in {None, self._category})
        self._others = len(self._rules) < len(by_sale)
        self._entitle()
        self._reckon()

    def retranslate(self) -> None:
        """Set every text."""
        names = {"amount": self.tr("Order amount"), "refunded": self.tr("Refunded"), "fee": self.tr("Fee")}
        for key, label in self._labels.items():
            label.setText(names[key])
            self.fields[key].set_name(names[key])
            self.fields[key].set_unit(self.tr("yuan"))
        self._vat_label.setText(self.tr("VAT rate"))
        self.vat.set_name(self.tr("VAT rate"))
        self._month_label.setText(self.tr("Base of the month"))
        self.month.set_name(self.tr("Base of the month"))
        self.month.set_unit(self.tr("yuan"))
        self._entitle()
        self._reckon()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _entitle(self) -> None:
        self._order.setVisible(self._monthly is None)
        self._grouped.setVisible(self._category is not None)
        name = self.tr("Of it {group}").format(group=self._category or "")
        self._group_label.setText(name)
        self.group.set_name(name)
        self.group.set_unit(self.tr("yuan"))
        self._taxed.setVisible(any(rule.basis.endswith(UNTAXED) for rule in self._rules))
        self._of_month.setVisible(self._monthly is not None)
        if self._monthly is not None:
            self.set_title(self.tr("A month as an example"), word(f"split_way.{self._monthly.way}"))
        else:
            self.set_title(
                self.tr("An order as an example"), self.tr("shares are rounded down, the rest stays with the store")
            )

    def _reckon(self) -> None:
        if self._monthly is not None:
            self._reckon_month(self._monthly)
            return
        amount, refunded, fee = (self.fields[key].value() or Decimal(0) for key in _FIELDS)
        rate = self.vat.value()
        sale = Sale(
            amount, min(refunded, amount), fee, vat=None if rate is None else rate / 100, products=amount or Decimal(1),
            groups={self._category: min(self.group.value() or Decimal(0), amount)} if self._category else {},
        )  # fmt: skip
        # Without the rate nothing is made up: those rules are left out, and that is said.
        rules = [rule for rule in self._rules if rate is not None or not rule.basis.endswith(UNTAXED)]
        parts = allocate(sale, [_share(rule) for rule in rules])
        lines = [ArithmeticLine(self.tr("Kept of the order"), sale.base("after_refunds"))]
        lines += [
            ArithmeticLine(" · ".join(filter(None, (rule.name, rule.receiver, rule.category))), -part)
            for rule, part in zip(rules, parts, strict=True)
        ]
        split = sum(parts, Decimal(0))
        lines.append(ArithmeticLine(self.tr("The store keeps"), sale.base("after_refunds") - split, result=True))
        left_out = (
            translate("Type the VAT rate to see the shares without VAT.") if len(rules) < len(self._rules) else ""
        )
        if not left_out and self._others:
            left_out = translate("Rules for other product groups are left out.")
        self.sum.set_lines(lines, left_out or self._caps(amount, fee, split))

    def _reckon_month(self, rule: SplitRule) -> None:
        base = self.month.value() or Decimal(0)
        due = (tiers.progressive if rule.way == "progressive" else tiers.flat)(base, rule.tiers)
        lines = [ArithmeticLine(self.tr("Base of the month"), base)]
        lines += [
            ArithmeticLine(
                self.tr("{amount} at {rate}").format(amount=figures.money(part), rate=rate_text(rate)), share
            )
            for part, rate, share in tiers.slices(base, rule.tiers, rule.way)
        ]
        lines.append(ArithmeticLine(self.tr("{receiver} gets").format(receiver=rule.receiver), due, result=True))
        self.sum.set_lines(lines, translate("Reckoned once a month on all that the store sold by this base."))

    def _caps(self, amount: Decimal, fee: Decimal, split: Decimal) -> str:
        if split > amount - fee:
            return translate("More than is left of the order after its fee")
        caps = [rule.cap for rule in self._rules if rule.cap is not None]
        if not caps:
            return translate("No cap is written down; the channel's own holds (usually 30 %).")
        over = over_cap(amount, split, min(caps))
        if over:
            return translate("Over the cap by {amount}").format(amount=figures.money(over))
        return translate("Within the cap")


def _share(rule: SplitRule) -> Share:
    return Share(rule.name, rule.receiver, rule.basis, rule.way, rule.rate or rule.fixed or Decimal(0), rule.category)
