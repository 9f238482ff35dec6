"""The inputs of one store: prefilled from the chain's own stores, assumptions marked as such."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from chainbrain.errors import UserError
from chainbrain.expansion.from_book import BookCash
from chainbrain.expansion.own_stores import StoreTemplate
from chainbrain.expansion.scenario import Scenario
from ui.messages import message, word
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.expansion import marks
from ui.views.expansion.field_row import CASH_WIDTH, INPUT_WIDTH, Field
from ui.views.expansion.fields import FIELDS, FOOT_FIELDS, MORE_FIELDS, shown, unit_words, written
from ui.views.expansion.fold import Fold
from ui.views.expansion.own.rests_on import RestsOn
from ui.views.expansion.run_button import RunButton
from ui.views.expansion.terms.more import MoreTerms
from ui.views.expansion.typed import FOLLOWS, given, says_more, typed_ramp
from ui.views.parts.scroller import Scroller
from ui.widgets import Card, ElidedLabel, HBox, Label, MoneyInput, Rule, VBox, scaled


class InputForm(Card):
    """The column at the left; ``run_asked`` by button or F9, ``edited`` when a value changed.

    ``book_asked`` asks for the chain's cash of the book.
    """

    run_asked = Signal()
    stop_asked = Signal()
    edited = Signal()
    book_asked = Signal()

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._template: StoreTemplate | None = None
        self._example: Scenario | None = None
        self._base: Scenario | None = None
        self._name, self._month, self._ramp = QLineEdit(), QLineEdit(), QLineEdit()
        self._ramp_label, self._month_label = ElidedLabel(), ElidedLabel()
        self._ramp_mark = Label(role=Role.SMALL, color="text3")
        self._ramp_fault = Label(role=Role.SMALL, color="difference", wrap=True)
        self._fields = {spec.name: Field(spec) for spec in (*FIELDS, *MORE_FIELDS)}
        self._fields |= {spec.name: Field(spec, CASH_WIDTH) for spec in FOOT_FIELDS}
        self._groups: dict[str, Label] = {}
        self._more = MoreTerms()
        self._fold = Fold([*(self._fields[spec.name] for spec in MORE_FIELDS), self._more])
        self._rests = RestsOn()
        self._run = RunButton(lambda: self.tr("Work out again"))
        for line in (self._name, self._month, self._ramp):
            scaled(line, height=m.CONTROL)
            line.textEdited.connect(self._touched)
        scaled(self._month, width=INPUT_WIDTH)
        self._month.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._build()
        for field in self._fields.values():
            field.input.changed.connect(self._touched)
        self._run.run_asked.connect(self.run_asked)
        self._run.stop_asked.connect(self.stop_asked)
        self._more.edited.connect(self._list_edited)
        self._more.book_asked.connect(self.book_asked)
        self._rests.sales_taken.connect(lambda yuan: self.field("mature_monthly_sales").set_text(f"{yuan:.2f}"))
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
        rows.add(6, self._fold, 6, self._rests, 0)
        foot = VBox(margins=(m.GAP, m.GAP_S, m.GAP, m.GAP_M), spacing=4)
        for spec in FOOT_FIELDS:
            foot.add(self._fields[spec.name])
        button = HBox()
        button.addWidget(self._run, 1)
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
        self._more.kind.know(template.mature)
        self._mark()

    def set_scenario(self, scenario: Scenario) -> None:
        """Show another scenario."""
        self._base = scenario
        self._name.setText(scenario.name)
        self._month.setText(f"{scenario.opening_month:%Y-%m}" if scenario.opening_month else "")
        self._ramp.setText(marks.ramp_words(scenario))
        self._ramp_fault.setText("")
        for name, field in self._fields.items():
            field.input.set_value(shown(field.spec, getattr(scenario, name)))
        self._more.set_values(scenario.to_mapping())
        if self._more.filled or says_more(scenario, self._example or Scenario.example()):
            self.unfold(True)
        self._follow()
        self._mark()

    def scenario(self, quiet: bool = False) -> Scenario | None:
        """Read the form; a field that cannot be right is marked in words (unless ``quiet``) and None returned."""
        faulty = [field for field in self._fields.values() if field.input.fault()]
        if not quiet:
            self._ramp_fault.setText("")
        if faulty:
            if not quiet:
                faulty[0].input.setFocus()
            return None
        try:
            read = Scenario.parse(self._mapping())
        except UserError as problem:
            if not quiet:
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
        self._run.set_running(running)

    def changed_since(self, scenario: Scenario) -> bool:
        """Whether the form no longer says what ``scenario`` says."""
        read = self.scenario(quiet=True)
        return read is not None and read.to_mapping() != scenario.to_mapping()

    @property
    def more(self) -> MoreTerms:
        """The lists, and the chain's cash."""
        return self._more

    def unfold(self, shown: bool) -> None:
        """Show or hide what only some stores need."""
        self._fold.unfold(shown)

    def take_book_cash(self, found: BookCash) -> None:
        """Take over the chain's cash of the book, its floor and the days to the bank as far as they are known."""
        if found.floor is not None:
            self._fields["cash_floor"].input.set_value(found.floor)
        if found.days is not None and not self._more.has("channels"):
            self._fields["settlement_days"].input.set_value(found.days)
        self._more.set_chain(found.chain.written())

    def _mapping(self) -> Mapping[str, object]:
        typed: dict[str, object] = {
            "name": self.name, "ramp": typed_ramp(self._ramp.text()),
            "opening_month": self._month.text().strip() or None,
            **{name: written(field.spec, field.input.value()) for name, field in self._fields.items()},
        }  # fmt: skip
        return given(self._base, typed, self._more.values())

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
        for name, field in self._fields.items():
            about = word(f"expansion.help.{name}")
            field.retranslate(word(f"expansion.input.{name}"), unit_words(field.spec.unit), about)
        for source, title_label in self._groups.items():
            title_label.setText(self.tr(source))
        self._name.setPlaceholderText(self.tr("Name of the store"))
        self._name.setAccessibleName(self.tr("Name of the store"))
        self._month_label.setText(word("expansion.input.opening_month"))
        self._month.setAccessibleName(word("expansion.input.opening_month"))
        self._month.setPlaceholderText("2027-01")
        self._ramp_label.setText(self.tr("Ramp, % of mature sales by month"))
        self._ramp.setAccessibleName(self.tr("Ramp, % of mature sales by month"))
        self._run.retranslate()
        self._fold.retranslate()
        self._mark()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _list_edited(self) -> None:
        self._follow()
        self._touched()

    def _follow(self) -> None:
        """Show what follows from a list in its field, which then cannot be typed."""
        read = self.scenario(quiet=True)
        for source, name in FOLLOWS.items():
            field, follows = self._fields[name], self._more.has(source)
            field.input.setEnabled(not follows)
            if follows and read is not None:
                field.input.set_value(shown(field.spec, getattr(read, name)))

    def _touched(self, _value: object = None) -> None:
        self._mark()
        self.edited.emit()

    def _mark(self) -> None:
        example, template = self._example, self._template
        if example is None or template is None:
            return
        marks.mark(self._fields, example, template)
        marks.mark_ramp(self._ramp_mark, self._ramp.text(), example, template)
        self._rests.set_template(template)
