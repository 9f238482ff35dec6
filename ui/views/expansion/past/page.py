"""The page of past openings: sales and ramps foretold from before each, what it took from neighbours, and what came."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from chainbrain.expansion.areas.feedback import Correction
from chainbrain.expansion.past import Past
from chainbrain.progress import Report
from ui.theme.translator import Language
from ui.views.base import AppContext
from ui.views.expansion.past.losses_card import PastLossesCard
from ui.views.expansion.past.sales_card import PastSalesCard
from ui.views.expansion.past.told_card import NO_NAMES
from ui.views.expansion.put_off import PutOffPage
from ui.views.parts.board import Board, Cell, Column
from ui.views.parts.names import short_names
from ui.views.parts.reader import Loader
from ui.widgets import VBox

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms


class PastPage(PutOffPage):
    """Two tables with their words; both go into one file."""

    def __init__(self) -> None:
        super().__init__()
        self.sales, self.losses = PastSalesCard(), PastLossesCard()
        self.loader = Loader(self)
        self._found: tuple[Past, Correction] | None = None
        board = Board()
        VBox(self).add(board)
        board.set_lines(
            (
                (
                    Column(
                        (
                            Cell(self.sales, least=300, grows=3, stacked=380),
                            Cell(self.losses, least=220, grows=2, stacked=320),
                        )
                    ),
                ),
            )
        )
        self.loader.loaded.connect(self._told)
        self.loader.busy.connect(self.sales.set_busy)
        self.sales.acted.connect(self._ask_export)

    @property
    def found(self) -> tuple[Past, Correction] | None:
        """What is shown, None before anything was read."""
        return self._found

    def loaders(self) -> tuple[Loader, ...]:
        """Everything that reads for this page."""
        return (self.loader,)

    def load(self, context: AppContext) -> None:
        """Foretell every opening again."""
        self.loader.load(context, _past)

    def set_context(self, context: AppContext) -> None:
        """Take the open book."""
        super().set_context(context)
        self._take(None)

    def export(self, path: Path) -> None:
        """Write both tables to a file; the suffix decides the format."""
        context, found = self.context, self._found
        if context is not None and found is not None:
            language = Language.current()
            context.read(
                lambda rooms: rooms.reports.write_past(*found, path, language),
                lambda _rows: context.notify("matched", self.tr("Written: {path}").format(path=path.name)),
            )

    def _told(self, told: tuple[tuple[Past, Correction], dict[str, str]]) -> None:
        self._take(*told)

    def _take(self, found: tuple[Past, Correction] | None, names: Mapping[str, str] = NO_NAMES) -> None:
        self._found = found
        self.sales.set_past(found[0] if found else None, names)
        past, losses = found or (None, None)
        self.losses.set_past(past, losses, names)

    def _ask_export(self) -> None:
        start = self.tr("Past openings") + ".xlsx"
        chosen, _filter = QFileDialog.getSaveFileName(self, self.tr("Write to a file…"), start, "*.xlsx *.pdf *.csv")
        if chosen:
            path = Path(chosen)
            self.export(path if path.suffix else path.with_suffix(".xlsx"))


def _past(rooms: Rooms, report: Report) -> tuple[tuple[Past, Correction], dict[str, str]]:
    found = rooms.expansion.past(report), rooms.expansion.areas.past()
    # As all stores of the chain are called, not those few that opened: one opening alone would keep its long name.
    return found, short_names(name for _number, name, _opened in rooms.expansion.stores_by_opening())
