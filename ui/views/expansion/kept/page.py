"""The page of kept scenarios: the list at the left; side by side, or beside what came, at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain.changes import Changes
from chainbrain.errors import UserError
from chainbrain.expansion import kept as keeping
from chainbrain.expansion.comparing import Compared
from chainbrain.expansion.following import Followed
from chainbrain.expansion.kept import Again, Kept, Link
from chainbrain.progress import Report
from ui.messages import message
from ui.theme import metrics as m
from ui.views.base import AppContext
from ui.views.expansion.kept.compare_card import CompareScenarios
from ui.views.expansion.kept.export_button import KeptExport, Write
from ui.views.expansion.kept.follow_card import FollowCard, Store
from ui.views.expansion.kept.list_card import KeptList
from ui.views.expansion.put_off import PutOffPage
from ui.views.parts.board import Board, Cell, Column
from ui.views.parts.reader import Loader
from ui.widgets import HBox, Segmented, VBox

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms, Workspace

Read = tuple[tuple[Kept, ...], tuple[Link, ...], tuple[Store, ...]]


class KeptPage(PutOffPage):
    """``open_asked(kept)`` when a scenario goes back into its form; ``keep_asked(name)`` when one is to be kept."""

    open_asked = Signal(object)
    keep_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.list, self.compared, self.followed = KeptList(), CompareScenarios(), FollowCard()
        self.switch, self.export = Segmented(), KeptExport(self._on_screen)
        self.loader, self._comparer, self._follower, self._checker = (Loader(self) for _ in range(4))
        self._links: tuple[Link, ...] = ()
        self._stores: tuple[Store, ...] = ()
        self._stack, right, board = QStackedWidget(), QWidget(), Board()
        for card in (self.compared, self.followed):
            self._stack.addWidget(card)
        head = HBox(spacing=m.GAP_S)
        head.addWidget(self.switch)
        head.addStretch(1)
        head.addWidget(self.export)
        VBox(right, spacing=m.GAP_S).add(head, self._stack).setStretch(1, 1)
        VBox(self).add(board)
        board.set_lines(
            (
                (
                    Column((Cell(self.list, least=420, grows=1, stacked=420),), width=286),
                    Column((Cell(right, least=460, grows=1, stacked=640),)),
                ),
            )
        )
        self.loader.loaded.connect(self._take)
        self._comparer.loaded.connect(lambda found: self.compared.set_compared(*found))
        self._follower.loaded.connect(self.followed.set_followed)
        self._checker.loaded.connect(self._told)
        self._checker.busy.connect(self.list.check_button.set_busy)
        self.switch.changed.connect(lambda _key: self._read_right())
        self.list.chosen.connect(self._read_right)
        self.list.open_asked.connect(self.open_asked)
        self.list.keep_asked.connect(self.keep_asked)
        self.list.rename_asked.connect(self._rename)
        self.list.remove_asked.connect(self._remove)
        self.list.check_asked.connect(self.check)
        self.followed.link_asked.connect(self._link)
        self.followed.candidate_changed.connect(lambda _name: self._follow())
        self.retranslate()

    @property
    def current(self) -> Kept | None:
        """The scenario under the cursor."""
        return self.list.current

    def set_context(self, context: AppContext) -> None:
        """Take the open book."""
        super().set_context(context)
        self.export.context = context

    def loaders(self) -> tuple[Loader, ...]:
        """Everything that reads for this page."""
        return self.loader, self._comparer, self._follower, self._checker

    def load(self, context: AppContext) -> None:
        """Read the scenarios."""
        self.loader.load(context, _read)

    def show_side(self, key: str) -> None:
        """Turn to ``compare`` or ``follow``."""
        self.switch.set_current(key)
        self._read_right()

    def keep(self, name: str, work_out: Callable[[Workspace, Report], keeping.Worked]) -> None:
        """Keep what ``work_out`` returns under a name."""

        def write(workspace: Workspace, report: Report) -> Changes:
            return workspace.scenario_desk.keep(name, work_out(workspace, report))

        self._write(write, self.tr("The scenario is kept"))
        self.list.name.clear()

    def check(self) -> None:
        """Work the current scenario out again, from what was known when it was kept."""
        one = self.current
        if one is not None and self.context is not None:
            self._checker.load(self.context, lambda _rooms, report: keeping.again(one, report), reading=False)

    def retranslate(self) -> None:
        """Set every text."""
        self.switch.setAccessibleName(self.tr("Side by side, or beside what came"))
        self.switch.set_options([("compare", self.tr("Side by side")), ("follow", self.tr("Plan and what came"))])

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _take(self, found: Read) -> None:
        scenarios, self._links, self._stores = found
        self.list.set_kept(scenarios)

    def _read_right(self) -> None:
        following = self.switch.current == "follow"
        self._stack.setCurrentWidget(self.followed if following else self.compared)
        if following:
            self.followed.set_scenario(self.current, self._links, self._stores)
            self._follow()
        elif self.context is not None:
            names = self.list.ticked
            if len(names) < 2:
                self._comparer.drop()
                self.compared.set_compared(None)
            else:
                self._comparer.load(self.context, lambda rooms, _report: _compared(rooms, names))

    def _on_screen(self) -> tuple[str, Write] | None:
        """The report that is on screen, and what writes it."""
        if self.switch.current == "follow":
            followed = self.followed.found
            if followed is None:
                return None
            return "scenario-follow", lambda rooms, path, lang: rooms.reports.write_followed(followed, path, lang)
        compared = self.compared.found
        if compared is None:
            return None
        return "scenarios", lambda rooms, path, lang: rooms.reports.write_scenarios(compared, path, lang)

    def _follow(self) -> None:
        one, link = self.current, self.followed.link
        # What is still being read is of another scenario, or of another of its stores.
        self._follower.drop()
        if one is not None and link is not None and self.context is not None:
            name, candidate = one.name, link.candidate
            self._follower.load(self.context, lambda rooms, _report: _followed(rooms, name, candidate))

    def _told(self, found: Again) -> None:
        facts: dict[str, Any] = {"name": found.kept.name, "then": found.kept.version, "now": found.version}
        if self.context is None:
            return
        if found.refused is not None:
            code, said = found.refused
            self.context.notify("timing", message("cli.scenario_refused", **facts, why=message(code, **said)))
        elif found.same:
            self.context.notify("matched", message("cli.scenario_same", **facts))
        else:
            code = "cli.scenario_moved" if found.version == found.kept.version else "cli.scenario_moved_newer"
            first = found.moved[0]
            text = message(code, **facts, count=len(found.moved))
            self.context.notify("timing", f"{text} {first.path} {first.then} → {first.now}")

    def _rename(self, name: str, new: str) -> None:
        self._write(lambda workspace, _report: workspace.scenario_desk.rename(name, new), self.tr("Renamed"))
        self.list.name.clear()

    def _remove(self, name: str) -> None:
        self._write(lambda workspace, _report: workspace.scenario_desk.remove(name), self.tr("The scenario is removed"))

    def _link(self, candidate: str, store: str | None, opened: date | None) -> None:
        one = self.current
        if one is None:
            return
        name = one.name
        if store is None or opened is None:
            text = self.tr("The scenario is no store any more")
            self._write(lambda workspace, _report: workspace.scenario_desk.unlink(name, candidate), text)
            return
        text = self.tr("The store is taken to have come of the scenario")
        self._write(lambda workspace, _report: workspace.scenario_desk.link(name, store, opened, candidate), text)

    def _write(self, write: Callable[[Workspace, Report], Changes], text: str) -> None:
        context = self.context
        if context is None:
            return

        def done(changes: Changes) -> None:
            context.notify("matched", text, self.tr("Undo"), context.undo)
            context.changed(changes)

        context.write(write, done, text)


def _read(rooms: Rooms, _report: Report) -> Read:
    return rooms.expansion.kept(), rooms.expansion.links(), rooms.expansion.stores_by_opening()


def _compared(rooms: Rooms, names: tuple[str, ...]) -> tuple[Compared | None, str]:
    """The comparison, or in words why there is none."""
    try:
        return rooms.expansion.compare(names), ""
    except UserError as refused:
        return None, message(refused.code, **refused.facts)


def _followed(rooms: Rooms, name: str, candidate: str) -> Followed | None:
    """What came; nothing where the scenario was taken back meanwhile."""
    try:
        return rooms.expansion.follow(name, candidate)
    except UserError as refused:
        if refused.code not in {"scenario.not_linked", "scenario.not_kept", "scenario.none_kept"}:
            raise
        return None
