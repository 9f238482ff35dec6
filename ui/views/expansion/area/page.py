"""The page of a trade area: chosen at the left, worked out as a job, shown at the right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from chainbrain.expansion.areas.points import Ground
from chainbrain.expansion.own_stores import StoreTemplate
from chainbrain.progress import Report
from ui.theme.translator import Language
from ui.views.base import AppContext
from ui.views.expansion.area.card import AreaAnswer
from ui.views.expansion.area.form import AreaForm
from ui.views.expansion.area.map_card import AreaMapCard
from ui.views.expansion.area.tables import AnaloguesCard, LossesCard, RingsCard, SharesCard
from ui.views.expansion.area.told import AreaSentence, BasisCard
from ui.views.expansion.pair import Pair
from ui.views.expansion.put_off import PutOffPage
from ui.views.parts.board import Board, Cell, Column
from ui.views.parts.reader import Loader
from ui.widgets import VBox

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms


class AreaPage(PutOffPage):
    """``taken(share)`` when the predicted loss is to become an assumption of the store on the other page."""

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.form, self.sentence, self.basis = AreaForm(), AreaSentence(), BasisCard()
        self.map_card, self.shares, self.losses = AreaMapCard(), SharesCard(), LossesCard()
        self.rings, self.analogues = RingsCard(), AnaloguesCard()
        self.loader, self.runner = Loader(self), Loader(self)
        self._answer: AreaAnswer | None = None
        self._known: tuple[Ground, StoreTemplate] | None = None
        board = Board()
        VBox(self).add(board)
        board.set_lines(
            (
                (
                    Column((Cell(self.form, least=480, grows=1, stacked=620),), width=264),
                    Column(
                        (
                            Cell(self.sentence, least=80, flows=True, first=True),
                            Cell(Pair(self.map_card, self.basis, (58, 42)), least=280, grows=3, stacked=520),
                            Cell(Pair(self.shares, self.losses, (50, 50)), least=190, grows=2, stacked=380),
                            Cell(Pair(self.analogues, self.rings, (54, 46)), least=190, grows=2, stacked=380),
                        )
                    ),
                ),
            )
        )
        self.loader.loaded.connect(self._take)
        self.runner.loaded.connect(self._show)
        self.runner.busy.connect(self.form.set_running)
        self.form.run_asked.connect(self.run)
        self.form.stop_asked.connect(self.runner.cancel)
        self.sentence.taken.connect(self.taken)
        self.sentence.export_asked.connect(self._ask_export)
        self.map_card.surface_asked.connect(self._ask_surface)
        self.map_card.picture_asked.connect(self._ask_picture)

    @property
    def answer(self) -> AreaAnswer | None:
        """What is shown, None before the first answer."""
        return self._answer

    def set_context(self, context: AppContext) -> None:
        """Take the open book."""
        super().set_context(context)
        self._known = None
        self._show(None)

    def loaders(self) -> tuple[Loader, ...]:
        """Everything that reads for this page."""
        return self.loader, self.runner

    def load(self, context: AppContext) -> None:
        """Read the places."""
        self.loader.load(context, _known)

    def run(self) -> None:
        """Work the site out; the last answer stays until then."""
        wish, context = self.form.wish(), self.context
        if wish is None or context is None or self._known is None:
            return
        ground, template = self._known

        def work(rooms: Rooms, report: Report) -> AreaAnswer:
            areas = rooms.expansion.areas
            study = areas.study(wish, template, report, ground)
            return AreaAnswer(study, areas.analogues(wish, template, ground))

        self.runner.load(context, work)

    def export(self, path: Path) -> None:
        """Write the study to a file; the suffix decides the format."""
        context, answer = self.context, self._answer
        if context is not None and answer is not None:
            language, study, alike = Language.current(), answer.study, answer.analogues
            context.read(
                lambda rooms: rooms.reports.write_area(study, path, language, analogues=alike),
                lambda _rows: self._wrote(path),
            )

    def export_surface(self, path: Path) -> None:
        """Write every point with the share of every store."""
        context, answer = self.context, self._answer
        if context is not None and answer is not None:
            language, study = Language.current(), answer.study
            context.read(
                lambda rooms: rooms.reports.write_surface(study, path, language), lambda _rows: self._wrote(path)
            )

    def _take(self, known: tuple[Ground, StoreTemplate]) -> None:
        self._known = known
        self.form.set_ground(known[0])
        self.run()

    def _show(self, answer: AreaAnswer | None) -> None:
        self._answer = answer
        self.sentence.set_answer(answer)
        for card in (self.basis, self.map_card, self.shares, self.losses, self.rings, self.analogues):
            card.set_answer(answer)

    def _ask_export(self) -> None:
        path = self._asked(self.sentence.export.text(), self.tr("Trade area"), ".xlsx", ".pdf", ".csv")
        if path is not None:
            self.export(path)

    def _ask_surface(self) -> None:
        path = self._asked(self.tr("Write every point…"), self.tr("Shares by point"), ".csv", ".xlsx")
        if path is not None:
            self.export_surface(path)

    def _ask_picture(self) -> None:
        path = self._asked(self.tr("Save the map as a picture…"), self.tr("Trade area"), ".png")
        if path is not None and self.map_card.export_picture(path):
            self._wrote(path)

    def _asked(self, title: str, name: str, *kinds: str) -> Path | None:
        """Where somebody wants a file; the first kind is taken when none is written."""
        chosen, _filter = QFileDialog.getSaveFileName(
            self, title, name + kinds[0], " ".join(f"*{kind}" for kind in kinds)
        )
        path = Path(chosen)
        return (path if path.suffix else path.with_suffix(kinds[0])) if chosen else None

    def _wrote(self, path: Path) -> None:
        if self.context is not None:
            self.context.notify("matched", self.tr("Written: {path}").format(path=path.name))


def _known(rooms: Rooms, _report: Report) -> tuple[Ground, StoreTemplate]:
    """What does not change from one site to the next."""
    return rooms.expansion.areas.ground(), rooms.expansion.template()
