"""The inputs of one store: prefilled from the chain's own stores, assumptions marked as such."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from chainbrain.errors import UserError
from chainbrain.expansion.own_stores import StoreTemplate
from chainbrain.expansion.scenario import Scenario
from ui.messages import message, word
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.expansion.fields import FIELDS, FOOT_FIELDS, FieldSpec, Unit, shown, written
from ui.views.parts.scroller import Scroller
from ui.widgets import Card, ElidedLabel, HBox, Label, MoneyInput, PrimaryButton, Rule, VBox, scaled

_INPUT_WIDTH = 112
_SEPARATORS = re.compile(r"[\s,，、;；%]+")


class Field(QWidget):
    """One input with its name, and a small mark that says on what its value rests."""

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        self.spec = spec
        self.label, self.mark = ElidedLabel(), Label(role=Role.SMALL, color="text3")
        self.input = MoneyInput(minimum=spec.smallest, maximum=spec.largest)
        scaled(self.input, width=_INPUT_WIDTH)
        row = HBox(self, spacing=m.GAP_XS)
        row.add(self.label, self.mark, self.input)
        row.setAlignment(self.input, Qt.AlignmentFlag.AlignTop)


class InputForm(Card):
    """The column at the left; ``run_asked`` by button or F9, ``edited`` when a value changed."""

    run_asked = Signal()
    stop_asked = Signal()
    edited = Signal()

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._template: StoreTemplate | None = None
        self._example: Scenario | None = None
        self._base: Scenario | None = None
        self._running = False
        self._name, self._month, self._ramp = QLineEdit(), QLineEdit(), QLineEdit()
        self._ramp_label, self._month_label = ElidedLabel(), ElidedLabel()
        self._ramp_mark, self._ramp_fault = (
            Label(role=Role.SMALL, color="text3"),
            Label(role=Role.SMALL, color="difference", wrap=True),
        )
        self._fields = {spec.name: Field(spec) for spec in (*FIELDS, *FOOT_FIELDS)}
        self._groups: dict[str, Label] = {}
        self._rests = Label(role=Role.SMALL, color="text2", wrap=True)
        self._run = PrimaryButton()
        for line in (self._name, self._month, self._ramp):
            scaled(line, height=m.CONTROL)
            line.textEdited.connect(self._touched)
        scaled(self._month, width=_INPUT_WIDTH)
        self._month.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._build()
        for field in self._fields.values():
            field.input.changed.connect(self._touched)
        self._run.clicked.connect(self._clicked)
        self.retranslate()

    def _build(self) -> None:
        head = VBox(margins=(m.GAP, m.GAP_S, m.GAP, m.GAP_S)).add(self._name)
        content = QWidget()
        rows = VBox(content, (m.GAP, m.GAP_S, m.GAP_M, m.GAP_M), 4)
        for spec in FIELDS:
            if spec.group not in self._groups:
                title = Label(role=Role.SMALL, color="text2")
                self._groups[spec.group] = title
                if len(self._groups) > 1:
                    rows.add(6)
                rows.add(title)
            rows.add(self._fields[spec.name])
        rows.add(HBox(spacing=m.GAP_XS).add(self._month_label, self._month))
        rows.add(HBox(spacing=m.GAP_XS).add(self._ramp_label, self._ramp_mark), self._ramp, self._ramp_fault)
        rows.add(6, self._rests, 0)
        foot = VBox(margins=(m.GAP, m.GAP_S, m.GAP, m.GAP_M), spacing=4)
        for spec in FOOT_FIELDS:
            foot.add(self._fields[spec.name])
        button = HBox()
        button.addWidget(self._run, 1)
        self._run.setSizePolicy(self._run.sizePolicy().Policy.Expanding, self._run.sizePolicy().verticalPolicy())
        foot.add(4)
        foot.addLayout(button)
        self.body.addLayout(head)
        self.body.addWidget(Rule())
        self.body.addWidget(Scroller(content), 1)
        self.body.addWidget(Rule())
        self.body.addLayout(foot)

    # Values.

    def set_own_experience(self, template: StoreTemplate, example: Scenario) -> None:
        """Take what the chain's own stores say; it marks the fields."""
        self._template, self._example = template, example
        self._mark()

    def set_scenario(self, scenario: Scenario) -> None:
        """Show another scenario."""
        self._base = scenario
        self._name.setText(scenario.name)
        self._month.setText(f"{scenario.opening_month:%Y-%m}" if scenario.opening_month else "")
        self._ramp.setText(" ".join(f"{(step * 100).normalize():f}" for step in scenario.ramp))
        self._ramp_fault.setText("")
        for name, field in self._fields.items():
            field.input.set_value(shown(field.spec, getattr(scenario, name)))
        self._mark()

    def scenario(self) -> Scenario | None:
        """Read the form; a field that cannot be right is marked in words and None returned."""
        self._ramp_fault.setText("")
        faulty = [field for field in self._fields.values() if field.input.fault()]
        if faulty:
            faulty[0].input.setFocus()
            return None
        try:
            read = Scenario.parse(self._mapping())
        except UserError as problem:
            self._show_fault(problem)
            return None
        example = self._example
        if example is None:
            return read
        taken = frozenset(name for name in example.taken if getattr(read, name) == getattr(example, name))
        values = {**vars(read), "taken": taken}
        return Scenario(**values)

    @property
    def name(self) -> str:
        """What the store is called."""
        return self._name.text().strip()

    def field(self, name: str) -> MoneyInput:
        """Return one input by its name in the scenario."""
        return self._fields[name].input

    def set_running(self, running: bool) -> None:
        """Turn the button into a stop while the figures are worked out."""
        self._running = running
        self._run.set_busy(running)
        self._word_button()

    def changed_since(self, scenario: Scenario) -> bool:
        """Whether the form no longer says what ``scenario`` says."""
        read = self.scenario()
        return read is not None and read.to_mapping() != scenario.to_mapping()

    def _mapping(self) -> Mapping[str, object]:
        base = self._base.to_mapping() if self._base is not None else {}
        given: dict[str, object] = {**base, "name": self.name}
        for name, field in self._fields.items():
            given[name] = written(field.spec, field.input.value())
        steps = [step for step in _SEPARATORS.split(self._ramp.text()) if step]
        given["ramp"] = [f"{step}%" for step in steps]
        given["opening_month"] = self._month.text().strip() or None
        return {key: value for key, value in given.items() if value is not None}

    def _show_fault(self, problem: UserError) -> None:
        # A field inside another is named after a dot or bracket: ramp[3], spreads.rent.
        named = re.split(r"[.\[]", str(problem.facts.get("field", "")), maxsplit=1)[0]
        text = message(problem.code, **{**problem.facts, "field": word(f"expansion.input.{named}")})
        field = self._fields.get(named)
        if field is not None:
            field.input.set_fault(text)
            field.input.setToolTip(text)
            field.input.setFocus()
        else:
            self._ramp_fault.setText(text)

    # Words.

    def retranslate(self) -> None:
        """Set every text."""
        units = {
            Unit.YUAN: self.tr("¥"),
            Unit.PER_CENT: "%",
            Unit.PER_YEAR: self.tr("%/year"),
            Unit.MONTHS: self.tr("mo."),
        }
        for name, field in self._fields.items():
            title = word(f"expansion.input.{name}")
            field.label.setText(title)
            field.input.set_name(title)
            field.input.set_unit(units[field.spec.unit])
        for source, title_label in self._groups.items():
            title_label.setText(self.tr(source))
        self._name.setPlaceholderText(self.tr("Name of the store"))
        self._name.setAccessibleName(self.tr("Name of the store"))
        self._month_label.setText(word("expansion.input.opening_month"))
        self._month.setAccessibleName(word("expansion.input.opening_month"))
        self._month.setPlaceholderText("2027-01")
        self._ramp_label.setText(self.tr("Ramp, % of mature sales by month"))
        self._ramp.setAccessibleName(self.tr("Ramp, % of mature sales by month"))
        self._word_button()
        self._mark()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _word_button(self) -> None:
        self._run.setText(self.tr("Working, stop") if self._running else self.tr("Work out again"))
        self._run.set_hint("" if self._running else "F9")

    def _clicked(self) -> None:
        if self._running:
            self.stop_asked.emit()
        else:
            self.run_asked.emit()

    def _touched(self, _value: object = None) -> None:
        self._mark()
        self.edited.emit()

    def _mark(self) -> None:
        """Say beside every field whether it is from own stores, an assumption nobody confirmed, or typed."""
        example, template = self._example, self._template
        if example is None or template is None:
            return
        measured = {
            "mature_monthly_sales": template.mature_sales,
            "rent": template.rent,
            "platform": template.take_rate,
            "cannibalisation": template.cannibalisation,
            "ramp": template.ramp_observed,
        }
        for name, field in self._fields.items():
            if field.spec.optional:
                continue
            same = field.input.value() == shown(field.spec, getattr(example, name))
            seen = measured.get(name)
            if same and name in example.taken and seen is not None:
                count = seen.observations
                field.mark.setText(self.tr("own"))
                field.mark.set_color("matched" if seen.enough else "timing")
                field.mark.setToolTip(self.tr("from own stores, %n observation(s)", "", count))
            else:
                field.mark.setText(self.tr("guess") if same else "")
                field.mark.set_color("timing")
                field.mark.setToolTip(self.tr("an assumption nobody has confirmed yet") if same else "")
        ramp_same = self._ramp.text() == " ".join(f"{(step * 100).normalize():f}" for step in example.ramp)
        own_ramp = ramp_same and "ramp" in example.taken
        self._ramp_mark.setText(self.tr("own") if own_ramp else self.tr("guess") if ramp_same else "")
        self._ramp_mark.set_color("matched" if own_ramp and template.ramp_observed.enough else "timing")
        self._rests.setText(self._rest_words(template))

    def _rest_words(self, template: StoreTemplate) -> str:
        sales = template.mature_sales
        if sales.value is None:
            return self.tr("The book has no mature store yet: every figure here is an assumption.")
        parts = [
            self.tr("%n mature store(s), median {amount} a month.", "", sales.observations).format(
                amount=_yuan(sales.value)
            )
        ]
        if template.ramp_observed.observations:
            parts.append(self.tr("Ramp from %n opening(s).", "", template.ramp_observed.observations))
        if template.take_rate.value is not None:
            parts.append(self.tr("Charges from %n payment(s).", "", template.take_rate.observations))
        return " ".join(parts)


def _yuan(value: Decimal) -> str:
    return f"¥{value:,.0f}"
