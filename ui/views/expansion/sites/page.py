"""The page of the map: where stores and candidates lie, and what is near the chosen one."""

from __future__ import annotations

from pathlib import Path

from chainbrain.expansion.sites import Site
from ui.views.base import AppContext
from ui.views.expansion.put_off import PutOffPage
from ui.views.expansion.sites.map_card import SitesMapCard, key_of
from ui.views.expansion.sites.model import SitesData, load
from ui.views.expansion.sites.near_card import NearCard
from ui.views.parts.board import Board, Cell, Column
from ui.views.parts.reader import Loader
from ui.widgets import VBox


class SitesPage(PutOffPage):
    """Points at the left, what lies near the chosen one at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.map_card, self.near = SitesMapCard(), NearCard()
        self.loader = Loader(self)
        self._found: SitesData | None = None
        board = Board()
        VBox(self).add(board)
        board.set_lines(
            (
                (
                    Column((Cell(self.map_card, least=420, grows=1, stacked=460),)),
                    Column((Cell(self.near, least=320, grows=1, stacked=320),), width=372),
                ),
            )
        )
        self.loader.loaded.connect(self._take)
        self.map_card.chosen.connect(lambda _key: self._list())
        self.map_card.panel.mend.connect(self._mend)
        self.map_card.panel.wrote.connect(self._wrote)
        self.near.radius_changed.connect(self._set_radius)
        self.near.chosen.connect(self.choose)

    def set_context(self, context: AppContext) -> None:
        """Take the open book."""
        super().set_context(context)
        self._found = None
        self.map_card.set_sites(None)
        self._list()

    def loaders(self) -> tuple[Loader, ...]:
        """Everything that reads for this page."""
        return (self.loader,)

    def load(self, context: AppContext) -> None:
        """Read the places."""
        self.loader.load(context, lambda rooms, _report: load(rooms))

    def choose(self, site: Site) -> None:
        """Choose a point and list what is near it."""
        self.map_card.choose(key_of(site))
        self._list()

    def _take(self, found: SitesData) -> None:
        self._found = found
        self.map_card.set_sites(found)
        self._list()

    def _set_radius(self, km: float) -> None:
        self.map_card.set_radius(km)
        self._list()

    def _list(self) -> None:
        site, found = self.map_card.site, self._found
        if found is None or site is None:
            self.near.set_near(None, (), {}, {})
        else:
            near = found.around(site, self.near.km)
            self.near.set_near(site, near, found.rows, self.map_card.names)

    def _mend(self) -> None:
        if self.context is not None:
            self.context.navigate("imports")

    def _wrote(self, path: Path) -> None:
        if self.context is not None:
            self.context.notify("matched", self.tr("Written: {path}").format(path=path.name))
