"""The owner's products replayed over the past of the book: our way beside simpler ones, worked out when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent

from chainbrain.cash import replay_words
from chainbrain.errors import UserError
from ui import figures
from ui.jobs import Newest
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets import DataTable, HBox, Label, ProgressStrip, SecondaryButton, TitledCard
from ui.words import message, sentences, word, words_of

if TYPE_CHECKING:
    from chainbrain.cash.book_replay import BookReplay, ReplayedWay
    from chainbrain.progress import Report
    from chainbrain.workspace import Workspace
    from ui.views.base import AppContext


class ReplayCard(TitledCard):
    """A small table and one sentence; a replay is a job that can be stopped."""

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self.context: AppContext | None = None
        self._entity: str | None = None
        self._found: BookReplay | None = None
        self._problem: UserError | None = None
        self._newest = Newest(self)
        self._newest.ended.connect(self.retranslate)
        self._able = False
        self._model = RowsModel(
            [
                Column("way", lambda: word("column.replay_way"), lambda one: word(f"replay_way.{one.key}"), least=160),
                Column("product", lambda: self.tr("Product"), lambda one: one.product or "", least=120),
                Column(
                    "earned", lambda: word("column.replay_earned"), lambda one: one.earned, Kind.MONEY, width=208
                ),
                Column("regret", lambda: word("column.replay_regret"), _regret, width=160),
                Column("broken", lambda: word("column.replay_broken"), lambda one: one.broken, Kind.NUMBER, width=192),
            ]
        )  # fmt: skip
        self.table = DataTable(self._model, m.ROW_DENSE, sortable=False, whole_rows=True)
        self.start_button, self.progress = SecondaryButton(), ProgressStrip()
        self._foot = Label(role=Role.SMALL, color="text2", wrap=True)
        self.head_right.add(self.start_button)
        foot = HBox(margins=(m.GAP, m.GAP_S, m.GAP, m.GAP_M)).add(self._foot)
        self.add(self.progress, self.table, foot)
        self.start_button.clicked.connect(self.start)
        self.retranslate()

    @property
    def found(self) -> BookReplay | None:
        """What is shown."""
        return self._found

    @property
    def foot(self) -> str:
        """The sentence on it, or why there is none."""
        return self._foot.text()

    @property
    def running(self) -> bool:
        """Whether it is being worked out."""
        return self._newest.running

    def set_entity(self, entity: str | None, *, able: bool) -> None:
        """Whose past it would be; ``able`` whether there are products and a balance."""
        if entity != self._entity:
            self.stop()
            self._found = self._problem = None
        self._entity, self._able = entity, able
        self.retranslate()

    def start(self) -> None:
        """Replay it."""
        context, entity = self.context, self._entity
        if context is None:
            return
        self.stop()

        def work(workspace: Workspace, report: Report) -> BookReplay | UserError:
            # Too little of the past is an answer, not a fault.
            try:
                return workspace.cash.replay(workspace.rules.calendar(), entity, report=report)
            except UserError as problem:
                return problem

        job = context.write(work, self._done, word("progress.replaying"))
        self.progress.follow(job)
        self._newest.follow(job)
        self.retranslate()

    def stop(self) -> None:
        """Nobody wants it any longer."""
        self._newest.stop()

    def forget(self) -> None:
        """What was replayed is of before."""
        self.stop()
        self._found = self._problem = None
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(word("report.cash-replay"), self.tr("your products over the past of your own accounts"))
        self.start_button.setText(self.tr("Replay"))
        self.start_button.setEnabled(self._able and not self.running)
        self.table.setAccessibleName(word("report_table.cash-replay"))
        self.table.set_empty_text(self.tr("Not replayed yet"))
        found = self._found
        self._model.set_rows(found.ways if found is not None else ())
        if found is not None:
            judged = [message(code, **facts) for code, facts in replay_words.told(found)]
            said = sentences([*judged, message("cash.replayed", **found.facts()), message("cash.replay_basis")])
        elif self._problem is not None:
            said = words_of(self._problem)
        elif not self._able:
            said = self.tr("It needs products, a floor and balances of the banks.")
        else:
            said = self.tr("What the products would have earned, and how often the floor would have been missed.")
        self._foot.setText(said)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _done(self, found: BookReplay | UserError) -> None:
        if isinstance(found, UserError):
            self._found, self._problem = None, found
        else:
            self._found, self._problem = found, None
        self.retranslate()


def _regret(one: ReplayedWay) -> str:
    return "" if one.regret is None else figures.percent(one.regret)
