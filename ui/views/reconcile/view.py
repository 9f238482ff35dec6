"""The reconcile screen: what is open, the best answer with its arithmetic, decisions by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from chainbrain.changes import Changes
from chainbrain.reconciliation.deposits import Candidate
from chainbrain.reconciliation.evidence import Evidence
from chainbrain.reconciliation.summary import StateSummary
from ui.jobs import Job
from ui.messages import word
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.views.base import AppContext, View
from ui.views.listing.window import open_list
from ui.views.parts.reader import Loader
from ui.views.reconcile.actions import ReconcileActions
from ui.views.reconcile.answer_pane import AnswerPane
from ui.views.reconcile.band import Band
from ui.views.reconcile.choices import AccountChoice, MonthChoice, StoreChoice
from ui.views.reconcile.decisions import Decisions
from ui.views.reconcile.details import Details
from ui.views.reconcile.empty import Lack, lack_of, words_of_lack
from ui.views.reconcile.entries import default_group, entries_of, first_leg, progress_now
from ui.views.reconcile.items import STATES, Group, Item, read_items
from ui.views.reconcile.keys import keys_of
from ui.views.reconcile.list_pane import ListPane
from ui.views.reconcile.model import LEGS, LIST_OF_LEG, Detail, State, evidence_of, load_state
from ui.views.reconcile.notices import RunNotice, StaleNotice
from ui.views.reconcile.panes import Panes
from ui.views.reconcile.pending import Word
from ui.views.reconcile.places import Place, find_difference, find_match, group_of_code, list_of
from ui.views.reconcile.recall import Filters, Recall
from ui.views.reconcile.work_list import WorkList
from ui.widgets import EmptyState, FoldingTabs, IconButton, KeyStrip, Pane, VBox, scaled


class ReconcileView(View):
    """Shows the work that is left; ``Decisions`` writes a person's word on it."""

    key = "reconcile"
    icon_name = "reconcile"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state: State | None = None
        self._leg = ""
        self._group: Group | None = None
        self._picked = False
        self._pointed: dict[str, str] = {}
        self._wanted_key, self._wanted_text = "", ""
        self._read: tuple[Group, tuple[Item, ...]] | None = None
        self._state_loader, self._items_loader = Loader(self), Loader(self)
        self._other_loader, self._place_loader = Loader(self), Loader(self)
        self.details = Details(self)
        self._build()
        self.decisions = Decisions(self.lines, self.answer)
        self._actions = ReconcileActions(self, (self.lines.table, self.answer.candidates), self._commands())
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.tabs, self.months, self.accounts = FoldingTabs(), MonthChoice(), AccountChoice()
        self.stores, self.scope = StoreChoice(), QStackedWidget()
        # Bank lines belong to accounts, everything else to stores: one place for both.
        self.scope.addWidget(self.stores)
        self.scope.addWidget(self.accounts)
        self.scope.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.run_button = IconButton("refresh", framed=True)
        self.stale, self.progress, self.keys = StaleNotice(), RunNotice(), KeyStrip()
        self.band, self.work, self.lines, self.answer = Band(), WorkList(), ListPane(), AnswerPane()
        self.panes, self.empty = Panes(self.work, self.lines, self.answer), EmptyState()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.panes)
        self._gap = scaled(Pane("canvas"), height=m.GAP_M)
        box = VBox(self).add(self._gap, self.stale, self.band)
        box.addWidget(self._pages, 1)
        box.add(self.progress, self.keys)
        self.recall = Recall(self.lines, Filters(self.months, self.stores, self.accounts), lambda: self._group)
        self.setFocusProxy(self.lines.table)

    def _connect(self) -> None:
        self._state_loader.loaded.connect(self._show_state)
        self._items_loader.loaded.connect(self._show_items)
        self.details.shown.connect(self._show_detail)
        self._other_loader.loaded.connect(self._show_other)
        self._place_loader.loaded.connect(self._go_to)
        self.recall.recalled.connect(self._recalled)
        self.tabs.changed.connect(self._choose_leg)
        self.months.changed.connect(self.refresh)
        self.stores.changed.connect(self.refresh)
        self.accounts.changed.connect(self._load_items)
        self.run_button.clicked.connect(self.decisions.run)
        self.stale.acted.connect(self._mend_stale)
        self.empty.acted.connect(self._mend)
        self.band.state_chosen.connect(self._open_state)
        self.work.chosen.connect(self._choose_group)
        self.work.turned.connect(self._turn_leg)
        self.lines.item_changed.connect(lambda _item: self._await_detail())
        self.lines.activated.connect(lambda _item: self.decisions.main())
        self.lines.ticks_changed.connect(self._ticked)
        self.answer.candidates.chosen_changed.connect(self._chosen)
        self.answer.candidates.row_activated.connect(lambda _one: self.decisions.main())
        self.answer.candidate_changed.connect(self._load_other)
        self.answer.rows_wanted.connect(self._open_rows)
        self.answer.note.dropped.connect(self.lines.table.setFocus)
        self.decisions.started.connect(self._follow)
        self.decisions.moved.connect(self._moved)
        self.decisions.writing.following.connect(self._follow_behind)

    def _commands(self) -> dict[str, Callable[[], object]]:
        decisions = self.decisions
        return {
            "run": decisions.run,
            "accept": lambda: decisions.decide("accept"),
            "reject": lambda: decisions.decide("reject"),
            "explain": lambda: decisions.decide("explain"),
            "exclude": lambda: decisions.decide("exclude"),
            "reopen": lambda: decisions.decide("reopen"),
            "timing": lambda: decisions.decide("timing"),
            "ticked": decisions.main_of_ticked,
            "unmatch": decisions.unmatch,
            "split": decisions.split,
            "clear": decisions.clear,
            "undo": decisions.undo,
            "rows": self._open_rows,
            "search": self._find,
            "find": self._find,
            "pane": self.panes.turn,
        }

    # ------------------------------------------------------------------ what the window asks

    def title(self) -> str:
        """Return the name of the screen."""
        return self.tr("Reconcile")

    def top_bar_widgets(self) -> tuple[list[QWidget], list[QWidget]]:
        """Return the legs, and the choices at the right."""
        return [self.tabs], [self.months, self.scope, self.run_button]

    def actions(self) -> list[QAction]:
        """Return the commands of this screen."""
        return [*self._actions.all(), *self.lines.views.commands()]

    def badge_count(self) -> int:
        """Return how many lines are open in the whole book."""
        return self.state.summary.open_count if self.state is not None else 0

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book."""
        super().set_workspace(context)
        self.state, self._leg, self._group, self._picked, self._pointed = None, "", None, False, {}
        self.months.choose(None)
        self.accounts.choose(None)
        self.stores.choose(None)
        self._read = None
        self.answer.show_detail(None, {})
        self.details.use(context)
        self.recall.use(context)
        self.decisions.use(context)
        self.progress.hide()

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the state of the book again."""
        context = self.context
        if context is not None:
            period, store = self.months.period, self.stores.store
            seen = self.decisions.writing.pending.shown_by_book()
            self.details.forget()
            self._state_loader.load(context, lambda rooms, _report: (load_state(rooms, period, store), seen))

    def open_with(self, **filters: object) -> None:
        """Go to the ``difference``, ``match``, ``code`` or ``leg`` that another screen points at."""
        self._pointed = {key: str(value) for key, value in filters.items() if value}
        if self.state is not None:
            self._follow_pointer(self.state)

    def place(self) -> Mapping[str, str]:
        """Return leg, kind of work, month, store, account and search."""
        return self.recall.place()

    def take_place(self, place: Mapping[str, str]) -> None:
        """Choose them again."""
        self.recall.take(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep away from a notice above; without one the band joins the top bar."""
        super().resizeEvent(event)
        above = self.mapTo(self.window(), QPoint()).y()
        self._gap.setVisible(above > Theme.current().px(m.TOP_BAR) + 1)

    # ------------------------------------------------------------------ the state of the book

    def _show_state(self, found: tuple[State, tuple[Word, ...]]) -> None:
        before, (self.state, seen) = self.state, found
        state = self.state
        for said in seen:
            self.decisions.writing.pending.drop(said)
        if before is None and state.waiting:
            # Said before the program was closed, and not matched anew since.
            self.decisions.writing.waits(state.waiting)
        self.months.set_values(state.months)
        self.accounts.set_values(state.accounts)
        self.stores.set_stores(state.store_names, state.progress)
        self.lines.set_store_names(dict(state.store_names))
        if not self._leg or before is None or not before.reconciled:
            self._leg = first_leg(state.summary)
        self._show_leg()
        if self._pointed:
            self._follow_pointer(state)
        window = self.window()
        if hasattr(window, "refresh_title"):
            window.refresh_title()

    def _show_leg(self) -> None:
        state = self.state
        if state is None:
            return
        summary = self.summary
        assert summary is not None
        group = self._group
        # What nobody picked moves on to the next kind of work once it is done.
        if group is None or group.leg != self._leg or not self._picked:
            group = default_group(summary, self._leg)
        self._group = group
        self._show_counts()
        self.retranslate()
        self._load_items()

    @property
    def summary(self) -> StateSummary | None:
        """What is open after everything that was said, also what the book does not show yet."""
        if self.state is None:
            return None
        return self.decisions.writing.pending.summary(self.state.summary)

    def _show_counts(self) -> None:
        summary = self.summary
        if summary is not None:
            self.band.show_leg(summary, self._leg)
            told = progress_now(self.state, self.decisions.writing.pending, self.stores.store)
            self.band.show_progress(told, f"{self.stores.text()} {self.months.text()}")
            self.work.set_entries(entries_of(summary, self._leg), self._group)

    def _recalled(self, leg: str, work: str, text: str) -> None:
        self._leg, self._picked, self._wanted_text = leg, True, text
        codes = (
            next((one.codes for one in self.state.summary.work_of(leg) if one.work == work), ()) if self.state else ()
        )
        self._group = Group(leg, work, codes)
        self.tabs.set_current(leg)
        self.refresh()

    def _choose_leg(self, leg: str) -> None:
        self._leg, self._group, self._picked = leg, None, False
        if leg == "bank" and self.stores.store is not None:
            self.stores.choose(None)
            self.refresh()
        self._show_leg()

    def _turn_leg(self, step: int) -> None:
        place = LEGS.index(self._leg) if self._leg in LEGS else 0
        leg = LEGS[(place + step) % len(LEGS)]
        self.tabs.set_current(leg)
        self._choose_leg(leg)

    def _choose_group(self, group: Group) -> None:
        # Settled rows may be a million: they have a list of their own, read page by page.
        if group.name in STATES and group.leg != "bank":
            self._open_state(group.name)
            self.work.set_entries(self.work.entries, self._group)
            return
        self._group, self._picked = group, True
        self._load_items()

    def _open_state(self, state: str) -> None:
        if self.context is None or self.state is None:
            return
        if self._leg == "bank" and state in STATES:
            self._group, self._picked = Group(self._leg, state), True
            self._show_leg()
            return
        period = self.months.period
        filters = {"leg": self._leg, "state": state, "first": period.first, "after": period.after}
        open_list(self.context, self, LIST_OF_LEG[self._leg], filters)

    # ------------------------------------------------------------------ lines

    def _load_items(self) -> None:
        context, group = self.context, self._group
        if context is None or group is None or self._lack() is not None:
            self.answer.show_detail(None, {})
            self._set_keys()
            return
        period, account = self.months.period, self.accounts.account if group.leg == "bank" else None
        store = self.stores.store
        self._items_loader.load(
            context, lambda rooms, _report: (group, read_items(rooms, group, period, account, store))
        )

    def _show_items(self, found: tuple[Group, tuple[Item, ...]]) -> None:
        group, items = found
        self._read = found
        if group != self.lines.group:
            self.answer.candidates.drop_chosen()
        self.lines.set_items(group, self.decisions.writing.pending.lines(group, items))
        self.answer.set_lines(self.lines.ticked)
        if self._wanted_text:
            self.lines.search.setText(self._wanted_text)
            self._wanted_text = ""
        if self._wanted_key:
            self.lines.choose(self._wanted_key)
            self._wanted_key = ""
            # Whoever is led here goes on by keyboard.
            self.lines.table.setFocus()
        self._await_detail()

    def _moved(self, key: str) -> None:
        """Lines left the list or came back: show that at once, the book is read later."""
        self._show_counts()
        if self._read is not None and self._read[0] == self.lines.group:
            group, items = self._read
            self.lines.set_items(group, self.decisions.writing.pending.lines(group, items))
            if key:
                self.lines.choose(key)
            self.answer.set_lines(self.lines.ticked)
            if not self.lines.items:
                # This kind of work is done: on to the next one.
                self._picked = False
                self._show_leg()
        self._set_keys()

    def _await_detail(self) -> None:
        item, detail = self.lines.current, self.answer.detail
        if not self.answer.note.isHidden() and detail is not None and detail.item == item:
            # Somebody is writing down why: nothing is taken away under their hands.
            return
        self.decisions.line_left()
        self.details.want(item, self.lines.following)

    def _show_detail(self, detail: Detail | None) -> None:
        names = dict(self.state.store_names) if self.state is not None else {}
        self.answer.show_detail(detail, names)
        self._set_keys()
        self.decisions.line_shown()

    def _load_other(self, candidate: Candidate) -> None:
        if self.context is not None:
            self._other_loader.load(
                self.context, lambda rooms, _report: (candidate, evidence_of(rooms, candidate.match_id))
            )

    def _show_other(self, found: tuple[Candidate, Evidence | None]) -> None:
        detail = self.answer.detail
        # It may have been asked for about the line before.
        if detail is not None and found[0] in detail.candidates:
            self.answer.show_candidate(*found)
            self._set_keys()

    def _open_rows(self) -> None:
        detail = self.answer.detail
        place = list_of(detail) if detail is not None else None
        if self.context is not None and place is not None:
            open_list(self.context, self, *place)
        else:
            self.decisions.say_no("rows")

    def _find(self) -> None:
        self.lines.search.setFocus()
        self.lines.search.selectAll()

    def _ticked(self) -> None:
        self.answer.set_lines(self.lines.ticked)
        self._set_keys()

    def _chosen(self) -> None:
        # What is chosen belongs to the line it was chosen beside, wherever the keyboard goes next.
        item = self.lines.current
        if self.answer.grouping.payouts and not self.lines.ticked and item is not None:
            self.lines.tick(item)
        self._set_keys()

    # ------------------------------------------------------------------ where other screens point

    def _follow_pointer(self, state: State) -> None:
        pointed, self._pointed = self._pointed, {}
        context = self.context
        if context is None:
            return
        if pointed.get("difference"):
            wanted = pointed["difference"]
            self._place_loader.load(context, lambda rooms, _report: find_difference(rooms, state.summary, wanted))
        elif pointed.get("match"):
            match_id = pointed["match"]
            self._place_loader.load(context, lambda rooms, _report: find_match(rooms, match_id))
        elif pointed.get("code"):
            self._go_to(Place(group_of_code(state.summary, pointed["code"])))
        elif pointed.get("leg") in LEGS:
            self.tabs.set_current(pointed["leg"])
            self._choose_leg(pointed["leg"])

    def _go_to(self, place: Place) -> None:
        if place.group is not None:
            self._leg, self._group, self._picked = place.group.leg, place.group, True
            self._wanted_key = place.key
            self.tabs.set_current(self._leg)
            self._show_leg()
        elif place.detail is not None:
            self.details.stop()
            self._show_detail(place.detail)

    # ------------------------------------------------------------------ work beside the window

    def _follow(self, job: Job) -> None:
        self.progress.follow(job)
        self.answer.set_busy(True)
        self.run_button.setEnabled(False)
        job.finished.connect(self._ended)
        self._set_keys()

    def _ended(self) -> None:
        self.progress.setVisible(self.decisions.busy)
        self.answer.set_busy(self.decisions.busy)
        self.run_button.setEnabled(not self.decisions.busy)
        self._set_keys()

    def _follow_behind(self, job: Job) -> None:
        """Show how far the reconciliation behind is; the work goes on."""
        self.progress.follow(job)
        job.finished.connect(self._ended_behind)

    def _ended_behind(self) -> None:
        self.progress.setVisible(self.decisions.busy)
        self.retranslate()

    def _mend_stale(self) -> None:
        if self.state is not None and self.state.stale:
            self.decisions.run()
        else:
            self.decisions.writing.catch_up()

    def _mend(self) -> None:
        lack = self._lack()
        if lack in {Lack.RECONCILIATION, Lack.NOTHING_READ}:
            self.decisions.run()
        elif self.context is not None:
            self.context.navigate("imports")

    # ------------------------------------------------------------------ words

    def retranslate(self) -> None:
        """Set every text."""
        self._actions.retranslate()
        self.tabs.set_options([(leg, word(f"leg.{leg}")) for leg in LEGS])
        self.tabs.setAccessibleName(self.tr("Legs of the money"))
        if self._leg:
            self.tabs.set_current(self._leg)
        self.run_button.set_name(self.tr("Reconcile again"))
        self.work.setAccessibleName(self.tr("Work that is left"))
        self.scope.setCurrentWidget(self.accounts if self._leg == "bank" else self.stores)
        lack = self._lack()
        self._pages.setCurrentIndex(1 if lack is None else 0)
        self.band.setVisible(lack is None or lack is Lack.LEG)
        self._show_stale()
        if lack is not None:
            self.empty.set_texts(*words_of_lack(lack, self._leg))
        self._show_counts()
        self._set_keys()

    def _show_stale(self) -> None:
        state = self.state
        files = state is not None and state.stale and state.reconciled
        self.stale.tell(files=files, words=self.decisions.writing.stuck)

    def _lack(self) -> Lack | None:
        return lack_of(self.state, self._leg)

    def _set_keys(self) -> None:
        possible = self.decisions.possible() if not self.decisions.busy else ()
        rows = self.answer.detail is not None and bool(self.answer.detail.records)
        self.keys.setVisible(self._lack() is None)
        chosen, held = len(self.answer.grouping.payouts), len(self.decisions.groups.held())
        self.keys.set_keys(
            keys_of(possible, len(self.lines.ticked), bool(self.lines.items), rows, chosen=chosen, held=held)
        )
