"""What was measured: one line per level and days ahead, with the simple methods and the ranges beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain.cash import simpler
from chainbrain.cash.coverage import AS_SAID, NARROW, WIDE
from ui import figures
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.widgets import Button, DataTable, EmptyState, HBox, Label, PrimaryButton, TitledCard, VBox
from ui.widgets.states import MATCHED, TIMING
from ui.words import enumerated, message, word, words_of

if TYPE_CHECKING:
    from chainbrain.cash.backtest import Backtest
    from chainbrain.cash.measures import Measure
    from chainbrain.errors import UserError


class MeasuresCard(TitledCard):
    """The table and the sentences that belong to it, or what to do first; ``asked`` when it is to be measured."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._found: Backtest | None = None
        self._problem: UserError | None = None
        self._stale = False
        self._model = RowsModel(
            [
                Column("level", lambda: self.tr("Level"), _level, Kind.KEY, least=112),
                Column("ahead", lambda: self.tr("Days ahead"), _ahead, width=96),
                _missed("accuracy", lambda: self.tr("Missed of 100"), 96),
                _missed("naive", lambda: self.tr("Last week again"), 104, optional=True),
                _missed("median", lambda: self.tr("Weekday median"), 112, optional=True),
                _missed("lower", lambda: self.tr("With caution"), 96),
                Column("claim", lambda: self.tr("Verdict"), _claim, Kind.STATE, width=168),
                _share("in80", lambda: self.tr("In 80 % range"), "80", 136, optional=True),
                _share("in95", lambda: self.tr("In 95 % range"), "95", 136, optional=True),
                Column(
                    "sums", lambda: self.tr("Compared"), lambda one: one.sums, Kind.NUMBER, width=104, optional=True
                ),
            ]
        )
        self.table = DataTable(self._model, m.ROW_DENSE, sortable=False)
        self._again, self._first = PrimaryButton(), EmptyState()
        self.head_right.add(self._again)
        self._told = Label(role=Role.SMALL, color="text2", wrap=True)
        filled = QWidget()
        told = HBox(margins=(m.GAP, m.GAP_S, m.GAP, m.GAP_S)).add(self._told)
        VBox(filled).add(told, self.table).setStretch(1, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(filled)
        self._stack.addWidget(self._first)
        self.add(self._stack)
        self._again.clicked.connect(self.asked)
        self._first.acted.connect(self.asked)
        self.retranslate()

    @property
    def told(self) -> str:
        """The sentences above the table, or those in its place."""
        return "\n".join(self._sentences())

    @property
    def measure_button(self) -> Button:
        """The button that measures: in the middle before the first time, later in the head."""
        return self._again if self._found is not None else self._first.button

    def set_found(self, found: Backtest | None, problem: UserError | None = None, *, stale: bool) -> None:
        """Show what was measured, or why nothing can be; ``stale`` when the book has moved since."""
        self._found, self._problem, self._stale = found, problem, stale
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("How well receipts were foreseen"), self.tr("on your own past, 28 days ahead"))
        self._again.setText(self.tr("Measure again"))
        self._again.setVisible(self._found is not None)
        self._stack.setCurrentIndex(0 if self._found is not None else 1)
        self.table.setAccessibleName(self.tr("How well receipts were foreseen"))
        short = self._problem is not None
        self._first.set_texts(
            self.tr("Too little to measure on yet") if short else self.tr("Nothing is measured yet"),
            self.told,
            "" if short else self.tr("Measure now"),
        )
        self._model.set_rows(self._found.measures if self._found else ())
        self._told.setText("\n".join(self._sentences()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _sentences(self) -> list[str]:
        found = self._found
        if found is None and self._problem is not None:
            return [words_of(self._problem)]
        if found is None:
            return [
                self.tr(
                    "The forecast is repeated on days of the past, each time without what came later, and compared "
                    "with the real receipts."
                ),
                self.tr("It takes up to two minutes and can be stopped."),
            ]
        said = [message(found.tried, count=len(found.origins), first=found.origins[-1], last=found.origins[0])]
        if self._stale:
            said.append(self.tr("The book has changed since this was measured."))
        if found.fallback:
            method = word(f"forecast_method.{found.fallback}")
            said.append(message("forecast.fell_back", count=found.fallbacks, of=len(found.origins), method=method))
        simple = simpler.told_of_all(found.measures)
        if simple is not None:
            said.append(message(simple[0], **simple[1]))
        if found.by_past:
            said.append(message("forecast.by_past", stores=enumerated(found.by_past)))
        if found.no_history:
            said.append(message("forecast.no_history", stores=enumerated(found.no_history)))
        if found.filled_days:
            said.append(message("forecast.filled", count=found.filled_days))
        if found.left_out:
            said.append(message("forecast.left_out", count=found.left_out))
        said.append(
            self.tr(
                "Missed of 100: by how many yuan the forecast was off for every 100 that came, less is better; beside "
                "it two simple ways, which it has to beat. Within 5 is said only at eight tries or more, and where it "
                "holds with caution too. The ranges say how often what came lay between the bounds foretold; "
                "one is called too narrow or too wide where chance does not explain it."
            )
        )
        return said


def _level(one: Measure) -> str:
    return f"{word(f'forecast_level.{one.level}')} {word(f'forecast_grain.{one.grain.value}')}"


def _ahead(one: Measure) -> str:
    return f"{one.first_day}–{one.last_day}"


def _missed(name: str, title: Callable[[], str], width: float, *, optional: bool = False) -> Column:
    """A column of yuan missed of every 100 that came, with a dash where there was nothing to measure."""

    def shown(one: Measure) -> str:
        accuracy = getattr(one, name)
        return (
            "—"
            if accuracy is None
            else translate("{amount} yuan").format(amount=figures.plain(100 * (1 - accuracy), 1))
        )

    return Column(name, title, shown, Kind.NUMBER, width=width, text=str, optional=optional)


def _share(key: str, title: Callable[[], str], name: str, width: float, *, optional: bool = False) -> Column:
    """A column of shares with a dash where there was nothing to measure; a range too narrow or too wide says so."""

    def shown(one: Measure) -> str:
        share, width_of = getattr(one, f"within_{name}"), getattr(one, f"width_{name}")
        if share is None:
            return "—"
        marked = () if width_of in {None, AS_SAID} else (word(f"forecast_width.{width_of}"),)
        return " ".join([figures.percent(share), *marked])

    def tone(one: Measure) -> str:
        return {NARROW: "difference", WIDE: "timing"}.get(getattr(one, f"width_{name}") or "", "")

    return Column(key, title, shown, Kind.PERCENT, width=width, text=str, optional=optional, tone=tone)


def _claim(one: Measure) -> tuple[str, str]:
    return MATCHED if one.claimed else TIMING, word(f"forecast_missed.{one.claim}")
