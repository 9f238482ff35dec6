"""One line of the receipts to come, day by day: drawn with its range, or as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QStackedWidget

from ui import figures
from ui.charts.fan import FanChart
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.views.money.receipts.told import fan_of, money_column
from ui.widgets import DataTable, Segmented, TitledCard

if TYPE_CHECKING:
    from datetime import date

    from chainbrain.cash.receipts_level import LevelLine


class LineCard(TitledCard):
    """Shows one line; the switch in its head chooses between picture and table."""

    def __init__(self) -> None:
        super().__init__(rule=False, padding=(m.GAP, 0, m.GAP, m.GAP_M))
        self._line: tuple[str, LevelLine, date] | None = None
        self.by = Segmented(height=m.CONTROL_SMALL)
        self.head_right.add(self.by)
        self._steps = RowsModel(
            [
                Column(
                    "day", lambda: self.tr("Day"), lambda one: one.first, Kind.DAY, least=92,
                    text=figures.day_and_weekday,
                ),
                money_column("mean", lambda: self.tr("Estimate"), 92),
                money_column("p10", lambda: self.tr("8 of 10 from"), 100),
                money_column("p90", lambda: self.tr("8 of 10 to"), 100),
                money_column("p2_5", lambda: self.tr("95 % from"), 100, optional=True),
                money_column("p97_5", lambda: self.tr("95 % to"), 100, optional=True),
            ]
        )  # fmt: skip
        self.steps = DataTable(self._steps, m.ROW_DENSE, sortable=False, whole_rows=True)
        self.chart, self._stack = FanChart(), QStackedWidget()
        for part in (self.chart, self.steps):
            self._stack.addWidget(part)
        self.body.addWidget(self._stack)
        self.by.changed.connect(lambda _key: self._show())
        self.retranslate()

    def set_line(self, name: str, line: LevelLine | None, origin: date | None) -> None:
        """Show another line, or none."""
        self._line = (name, line, origin) if line is not None and origin is not None else None
        self._show()

    def retranslate(self) -> None:
        """Set every text."""
        self.by.set_options([("chart", self.tr("Chart")), ("days", self.tr("By day"))])
        self.by.setAccessibleName(self.tr("How the chosen line is shown"))
        self.steps.setAccessibleName(self.tr("Receipts to come by day"))
        self.chart.setAccessibleName(self.tr("Receipts to come by day"))
        self.chart.setToolTip(self.tr("Eight of ten days should lie between low and high"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show(self) -> None:
        name, line, origin = self._line or ("", None, None)
        self.set_title(name)
        self.chart.set_data(fan_of(line, origin) if line is not None and origin is not None else None)
        self._steps.set_rows(line.line.days if line is not None else ())
        self._stack.setCurrentIndex(1 if self.by.current == "days" else 0)
