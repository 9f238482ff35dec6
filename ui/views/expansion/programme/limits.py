"""The limits of a programme at the left: the chain's cash, what binds, and which stores may be opened."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from chainbrain.errors import UserError
from chainbrain.expansion import fields
from chainbrain.expansion.from_book import BookCash
from chainbrain.expansion.own_stores import StoreTemplate
from chainbrain.expansion.programme import Programme, something_to_plan
from ui.messages import message, word
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.expansion.field_row import CASH_WIDTH, Field
from ui.views.expansion.fields import PROGRAMME_FIELDS, FieldSpec, shown, unit_words, written
from ui.views.expansion.programme.chain_line import ChainLine
from ui.views.expansion.run_button import RunButton
from ui.views.parts.scroller import Scroller
from ui.widgets import Card, ElidedLabel, HBox, Label, MoneyInput, Rule, VBox, scaled

START: dict[str, Any] = {
    "first_month": None,
    "months": 12,
    "discount_rate": "10%",
    "chain": {},
    "limits": {},
    "candidates": [],
}


class LimitsForm(Card):
    """Edits a programme as its JSON has it; what the form does not show stays as it was read."""

    run_asked = Signal()
    stop_asked = Signal()
    edited = Signal()
    book_asked = Signal()

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._given: dict[str, Any] = copy.deepcopy(START)
        self._fields = {spec.name: Field(spec, CASH_WIDTH) for spec in PROGRAMME_FIELDS}
        self._groups: dict[str, Label] = {}
        self._month, self._month_label = QLineEdit(), ElidedLabel()
        self._chain = ChainLine()
        self._chain.asked.connect(self.book_asked)
        self._stores = Label(role=Role.SMALL, color="text2", wrap=True)
        self._fault = Label(role=Role.SMALL, color="difference", wrap=True)
        self._run = RunButton(lambda: self.tr("Look for the best plan"))
        scaled(self._month, width=CASH_WIDTH, height=m.CONTROL)
        self._month.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._month.textEdited.connect(self._touched)
        for field in self._fields.values():
            field.input.changed.connect(self._touched)
        self._run.run_asked.connect(self.run_asked)
        self._run.stop_asked.connect(self.stop_asked)
        self._build()
        self.retranslate()
        self.set_programme(self._given)

    def _build(self) -> None:
        content = QWidget()
        rows = VBox(content, (m.GAP, m.GAP_S, m.GAP_M, m.GAP_M), 4)
        for spec in PROGRAMME_FIELDS:
            if spec.group not in self._groups:
                title = self._groups[spec.group] = Label(role=Role.SMALL, color="text2")
                if len(self._groups) > 1:
                    rows.add(6)
                rows.add(title)
            rows.add(self._fields[spec.name])
        rows.add(HBox(spacing=m.GAP_XS).add(self._month_label, self._month))
        rows.add(self._chain, 6, self._stores, self._fault, 0)
        button = HBox(margins=(m.GAP, m.GAP_S, m.GAP, m.GAP_M))
        button.addWidget(self._run, 1)
        self.body.addWidget(Scroller(content), 1)
        self.body.addWidget(Rule())
        self.body.addLayout(button)

    def set_programme(self, given: Mapping[str, Any]) -> None:
        """Show another programme, as its JSON has it.

        Raises:
            UserError: a figure that the form shows cannot be read; the form stays as it was.
        """
        read = {**copy.deepcopy(START), **copy.deepcopy(dict(given))}
        typed = {name: _typed(field.spec, _inside(read, name)) for name, field in self._fields.items()}
        self._given = read
        self._month.setText(str(self._given.get("first_month") or ""))
        self._fault.setText("")
        for name, field in self._fields.items():
            field.input.set_value(typed[name])
        self._chain.set_chain(read["chain"])
        self._word_stores()

    def take_book_cash(self, found: BookCash) -> None:
        """Take over the chain's cash of the book, and its floor where somebody set one."""
        given = self.programme()
        given["chain"] = found.chain.written()
        given["first_month"] = given["first_month"] or given["chain"]["first_month"]
        if found.floor is not None:
            given["limits"]["cash_floor"] = f"{found.floor:.2f}"
        self.set_programme(given)
        self.edited.emit()

    def add_store(self, store: Mapping[str, Any]) -> None:
        """Put one more store among those that may be opened; one of the same name is replaced."""
        others = [one for one in self._given["candidates"] if one.get("name") != store.get("name")]
        self._given["candidates"] = [*others, dict(store)]
        self._word_stores()
        self.edited.emit()

    def offer(self, shared: Mapping[str, Any], stores: Sequence[Mapping[str, Any]]) -> None:
        """Put these stores up for choice, with what all of them share."""
        self._given["store"] = {**shared, **self._given.get("store", {})}
        self._given["candidates"] = [dict(one) for one in stores]
        self._word_stores()

    def remove_store(self, name: str) -> None:
        """Take a store out."""
        self._given["candidates"] = [one for one in self._given["candidates"] if one.get("name") != name]
        self._word_stores()
        self.edited.emit()

    @property
    def stores(self) -> list[str]:
        """The names of the stores that may be opened."""
        return [str(one.get("name", "")) for one in self._given["candidates"]]

    def field(self, name: str) -> MoneyInput:
        """Return one input by its path in the programme."""
        return self._fields[name].input

    def programme(self) -> dict[str, Any]:
        """The programme as the form says it, for its JSON."""
        found = copy.deepcopy(self._given)
        found["first_month"] = self._month.text().strip() or None
        for name, field in self._fields.items():
            *where, last = name.split(".")
            inside = found
            for step in where:
                inside = inside.setdefault(step, {})
            listed = isinstance(inside.get(last), list) and field.input.value() is None
            if not listed:
                inside[last] = written(field.spec, field.input.value())
        return found

    def checked(self, template: StoreTemplate | None) -> Programme | None:
        """Read the form, the rest from own stores; what cannot be right is said in words and None returned."""
        self._fault.setText("")
        faulty = [field for field in self._fields.values() if field.input.fault()]
        if faulty:
            faulty[0].input.setFocus()
            return None
        try:
            given = self.programme()
            # Said before anything else that is lacking: without a store the rest does not matter.
            something_to_plan(given.get("candidates"), given.get("closures"))
            return Programme.parse(given, template)
        except UserError as problem:
            self._show_fault(problem)
            return None

    def set_running(self, running: bool) -> None:
        """Turn the button into a stop while the plan is looked for."""
        self._run.set_running(running)

    def _show_fault(self, problem: UserError) -> None:
        name = str(problem.facts.get("field", ""))
        field = self._fields.get(name)
        known = name in self._fields or name == "first_month"
        text = message(
            problem.code,
            **{**problem.facts, "field": word(f"expansion.programme_input.{name}") if known else name},
        )
        self._fault.setText(text)
        if field is not None:
            field.input.setFocus()

    def retranslate(self) -> None:
        """Set every text."""
        for name, field in self._fields.items():
            about = word(f"expansion.programme_help.{name}")
            field.retranslate(word(f"expansion.programme_input.{name}"), unit_words(field.spec.unit), about)
        for source, label in self._groups.items():
            label.setText(self.tr(source))
        self._month_label.setText(word("expansion.programme_input.first_month"))
        self._month.setAccessibleName(word("expansion.programme_input.first_month"))
        self._month.setPlaceholderText("2027-01")
        self._run.retranslate()
        self._word_stores()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _word_stores(self) -> None:
        many = len(self._given["candidates"])
        self._stores.setText(self.tr("%n store(s) to choose from.", "", many))

    def _touched(self, _value: object = None) -> None:
        self.edited.emit()


def _inside(given: Mapping[str, Any], name: str) -> object:
    found: object = given
    for step in name.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _typed(spec: FieldSpec, value: object) -> Decimal | None:
    """What stands in the JSON as it is typed; a list of months has no one figure and is left as it is."""
    if value is None or isinstance(value, list):
        return None
    if spec.is_share:
        return shown(spec, fields.share(spec.name, value))
    return fields.amount(spec.name, value, spec.largest, spec.smallest)
