"""The screen 资金: what will be in the accounts, when that is tight, what has to be paid, what is on its way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain.changes import Changes
from ui import figures
from ui.views.base import AppContext, View
from ui.views.money import leads
from ui.views.money.choices import EntityChoice, IrregularChoice
from ui.views.money.compare_card import CompareCard
from ui.views.money.desk import MoneyDesk
from ui.views.money.empty_page import EmptyPage
from ui.views.money.export import MoneyExport
from ui.views.money.fan_card import FanCard
from ui.views.money.filling import fill
from ui.views.money.forecasting import Forecasting
from ui.views.money.idle_job import IdleJob
from ui.views.money.ladder_card import LadderCard
from ui.views.money.layout import lines
from ui.views.money.map_card import MoneyMapDesk
from ui.views.money.more_bar import MoreBar
from ui.views.money.moves_card import MovesCard
from ui.views.money.paid_form import PaidForm
from ui.views.money.paid_writing import PaidWriting
from ui.views.money.place import place_of, take
from ui.views.money.placed_card import PlacedCard
from ui.views.money.plan_card import PlanCard
from ui.views.money.plan_form import PlanForm
from ui.views.money.plan_writing import PlanWriting
from ui.views.money.proposals_card import ProposalsCard
from ui.views.money.receipts.desk import ReceiptsDesk
from ui.views.money.replay_card import ReplayCard
from ui.views.money.told import MOVES_IT, OWED, Foreseen, Planned, planned
from ui.views.money.verdict import VerdictCard
from ui.views.money.way_card import WayCard
from ui.views.parts.board import Board
from ui.views.parts.reader import Loader
from ui.views.parts.saved_places import PlacesMenu
from ui.widgets import VBox

if TYPE_CHECKING:
    from chainbrain.cash.plan import PlanItem


class MoneyView(View):
    """Verdict, fan and plan; below them what is on its way, and what the bank's history proposes."""

    key = "money"
    icon_name = "money"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._planned, self._foreseen = Planned(), Foreseen()
        self._loader, self._saved = Loader(self), PlacesMenu(self)
        self.entity, self.irregular = EntityChoice(), IrregularChoice()
        self.verdict, self.fan, self.plan, self.form = VerdictCard(), FanCard(), PlanCard(), PlanForm()
        self.way, self.proposals, self.ladder = WayCard(), ProposalsCard(), LadderCard()
        self.compare, self.replay, self.placed = CompareCard(), ReplayCard(), PlacedCard()
        self.moves, self.more, self.paid_form = MovesCard(), MoreBar(), PaidForm()
        self._idle_job, self.forecasting = IdleJob(self), Forecasting(self)
        self.desk = MoneyDesk(self._stop, self.refresh, self)
        self.map, self.receipts = MoneyMapDesk(self), ReceiptsDesk(self)
        self._export = MoneyExport(self)
        self._board = Board()
        self._stack, nothing = QStackedWidget(), EmptyPage()
        # Without a balance the plan can be written all the same.
        self.empty, self._first = nothing.empty, nothing.first
        self._stack.addWidget(nothing)
        self._stack.addWidget(self._board)
        VBox(self).add(self._stack)
        self.writing = PlanWriting(self.form, self.desk, self.entity, self)
        self.paying = PaidWriting(self.paid_form, self.desk, self)
        self._again, self._add, self._write_table = QAction(self), QAction(self), QAction(self)
        self._again.setShortcut("F9")
        self.addAction(self._again)
        self._connect()
        self._lay_out()
        self.retranslate()

    def _connect(self) -> None:
        self._loader.loaded.connect(self._take_plan)
        self.map.changed.connect(self._show)
        self.receipts.changed.connect(self._show)
        self._again.triggered.connect(lambda _on=False: self.refresh())
        self._add.triggered.connect(lambda _on=False: self.ask(None))
        self._write_table.triggered.connect(lambda _on=False: self.desk.ask_table(self))
        self._first.clicked.connect(lambda: self.ask(None))
        self.empty.acted.connect(self._to_import)
        self.entity.currentIndexChanged.connect(lambda _number: self._show_other())
        self.irregular.changed.connect(lambda _key: self._foresee())
        self.plan.wanted.connect(self.ask)
        self.more.changed.connect(self._lay_out)
        self.writing.changed.connect(self._show)
        self.writing.asked.connect(lambda: self._board.bring(self.form))
        self.forecasting.found.connect(self._take_forecast)
        self.forecasting.ended.connect(self._show)
        self.forecasting.told.connect(self._show)
        leads.hear(self)

    # What the window asks.

    def title(self) -> str:
        """Return the name of the screen."""
        return self.tr("Money")

    def subtitle(self) -> str:
        """Return from which day to which it looks ahead: from the end of the statements, however old they are."""
        outlook = self._foreseen.outlook
        if outlook is None or not outlook.chain.days:
            return self.tr("13 weeks ahead")
        first, last = outlook.chain.days[0].day, outlook.chain.days[-1].day
        text = self.tr("{first} to {last}, 13 weeks after the statements")
        return text.format(first=figures.day(first), last=figures.day(last))

    def top_bar_widgets(self) -> tuple[list[QWidget], list[QWidget]]:
        """Return whose money, the irregular payments, and the export."""
        return [], [self.irregular, self.entity, self._saved, self._export]

    def place(self) -> Mapping[str, str]:
        """Return company, payments, and the day and store of the map."""
        return place_of(self)

    def take_place(self, place: Mapping[str, str]) -> None:
        """Choose them again."""
        take(self, place)

    def actions(self) -> list[QAction]:
        """Return the commands of this screen."""
        own = [self._again, self._add, self._write_table, self.map.save_picture]
        return [*own, *self._saved.commands(), *self._export.commands()]

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book."""
        self._loader.tell(context.show_failure)
        self._stop()
        super().set_workspace(context)
        self._export.context = self.desk.context = self.compare.context = self.replay.context = context
        self.replay.forget()
        self._planned, self._foreseen = Planned(), Foreseen()
        self.writing.editing, self.writing.planned = False, self._planned
        self.paying.forget(self._planned)
        self.map.set_context(context)
        self.receipts.set_context(context)
        self.more.use(context.settings)
        self._saved.use(context)
        self._lay_out()
        self._show()

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the plan again and work the forecast out; the last one stays on screen until then."""
        if self.context is None:
            return
        if changes is not None and not changes.touches(*MOVES_IT):
            if changes.touches(OWED):
                self.map.read_owed()
                self.forecasting.read_owed()
            return
        self._loader.load(self.context, lambda rooms, _report: planned(rooms))
        self.replay.forget()
        self.map.refresh()
        self._foresee()
        # Behind the cash forecast in the same worker: what that works out is not worked out twice.
        self.receipts.refresh()

    def retranslate(self) -> None:
        """Set every text."""
        self.map.retranslate()
        self._again.setText(self.tr("Work the forecast out again"))
        self._add.setText(self.tr("New item of the plan"))
        self._write_table.setText(self.tr("Write the plan as a table…"))
        self.entity.setAccessibleName(self.tr("Whose money"))
        self.entity.set_outlook(self._foreseen.outlook)
        self._show()

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be foreseen and nothing is planned."""
        return self._stack.currentIndex() == 0

    @property
    def running(self) -> bool:
        """Whether the forecast is being worked out."""
        return self.forecasting.running

    # Working out.

    def _foresee(self) -> None:
        self._idle_job.stop()
        if self.context is not None:
            self.forecasting.start(self.context, with_irregular=self.irregular.current != "known")
            self._show()

    def _plan_idle(self) -> None:
        """Plan idle money by the forecast that is shown; the last plan stays on screen until then."""
        context, outlook = self.context, self._foreseen.outlook
        self._idle_job.stop()
        if context is not None and outlook is not None and self._planned.products:
            self._idle_job.ask(context, self.entity.chosen, self.ladder.wish, with_irregular=outlook.with_irregular)

    def _stop(self) -> None:
        self._idle_job.stop()
        self.receipts.stop()
        self.replay.stop()
        self.forecasting.stop()

    def _take_plan(self, found: Planned) -> None:
        before, self._planned = self._planned, found
        self.writing.planned = self.paying.planned = found
        moved = (found.products, found.placed) != (before.products, before.placed)
        self.compare.read_again()
        self.entity.set_outlook(self._foreseen.outlook)
        self._show()
        if moved and not self.running:
            self._plan_idle()

    def _take_forecast(self, found: Foreseen) -> None:
        self._foreseen = found
        self.title_changed.emit()
        self.entity.set_outlook(self._foreseen.outlook)
        self._show()
        self._plan_idle()

    # What is written; each is one entry of the history.

    def ask(self, item: PlanItem | None) -> None:
        """Ask for a new item of the plan, or for another wording of one."""
        self.writing.ask(item)

    # What is shown.

    def _lay_out(self) -> None:
        """Place the cards; the map of where the money is stands above the forecast."""
        self._board.set_lines(lines(self, editing=self.writing.editing))

    def _show_other(self) -> None:
        """Another legal entity is looked at."""
        self.ladder.set_idle(None)
        self._show()
        if not self.running:
            self._plan_idle()

    def _show(self) -> None:
        filled = fill(self, self._foreseen.outlook, self._planned)
        self._stack.setCurrentIndex(1 if filled else 0)
        self._lay_out()

    def _to_import(self) -> None:
        if self.context is not None:
            self.context.navigate("imports")
