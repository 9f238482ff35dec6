"""The sentence that answers the cash screen, why, what would prevent it, and what is not in the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit

from chainbrain.cash.uncounted import left_out, steady, to_pay
from ui import figures
from ui.amounts import parse_amount
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.money import words
from ui.views.money.verdict_notes import notes
from ui.widgets import Card, HBox, Label, SecondaryButton, scaled
from ui.words import enumerated

if TYPE_CHECKING:
    from chainbrain.cash.outlook import CashOutlook, CashPath
    from chainbrain.cash.plan import PlanItem
    from chainbrain.cash.recurring import Proposal
    from chainbrain.map_desk import OwedSum

_MOST_REASONS = 4


class VerdictCard(Card):
    """The verdict on one path, with the floor beside it; ``floor_said(Decimal or None)`` when another is wanted."""

    floor_said = Signal(object)

    def __init__(self) -> None:
        super().__init__(padding=(20, m.GAP_M, 20, m.GAP_M), spacing=2)
        self._outlook: CashOutlook | None = None
        self._path: CashPath | None = None
        self._items: tuple[PlanItem, ...] = ()
        self._proposals: tuple[Proposal, ...] = ()
        self._owed: OwedSum | None = None
        self._waiting = False
        self._sentence = Label(role=Role.FIGURE, wrap=True)
        self._reason = Label(color="text2", wrap=True)
        self._notes = Label(role=Role.SMALL, color="text2", wrap=True)
        self._floor_label = Label(role=Role.SMALL, color="text2")
        self.floor, self.floor_button = QLineEdit(), SecondaryButton()
        scaled(self.floor, height=m.CONTROL, min_width=110)
        row = HBox(spacing=m.GAP_S).add(self._floor_label, self.floor, self.floor_button, 0)
        self.add(self._sentence, self._reason, self._notes, m.GAP_XS, row)
        self.floor.returnPressed.connect(self._say_floor)
        self.floor.textChanged.connect(lambda _text: self._follow())
        self.floor_button.clicked.connect(self._say_floor)
        self.retranslate()

    def set_outlook(
        self,
        outlook: CashOutlook | None,
        path: CashPath | None,
        items: tuple[PlanItem, ...] = (),
        proposals: tuple[Proposal, ...] = (),
        owed: OwedSum | None = None,
        *,
        waiting: bool = False,
    ) -> None:
        """Show the verdict on another path, and what of the plan, of steady payments and of ``owed`` is not in it.

        Without one it says whether one is being worked out (``waiting``).
        """
        other = (path.entity if path is not None else None) != (self._path.entity if self._path is not None else None)
        self._outlook, self._path, self._items, self._proposals = outlook, path, items, proposals
        self._owed, self._waiting = owed, waiting
        floor = path.floor if path is not None else None
        # What is being typed stays when a forecast comes in.
        if other or not self.floor.isModified():
            self.floor.setText("" if floor is None else figures.plain(floor, 2))
        self.retranslate()

    @property
    def sentence(self) -> str:
        """The shown sentence."""
        return self._sentence.text()

    @property
    def reason(self) -> str:
        """Why, and what would prevent it."""
        return self._reason.text()

    @property
    def notes(self) -> str:
        """What the figures rest on, and what is not in them."""
        return self._notes.text()

    def retranslate(self) -> None:
        """Set every text."""
        self._floor_label.setText(self.tr("Floor, yuan"))
        self.floor.setAccessibleName(self.tr("Floor, yuan"))
        self.floor_button.setText(self.tr("Set the floor"))
        outlook, path = self._outlook, self._path
        if outlook is None or path is None or not path.days:
            being = self.tr("What will be in the accounts is being worked out…")
            self._sentence.setText(being if self._waiting else self.tr("What will be in the accounts"))
            self._reason.setText("")
            self._notes.setText("")
        else:
            self._sentence.setText(self._verdict(path))
            self._reason.setText(
                " ".join(filter(None, (self._lacking(outlook), self._untaken(outlook, path), self._why(path))))
            )
            self._notes.setText("  ·  ".join(notes(outlook, path, self._owed)))
        self._reason.setVisible(bool(self._reason.text()))
        self._notes.setVisible(bool(self._notes.text()))
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _verdict(self, path: CashPath) -> str:
        breach, lowest = path.breach, path.lowest
        if breach is not None:
            text = self.tr("Tight from {first} on; lowest on {day}, about one time in twenty {amount} or less")
            first = figures.day(breach.day)
            return text.format(first=first, day=figures.day(lowest.day), amount=words.yuan(lowest.p5))
        if path.floor is not None:
            text = self.tr(
                "By the low estimate, not below the floor for {weeks} weeks; "
                "lowest on {day}, about one time in twenty {amount} or less"
            )
        else:
            text = self.tr("Lowest on {day}: about one time in twenty {amount} or less; no floor is set")
        weeks = len(path.days) // 7
        return text.format(weeks=weeks, day=figures.day(lowest.day), amount=words.yuan(lowest.p5))

    def _lacking(self, outlook: CashOutlook) -> str:
        """What of the plan is in no figure, because nobody knows the balance of those who pay."""
        dues = left_out(outlook, self._items)
        if not dues:
            return ""
        names = enumerated(sorted({due.item.entity for due in dues}))
        text = self.tr("{amount} of the plan are not in this: no balance of {names} is known.")
        return text.format(amount=words.full(to_pay(dues)), names=names)

    def _untaken(self, outlook: CashOutlook, path: CashPath) -> str:
        """What the bank pays at a steady rhythm and the plan does not know: taken off, or it is too high by it."""
        dues = steady(outlook, path.entity, self._proposals)
        said = []
        if path.steady:
            text = self.tr("Steady payments of about {amount} until {day} are not in the plan, yet taken off.")
            said.append(text.format(amount=words.full(to_pay(path.steady)), day=figures.day(path.days[-1].day)))
        if dues:
            text = self.tr("Steady payments of about {amount} until {day} are not in the plan, nor in this.")
            said.append(text.format(amount=words.full(to_pay(dues)), day=figures.day(path.days[-1].day)))
        meant = steady(outlook, path.entity, self._proposals, meant=True)
        if meant:
            text = self.tr(
                "The plan seems to mean the bank's steady payments of about {amount} until {day}: taken off once."
            )
            said.append(text.format(amount=words.full(to_pay(meant)), day=figures.day(path.days[-1].day)))
        return " ".join(said)

    def _why(self, path: CashPath) -> str:
        breach, middle = path.breach, path.breach_p50
        if breach is None:
            return ""
        parts = []
        if breach.dues:
            shown = enumerated(words.due_words(due) for due in breach.dues[:_MOST_REASONS])
            more = len(breach.dues) - _MOST_REASONS
            shown += self.tr(" and %n more", "", more) if more > 0 else ""
            parts.append(self.tr("That week: {items}.").format(items=shown))
        text = self.tr("With {amount} more by {day} the low estimate stays above the floor.")
        parts.append(text.format(amount=words.full(breach.needed), day=figures.day(breach.day)))
        if middle is not None:
            text = self.tr("The middle case falls below it on {day}.")
            parts.append(text.format(day=figures.day(middle.day)))
        return " ".join(parts)

    def _say_floor(self) -> None:
        text = self.floor.text().strip()
        amount = parse_amount(text)
        if (amount is not None and amount >= 0) or not text:
            self.floor.setModified(False)
            self.floor_said.emit(amount)

    def _follow(self) -> None:
        text = self.floor.text().strip()
        amount = parse_amount(text)
        self.floor_button.setEnabled(self._path is not None and (not text or (amount is not None and amount >= 0)))
