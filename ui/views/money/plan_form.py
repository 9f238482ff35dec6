"""One item of the plan typed in: day, entity, kind, amount, cycle, last day, note."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from chainbrain import legal_entities
from chainbrain.amounts import parse_amount
from chainbrain.cash.past_days import OfPast, of_past
from chainbrain.cash.plan import CYCLES, KINDS, PlanItem
from chainbrain.legal_entities import EntityHint
from ui import figures
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.money.told import Planned, today
from ui.widgets import Choice, DayField, Grid, HBox, Label, PrimaryButton, SecondaryButton, TitledCard, VBox, scaled
from ui.words import message, sentences, word

_FIELDS = ("day", "entity", "kind", "way", "amount", "cycle", "until", "note")
_WAYS = ("out", "in")
_LAST_OF_ALL = 28
"""Every month has this day."""


class PlanForm(TitledCard):
    """Eight fields; ``said(PlanItem)`` when the item is to be written, ``dropped`` when it is not."""

    said = Signal(object)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._before: PlanItem | None = None
        self._told = Planned()
        self.day, self.kind, self.way, self.cycle = DayField(), Choice(), Choice(), Choice()
        self.entity: QComboBox = Choice()
        self.entity.setEditable(True)
        self.amount, self.until, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self._hint = Label(role=Role.SMALL, color="text2", wrap=True)
        self.save_button, self.cancel_button = PrimaryButton(), SecondaryButton()
        self._labels = {key: Label(role=Role.SMALL, color="text2") for key in _FIELDS}
        grid = Grid(spacing=(m.GAP_M, m.GAP_S))
        for number, key in enumerate(_FIELDS):
            field = self._field(key)
            scaled(field, height=m.CONTROL, min_width=96)
            cell = QWidget()
            VBox(cell, spacing=2).add(self._labels[key], field)
            grid.addWidget(cell, number // 4, number % 4)
            grid.setColumnStretch(number % 4, 1)  # a long name takes no room from the others, nor they from it
        foot = HBox(spacing=m.GAP_S).add(self._hint)
        foot.setStretch(0, 1)
        foot.add(self.cancel_button, self.save_button)
        self.body.addLayout(grid)
        self.body.addLayout(foot)
        for choice in (self.kind, self.way, self.cycle, self.entity):
            choice.currentTextChanged.connect(lambda _text: self._follow())
        for line in (self.amount, self.until, self.note):
            line.textChanged.connect(lambda _text: self._follow())
            line.returnPressed.connect(self.save)
        self.day.dateChanged.connect(lambda _day: self._follow())
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.dropped)
        self.retranslate()

    @property
    def hint(self) -> str:
        """What is missing, or what the amount means."""
        return self._hint.text()

    def begin(self, told: Planned, item: PlanItem | None, chosen: str | None = None) -> None:
        """Ask for a new item, or for another wording of one.

        Args:
            told: the legal entities that are known, and up to which day.
            item: the item to change; nothing for a new one.
            chosen: the legal entity that is looked at, which a new one is of at first.
        """
        self._before, self._told = item, told
        self.entity.clear()
        self.entity.addItems(list(told.entities))
        self.entity.setCurrentText(item.entity if item else chosen or next(iter(told.entities), ""))
        self.entity.setToolTip(self.entity.currentText())
        self._from_its_begin()
        self.day.set_day(item.day if item else self._first_day())
        self.kind.setCurrentIndex(max(0, self.kind.findData(item.kind if item else KINDS[0])))
        self.cycle.setCurrentIndex(max(0, self.cycle.findData(item.cycle if item else "monthly")))
        self.way.setCurrentIndex(1 if item is not None and item.amount < 0 else 0)
        self.amount.setText(figures.plain(abs(item.amount), 2) if item else "")
        self.until.setText(item.until.isoformat() if item and item.until else "")
        self.note.setText(item.note or "" if item else "")
        self.retranslate()
        # A new one is filled in from its first field on; of one that is known the amount is what changes most.
        (self.amount if item else self.day).setFocus()

    def save(self) -> None:
        """Hand the item over, if it is complete."""
        item = self._item()
        if item is not None and self.save_button.isEnabled():
            self.said.emit(item)

    def retranslate(self) -> None:
        """Set every text."""
        names: dict[str, str] = {
            "day": self.tr("Day, or the first one"), "entity": self.tr("Who pays"), "kind": self.tr("Kind"),
            "way": self.tr("Paid or received"), "amount": self.tr("Amount, yuan"),
            "cycle": self.tr("Cycle"), "until": self.tr("Until, may stay empty"),
            "note": self.tr("Note"),
        }  # fmt: skip
        for key, label in self._labels.items():
            label.setText(names[key])
            self._field(key).setAccessibleName(names[key])
        self.set_title(self.tr("Change the item") if self._before else self.tr("New item of the plan"))
        self.save_button.setText(self.tr("Write"))
        self.cancel_button.setText(self.tr("Close"))
        offered = ((self.kind, KINDS, "plan_kind"), (self.way, _WAYS, "plan_way"), (self.cycle, CYCLES, "plan_cycle"))
        for choice, codes, prefix in offered:
            chosen = choice.currentData()
            choice.clear()
            for code in codes:
                choice.addItem(word(f"{prefix}.{code}"), code)
            choice.setCurrentIndex(max(0, choice.findData(chosen)))
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _field(self, key: str) -> QWidget:
        field: QWidget = getattr(self, key)
        return field

    def _until(self) -> date | None:
        """The last day.

        Raises:
            ValueError: it is no day.
        """
        text = self.until.text().strip().replace("/", "-")
        return date.fromisoformat(text) if text else None

    def _item(self) -> PlanItem | None:
        amount, entity = parse_amount(self.amount.text()), self.entity.currentText().strip()
        kind, cycle = self.kind.currentData(), self.cycle.currentData()
        try:
            until = self._until()
        except ValueError:
            return None
        if (
            amount is None
            or amount <= 0
            or not entity
            or kind is None
            or cycle is None
            or (until is not None and until < self.day.day())
        ):
            return None
        if self.way.currentData() == "in":
            amount = -amount
        number = self._before.item_id if self._before else ""
        return PlanItem(number, self.day.day(), entity, kind, amount, cycle, until, self.note.text(), by_hand=True)

    def _follow(self) -> None:
        item = self._item()
        hint, past = (self._unknown(item), self._past(item)) if item is not None else (None, None)
        self.save_button.setEnabled(item is not None and not (past is not None and past.refused))
        self._hint.set_color("difference" if hint is not None or past is not None else "text2")
        if hint is not None or past is not None:
            said = [self._asked(hint)] if hint is not None else []
            self._hint.setText(
                sentences([*said, *([message(past.told[0], **past.told[1])] if past is not None else [])])
            )
        elif item is None:
            self._hint.setText(self._wrong())
        elif item.amount < 0:
            self._hint.setText(self.tr("It comes in: the forecast counts it on its day."))
        elif item.cycle == "once":
            self._hint.setText(self.tr("Like payments of the past it counts once, not beside their average too."))
        elif item.cycle != "weekly" and item.day.day > _LAST_OF_ALL:
            self._hint.setText(self.tr("The 31st falls on the last day of shorter months."))
        else:
            self._hint.setText("")

    def _from_its_begin(self) -> None:
        """A name that is longer than its field is read from its first character on."""
        line = self.entity.lineEdit()
        if line is not None:
            line.home(False)

    def _unknown(self, item: PlanItem) -> EntityHint | None:
        return legal_entities.unknown(item.entity, self._told.owners)

    def _past(self, item: PlanItem) -> OfPast | None:
        """What the item has to do with days that are over."""
        return of_past(item, self._told.known_to.get(item.entity), today(), self._before)

    def _first_day(self) -> date:
        """Today, or the first day that no statement knows where they reach beyond it."""
        known = self._told.today
        return max(today(), known + timedelta(days=1)) if known is not None else today()

    def _asked(self, hint: EntityHint) -> str:
        """The question about a legal entity that has no account."""
        near = hint.facts.get("near")
        text = (
            self.tr("There is no company {entity}. Is it {near}? Its payments would not be counted.")
            if near
            else self.tr("There is no company {entity} with an account. Its payments would not be counted.")
        )
        return text.format(entity=hint.facts["entity"], near=near)

    def _wrong(self) -> str:
        """Which field cannot be used as it stands."""
        try:
            until = self._until()
        except ValueError:
            return self.tr("The last day cannot be read: write it like 2026-12-31, or leave it empty.")
        if until is not None and until < self.day.day():
            return self.tr("The last day comes before the first one.")
        if not self.entity.currentText().strip():
            return self.tr("Say who pays.")
        if self.amount.text().strip():
            return self.tr("The amount cannot be used: above 0, at most two decimals; say beside it which way it goes.")
        return self.tr("The amount is needed.")
