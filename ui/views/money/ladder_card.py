"""Idle money: how much of it each of the owner's own products may take, and the day that decides it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from chainbrain.cash.ladder import RISKS, Rung, ladder, total
from chainbrain.cash.ladder_terms import Product
from ui import figures
from ui.amounts import parse_amount
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.money import words
from ui.widgets import (
    Choice,
    DataTable,
    HBox,
    Label,
    LinkButton,
    PrimaryButton,
    SecondaryButton,
    TitledCard,
    VBox,
    scaled,
)

if TYPE_CHECKING:
    from chainbrain.cash.outlook import CashPath

_FIELDS = ("name", "lock", "lag", "cap", "rate", "risk")
_HUNDRED = Decimal(100)


class LadderCard(TitledCard):
    """The rungs; ``said(Product)`` when one is written down, ``removed(str)`` when one is taken back."""

    said = Signal(object)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._products: tuple[Product, ...] = ()
        self._path: CashPath | None = None
        self._model = RowsModel(
            [
                Column("name", lambda: self.tr("Product"), lambda rung: rung.product.name, Kind.KEY, least=96),
                Column(
                    "lock", lambda: self.tr("Locked, days"), lambda one: one.product.lock_days, Kind.NUMBER, width=88
                ),
                Column("rate", lambda: self.tr("Assumed a year"), lambda one: one.product.rate, Kind.PERCENT, width=96),
                Column("risk", lambda: self.tr("Risk"), lambda rung: rung.product.risk, width=56),
                Column("amount", lambda: self.tr("May be put"), lambda rung: rung.amount, Kind.MONEY, width=112),
                Column("binding", lambda: self.tr("Binding day"), self._binding, least=120),
                Column("earned", lambda: self.tr("Would bring"), lambda rung: rung.earned, Kind.MONEY, width=96),
            ]
        )  # fmt: skip
        self.table = DataTable(self._model, m.ROW_DENSE, sortable=False)
        self._foot = Label(role=Role.SMALL, color="text2", wrap=True)
        self.add_button, self.remove_button = LinkButton(), LinkButton()
        self.head_right.add(self.add_button, self.remove_button)
        self.name, self.lock, self.lag, self.cap, self.rate = (QLineEdit() for _ in range(5))
        self.risk = Choice()
        self.save_button, self.cancel_button = PrimaryButton(), SecondaryButton()
        self._labels = {key: Label(role=Role.SMALL, color="text2") for key in _FIELDS}
        self.form = QWidget()
        row = HBox(self.form, (m.GAP, m.GAP_S, m.GAP, m.GAP_S), m.GAP_S)
        for key in _FIELDS:
            cell = QWidget()
            VBox(cell, spacing=2).add(self._labels[key], scaled(self._field(key), height=m.CONTROL, min_width=64))
            row.add(cell)
        row.add(self.cancel_button, self.save_button)
        self.form.hide()
        foot = HBox(margins=(m.GAP, m.GAP_S, m.GAP, m.GAP_M)).add(self._foot)
        self.add(self.form, self.table, foot)
        self.body.setStretch(1, 1)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.table.row_changed.connect(lambda _row: self._follow())
        self.add_button.clicked.connect(self.begin)
        self.remove_button.clicked.connect(self._remove)
        self.cancel_button.clicked.connect(self.form.hide)
        self.save_button.clicked.connect(self.save)
        for key in _FIELDS:
            field = self._field(key)
            if isinstance(field, QLineEdit):
                field.textChanged.connect(lambda _text: self._follow())
                field.returnPressed.connect(self.save)

    def set_products(self, products: Sequence[Product], path: CashPath | None) -> None:
        """Show what the products may take of one path."""
        self._products, self._path = tuple(products), path
        self.retranslate()

    @property
    def chosen(self) -> Rung | None:
        """The rung under the keyboard."""
        return cast("Rung | None", self.table.current_row())

    @property
    def foot(self) -> str:
        """What all of it comes to, or what is lacking."""
        return self._foot.text()

    def begin(self) -> None:
        """Ask for a product."""
        for key in _FIELDS:
            field = self._field(key)
            if isinstance(field, QLineEdit):
                field.clear()
        self.form.show()
        self._follow()
        self.name.setFocus()

    def save(self) -> None:
        """Hand the product over, if it is complete."""
        product = self._product()
        if product is not None:
            self.form.hide()
            self.said.emit(product)

    def retranslate(self) -> None:
        """Set every text."""
        names: dict[str, str] = {
            "name": self.tr("Product"), "lock": self.tr("Locked, days"), "lag": self.tr("Back after, days"),
            "cap": self.tr("At most, yuan"), "rate": self.tr("Assumed a year, %"), "risk": self.tr("Risk"),
        }  # fmt: skip
        for key, label in self._labels.items():
            label.setText(names[key])
            self._field(key).setAccessibleName(names[key])
        if not self.risk.count():
            self.risk.addItems(list(RISKS))
        self.set_title(self.tr("Idle money"), self.tr("your own products and assumptions, no investment advice"))
        self.add_button.setText(self.tr("Add"))
        self.remove_button.setText(self.tr("Remove"))
        self.save_button.setText(self.tr("Write"))
        self.cancel_button.setText(self.tr("Close"))
        self.table.setAccessibleName(self.tr("What each product may take"))
        self.table.set_empty_text(self.tr("Write down where money may be put: name, lock, yield are yours to say"))
        path = self._path
        safety = path.floor if path is not None else None
        rungs = ladder(path, self._products, safety) if path is not None and safety is not None else ()
        self._model.set_rows(rungs)
        if not self._products:
            self._foot.setText("")
        elif safety is None:
            self._foot.setText(self.tr("Set the floor first: what must stay decides what is idle."))
        else:
            text = self.tr("{total} may be put away while {safety} stay by the low path; yields are not guaranteed.")
            self._foot.setText(text.format(total=words.full(total(rungs)), safety=words.full(safety)))
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _binding(self, rung: Rung) -> str:
        if rung.binding is None:
            return self.tr("beyond the forecast")
        return f"{figures.day(rung.binding.day)} {words.yuan(rung.binding.p5)}"

    def _field(self, key: str) -> QWidget:
        field: QWidget = getattr(self, key)
        return field

    def _product(self) -> Product | None:
        numbers = [self.lock.text().strip() or "0", self.lag.text().strip() or "0"]
        rate, cap = parse_amount(self.rate.text() or "0"), parse_amount(self.cap.text()) if self.cap.text() else None
        if not self.name.text().strip() or not all(text.isdecimal() for text in numbers) or rate is None:
            return None
        if not 0 <= rate < _HUNDRED or (self.cap.text() and (cap is None or cap <= 0)):
            return None
        lock, lag = map(int, numbers)
        return Product(self.name.text(), lock, lag, cap, rate / _HUNDRED, self.risk.currentText(), date.today())

    def _remove(self) -> None:
        if self.chosen is not None:
            self.removed.emit(self.chosen.product.name)

    def _follow(self) -> None:
        self.remove_button.setEnabled(self.chosen is not None)
        self.save_button.setEnabled(self._product() is not None)
