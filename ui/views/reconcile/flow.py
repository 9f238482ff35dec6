"""The lines of the chosen work, and the answer of the one under the keyboard: read, shown, and moved on by words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from chainbrain.reconciliation.deposits import Candidate
from chainbrain.reconciliation.evidence import Evidence
from ui.views.base import AppContext
from ui.views.listing.window import open_list
from ui.views.parts.reader import Loader
from ui.views.reconcile.answer_pane import AnswerPane
from ui.views.reconcile.decisions import Decisions
from ui.views.reconcile.details import Details
from ui.views.reconcile.items import Group, Item, Period
from ui.views.reconcile.list_pane import ListPane
from ui.views.reconcile.model import Detail, evidence_of
from ui.views.reconcile.places import list_of
from ui.views.reconcile.reading import read_items


class Flow(QObject):
    """``changed`` when something else can be decided now; ``done`` when nothing is left of the shown work.

    Attributes:
        wanted: the key of the line to go to once the next lines are read.
    """

    changed = Signal()
    done = Signal()

    def __init__(self, lines: ListPane, answer: AnswerPane, decisions: Decisions, details: Details) -> None:
        super().__init__(lines)
        self._lines, self._answer, self._decisions, self._details = lines, answer, decisions, details
        self._context: AppContext | None = None
        self._store_names: Mapping[str, str] = {}
        self._read: tuple[Group, tuple[Item, ...]] | None = None
        self.wanted, self._wanted_text = "", ""
        self._items, self._other = Loader(self), Loader(self)
        self._items.loaded.connect(self._show_items)
        self._other.loaded.connect(self._show_other)
        details.shown.connect(self.show_detail)
        lines.item_changed.connect(lambda _item: self._await_detail())
        lines.ticks_changed.connect(self._ticked)
        answer.candidates.chosen_changed.connect(self._chosen)
        answer.candidate_changed.connect(self._load_other)

    def use(self, context: AppContext) -> None:
        """Read from this book."""
        self._context, self._read = context, None
        self._details.use(context)
        self._answer.show_detail(None, {})

    def set_store_names(self, names: Mapping[str, str]) -> None:
        """Name the stores."""
        self._store_names = names
        self._lines.set_store_names(names)

    def want(self, key: str = "", text: str = "") -> None:
        """Go to this line, or narrow the list by these words, once the next lines are read."""
        self.wanted, self._wanted_text = key, text

    def read(self, group: Group, period: Period, account: str | None, store: str | None) -> None:
        """Read the lines of a group."""
        if self._context is not None:
            self._items.load(
                self._context, lambda rooms, _report: (group, read_items(rooms, group, period, account, store))
            )

    def moved(self, key: str) -> None:
        """Lines left the list or came back: show that at once, the book is read later."""
        if self._read is None or self._read[0] != self._lines.group:
            return
        group, items = self._read
        self._lines.set_items(group, self._decisions.writing.pending.lines(group, items))
        if key:
            self._lines.choose(key)
        self._answer.set_lines(self._lines.ticked)
        if not self._lines.items:
            self.done.emit()

    def show_detail(self, detail: Detail | None) -> None:
        """Show an answer."""
        self._answer.show_detail(detail, dict(self._store_names))
        self.changed.emit()
        self._decisions.line_shown()

    def show_found(self, detail: Detail) -> None:
        """Show an answer that belongs to no line of the list."""
        self._details.stop()
        self.show_detail(detail)

    def open_rows(self) -> None:
        """Open the list of the rows behind the answer."""
        detail = self._answer.detail
        place = list_of(detail) if detail is not None else None
        if self._context is not None and place is not None:
            open_list(self._context, self._lines, *place)
        else:
            self._decisions.say_no("rows")

    # ------------------------------------------------------------------ inside

    def _show_items(self, found: tuple[Group, tuple[Item, ...]]) -> None:
        group, items = self._read = found
        if group != self._lines.group:
            self._answer.candidates.drop_chosen()
        self._lines.set_items(group, self._decisions.writing.pending.lines(group, items))
        self._answer.set_lines(self._lines.ticked)
        if self._wanted_text:
            self._lines.search.setText(self._wanted_text)
            self._wanted_text = ""
        if self.wanted:
            self._lines.choose(self.wanted)
            self.wanted = ""
            # Whoever is led here goes on by keyboard.
            self._lines.table.setFocus()
        self._await_detail()

    def _await_detail(self) -> None:
        item, detail = self._lines.current, self._answer.detail
        if not self._answer.note.isHidden() and detail is not None and detail.item == item:
            # Somebody is writing down why: nothing is taken away under their hands.
            return
        self._decisions.line_left()
        self._details.want(item, self._lines.following)

    def _load_other(self, candidate: Candidate) -> None:
        if self._context is not None:
            self._other.load(self._context, lambda rooms, _report: (candidate, evidence_of(rooms, candidate.match_id)))

    def _show_other(self, found: tuple[Candidate, Evidence | None]) -> None:
        detail = self._answer.detail
        # It may have been asked for about the line before.
        if detail is not None and found[0] in detail.candidates:
            self._answer.show_candidate(*found)
            self.changed.emit()

    def _ticked(self) -> None:
        self._answer.set_lines(self._lines.ticked)
        self.changed.emit()

    def _chosen(self) -> None:
        # What is chosen belongs to the line it was chosen beside, wherever the keyboard goes next.
        item = self._lines.current
        if self._answer.grouping.payouts and not self._lines.ticked and item is not None:
            self._lines.tick(item)
        self.changed.emit()
