"""The answer of the cash screen: one sentence, one figure, what to do next; why and what is left out folds below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit

from chainbrain.amounts import parse_amount
from chainbrain.cash.uncounted import left_out, steady, to_pay
from chainbrain.cash.verdict import verdict
from ui import figures
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.money import words
from ui.views.money.verdict_notes import notes
from ui.widgets import Card, HBox, Label, LinkButton, SecondaryButton, scaled
from ui.words import enumerated, message, sentences

if TYPE_CHECKING:
    from chainbrain.cash.outlook import CashOutlook, CashPath
    from chainbrain.cash.plan import PlanItem
    from chainbrain.cash.recurring import Proposal
    from chainbrain.map_desk import OwedSum

_MOST_REASONS = 4


class VerdictCard(Card):
    """The verdict on one path, with the floor beside it.

    ``floor_said(Decimal or None)`` when another floor is wanted, ``folded`` when the reasons are shown or put away.
    """

    floor_said = Signal(object)
    folded = Signal()

    def __init__(self) -> None:
        super().__init__(padding=(20, m.GAP_M, 20, m.GAP_M), spacing=2)
        self._outlook: CashOutlook | None = None
        self._path: CashPath | None = None
        self._items: tuple[PlanItem, ...] = ()
        self._proposals: tuple[Proposal, ...] = ()
        self._owed: OwedSum | None = None
        self._waiting = self._open = False
        self._age = Label(color="difference", wrap=True)
        self._sentence = Label(role=Role.FIGURE, wrap=True)
        self._figure, self._beside, self._step = (Label(wrap=True) for _ in range(3))
        self.fold_button = LinkButton()
        self._reason = Label(color="text2", wrap=True)
        self._notes = Label(role=Role.SMALL, color="text2", wrap=True)
        self._floor_label = Label(role=Role.SMALL, color="text2")
        self.floor, self.floor_button = QLineEdit(), SecondaryButton()
        scaled(self.floor, height=m.CONTROL, min_width=110)
        row = HBox(spacing=m.GAP_S).add(self._floor_label, self.floor, self.floor_button, m.GAP, self.fold_button, 0)
        self.add(self._age, self._sentence, self._figure, self._beside, self._step, m.GAP_XS, row)
        self.add(self._reason, self._notes)
        self.fold_button.clicked.connect(self._fold)
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
    def age(self) -> str:
        """How old the statements are; empty where they are those of every day."""
        return self._age.text()

    @property
    def figure(self) -> str:
        """The one amount that the answer turns on."""
        return self._figure.text()

    @property
    def beside(self) -> str:
        """What all companies together come to beside the worst one, and other companies."""
        return self._beside.text()

    @property
    def step(self) -> str:
        """What to do next."""
        return self._step.text()

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
            for label in (self._age, self._figure, self._beside, self._step, self._reason, self._notes):
                label.setText("")
        else:
            self._answer(outlook, path)
            self._reason.setText(sentences(self._reasons(outlook, path)))
            self._notes.setText("  ·  ".join(notes(outlook, path, self._owed)))
        self.fold_button.setText(
            self.tr("Put the reasons away") if self._open else self.tr("Why, and what is left out")
        )
        for label in (self._age, self._figure, self._beside, self._step):
            label.setVisible(bool(label.text()))
        for label in (self._reason, self._notes):
            label.setVisible(self._open and bool(label.text()))
        self.fold_button.setVisible(bool(self._reason.text() or self._notes.text()))
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _answer(self, outlook: CashOutlook, path: CashPath) -> None:
        found = verdict(outlook, path)
        parts = ((self._age, found.age), (self._sentence, found.headline), (self._figure, found.figure))
        for label, told in (*parts, (self._step, found.step)):
            label.setText(message(told[0], **told[1]) if told is not None else "")
        self._beside.setText("\n".join(message(code, **facts) for code, facts in found.beside))

    def _fold(self) -> None:
        self._open = not self._open
        self.retranslate()
        self.folded.emit()

    def _reasons(self, outlook: CashOutlook, path: CashPath) -> tuple[str, ...]:
        over = ""
        if path.over and path.ahead:
            code = "cash.over_day" if len(path.over) == 1 else "cash.over_days"
            over = message(code, first=path.over[0].day, last=path.over[-1].day)
        return over, self._why(outlook, path), self._lacking(outlook), self._untaken(outlook, path)

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
        return sentences(said)

    def _why(self, outlook: CashOutlook, path: CashPath) -> str:
        about = verdict(outlook, path).about
        breach = about.breach
        if breach is None:
            return ""
        whose = "" if about is path else self.tr("{company}: ").format(company=words.entity_name(about.entity))
        parts = []
        if breach.dues:
            shown = enumerated(words.due_words(due) for due in breach.dues[:_MOST_REASONS])
            more = len(breach.dues) - _MOST_REASONS
            shown += self.tr(" and %n more", "", more) if more > 0 else ""
            parts.append(self.tr("That week: {items}.").format(items=shown))
        if outlook.old:
            # What to do next is to fetch the statements; how much would be lacking stays readable.
            text = (
                self.tr("With {amount} more by {day} the low estimate stays above 0.")
                if about.floor is None
                else self.tr("With {amount} more by {day} the low estimate stays above the floor.")
            )
            parts.append(text.format(amount=words.full(breach.needed), day=figures.day(breach.day)))
        return whose + sentences(parts) if parts else ""

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
