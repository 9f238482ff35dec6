"""What is known to be paid: the items of the plan with their next day, to be added, changed and taken out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Signal

from chainbrain.cash.plan import KINDS
from chainbrain.legal_entities import short_names
from ui import figures
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.money import words
from ui.views.money.plan_answers import PlanAnswers
from ui.views.money.plan_lines import PlanLine, PlanLines
from ui.widgets import DataTable, HBox, Label, LinkButton, TitledCard
from ui.words import word

if TYPE_CHECKING:
    from chainbrain.cash.outlook import CashOutlook, CashPath
    from chainbrain.cash.plan import Due, PlanItem
    from chainbrain.cash.said_paid import SaidPaid

_JOINED = "\u2060"
_TONES = {"overdue": "difference", "left_out": "difference", "past": "timing", "twice": "difference"}


class PlanCard(TitledCard):
    """The items; ``wanted(item or None)`` asks for the form, ``removed(item)`` takes one out; see ``answers``, too."""

    wanted = Signal(object)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._items: tuple[PlanItem, ...] = ()
        self._path: CashPath | None = None
        self._outlook: CashOutlook | None = None
        self._short: dict[str, str] = {}
        self._today: date | None = None
        self._answers: Sequence[SaidPaid] = ()
        tone = lambda line: _TONES.get(line.mark, "")  # noqa: E731
        self._model = RowsModel(
            [
                Column(
                    "day", lambda: self.tr("Next"), lambda line: line.day, Kind.DAY, width=64, text=self._day,
                    tone=tone, whole=True,
                ),
                Column("what", lambda: self.tr("For what"), self._what, least=84, tone=tone, tip=self._tip),
                Column("cycle", lambda: self.tr("Cycle"), self._cycle, width=52, whole=True),
                Column(
                    "amount", lambda: self.tr("In + / out −"), lambda line: -line.item.amount, Kind.MONEY, width=104,
                    text=words.moved, whole=True,
                ),
            ]
        )  # fmt: skip
        self.table = DataTable(self._model, m.ROW_DENSE, whole_rows=True)
        self._sum = Label(role=Role.SMALL, color="text2", wrap=True)
        self.add_button, self.change_button, self.remove_button = LinkButton(), LinkButton(), LinkButton()
        self.head_right.add(self.add_button, self.change_button, self.remove_button)
        self.answers = PlanAnswers(self)
        self.answers.paid.connect(self._ask)
        foot = HBox(margins=(m.GAP, m.GAP_S, m.GAP, m.GAP_M), spacing=m.GAP_S)
        foot.add(self._sum, self.answers.same_button, self.answers.other_button, self.answers.paid_button)
        foot.setStretch(0, 1)
        self.add(self.table, foot)
        self.body.setStretch(0, 1)
        self.table.row_changed.connect(lambda _row: self._follow())
        self.table.row_activated.connect(lambda row: self.wanted.emit(row.item))
        self.add_button.clicked.connect(lambda: self.wanted.emit(None))
        self.change_button.clicked.connect(self._change)
        self.remove_button.clicked.connect(self._remove)
        self.retranslate()

    def set_plan(
        self,
        items: tuple[PlanItem, ...],
        path: CashPath | None,
        today: date | None,
        outlook: CashOutlook | None = None,
        answers: Sequence[SaidPaid] = (),
    ) -> None:
        """Show other items.

        ``path`` adds up what falls due in its days, ``outlook`` knows which are in no figure, ``answers`` which were
        said to be paid.
        """
        self._items, self._path, self._today, self._outlook = items, path, today, outlook
        self._answers = answers
        self.retranslate()

    @property
    def chosen(self) -> PlanItem | None:
        """The item under the keyboard."""
        line = self._chosen
        return line.item if line is not None else None

    @property
    def _chosen(self) -> PlanLine | None:
        return cast("PlanLine | None", self.table.current_row())

    @property
    def open_lines(self) -> list[PlanLine]:
        """What fell due and no statement shows: to be answered, the oldest first."""
        return [line for line in self._model.rows if line.asked is not None]

    @property
    def sum_words(self) -> str:
        """What all of it comes to."""
        return self._sum.text().replace(_JOINED, "")

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("Known to be paid"))
        self.add_button.setText(self.tr("Add"))
        self.change_button.setText(self.tr("Change"))
        self.remove_button.setText(self.tr("Remove"))
        self.table.setAccessibleName(self.tr("Items of the plan"))
        self.table.set_empty_text(self.tr("Nothing is planned yet: add wages, rent, taxes"))
        self._short = short_names({one.entity for one in self._items})
        lines = PlanLines(self._path, self._outlook, self._today, self._answers).of(self._items)
        chosen = self.chosen
        self._model.set_rows(lines)
        numbers = [line.item.item_id for line in lines]
        if chosen is not None and chosen.item_id in numbers:
            self.table.select_number(numbers.index(chosen.item_id))
        # A line never ends between the minus and its amount.
        self._sum.setText(self._added().replace(figures.MINUS, f"{figures.MINUS}{_JOINED}"))
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _cycle(self, line: PlanLine) -> str:
        cycle, until = word(f"plan_cycle.{line.item.cycle}"), line.item.until
        if until is None:
            return cycle
        return self.tr("{cycle} until {day}").format(cycle=cycle, day=figures.day(until, True))

    def _day(self, day: date) -> str:
        return figures.day(day, self._today is None or day.year != self._today.year)

    def _tip(self, line: PlanLine) -> str:
        told = {
            "past": self.tr("its day is over, yet no statement reaches it: taken off as paid on that day"),
            "left_out": self.tr("in no figure: nobody knows the balance of this company"),
            "paid": self.tr("in no figure: the statements show it paid already"),
            "overdue": self.tr("in no figure: it fell due on a day that the statements know already"),
            "said_paid": self._by_what(line),
            "unsure": self.tr(
                "taken off on the first day: no statement shows it paid, and one account is older than it"
            ),
            "twice": self._beside_what(line),
        }
        parts = (line.item.entity, words.what(line.item), words.said_on(line.said_on), told.get(line.mark, ""))
        return " ".join(filter(None, parts))

    def _what(self, line: PlanLine) -> str:
        """What an item is; whose it is as well, where those of several entities stand together."""
        whose = {one.entity for one in self._items} if self._path is None or self._path.entity is None else set()
        told = {
            "left_out": self.tr("Not counted"), "paid": self.tr("Paid"), "overdue": self.tr("Overdue:"),
            "unsure": self.tr("Paid?"), "past": self.tr("Day is over:"),
            "twice": self.tr("Twice?"), "said_paid": self._said(line),
        }  # fmt: skip
        if line.gone is not None and line.gone != line.day:
            told["past"] = self.tr("{day} is over:").format(day=self._day(line.gone))
        whom = self._short[line.item.entity] if len(whose) > 1 else ""
        return " ".join(
            filter(None, (told.get(line.mark, ""), whom, words.what(line.item), words.said_on(line.said_on)))
        )

    def _said(self, line: PlanLine) -> str:
        """What was answered."""
        if line.answer is None:
            return ""
        text = self.tr("Paid on {day}:") if line.item.amount > 0 else self.tr("Received on {day}:")
        return text.format(day=self._day(line.answer.paid_on))

    def _by_what(self, line: PlanLine) -> str:
        """Which bank line it was, where one was chosen."""
        one = line.answer
        if one is None or one.line_id is None:
            return self.tr("in no figure: you said so, without a bank line")
        text = self.tr("in no figure: you said that it was the bank line of {day}, {amount} {payee}")
        amount = words.full(one.amount) if one.amount is not None else ""
        return text.format(day=figures.day(one.paid_on, True), amount=amount, payee=one.payee or "")

    def _beside_what(self, line: PlanLine) -> str:
        """What may be the same payment."""
        one = line.beside
        if one is None:
            return self.tr("taken off beside another item that comes again and stands for such a payment already")
        text = self.tr("taken off beside {amount} that the same payee gets again and again, about {day}")
        return text.format(amount=words.full(one.steady.amount), day=figures.day(one.steady.meant, True))

    def _added(self) -> str:
        path, open_ones = self._path, len(self.open_lines)
        asked = []
        if open_ones:
            asked = [self.tr("%n item(s) fell due and no payment was recognised: were they paid?", "", open_ones)]
        doubted = [line for line in self._model.rows if line.mark == "twice"]
        by_bank = sum(line.beside is not None and line.beside.by_bank for line in doubted)
        if by_bank:
            asked.append(
                self.tr("%n item(s) may stand here twice: choose it and say whether it is one payment", "", by_bank)
            )
        if len(doubted) > by_bank:
            # That these are one payment is not answered: one of the two items of the plan goes.
            text = self.tr(
                "%n item(s) may be in the plan twice: remove one of the two, or choose it and say “Two payments”",
                "",
                len(doubted) - by_bank,
            )
            asked.append(text)
        if path is None or not path.days:
            return "\n".join(asked)
        # What goes into products and comes back stands in a card of its own.
        dues = [due for due in path.dues if due.item.kind in KINDS]
        first, last = path.days[0].day, path.days[-1].day
        text = self.tr("%n time(s) from {first} to {last}, together {amount}", "", len(dues))
        said = [text.format(first=figures.day(first, True), last=figures.day(last, True), amount=_of(dues))]
        past = [due for due in dues if due.day < self._asked_on]
        if past:
            text = self.tr("%n of them, {amount}, on days that are over: no statement proves them yet", "", len(past))
            said.append(text.format(amount=_of(past)))
        return "\n".join([*asked, self.tr("; ").join(said)])

    @property
    def _asked_on(self) -> date:
        """The day on which it is looked at."""
        return PlanLines(self._path, self._outlook, self._today).asked_on

    def _ask(self, line: PlanLine) -> None:
        """Show which line it is that is asked about."""
        self.table.select_number(self._model.rows.index(line))

    def _change(self) -> None:
        if self.chosen is not None:
            self.wanted.emit(self.chosen)

    def _remove(self) -> None:
        if self.chosen is not None:
            self.removed.emit(self.chosen)

    def _follow(self) -> None:
        chosen = self._chosen
        for button in (self.change_button, self.remove_button):
            button.setEnabled(chosen is not None)
        self.answers.follow(chosen, self.open_lines)


def _of(dues: Sequence[Due]) -> str:
    """What dues bring to the accounts: below 0 while they have to be paid."""
    return figures.money(-sum((due.amount for due in dues), Decimal(0)), symbol=True)
