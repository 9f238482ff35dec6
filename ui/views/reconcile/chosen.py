"""What is chosen on the screen: the leg, the kind of work in it, and what of the book is counted and listed for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from chainbrain.reconciliation.summary import StateSummary
from ui.views.base import AppContext
from ui.views.listing.window import open_list
from ui.views.reconcile.decisions import Decisions
from ui.views.reconcile.empty import Lack, lack_of
from ui.views.reconcile.entries import default_group, entries_of, first_leg, progress_now
from ui.views.reconcile.flow import Flow
from ui.views.reconcile.items import MONTH_END, STATES, Group
from ui.views.reconcile.layout import ReconcileLayout
from ui.views.reconcile.model import LEGS, LIST_OF_LEG, State
from ui.views.reconcile.places import Place
from ui.views.reconcile.words import group_title


class Chosen(QObject):
    """``shown`` when another leg or state of the book is to be worded; ``stale`` when the book is to be read anew.

    Attributes:
        state: what the book says, None before it was read.
        leg: the tab.
        group: the kind of work that is listed.
    """

    shown = Signal()
    stale = Signal()

    def __init__(self, parts: ReconcileLayout, decisions: Decisions, flow: Flow) -> None:
        super().__init__(parts)
        self._parts, self._decisions, self._flow = parts, decisions, flow
        self._context: AppContext | None = None
        self.state: State | None = None
        self.leg = ""
        self.group: Group | None = None
        # Whether somebody picked the group: what nobody picked moves on to the next kind of work once it is done.
        self._picked = False
        parts.tabs.changed.connect(self._choose_leg)
        parts.accounts.changed.connect(self.load_items)
        parts.band.state_chosen.connect(self._open_state)
        parts.work.chosen.connect(self._choose_group)
        parts.work.turned.connect(self._turn_leg)
        decisions.moved.connect(self._moved)
        flow.done.connect(self._group_done)

    def use(self, context: AppContext) -> None:
        """Nothing is known of this book yet."""
        self._context = context
        self.state, self.leg, self.group, self._picked = None, "", None, False

    @property
    def summary(self) -> StateSummary | None:
        """What is open after everything that was said, also what the book does not show yet."""
        if self.state is None:
            return None
        return self._decisions.writing.pending.summary(self.state.summary)

    @property
    def lack(self) -> Lack | None:
        """What is missing before there is anything to show."""
        return lack_of(self.state, self.leg)

    def show(self, state: State) -> None:
        """Take what the book says now."""
        before, self.state = self.state, state
        if not self.leg or before is None or not before.reconciled:
            self.leg = first_leg(state.summary)
        self._show_leg()

    def show_tab(self, leg: str) -> None:
        """Show another leg."""
        self._parts.tabs.set_current(leg)
        self._choose_leg(leg)

    def go_to(self, place: Place) -> None:
        """Show where something stands."""
        if place.group is not None:
            self._pick(place.group)
            self._flow.want(key=place.key)
            self._show_leg()
        elif place.detail is not None:
            self._flow.show_found(place.detail)

    def recall(self, leg: str, work: str) -> None:
        """Show a kind of work that was chosen once."""
        kinds = self.state.summary.work_of(leg) if self.state else ()
        self._pick(Group(leg, work, next((one.codes for one in kinds if one.work == work), ())))
        self.stale.emit()

    def load_items(self) -> None:
        """Read the lines of the kind of work."""
        parts, group = self._parts, self.group
        if self._context is None or group is None or self.lack is not None:
            parts.answer.show_detail(None, {})
            self._flow.changed.emit()
            return
        account = parts.accounts.account if group.leg == "bank" else None
        of_state = group.leg == "bank" and group.name in STATES and account is None and self.state is not None
        parts.lines.tell_rows(getattr(self.state.summary.leg("bank"), group.name) if of_state and self.state else 0)
        self._flow.read(group, parts.months.period, account, parts.stores.store)

    def show_counts(self) -> None:
        """Show what is open, how far it is, and the kinds of work."""
        summary, parts = self.summary, self._parts
        if summary is not None:
            progress = progress_now(self.state, self._decisions.writing.pending, parts.stores.store)
            parts.band.show_leg(summary, self.leg)
            parts.band.show_progress(progress, f"{parts.stores.chosen_words} {parts.months.text()}")
            older, month = self.state.older if self.state else (), parts.months.period.first is not None
            pending = self._decisions.writing.pending
            older, unsure = pending.older(older), pending.unsure
            parts.work.set_entries(entries_of(summary, self.leg, older, month=month, unsure=unsure), self.group)

    # ------------------------------------------------------------------ inside

    def _pick(self, group: Group) -> None:
        self.leg, self.group, self._picked = group.leg, group, True
        self._parts.tabs.set_current(group.leg)

    def _show_leg(self) -> None:
        summary, group = self.summary, self.group
        if summary is None:
            return
        if group is None or group.leg != self.leg or not self._picked:
            group = default_group(summary, self.leg)
        self.group = group
        self.shown.emit()
        self.load_items()

    def _choose_leg(self, leg: str) -> None:
        self.leg, self.group, self._picked = leg, None, False
        if leg == "bank" and self._parts.stores.store is not None:
            self._parts.stores.choose(None)
            self.stale.emit()
        self._show_leg()

    def _turn_leg(self, step: int) -> None:
        place = LEGS.index(self.leg) if self.leg in LEGS else 0
        self.show_tab(LEGS[(place + step) % len(LEGS)])

    def _choose_group(self, group: Group) -> None:
        # Settled rows may be a million: they have a list of their own, read page by page.
        if group.name in STATES and group.leg != "bank":
            self._open_state(group.name)
            self._parts.work.set_entries(self._parts.work.entries, self.group)
            return
        if group.name == MONTH_END and self._context is not None:
            after = self._parts.months.period.after
            open_list(self._context, self._parts, "open_at", {"after": after}, title=group_title(group))
            self._parts.work.set_entries(self._parts.work.entries, self.group)
            return
        self.group, self._picked = group, True
        self.load_items()

    def _open_state(self, state: str) -> None:
        if self._context is None or self.state is None:
            return
        if self.leg == "bank" and state in STATES:
            self.group, self._picked = Group(self.leg, state), True
            self._show_leg()
            return
        period = self._parts.months.period
        store = self._parts.stores.store
        filters: dict[str, object] = {"leg": self.leg, "state": state, "first": period.first, "after": period.after}
        filters["stores"] = [store] if store is not None else None
        open_list(self._context, self._parts, LIST_OF_LEG[self.leg], filters)

    def _moved(self, key: str) -> None:
        self.show_counts()
        self._flow.moved(key)
        self._flow.changed.emit()

    def _group_done(self) -> None:
        self._picked = False
        self._show_leg()
