"""The parts of the reconcile screen and where they stand."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.views.base import View
from ui.views.parts.export import ExportButton
from ui.views.reconcile.answer_pane import AnswerPane
from ui.views.reconcile.band import Band
from ui.views.reconcile.choices import AccountChoice, MonthChoice, StoreChoice
from ui.views.reconcile.list_pane import ListPane
from ui.views.reconcile.notices import RunNotice, StaleNotice
from ui.views.reconcile.panes import Panes
from ui.views.reconcile.work_list import WorkList
from ui.widgets import EmptyState, FoldingTabs, IconButton, KeyStrip, Pane, VBox, scaled

REPORTS = ("work-list", "differences", "matches")


class ReconcileLayout(View):
    """Legs and choices in the top bar; below them the band, the three panes (or what is missing) and the keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs, self.months, self.accounts = FoldingTabs(), MonthChoice(), AccountChoice()
        self.stores, self.scope = StoreChoice(), QStackedWidget()
        # Bank lines belong to accounts, everything else to stores: one place for both.
        self.scope.addWidget(self.stores)
        self.scope.addWidget(self.accounts)
        self.scope.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.run_button = IconButton("refresh", framed=True)
        self.export = ExportButton(REPORTS, self.report_filters)
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
        self.setFocusProxy(self.lines.table)

    def title(self) -> str:
        """Return the name of the screen."""
        return self.tr("Reconcile")

    def top_bar_widgets(self) -> tuple[list[QWidget], list[QWidget]]:
        """Return the legs, and the choices at the right."""
        return [self.tabs], [self.months, self.scope, self.run_button, self.export]

    def report_filters(self, name: str) -> dict[str, object]:
        """Return what an export is narrowed to: what is chosen on the screen."""
        raise NotImplementedError

    def show_panes(self, *, whole: bool) -> None:
        """Show the panes, or what is missing before there is anything to show."""
        self._pages.setCurrentIndex(1 if whole else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep away from a notice above; without one the band joins the top bar."""
        super().resizeEvent(event)
        above = self.mapTo(self.window(), QPoint()).y()
        self._gap.setVisible(above > Theme.current().px(m.TOP_BAR) + 1)
