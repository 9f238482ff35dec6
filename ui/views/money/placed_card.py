"""Money that lies in products already, as the owner typed it in: a small list, and a line to write one down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from chainbrain.amounts import parse_amount
from chainbrain.cash.placements import Placement
from ui import figures
from ui.models import Column, Kind
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.money import told, words
from ui.views.parts.listed_card import ListedCard
from ui.widgets import Choice, HBox, Label, PrimaryButton, SecondaryButton, VBox, scaled

_FIELDS = ("product", "amount", "put_on", "back_on", "entity")
_TYPED = 120


class PlacedCard(ListedCard):
    """``said(Placement)`` when one is written down, ``removed(str)`` with its number when one is taken back."""

    said = Signal(object)
    whole_rows = True

    def __init__(self) -> None:
        super().__init__()
        self._placed: tuple[Placement, ...] = ()
        self._today: date | None = None
        self._chosen: str | None = None
        self._total = Label(role=Role.TITLE, figures=True)
        self.head_right.add(self._total, self.add_button, self.remove_button)
        self.product, self.entity = Choice(), Choice()
        self.amount, self.put_on, self.back_on = QLineEdit(), QLineEdit(), QLineEdit()
        self.save_button, self.cancel_button = PrimaryButton(), SecondaryButton()
        self.form = QWidget()
        self._labels = {key: Label(role=Role.SMALL, color="text2") for key in _FIELDS}
        self._cells = {key: QWidget() for key in _FIELDS}
        row = HBox(self.form, (m.GAP, m.GAP_S, m.GAP, m.GAP_S), m.GAP_S)
        for key in _FIELDS:
            field = scaled(self._field(key), height=m.CONTROL, **{_kind(self._field(key)): _TYPED})
            VBox(self._cells[key], spacing=2).add(self._labels[key], field)
            row.add(self._cells[key])
        row.addStretch(1)
        row.add(self.cancel_button, self.save_button)
        for button in (self.cancel_button, self.save_button):
            row.setAlignment(button, Qt.AlignmentFlag.AlignBottom)
        self.form.hide()
        self._hint = Label(role=Role.SMALL, color="text2", wrap=True)
        self._hint.setContentsMargins(m.GAP, 0, m.GAP, m.GAP_S)
        self._hint.hide()
        self.add(self.form, self._hint, self.table)
        self._connect()
        self.retranslate()

    def _columns(self) -> Sequence[Column]:
        return (
            Column("product", lambda: self.tr("Product"), lambda one: one.product, Kind.KEY, least=100),
            Column("entity", lambda: self.tr("Owned by"), lambda one: one.entity, least=120),
            Column("amount", lambda: self.tr("Amount"), lambda one: one.amount, Kind.MONEY, width=120),
            Column("put_on", lambda: self.tr("Put there on"), lambda one: figures.day(one.put_on, True), width=104),
            Column("back_on", lambda: self.tr("Back on"), self._back, width=184),
        )

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.begin)
        self.cancel_button.clicked.connect(self._close)
        self.save_button.clicked.connect(self.save)
        for field in (self.amount, self.put_on, self.back_on):
            field.textChanged.connect(lambda _text: self._follow())
            field.returnPressed.connect(self.save)
        self.product.currentIndexChanged.connect(lambda _number: self._follow())

    def set_placed(
        self,
        placed: Sequence[Placement],
        products: Sequence[str],
        entities: Sequence[str],
        today: date | None,
        chosen: str | None = None,
    ) -> None:
        """Show what lies there.

        Args:
            placed: the sums.
            products: what a sum may lie in.
            entities: whose it may be.
            today: up to when the banks are known.
            chosen: the legal entity that is looked at, whose a new sum is at first.
        """
        self._placed, self._today, self._chosen = tuple(placed), today, chosen
        for choice, names in ((self.product, list(products)), (self.entity, list(entities))):
            before = choice.currentText()
            choice.clear()
            choice.addItems(names)
            choice.setCurrentIndex(max(0, choice.findText(before)))
        self._cells["entity"].setVisible(len(entities) > 1)
        self.retranslate()

    @property
    def chosen(self) -> Placement | None:
        """The sum under the keyboard."""
        return cast("Placement | None", super().chosen)

    def begin(self) -> None:
        """Ask for a sum."""
        for field in (self.amount, self.back_on):
            field.clear()
        if self._chosen is not None:
            self.entity.setCurrentIndex(max(0, self.entity.findText(self._chosen)))
        # The statements end days ago; what is written down now was put there today unless another day is said.
        self.put_on.setText(told.today().isoformat())
        self.form.show()
        self._follow()
        self.amount.setFocus()

    def save(self) -> None:
        """Hand the sum over, if it is complete."""
        placement = self._said()
        if placement is not None:
            self._close()
            self.said.emit(placement)

    @property
    def hint(self) -> str:
        """What is missing, or what is said of a sum before it is written; empty where there is nothing."""
        return self._hint.text()

    def _close(self) -> None:
        self.form.hide()
        self._follow()

    def retranslate(self) -> None:
        """Set every text."""
        super().retranslate()
        self.set_title(
            self.tr("In products already"),
            self.tr("in the forecast and the plan: back on its day, against the caps"),
        )
        self.save_button.setText(self.tr("Write"))
        self.cancel_button.setText(self.tr("Close"))
        names = {
            "product": self.tr("Product"), "amount": self.tr("Amount"), "put_on": self.tr("Put there on"),
            "back_on": self.tr("Back on"), "entity": self.tr("Owned by"),
        }  # fmt: skip
        for key, name in names.items():
            field = self._field(key)
            field.setAccessibleName(name)
            self._labels[key].setText(name)
        self.back_on.setPlaceholderText(self.tr("may stay empty"))
        self.table.setAccessibleName(self.tr("Money in products"))
        self.table.set_empty_text(self.tr("Nothing is written down: what lies in a product is in no account here"))
        self._model.set_rows(self._placed)
        lies = sum((one.amount for one in self._placed if not self._is_back(one)), Decimal("0.00"))
        self._total.setText(words.full(lies) if lies else "")
        self._follow()

    def _is_back(self, one: Placement) -> bool:
        return one.back_on is not None and self._today is not None and one.back_on <= self._today

    def _back(self, one: Placement) -> str:
        if one.back_on is None:
            return self.tr("at any time")
        day = figures.day(one.back_on, True)
        return self.tr("{day}, due already").format(day=day) if self._is_back(one) else day

    def _field(self, key: str) -> QWidget:
        field: QWidget = getattr(self, key)
        return field

    def _said(self) -> Placement | None:
        amount, put_on = parse_amount(self.amount.text() or ""), _day(self.put_on.text())
        back_on, product = _day(self.back_on.text()), self.product.currentText()
        if not product or amount is None or amount <= 0 or put_on is None:
            return None
        if self.back_on.text().strip() and back_on is None:
            return None
        if back_on is not None and back_on <= put_on:
            return None
        return Placement("", product, self.entity.currentText(), amount, put_on, back_on)

    def _number(self) -> str:
        return self.chosen.placement_id if self.chosen is not None else ""

    def _follow(self) -> None:
        super()._follow()
        self.add_button.setEnabled(self.product.count() > 0)
        said = self._said()
        self.save_button.setEnabled(said is not None)
        over = said is not None and self._is_back(said)
        back = self.tr("Due on a day that the statements know: it is back already and adds nothing.") if over else ""
        self._hint.set_color("difference" if over else "text2")
        self._hint.setText("" if self.form.isHidden() else self._wrong() if said is None else back)
        self._hint.setVisible(bool(self._hint.text()))

    def _wrong(self) -> str:
        """Which field cannot be used as it stands."""
        if not self.product.currentText():
            return self.tr("Write down the product first.")
        if not self.amount.text().strip():
            return self.tr("The amount is needed.")
        amount, put_on, back_on = (
            parse_amount(self.amount.text()), _day(self.put_on.text()), _day(self.back_on.text())
        )  # fmt: skip
        if amount is None or amount <= 0:
            return self.tr("The amount cannot be used: above 0, at most two decimals.")
        if put_on is None:
            return self.tr("The day it was put there cannot be read: write it like 2026-12-31.")
        if back_on is None:
            return self.tr("The day it is back cannot be read: write it like 2026-12-31, or leave it empty.")
        return self.tr("It has to be back after the day it was put there.")


def _kind(field: QWidget) -> str:
    """What is typed is as wide as it gets; names take the room they need."""
    return "width" if isinstance(field, QLineEdit) else "min_width"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip().replace("/", "-"))
    except ValueError:
        return None
