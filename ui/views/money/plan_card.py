"""What is known to be paid: the items of the plan with their next day, to be added, changed and taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Signal

from chainbrain.cash.accounts import last_known
from chainbrain.cash.plan import KINDS, falls_on
from chainbrain.cash.uncounted import overdue
from chainbrain.legal_entities import short_names
from ui import figures
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.money import words
from ui.views.money.told import today
from ui.widgets import DataTable, HBox, Label, LinkButton, TitledCard
from ui.words import word

if TYPE_CHECKING:
    from chainbrain.cash.outlook import CashOutlook, CashPath
    from chainbrain.cash.plan import Due, PlanItem

_JOINED = "\u2060"
_YEAR = timedelta(days=366)
_TONES = {"overdue": "difference", "left_out": "difference", "past": "timing", "twice": "difference"}


@dataclass(frozen=True)
class _Line:
    """One item.

    Attributes:
        day: its next day.
        mark: ``overdue``, ``paid`` or ``left_out``: the item is in no figure. ``unsure``: it is taken off at once.
            ``twice``: it is taken off, and what another item stands for may be the same payment.
            ``past``: it is taken off, and no statement proves it.
        gone: with ``past`` the day that is over; ``day`` is a later one where it comes again.
        said_on: the day of the item, where that is a day off and the figures take it off on another.
    """

    item: PlanItem
    day: date | None
    mark: str = ""
    gone: date | None = None
    said_on: date | None = None


class PlanCard(TitledCard):
    """The items; ``wanted(item or None)`` asks for the form, ``removed(item)`` takes one out."""

    wanted = Signal(object)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._items: tuple[PlanItem, ...] = ()
        self._path: CashPath | None = None
        self._outlook: CashOutlook | None = None
        self._short: dict[str, str] = {}
        self._today: date | None = None
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
        foot = HBox(margins=(m.GAP, m.GAP_S, m.GAP, m.GAP_M)).add(self._sum)
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
    ) -> None:
        """Show other items; ``path`` adds up what falls due in its days, ``outlook`` knows which are in no figure."""
        self._items, self._path, self._today, self._outlook = items, path, today, outlook
        self.retranslate()

    @property
    def chosen(self) -> PlanItem | None:
        """The item under the keyboard."""
        line = cast("_Line | None", self.table.current_row())
        return line.item if line is not None else None

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
        start = self._today + timedelta(days=1) if self._today else today()
        entity = self._path.entity if self._path is not None else None
        self._short = short_names({one.entity for one in self._items})
        known = last_known(self._outlook.accounts) if self._outlook is not None else {}
        without = self._outlook.entities_left_out if self._outlook is not None else ()
        lines = []
        for one in self._items:
            if entity not in {None, one.entity}:
                continue
            due = self._taken_off(one)
            # What a day off moved over the end of the statements is in the figures, though its own day is over.
            moved = due is not None and due.said_on == one.day
            over = not moved and overdue(one, known.get(one.entity, self._today))
            mark = "left_out" if one.entity in without else self._standing(one) or ("overdue" if over else "")
            day = due.day if due is not None else one.day if over else _next(one, start)
            gone = None
            if not mark and day is not None and day < self._asked_on:
                mark, gone = "past", day
                # What comes again is looked for on its next day; that of one time keeps the day it had.
                due = self._taken_off(one, self._asked_on) or due
                day = due.day if due is not None and due.day > day else _next(one, self._asked_on) or day
            if not mark and self._path is not None and any(d.item.item_id == one.item_id for d in self._path.twice):
                mark = "twice"
            said_on = due.said_on if due is not None and due.day == day else None
            lines.append(_Line(one, day, mark, gone, said_on))
        lines.sort(key=lambda line: (line.day or date.max, -line.item.amount, line.item.item_id))
        chosen = self.chosen
        self._model.set_rows(lines)
        numbers = [line.item.item_id for line in lines]
        if chosen is not None and chosen.item_id in numbers:
            self.table.select_number(numbers.index(chosen.item_id))
        # A line never ends between the minus and its amount.
        self._sum.setText(self._added().replace(figures.MINUS, f"{figures.MINUS}{_JOINED}"))
        self._follow()

    def _taken_off(self, item: PlanItem, since: date = date.min) -> Due | None:
        """What the figures take off of it first, from a day on; nothing for none of the days to come."""
        dues = self._path.dues if self._path is not None else ()
        return next((due for due in dues if due.item.item_id == item.item_id and due.day >= since), None)

    def _standing(self, item: PlanItem) -> str:
        """What the statements say of it, where that has to be looked at."""
        if self._outlook is None:
            return ""
        if any(due.item.item_id == item.item_id and due.amount > 0 for due in self._outlook.unsure):
            return "unsure"
        gone = any(one.due.item.item_id == item.item_id for one in self._outlook.paid)
        return "paid" if gone and item.cycle == "once" and self._taken_off(item) is None else ""

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _cycle(self, line: _Line) -> str:
        cycle, until = word(f"plan_cycle.{line.item.cycle}"), line.item.until
        if until is None:
            return cycle
        return self.tr("{cycle} until {day}").format(cycle=cycle, day=figures.day(until, True))

    def _day(self, day: date) -> str:
        return figures.day(day, self._today is None or day.year != self._today.year)

    def _tip(self, line: _Line) -> str:
        told = {
            "past": self.tr("its day is over, yet no statement reaches it: taken off as paid on that day"),
            "left_out": self.tr("in no figure: nobody knows the balance of this company"),
            "paid": self.tr("in no figure: the statements show it paid already"),
            "overdue": self.tr("in no figure: it fell due on a day that the statements know already"),
            "unsure": self.tr(
                "taken off on the first day: no statement shows it paid, and one account is older than it"
            ),
            "twice": self.tr("taken off beside another item that comes again and stands for such a payment already"),
        }
        parts = (line.item.entity, words.what(line.item), words.said_on(line.said_on), told.get(line.mark, ""))
        return " ".join(filter(None, parts))

    def _what(self, line: _Line) -> str:
        """What an item is; whose it is as well, where those of several entities stand together."""
        whose = {one.entity for one in self._items} if self._path is None or self._path.entity is None else set()
        told = {
            "left_out": self.tr("Not counted"), "paid": self.tr("Paid"), "overdue": self.tr("Over: paid?"),
            "unsure": self.tr("Paid?"), "past": self.tr("Day is over:"),
            "twice": self.tr("Twice?"),
        }  # fmt: skip
        if line.gone is not None and line.gone != line.day:
            told["past"] = self.tr("{day} is over:").format(day=self._day(line.gone))
        whom = self._short[line.item.entity] if len(whose) > 1 else ""
        return " ".join(
            filter(None, (told.get(line.mark, ""), whom, words.what(line.item), words.said_on(line.said_on)))
        )

    def _added(self) -> str:
        path = self._path
        if path is None or not path.days:
            return ""
        # What goes into products and comes back stands in a card of its own.
        dues = [due for due in path.dues if due.item.kind in KINDS]
        first, last = path.days[0].day, path.days[-1].day
        text = self.tr("%n time(s) from {first} to {last}, together {amount}", "", len(dues))
        said = [text.format(first=figures.day(first, True), last=figures.day(last, True), amount=_of(dues))]
        past = [due for due in dues if due.day < self._asked_on]
        if past:
            text = self.tr("%n of them, {amount}, on days that are over: no statement proves them yet", "", len(past))
            said.append(text.format(amount=_of(past)))
        return self.tr("; ").join(said)

    @property
    def _asked_on(self) -> date:
        """The day on which it is looked at."""
        asked_on = self._outlook.asked_on if self._outlook is not None else None
        return asked_on or today()

    def _change(self) -> None:
        if self.chosen is not None:
            self.wanted.emit(self.chosen)

    def _remove(self) -> None:
        if self.chosen is not None:
            self.removed.emit(self.chosen)

    def _follow(self) -> None:
        for button in (self.change_button, self.remove_button):
            button.setEnabled(self.chosen is not None)


def _of(dues: Sequence[Due]) -> str:
    """What dues bring to the accounts: below 0 while they have to be paid."""
    return figures.money(-sum((due.amount for due in dues), Decimal(0)), symbol=True)


def _next(item: PlanItem, start: date) -> date | None:
    """The next day of an item; nothing for one that is over."""
    days = falls_on(item, start, max(start, item.day) + _YEAR)
    return days[0] if days else None
