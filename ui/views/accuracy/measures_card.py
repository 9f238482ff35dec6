"""What was measured: one line per level and days ahead, with the simple methods and the ranges beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent

from ui import figures
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets import DataTable, HBox, Label, PrimaryButton, TitledCard
from ui.widgets.states import MATCHED, TIMING
from ui.words import enumerated, message, word

if TYPE_CHECKING:
    from chainbrain.cash.backtest import Backtest, Measure


class MeasuresCard(TitledCard):
    """The table, the sentences that belong to it, and the button that measures."""

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._found: Backtest | None = None
        self._problem, self._stale = "", False
        self._model = RowsModel(
            [
                Column("level", lambda: self.tr("Level"), _level, Kind.KEY, least=112),
                Column("ahead", lambda: self.tr("Days ahead"), _ahead, width=96),
                _share("accuracy", lambda: self.tr("Accuracy"), "accuracy", 88),
                _share("naive", lambda: self.tr("Last week again"), "naive", 104),
                _share("median", lambda: self.tr("Weekday median"), "median", 112),
                _share("lower", lambda: self.tr("Lower bound"), "lower", 96),
                Column("claim", lambda: self.tr("Verdict"), _claim, Kind.STATE, width=152),
                _share("in80", lambda: self.tr("In 80 % range"), "within_80", 112),
                _share("in95", lambda: self.tr("In 95 % range"), "within_95", 112),
                Column("sums", lambda: self.tr("Compared"), lambda one: one.sums, Kind.NUMBER, width=104),
            ]
        )
        self.table = DataTable(self._model, m.ROW_DENSE, sortable=False)
        self.measure_button = PrimaryButton()
        self.head_right.add(self.measure_button)
        self._told = Label(role=Role.SMALL, color="text2", wrap=True)
        self.add(HBox(margins=(m.GAP, m.GAP_S, m.GAP, m.GAP_S)).add(self._told), self.table)
        self.body.setStretch(1, 1)
        self.retranslate()

    @property
    def told(self) -> str:
        """The sentences above the table."""
        return self._told.text()

    def set_found(self, found: Backtest | None, problem: str = "", *, stale: bool) -> None:
        """Show what was measured, or why nothing can be; ``stale`` when the book has moved since."""
        self._found, self._problem, self._stale = found, problem, stale
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("How well receipts were foreseen"), self.tr("on your own past, 28 days ahead"))
        self.measure_button.setText(self.tr("Measure again") if self._found else self.tr("Measure now"))
        self.table.setAccessibleName(self.tr("How well receipts were foreseen"))
        self.table.set_empty_text(self.tr("Nothing is measured yet. It takes up to two minutes and can be stopped."))
        self._model.set_rows(self._found.measures if self._found else ())
        self._told.setText("\n".join(self._sentences()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _sentences(self) -> list[str]:
        found = self._found
        if found is None and self._problem:
            return [self._problem]
        if found is None:
            return [
                self.tr(
                    "The forecast is repeated on days of the past, each time without what came later, and compared "
                    "with the real receipts."
                )
            ]
        said = [message("forecast.tried", count=len(found.origins), first=found.origins[-1], last=found.origins[0])]
        if self._stale:
            said.append(self.tr("The book has changed since this was measured."))
        if found.fallback:
            method = word(f"forecast_method.{found.fallback}")
            said.append(message("forecast.fell_back", count=found.fallbacks, of=len(found.origins), method=method))
        if found.by_past:
            said.append(message("forecast.by_past", stores=enumerated(found.by_past)))
        if found.filled_days:
            said.append(message("forecast.filled", count=found.filled_days))
        if found.left_out:
            said.append(message("forecast.left_out", count=found.left_out))
        said.append(
            self.tr(
                "Accuracy is one minus the share of the money that was missed. 95 % is said only where even the lower "
                "bound reaches it, at eight tries or more."
            )
        )
        return said


def _level(one: Measure) -> str:
    return f"{word(f'forecast_level.{one.level}')} {word(f'forecast_grain.{one.grain.value}')}"


def _ahead(one: Measure) -> str:
    return f"{one.first_day}–{one.last_day}"


def _share(key: str, title: Callable[[], str], name: str, width: float) -> Column:
    """A column of shares with a dash where there was nothing to measure."""

    def shown(one: Measure) -> str:
        share = getattr(one, name)
        return "—" if share is None else figures.percent(share)

    return Column(key, title, shown, Kind.PERCENT, width=width, text=str)


def _claim(one: Measure) -> tuple[str, str]:
    return MATCHED if one.claimed else TIMING, word(f"forecast_claim.{one.claim}")
