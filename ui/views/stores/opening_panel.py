"""How a store began, week of age by week beside the earlier openings, and what it took from the stores around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from chainbrain import opening_words
from chainbrain.expansion.openings import StoreOpening
from ui import figures
from ui.charts.lines import Lines, LinesChart, LinesLegend, NamedLine
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.translator import Language, translate
from ui.theme.type_roles import Role
from ui.widgets import DataTable, HBox, Label, LinkButton, VBox, scaled
from ui.words import word

_TICKS, _ROWS = 9, 3


@dataclass(frozen=True)
class _Row:
    """One line of the small table: a store nearby, or an opening when no store is chosen."""

    name: str
    about: str
    share: Decimal | None
    amount: Decimal | None
    store_id: str


class OpeningPanel(QWidget):
    """Shows one ``StoreOpening``, or the list of all of them.

    ``store_chosen`` carries the store of a line, ``export_wanted(path)`` where what is shown is to be written.
    """

    store_chosen = Signal(str)
    export_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[StoreOpening, ...] = ()
        self._read = self._one = False
        self.began, self.took = Label(wrap=True), Label(wrap=True)
        self.legend, self.chart = LinesLegend(), LinesChart()
        self.model = RowsModel(self._columns())
        self.table = DataTable(self.model, sortable=False)
        self._band = Label(role=Role.SMALL, color="text2", wrap=True)
        self.export = LinkButton()
        self.export.clicked.connect(lambda _on=False: self._ask_place())
        head = HBox(spacing=m.GAP_S).add(self.began, self.export)
        head.setStretch(0, 1)
        box = VBox(self, (m.GAP, 0, m.GAP, 0), m.GAP_XS)
        box.addLayout(head)
        box.add(self._band, self.legend, self.chart, self.took, self.table)
        box.setStretch(3, 1000)
        box.addStretch(1)
        scaled(self.chart, min_height=88)
        self.table.row_activated.connect(lambda row: self.store_chosen.emit(row.store_id))
        self.retranslate()

    @property
    def found(self) -> tuple[StoreOpening, ...]:
        """What is shown."""
        return self._found

    def _ask_place(self) -> None:
        start = f"{word('report.store-openings')}.xlsx"
        chosen, _filter = QFileDialog.getSaveFileName(self, translate("Export"), start, "*.xlsx *.csv *.pdf *.json")
        if chosen:
            path = Path(chosen)
            self.export_wanted.emit(path if path.suffix else path.with_suffix(".xlsx"))

    def set_openings(self, found: Sequence[StoreOpening] | None, *, one: bool) -> None:
        """Show one store's opening, or those of the chain; nothing until they were read."""
        self._read, self._found, self._one = found is not None, tuple(found or ()), one
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.chart.setAccessibleName(translate("Sales by week of age, as a share of the average mature store"))
        self.table.setAccessibleName(translate("Stores around it") if self._one else translate("Openings of the chain"))
        self.model.set_columns(self._columns())
        self.export.setText(translate("Export"))
        self.export.setToolTip(translate("Write the openings as a table"))
        self.export.setVisible(bool(self._found))
        found = self._found[0] if self._one and self._found else None
        curve = found.curve if found is not None else None
        for widget in (self.legend, self.chart):
            widget.setVisible(curve is not None)
        self._band.setVisible(curve is not None and found is not None and len(found.earlier) > 1)
        self.took.setVisible(found is not None)
        if found is not None:
            self.began.setText(opening_words.began(found, Language.current()))
            self.took.setText(opening_words.took(found, Language.current()))
        elif self._found:
            words = translate("%n store(s) opened within the book; choose one for its first weeks.", len(self._found))
            self.began.setText(words)
        else:
            self.began.setText(
                "" if not self._read else translate("No store opened within the book: there is no opening curve.")
            )
        if found is not None and curve is not None:
            self._show_curve(found)
        rows = _near(found) if found is not None else _all(self._found)
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        most = Theme.current().px(m.TABLE_HEAD + (_ROWS if found is not None else 3 * _ROWS) * m.ROW)
        self.table.setFixedHeight(min(self.table.content_height(), most) + 2)

    def _show_curve(self, found: StoreOpening) -> None:
        weeks = found.weeks()
        middle = tuple(None if edge is None else edge.middle * 100 for _, _, edge in weeks)
        names = [found.name]
        lines = [NamedLine(found.name, tuple(None if own is None else own * 100 for _, own, _ in weeks))]
        if found.earlier:
            names.append(translate("Earlier openings, middle"))
            lines.append(NamedLine(names[1], middle))
        band: tuple[tuple[Decimal | float | None, ...], tuple[Decimal | float | None, ...], str] = ((), (), "")
        if len(found.earlier) > 1:
            low = tuple(None if edge is None else edge.low * 100 for _, _, edge in weeks)
            high = tuple(None if edge is None else edge.high * 100 for _, _, edge in weeks)
            band = (low, high, translate("Earlier openings"))
        words = translate(
            "100% is the average mature store on the same days; the band spans %n earlier opening(s).",
            len(found.earlier),
        )
        self._band.setText(words)
        step = -(-len(weeks) // _TICKS) or 1
        self.legend.set_names(names)
        self.chart.set_data(
            Lines(
                labels=tuple(translate("Week {week} of age").format(week=week) for week, _, _ in weeks),
                ticks=tuple((float(n), str(weeks[n][0])) for n in range(0, len(weeks), step)),
                lines=tuple(lines),
                places=1,
                band=band,
                unit="%",
            )
        )

    def _columns(self) -> list[Column]:
        one = self._one
        titles = {
            "name": lambda: translate("Store nearby") if one else translate("Store"),
            "about": lambda: translate("Distance") if one else translate("Opened"),
            "share": lambda: translate("More or less") if one else translate("Lost nearby"),
            "amount": lambda: translate("Per month, yuan") if one else translate("Noise"),
        }
        return [
            Column(
                "name", titles["name"], lambda row: row.name, Kind.KEY, least=96, cut_middle=True,
                tip=lambda row: row.name,
            ),
            Column("about", titles["about"], lambda row: row.about, Kind.MUTED, width=92, right=True),
            Column(
                "share", titles["share"], lambda row: row.share, Kind.PERCENT, width=92,
                text=_changed if one else None, empty=lambda: translate("not known"),
            ),
            Column(
                "amount", titles["amount"], lambda row: row.amount, Kind.MONEY if one else Kind.PERCENT, width=112,
                empty=lambda: "—",
            ),
        ]  # fmt: skip


def _changed(share: Decimal) -> str:
    return figures.change(share)


def _near(found: StoreOpening) -> list[_Row]:
    if found.effect is None:
        return []
    return [
        _Row(
            near.name,
            translate("same city") if near.distance_km is None else f"{near.distance_km} km",
            near.change,
            near.monthly_change,
            near.store_id,
        )
        for near in found.effect.neighbours
    ]


def _all(found: Sequence[StoreOpening]) -> list[_Row]:
    rows = []
    for one in found:
        effect = one.effect
        day = figures.day(one.opened_on, year=True) if one.opened_on is not None else ""
        rows.append(
            _Row(one.name, day, effect.share if effect else None, effect.noise if effect else None, one.store_id)
        )
    return rows
