"""The reconcile screen: what is open, the best answer with its arithmetic, decisions by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from chainbrain.changes import Changes
from chainbrain.reconciliation.summary import StateSummary
from ui.messages import word
from ui.views.base import AppContext
from ui.views.parts.reader import Loader
from ui.views.reconcile.actions import ReconcileActions
from ui.views.reconcile.chosen import Chosen
from ui.views.reconcile.decisions import SINGLE, Decisions
from ui.views.reconcile.details import Details
from ui.views.reconcile.empty import Lack, words_of_lack
from ui.views.reconcile.flow import Flow
from ui.views.reconcile.keys import keys_of
from ui.views.reconcile.layout import ReconcileLayout
from ui.views.reconcile.model import LEGS, State, load_state
from ui.views.reconcile.pending import Word
from ui.views.reconcile.pointer import Pointer
from ui.views.reconcile.recall import Filters, Recall
from ui.views.reconcile.running import Running

_SOMEWHERE = ("difference", "match", "code")


class ReconcileView(ReconcileLayout):
    """Shows the work that is left; ``Decisions`` writes a person's word on it."""

    key = "reconcile"
    icon_name = "reconcile"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state_loader, self._pointer = Loader(self), Pointer(self)
        # Nothing was chosen in this book yet: it opens on the month that is being closed.
        self._fresh = True
        self.details, self.decisions = Details(self), Decisions(self.lines, self.answer)
        self._flow = Flow(self.lines, self.answer, self.decisions, self.details)
        self._chosen = Chosen(self, self.decisions, self._flow)
        self._running = Running(self, self.decisions)
        filters = Filters(self.months, self.stores, self.accounts)
        self.recall = Recall(self.lines, filters, lambda: self._chosen.group)
        self._actions = ReconcileActions(self, (self.lines.table, self.answer.candidates), self._commands())
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        decisions, flow, chosen = self.decisions, self._flow, self._chosen
        self._state_loader.loaded.connect(self._show_state)
        self._pointer.found.connect(chosen.go_to)
        self._pointer.leg_wanted.connect(chosen.show_tab)
        chosen.shown.connect(self.retranslate)
        chosen.stale.connect(self.refresh)
        self.recall.recalled.connect(self._recalled)
        self.months.changed.connect(self.refresh)
        self.stores.changed.connect(self.refresh)
        self.run_button.clicked.connect(decisions.anew.run)
        self.stale.acted.connect(self._mend_stale)
        self.empty.acted.connect(self._mend)
        self.lines.activated.connect(lambda _item: decisions.main())
        self.answer.candidates.row_activated.connect(lambda _one: decisions.main())
        self.answer.rows_wanted.connect(flow.open_rows)
        self.answer.note.dropped.connect(self.lines.table.setFocus)
        flow.changed.connect(self._set_keys)
        for elsewhere in (self.tabs, self.months, self.stores, self.accounts):
            elsewhere.changed.connect(self._hint_over)
        for other in (self.work.chosen, self.work.turned, self.band.state_chosen):
            other.connect(self._hint_over)
        self.lines.ticks_changed.connect(self._hint_over)
        self.answer.candidates.chosen_changed.connect(self._hint_over)
        self._running.changed.connect(self._set_keys)
        self._running.caught_up.connect(self.retranslate)

    def _commands(self) -> dict[str, Callable[[], object]]:
        decisions = self.decisions
        return {
            "run": decisions.anew.run,
            "accept": lambda: decisions.decide("accept"),
            "reject": lambda: decisions.decide("reject"),
            "explain": lambda: decisions.decide("explain"),
            "exclude": lambda: decisions.decide("exclude"),
            "reopen": lambda: decisions.decide("reopen"),
            "timing": lambda: decisions.decide("timing"),
            "ticked": decisions.main_of_ticked,
            "back": decisions.take_back,
            "apart": decisions.apart,
            "split": decisions.split,
            "clear": decisions.clear,
            "undo": decisions.undo,
            "rows": self._flow.open_rows,
            "past": self._show_past,
            "search": self.lines.to_search,
            "find": self.lines.to_search,
            "pane": self.panes.turn,
        }

    @property
    def state(self) -> State | None:
        """What the book says, None before it was read."""
        return self._chosen.state

    @property
    def summary(self) -> StateSummary | None:
        """What is open after everything that was said, also what the book does not show yet."""
        return self._chosen.summary

    # ------------------------------------------------------------------ what the window asks

    def actions(self) -> list[QAction]:
        """Return the commands of this screen."""
        return [*self._actions.all(), *self.lines.views.commands(), *self.export.commands()]

    def badge_count(self) -> int:
        """Return how many lines are open in the whole book."""
        return self.state.open_count if self.state is not None else 0

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book."""
        super().set_workspace(context)
        self._fresh = True
        self._chosen.use(context)
        self._pointer.point({})
        for choice in (self.months, self.accounts, self.stores):
            choice.choose(None)
        self._flow.use(context)
        self.recall.use(context)
        self.decisions.use(context)
        self.export.context = context
        self.progress.hide()

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the state of the book again."""
        context = self.context
        if context is not None:
            period, store = None if self._fresh else self.months.period, self.stores.store
            seen = self.decisions.writing.pending.shown_by_book()
            self.details.forget()
            self._state_loader.load(context, lambda rooms, _report: (load_state(rooms, period, store), seen, store))

    def open_with(self, **filters: object) -> None:
        """Go to the ``difference``, ``match``, ``code`` or ``leg`` that another screen points at."""
        self._pointer.point(filters)
        if any(filters.get(key) for key in _SOMEWHERE):
            # It may stand in any month and store.
            self._fresh = False
            if self.months.period.first is not None or self.stores.store is not None:
                self.months.choose(None)
                self.stores.choose(None)
                self.refresh()
                return
        if self.state is not None and self.context is not None:
            self._pointer.follow(self.context, self.state.summary)

    def place(self) -> Mapping[str, str]:
        """Return leg, work, month, store, account, search and the line under the keyboard."""
        return self.recall.place()

    def take_place(self, place: Mapping[str, str]) -> None:
        """Choose all of it again."""
        self._fresh = self._fresh and not place
        self._flow.want(key=place.get("line", ""))
        self.recall.take(place)

    def report_filters(self, name: str) -> dict[str, object]:
        """Return what an export is narrowed to: what is chosen on the screen, and what waits for a word."""
        period, store = self.months.period, self.stores.store
        found: dict[str, object] = {"stores": (store,) if store is not None else None}
        if name != "matches":
            found |= {"first": period.first, "after": period.after}
        return found | {"differences": {"state": "open"}, "matches": {"state": "suggested"}}.get(name, {})

    # ------------------------------------------------------------------ the state of the book

    def _show_state(self, found: tuple[State, tuple[tuple[Word, bool], ...], str | None]) -> None:
        state, seen, store = found
        first = self.state is None
        self.decisions.writing.pending.was_read(seen, (state.period, store))
        if first and state.waiting:
            # Said before the program was closed, and not matched anew since.
            self.decisions.writing.waits(state.waiting)
        self.decisions.next_day = state.next_day
        self._fresh = False
        self.months.set_values(state.months)
        if state.month is not None:
            self.months.choose(state.month)
        self.accounts.set_values(state.accounts)
        self.stores.set_stores(state.store_names, state.progress)
        self._flow.set_store_names(dict(state.store_names))
        self._chosen.show(state)
        if self.context is not None:
            self._pointer.follow(self.context, state.summary)
        self.title_changed.emit()

    def _recalled(self, leg: str, work: str, text: str) -> None:
        self._flow.want(self._flow.wanted, text)
        self._chosen.recall(leg, work)

    # ------------------------------------------------------------------ what is missing

    def _mend_stale(self) -> None:
        if self.state is not None and self.state.stale:
            self.decisions.anew.run()
        else:
            self.decisions.writing.catch_up()

    def _mend(self) -> None:
        if self._chosen.lack in {Lack.RECONCILIATION, Lack.NOTHING_READ}:
            self.decisions.anew.run()
        elif self.context is not None:
            self.context.navigate("imports")

    def _show_past(self) -> None:
        """Who decided what, and when; there each decision can be taken back by itself."""
        if self.context is not None:
            self.context.navigate("imports", history="decide")

    def _hint_over(self) -> None:
        # "Nothing is ticked" holds no longer once something is, and elsewhere it is about nothing that is seen.
        if self.context is not None:
            self.context.hint_over()

    # ------------------------------------------------------------------ words

    def retranslate(self) -> None:
        """Set every text."""
        self._actions.retranslate()
        self.tabs.set_options(
            [(leg, word(f"leg.{leg}")) for leg in LEGS], {leg: word(f"leg_short.{leg}") for leg in LEGS}
        )
        self.tabs.setAccessibleName(self.tr("Legs of the money"))
        if self._chosen.leg:
            self.tabs.set_current(self._chosen.leg)
        self.run_button.set_name(self.tr("Reconcile again"))
        self.work.setAccessibleName(self.tr("Work that is left"))
        self.scope.setCurrentWidget(self.accounts if self._chosen.leg == "bank" else self.stores)
        lack, state = self._chosen.lack, self.state
        self.show_panes(whole=lack is None)
        self.band.setVisible(lack is None or lack is Lack.LEG)
        files = state is not None and state.stale and state.reconciled
        self.stale.tell(files=files, words=self.decisions.writing.stuck)
        if lack is not None:
            self.empty.set_texts(*words_of_lack(lack, self._chosen.leg))
        self._chosen.show_counts()
        self._set_keys()

    def _set_keys(self) -> None:
        possible = self.decisions.possible() if not self.decisions.busy else ()
        rows = self.answer.detail is not None and bool(self.answer.detail.records)
        self.keys.setVisible(self._chosen.lack is None)
        chosen, held = len(self.answer.grouping.payouts), len(self.decisions.groups.held())
        back = self.decisions.writing.said_here
        single = sum(item.answer == SINGLE for item in self.lines.model.rows)
        self.keys.set_keys(
            keys_of(
                possible,
                len(self.lines.ticked),
                bool(self.lines.items),
                rows,
                chosen=chosen,
                held=held,
                single=single,
                back=back,
            )
        )
