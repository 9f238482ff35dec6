"""The form for a place where idle money may be put: everything in it is the owner's own word."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from chainbrain.amounts import parse_amount
from chainbrain.cash.ladder import RISKS, hour_of
from chainbrain.cash.ladder_terms import Product
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets import Choice, DayField, HBox, Label, PrimaryButton, SecondaryButton, VBox, scaled

_FIELDS = ("name", "lock", "lag", "cutoff", "cap", "daily_cap", "least", "step", "rate", "risk", "said_on", "working")
_FIRST_ROW = 6
_HUNDRED = Decimal(100)


class ProductForm(QWidget):
    """Hidden until it is asked for; ``said(Product)`` when one is complete."""

    said = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.name, self.lock, self.lag, self.cutoff, self.cap, self.daily_cap, self.least, self.step, self.rate = (
            QLineEdit() for _ in range(9)
        )
        self.risk, self.said_on, self.working = Choice(), DayField(), QCheckBox()
        self.save_button, self.cancel_button = PrimaryButton(), SecondaryButton()
        self._labels = {key: Label(role=Role.SMALL, color="text2") for key in _FIELDS}
        rows = HBox(spacing=m.GAP_S), HBox(spacing=m.GAP_S)
        for number, key in enumerate(_FIELDS):
            cell = QWidget()
            VBox(cell, spacing=2).add(self._labels[key], scaled(self._field(key), height=m.CONTROL, min_width=56))
            rows[number >= _FIRST_ROW].add(cell)
        rows[1].add(self.cancel_button, self.save_button)
        VBox(self, (m.GAP, m.GAP_S, m.GAP, m.GAP_S), m.GAP_S).add(*rows)
        self.hide()
        self.cancel_button.clicked.connect(self.hide)
        self.save_button.clicked.connect(self.save)
        for key in _FIELDS:
            field = self._field(key)
            if isinstance(field, QLineEdit):
                field.textChanged.connect(lambda _text: self._follow())
                field.returnPressed.connect(self.save)
        self.retranslate()

    def begin(self) -> None:
        """Ask for a product."""
        self._ask(None)

    def change(self, product: Product) -> None:
        """Ask for another wording of a product; one of another name is another product."""
        self._ask(product)

    def _ask(self, product: Product | None) -> None:
        # What is written down now is the owner's word of today, unless another day is chosen.
        for key, text in _texts(product).items():
            field: QLineEdit = getattr(self, key)
            field.setText(text)
        self.risk.setCurrentIndex(max(0, self.risk.findText(product.risk if product is not None else "")))
        self.working.setChecked(product is not None and product.working_only)
        self.said_on.set_day(date.today())
        self.show()
        self._follow()
        self.name.setFocus()

    def save(self) -> None:
        """Hand the product over, if it is complete."""
        product = self.product()
        if product is not None:
            self.hide()
            self.said.emit(product)

    def retranslate(self) -> None:
        """Set every text."""
        names: dict[str, str] = {
            "name": self.tr("Product"), "lock": self.tr("Locked, days"), "lag": self.tr("Back after, days"),
            "cap": self.tr("At most, yuan"), "rate": self.tr("Assumed a year, %"), "risk": self.tr("Risk"),
            "cutoff": self.tr("Orders until"), "daily_cap": self.tr("At most a day"),
            "working": self.tr("Trading days only"), "least": self.tr("At least, yuan"), "step": self.tr("In steps of"),
            "said_on": self.tr("Told on"),
        }  # fmt: skip
        self.working.setToolTip(self.tr("Exchanges are closed on worked weekends: money comes back after them"))
        for key, label in self._labels.items():
            label.setText(names[key])
            self._field(key).setAccessibleName(names[key])
        if not self.risk.count():
            self.risk.addItems(list(RISKS))
        self.save_button.setText(self.tr("Write"))
        self.cancel_button.setText(self.tr("Close"))
        self.cutoff.setPlaceholderText("15:00")
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def product(self) -> Product | None:
        """The product as it stands in the fields; nothing while it is not complete."""
        numbers = [self.lock.text().strip() or "0", self.lag.text().strip() or "0"]
        rate, cap = parse_amount(self.rate.text() or "0"), parse_amount(self.cap.text()) if self.cap.text() else None
        if not self.name.text().strip() or not all(text.isdecimal() for text in numbers) or rate is None:
            return None
        if not 0 <= rate < _HUNDRED or (self.cap.text() and (cap is None or cap <= 0)):
            return None
        cutoff, daily_cap = hour_of(self.cutoff.text()), parse_amount(self.daily_cap.text() or "1")
        if (self.cutoff.text().strip() and cutoff is None) or daily_cap is None or daily_cap <= 0:
            return None
        lots = [parse_amount(field.text()) if field.text().strip() else None for field in (self.least, self.step)]
        said = [bool(field.text().strip()) for field in (self.least, self.step)]
        if any(typed and (lot is None or lot <= 0) for typed, lot in zip(said, lots, strict=True)):
            return None
        lock, lag = map(int, numbers)
        return Product(
            self.name.text(), lock, lag, cap, rate / _HUNDRED, self.risk.currentText(), self.said_on.day(), cutoff,
            self.working.isChecked(), daily_cap if self.daily_cap.text() else None, *lots,
        )  # fmt: skip

    def _field(self, key: str) -> QWidget:
        field: QWidget = getattr(self, key)
        return field

    def _follow(self) -> None:
        self.save_button.setEnabled(self.product() is not None)


def _texts(product: Product | None) -> dict[str, str]:
    """What stands in the fields that are typed, all of them empty without a product."""
    if product is None:
        return dict.fromkeys(("name", "lock", "lag", "cutoff", "cap", "daily_cap", "least", "step", "rate"), "")
    amounts = {"cap": product.cap, "daily_cap": product.daily_cap, "least": product.least, "step": product.step}
    return {
        "name": product.name, "lock": str(product.lock_days), "lag": str(product.lag_days),
        "cutoff": f"{product.cutoff:%H:%M}" if product.cutoff is not None else "",
        "rate": f"{(product.rate * _HUNDRED).normalize():f}",
        **{key: f"{amount:f}" if amount is not None else "" for key, amount in amounts.items()},
    }  # fmt: skip
