"""Which page the import screen shows: the plan while there is one, otherwise what was written before."""

from PySide6.QtCore import QObject, Signal

from ui.views.imports.past import Past
from ui.views.imports.planner import Planner
from ui.views.imports.stage import Page, Stage


class PageTurner(QObject):
    """Turns the pages of the stage; ``turned`` when another one may be shown."""

    turned = Signal()

    def __init__(self, planner: Planner, stage: Stage, parent: QObject) -> None:
        super().__init__(parent)
        self._planner, self._stage = planner, stage
        self._past = Past()
        stage.places_line.opened.connect(self.toggle_places)
        planner.dropped.connect(lambda _paths: self.show(self._resting()))

    def use(self) -> None:
        """Another book was opened: nothing is known of it yet."""
        self._past = Past()
        self.show(Page.EMPTY)

    def show(self, page: Page) -> None:
        """Show a page; the plan only while there is one."""
        self._stage.inbox_bar.set_planned(self._planner.paths)
        self._stage.show_page(page, planned=self._planner.plan is not None)
        self.turned.emit()

    def show_places(self) -> None:
        """Show what belongs to no store."""
        self._stage.places.refresh()
        self.show(Page.PLACES)

    def toggle_places(self) -> None:
        """Show what belongs to no store, or go back."""
        if self._stage.page is Page.PLACES:
            self.show(Page.PLAN if self._planner.plan is not None else self._resting())
        else:
            self.show_places()

    def toggle_history(self) -> None:
        """Show what was written, or go back to the plan."""
        leaves = self._stage.page is Page.HISTORY and (self._planner.plan is not None or not self._past.entries)
        self.show(Page.PLAN if leaves else Page.HISTORY)

    def show_file(self) -> None:
        """A file was chosen: it is seen, not the history."""
        if self._stage.page is Page.HISTORY and self._planner.plan is not None:
            self.show(Page.PLAN)

    def show_past(self, past: Past, *, reading: bool) -> None:
        """Take over what was written; an empty screen shows it, unless files are being read."""
        self._past = past
        self._stage.history.set_past(past)
        if self._stage.page is Page.EMPTY and past.entries and not reading:
            self.show(Page.HISTORY)

    def _resting(self) -> Page:
        return Page.HISTORY if self._past.entries else Page.EMPTY
