"""Joins the page of compared stores to the screen: loads it, writes it, goes there and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain.analytics.compare import FEWEST, MOST, Comparison
from chainbrain.analytics.periods import Period
from chainbrain.analytics.stores import League
from ui.theme.translator import Language
from ui.views.base import AppContext
from ui.views.parts.reader import Loader
from ui.views.parts.store_picker import learn_sounds
from ui.views.stores.compare_page import ComparePage
from ui.views.stores.model import load_comparison


class Comparing(QObject):
    """Keeps the page of compared stores in step with the period of the screen.

    Args:
        stack: where the page stands beside the others.
        home: the page to go back to.
        period: what is shown; nothing before the first figures.
        opened: opens the rows of a figure of a store (its number, the figure, whether that is a channel).
    """

    def __init__(
        self,
        stack: QStackedWidget,
        home: QWidget,
        period: Callable[[], Period | None],
        opened: Callable[[str, str, bool], None],
    ) -> None:
        super().__init__(stack)
        self.page, self.loader = ComparePage(), Loader(self)
        self._stack, self._home, self._period = stack, home, period
        self._context: AppContext | None = None
        self._found: Comparison | None = None
        stack.addWidget(self.page)
        self.loader.loaded.connect(self._arrived)
        self.page.picker.sounds_wanted.connect(lambda: learn_sounds(self.page.picker, self._context))
        self.page.left.connect(self._leave)
        self.page.wanted.connect(self.load)
        self.page.opened.connect(opened)
        self.page.export_wanted.connect(self.write)
        self.page.saved.connect(self.wrote)

    @property
    def shown(self) -> bool:
        """Whether the page stands on screen."""
        return self._stack.currentWidget() is self.page

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book; what was compared of another is forgotten."""
        self.loader.tell(context.show_failure)
        self._context, self._found, self.page.stores = context, None, ()
        self.page.set_comparison(None)
        if self.shown:
            self._stack.setCurrentWidget(self._home)

    def set_league(self, league: League | None) -> None:
        """Other days are shown: compare the same stores over them, as far as they are there."""
        self.page.set_league(league)
        there = {row.store_id for row in league.rows} if league is not None else set()
        self.page.stores = tuple(number for number in self.page.stores if number in there)
        if self.shown and len(self.page.stores) >= FEWEST:
            self.load()
        elif self.shown:
            self._leave()

    def compare(self, selected: tuple[str, ...], button: QWidget) -> None:
        """Compare the selected stores; asks which when they are too few or too many."""
        if FEWEST <= len(selected) <= MOST:
            self.page.stores = selected
            self.load()
        else:
            self.page.pick(button, selected)

    def load(self) -> None:
        """Read the comparison anew."""
        period = self._period()
        if self._context is not None and period is not None and len(self.page.stores) >= FEWEST:
            stores, grain = self.page.stores, self.page.grain.current
            self.loader.load(self._context, lambda rooms, _report: load_comparison(rooms, period, stores, grain))

    def write(self, path: Path) -> None:
        """Write what is shown to a file."""
        context, found = self._context, self._found
        if context is not None and found is not None:
            language = Language.current()
            context.read(
                lambda rooms: rooms.reports.write_stores(found, path, language), lambda _rows: self.wrote(path)
            )

    def _leave(self) -> None:
        """Go back; a comparison that is still being read must not turn the page again."""
        self.loader.drop()
        self._stack.setCurrentWidget(self._home)

    def _arrived(self, found: Comparison) -> None:
        self._found = found
        self.page.set_comparison(found)
        self._stack.setCurrentWidget(self.page)

    def wrote(self, path: Path) -> None:
        """Tell that a file was written."""
        if self._context is not None:
            self._context.notify("matched", self.tr("Written: {path}").format(path=path.name))
