"""The page of stores beside each other: lines, a small chart of each, and the table of figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from chainbrain.analytics.compare import FEWEST, MOST, Comparison
from chainbrain.analytics.stores import League
from ui import figures
from ui.charts.lines import Lines, LinesChart, LinesLegend, NamedLine
from ui.charts.small_multiples import Multiple, SmallMultiples
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.views.parts.board import Board, Cell, Column
from ui.views.parts.file_names import ending_in
from ui.views.parts.names import short_names
from ui.views.parts.store_picker import StorePicker
from ui.views.stores.compare_table import CompareTable
from ui.widgets import HBox, Label, LinkButton, SecondaryButton, Segmented, TitledCard, VBox

_GRAINS, _WAYS = ("day", "week"), ("yuan", "index")
_MOST_TICKS = 7


class ComparePage(QWidget):
    """``left`` when the league is wanted again; ``wanted`` when other stores or grains are.

    ``opened(store, figure, channel)`` asks for the rows of a figure,
    ``export_wanted(path)`` carries where the comparison is to be written; ``saved(path)`` a picture that was.
    """

    left = Signal()
    wanted = Signal()
    opened = Signal(str, str, bool)
    export_wanted = Signal(object)
    saved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._found: Comparison | None = None
        self._league: League | None = None
        self.stores: tuple[str, ...] = ()
        self._back, self._title = LinkButton(role=Role.BODY), Label(role=Role.HEADING)
        self.choose, self.export = SecondaryButton(), SecondaryButton()
        self.picker = StorePicker(self, FEWEST, MOST)
        self.grain, self.way = (Segmented(height=m.CONTROL_SMALL) for _ in range(2))
        self.chart, self.legend, self.multiples, self.table = (
            LinesChart(),
            LinesLegend(),
            SmallMultiples(),
            CompareTable(),
        )
        self._note = Label(role=Role.SMALL, color="text2", wrap=True)
        self._lines_card = TitledCard(rule=False)
        self._lines_card.head_right.add(self.way, self.grain)
        self._lines_card.add(self.legend, self.chart, self._note)
        self._lines_card.body.setStretch(1, 1)
        self._small_card, self._table_card = TitledCard(), TitledCard(rule=False, padding=(0, 0, 0, m.GAP_XS))
        self._small_card.add(self.multiples)
        self._table_card.add(self.table)
        head = QWidget()
        HBox(head, (m.SCREEN_SIDE, m.GAP_S, m.SCREEN_SIDE, m.GAP_S), m.GAP).add(
            self._back, self._title, 0, self.choose, self.export
        )
        self._board = Board()
        self._board.set_lines(
            (
                (Column((Cell(self._lines_card, least=320, grows=1, stacked=320),)),),
                (Column((Cell(self._small_card, flows=True, least=150),)),),
                (Column((Cell(self._table_card, least=self._table_room),)),),
            )
        )
        VBox(self).add(head, self._board)
        self._back.clicked.connect(self.left)
        self.choose.clicked.connect(lambda _on=False: self.pick())
        self.picker.picked.connect(self._picked)
        self.grain.changed.connect(lambda _key: self.wanted.emit())
        self.way.changed.connect(lambda _key: self._show())
        self.export.clicked.connect(self._ask_table)
        self._lines_card.acted.connect(self._ask_picture)
        self.multiples.opened.connect(lambda store: self.opened.emit(store, "receipts", False))
        self.table.opened.connect(self.opened)
        self.retranslate()

    def pick(self, above: QWidget | None = None, chosen: Sequence[str] = ()) -> None:
        """Ask which stores; ``chosen`` are ticked when none were compared before."""
        rows = self._league.rows if self._league is not None else ()
        names = short_names(row.name for row in rows)
        button = above or self.choose
        place = button.mapToGlobal(QPoint(button.width(), button.height() + 4))
        self.picker.open_at(place, {row.store_id: names[row.name] for row in rows}, chosen or self.stores)

    def set_league(self, league: League | None) -> None:
        """Take the stores that can be chosen."""
        self._league = league

    def set_comparison(self, found: Comparison | None) -> None:
        """Show another comparison."""
        before = self._found.rows if self._found is not None else ()
        self._found = found
        self._show()
        if found is not None and [row.store_id for row in found.rows] != [row.store_id for row in before]:
            self._board.verticalScrollBar().setValue(0)

    def retranslate(self) -> None:
        """Set every text."""
        self._back.setText(self.tr("‹ Back to the league"))
        self._title.setText(self.tr("Stores compared"))
        self.choose.setText(self.tr("Other stores…"))
        self.export.setText(self.tr("Export"))
        self.grain.set_options(list(zip(_GRAINS, (self.tr("By day"), self.tr("By week")), strict=True)))
        self.way.set_options(list(zip(_WAYS, (self.tr("Yuan"), self.tr("Own average = 100")), strict=True)))
        self.grain.setAccessibleName(self.tr("Days or weeks"))
        self.way.setAccessibleName(self.tr("Yuan or index"))
        self.chart.setAccessibleName(self.tr("Receipts of the compared stores"))
        self.multiples.setAccessibleName(self.tr("Each store on its own scale"))
        self.table.retranslate()
        self.picker.set_words(self.tr("Stores to compare"), self.tr("Compare"), self._counted)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show(self) -> None:
        found = self._found
        rows = found.rows if found is not None else ()
        short = short_names(row.name for row in rows)
        names = tuple(short[row.name] for row in rows)
        days = ""
        if found is not None:
            words = self.tr("{first} to {last}, receipts")
            days = words.format(first=figures.day(found.period.first, True), last=figures.day(found.period.last, True))
        title = self.tr("Day by day") if self.grain.current == "day" else self.tr("Week by week")
        self._lines_card.set_title(title, days, self.tr("Save picture…"))
        self._small_card.set_title(self.tr("Each on its own scale"), self.tr("like-for-like against the period before"))
        first = self.tr("distances are to {store}").format(store=names[0]) if names else ""
        self._table_card.set_title(self.tr("Figures"), first)
        self.legend.set_names(names)
        self.chart.set_data(self._lines(found, names) if found is not None else None)
        self.table.set_comparison(found, names)
        self.multiples.set_items(_multiples(found, names) if found is not None else ())
        self._note.setText(self._notes(found) if found is not None else "")
        self._board.arrange()

    def _lines(self, found: Comparison, names: Sequence[str]) -> Lines:
        index = self.way.current == "index"
        return Lines(
            labels=tuple(_label(start, found.grain) for start in found.starts),
            ticks=_ticks(found.starts),
            lines=tuple(
                NamedLine(name, one.indexed if index else one.values)
                for name, one in zip(names, found.series, strict=True)
            ),
            places=1 if index else 2,
            zero=not index,
        )

    def _notes(self, found: Comparison) -> str:
        said = []
        if found.grain == "week" and not found.starts:
            said.append(self.tr("The period holds no whole week from Monday to Sunday."))
        elif found.cut:
            said.append(self.tr("%n day(s) at the ends make no whole week and are not drawn.", "", found.cut))
        if any(None in one.values for one in found.series):
            said.append(self.tr("A gap is a day without a till file, or without the store being open; it is not zero."))
        return " ".join(said)

    def _table_room(self) -> float:
        lines = len(self._found.lines) if self._found is not None else 0
        return m.CARD_HEAD + m.TABLE_HEAD + lines * m.ROW + m.GAP

    def _counted(self, count: int) -> str:
        return self.tr("%n store(s) chosen of two to six; the others are held against the first chosen", "", count)

    def _picked(self, stores: tuple[str, ...]) -> None:
        self.stores = stores
        self.wanted.emit()

    def _ask_table(self) -> None:
        start = f"{self.tr('Stores compared')}.xlsx"
        chosen, _filter = QFileDialog.getSaveFileName(self, self.tr("Export"), start, "*.xlsx *.csv *.pdf *.json")
        if chosen:
            path = Path(chosen)
            self.export_wanted.emit(path if path.suffix else path.with_suffix(".xlsx"))

    def _ask_picture(self) -> None:
        start = f"{self.tr('Stores compared')}.png"
        chosen, _filter = QFileDialog.getSaveFileName(self, self.tr("Save picture…"), start, "*.png")
        if chosen and self.save_picture(ending_in(".png", chosen)):
            self.saved.emit(ending_in(".png", chosen))

    def save_picture(self, path: Path) -> bool:
        """Write lines, names and notes as they stand to a picture file."""
        return bool(self._lines_card.grab().save(str(path)))


def _multiples(found: Comparison, names: Sequence[str]) -> list[Multiple]:
    items = []
    for row, name, one in zip(found.rows, names, found.series, strict=True):
        lacks = translate("%n day(s) without a till file", row.missing_days) if row.missing_days else ""
        items.append(
            Multiple(row.store_id, name, one.values, change=row.like_for_like.ratio, note=lacks, full=row.name)
        )
    return items


def _label(start: date, grain: str) -> str:
    if grain == "day":
        return f"{figures.day(start, year=True)} {figures.weekday(start)}"
    return f"{figures.day(start, year=True)} – {figures.day(start + timedelta(days=6))}"


def _ticks(starts: Sequence[date]) -> tuple[tuple[float, str], ...]:
    step = -(-len(starts) // _MOST_TICKS) or 1
    return tuple((float(n), figures.day(starts[n])) for n in range(0, len(starts), step))
