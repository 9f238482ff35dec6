"""A payment that no statement shows, answered as paid: by the bank line that it was, or by its day alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from chainbrain.cash.said_paid import SaidPaid, likely
from ui import figures
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.money import words
from ui.widgets import Choice, DayField, Grid, HBox, Label, PrimaryButton, SecondaryButton, TitledCard, VBox, scaled

if TYPE_CHECKING:
    from chainbrain.cash.plan import PlanItem
    from chainbrain.cash.recurring import Outgoing


class PaidForm(TitledCard):
    """Two fields; ``said(SaidPaid)`` when the answer is to be written, ``dropped`` when it is not."""

    said = Signal(object)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._item: PlanItem | None = None
        self._due = date.min
        self._offered: tuple[Outgoing, ...] = ()
        self._known_to: date | None = None
        self.line: QComboBox = Choice()
        self.line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.day = DayField()
        self._labels = Label(role=Role.SMALL, color="text2"), Label(role=Role.SMALL, color="text2")
        grid = Grid(spacing=(m.GAP_M, m.GAP_S))
        for number, field in enumerate((self.line, self.day)):
            cell = QWidget()
            VBox(cell, spacing=2).add(self._labels[number], scaled(field, height=m.CONTROL, min_width=120))
            grid.addWidget(cell, 0, number)
        grid.setColumnStretch(0, 1)
        self._hint = Label(role=Role.SMALL, color="text2", wrap=True)
        self.save_button, self.cancel_button = PrimaryButton(), SecondaryButton()
        foot = HBox(spacing=m.GAP_S).add(self._hint)
        foot.setStretch(0, 1)
        foot.add(self.cancel_button, self.save_button)
        self.body.addLayout(grid)
        self.body.addLayout(foot)
        self.line.currentIndexChanged.connect(lambda _number: self._chosen())
        self.day.dateChanged.connect(lambda _day: self._follow())
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.dropped)
        self.retranslate()

    @property
    def hint(self) -> str:
        """What the answer means, or what is lacking."""
        return self._hint.text()

    def begin(self, item: PlanItem, due: date, offered: Sequence[Outgoing], known_to: date | None) -> None:
        """Ask about one day of an item.

        Args:
            item: the item.
            due: the day of the plan that is meant.
            offered: bank lines that may have paid it, the likeliest first.
            known_to: the last day that all accounts of its company know.
        """
        self._item, self._due, self._offered, self._known_to = item, due, tuple(offered), known_to
        first = likely(item, offered)
        self._fill(first.line_id if first is not None else None)
        if first is None:
            self.day.set_day(due)
        self.retranslate()
        self.line.setFocus()

    def save(self) -> None:
        """Hand the answer over, if it can be given."""
        if self._item is not None and self.save_button.isEnabled():
            line = self._line()
            self.said.emit(
                SaidPaid(self._item.item_id, self._due, self.day.day(), line.line_id if line is not None else None)
            )

    def retranslate(self) -> None:
        """Set every text."""
        item = self._item
        out = item is None or item.amount > 0
        names = (
            self.tr("Which bank line paid it") if out else self.tr("Which bank line brought it"),
            self.tr("Day of payment") if out else self.tr("Received on"),
        )
        for label, field, name in zip(self._labels, (self.line, self.day), names, strict=True):
            label.setText(name)
            field.setAccessibleName(name)
        title = self.tr("Paid already") if out else self.tr("Received already")
        about = ""
        if item is not None:
            about = f"{figures.day(self._due, True)} {words.what(item)} {words.full(abs(item.amount))} · {item.entity}"
        self.set_title(title, about)
        self.save_button.setText(self.tr("It was paid") if out else self.tr("It was received"))
        self.cancel_button.setText(self.tr("Close"))
        line = self._line()
        self._fill(line.line_id if line is not None else None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _fill(self, line_id: str | None) -> None:
        with QSignalBlocker(self.line):
            self.line.clear()
            self.line.addItem(self.tr("No line: only the day is known"), None)
            for one in self._offered:
                text = f"{figures.day(one.day, True)}  {words.full(one.amount)}  {one.payee}"
                self.line.addItem(text, one.line_id)
            self.line.setCurrentIndex(max(0, self.line.findData(line_id)))
        self._chosen()

    def _line(self) -> Outgoing | None:
        chosen = cast("str | None", self.line.currentData())
        return next((one for one in self._offered if one.line_id == chosen), None)

    def _chosen(self) -> None:
        line = self._line()
        if line is not None:
            self.day.set_day(line.day)
        self.day.setEnabled(line is None)
        self._follow()

    def _follow(self) -> None:
        item, line = self._item, self._line()
        if item is None:
            return
        seen = line is not None or (self._known_to is not None and self.day.day() <= self._known_to)
        self.save_button.setEnabled(seen)
        self._hint.set_color("text2" if seen else "difference")
        if not seen:
            known = figures.day(self._known_to, True) if self._known_to is not None else "—"
            text = self.tr(
                "The statements of this company reach {day}: the balance does not know of a later payment yet. Choose"
                " the bank line, or import newer statements first."
            )
            self._hint.setText(text.format(day=known))
        elif line is not None and line.amount != abs(item.amount):
            text = self.tr("The line comes to {paid}, the plan says {planned}: the whole item counts as done.")
            self._hint.setText(text.format(paid=words.full(line.amount), planned=words.full(abs(item.amount))))
        elif not self._offered:
            self._hint.setText(self.tr("No bank line about then is of half to twice as much."))
        else:
            self._hint.setText(self.tr("It goes off the days to come; balances and statements stay as they are."))
