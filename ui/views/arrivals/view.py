"""The arrivals screen: the roll-forward of every merchant number, month by month; each figure opens its rows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain import openings
from chainbrain.analytics.arrivals import Arrival
from chainbrain.changes import Changes
from ui import figures
from ui.models import RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.arrivals.columns import FIGURES, behind, columns, place_name, total_texts
from ui.views.arrivals.contained_line import ContainedLine
from ui.views.arrivals.figures_menu import choose_figure
from ui.views.base import AppContext, View
from ui.views.habits.page import HabitsPage
from ui.views.listing.window import close_lists, open_list
from ui.views.parts.export import ExportButton
from ui.views.parts.names import short_names
from ui.views.parts.on_its_way import figure_title
from ui.views.parts.reader import Loader
from ui.views.reconcile.choices import MonthChoice
from ui.widgets import Card, DataTable, EmptyState, Label, LinkButton, TotalRow, VBox
from ui.words import word

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms

# The pages of the screen.
_NOTHING, _ARRIVALS, _HABITS = range(3)


class ArrivalsView(View):
    """Shows what reached the bank and what is still open."""

    key = "arrivals"
    icon_name = "bank"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Arrival, ...] | None = None
        self._names: dict[str, str] = {}
        self._fresh = True
        self._loader = Loader(self)
        self.months = MonthChoice()
        self._export = ExportButton(("arrivals", "payout-habits", "fee-audit", "claim-letter"), self._report)
        self._model = RowsModel(columns(self._names))
        self.table = DataTable(self._model, m.ROW_DENSE)
        self.total, self._proof = TotalRow(self.table), Label(color="text2")
        self._contained: tuple[openings.Contained, ...] = ()
        self.contained = ContainedLine()
        card = Card(padding=(0, 0, 0, m.GAP_XS))
        card.add(self.table, self.total)
        self._habits_button, self.habits = LinkButton(role=Role.BODY), HabitsPage()
        page, self._stack, self._empty = QWidget(), QStackedWidget(), EmptyState()
        box = VBox(page, (m.SCREEN_SIDE, m.SCREEN_TOP, m.SCREEN_SIDE, m.SCREEN_BOTTOM), m.GAP_M)
        box.add(self._proof, self.contained, card)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)
        self._stack.addWidget(self.habits)
        VBox(self).add(self._stack)
        self._refresh_action = QAction(self)
        self._refresh_action.setShortcut("F5")
        self.addAction(self._refresh_action)
        self.setFocusProxy(self.table)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._loader.loaded.connect(self._show)
        self.months.changed.connect(self._show_month)
        self._refresh_action.triggered.connect(lambda _on=False: self.refresh())
        self.table.cell_clicked.connect(self._open)
        # A figure that is clicked twice has been opened by the first click already.
        self.table.cell_opened.connect(lambda row, key: None if key in FIGURES else self._choose_figure(row))
        self._empty.acted.connect(self._mend)
        self.contained.button.clicked.connect(self._open_contained)
        self._habits_button.clicked.connect(self._turn)
        self.habits.left.connect(self._turn)

    # What the window asks.

    def title(self) -> str:
        """Return the name of the screen."""
        return self.tr("Arrivals")

    def top_bar_widgets(self) -> tuple[list[QWidget], list[QWidget]]:
        """Return the settlement habits, month and export."""
        return [], [self._habits_button, self.months, self._export]

    def actions(self) -> list[QAction]:
        """Return the commands of this screen."""
        return [self._refresh_action, *self._export.commands()]

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book."""
        self._loader.tell(context.show_failure)
        close_lists(self)
        super().set_workspace(context)
        self._rows, self._fresh, self._export.context = None, True, context
        self._names.clear()
        self.months.choose(None)
        self.habits.use(context)
        self._open_page(_ARRIVALS)

    def refresh(self, changes: Changes | None = None) -> None:
        """Read everything again; the old rows stay until the new ones are there."""
        if self.context is not None:
            self._loader.load(self.context, lambda rooms, _report: _load(rooms))
            if self.shows_habits:
                self.habits.refresh()

    def retranslate(self) -> None:
        """Set every text."""
        self._refresh_action.setText(self.tr("Read the arrivals again"))
        self.table.setAccessibleName(self.tr("Arrivals by store, channel and month"))
        self.table.retranslate()
        self._model.retranslate()
        self._empty.set_texts(
            self.tr("Nothing taken yet"),
            self.tr("Drop the bills, ledgers and bank statements; then you see what arrived and what is still open."),
            self.tr("To import"),
        )
        self._name_button()
        self._say()

    @property
    def shows_habits(self) -> bool:
        """Whether the settlement habits are on screen."""
        return self._stack.currentIndex() == _HABITS

    @property
    def habits_button(self) -> LinkButton:
        """Turns to the settlement habits and back."""
        return self._habits_button

    @property
    def shown(self) -> tuple[Arrival, ...]:
        """The rows on screen, in their order."""
        return self._model.rows

    @property
    def proof(self) -> str:
        """What the line above the table says."""
        return self._proof.text()

    def _show(self, found: tuple[tuple[Arrival, ...], tuple[openings.Contained, ...]]) -> None:
        rows, self._contained = found
        self._rows = rows
        self._names.update(short_names(dict.fromkeys(row.store for row in rows if row.store)))
        self.months.set_values(sorted({row.month for row in rows}, reverse=True))
        if self._fresh and rows:
            # A month is what people close; the newest is the one they are at.
            self.months.choose(max(row.month for row in rows))
            self._fresh = False
        if not self.shows_habits:
            self._open_page(_ARRIVALS)
        self._show_month()

    def _show_month(self) -> None:
        wanted = self.months.period.first
        found = columns(self._names, short=any(row.short for row in self._rows or ()), one_month=wanted is not None)
        if [(one.key, one.optional) for one in found] != [(one.key, one.optional) for one in self._model.columns]:
            # Other columns have no order yet: those that stay keep the one that was chosen.
            self._model.set_columns(found)
        self._model.set_rows([row for row in self._rows or () if wanted in {None, row.month}])
        self._say()

    def _say(self) -> None:
        rows = self.shown
        self.total.setVisible(bool(rows))
        self.total.set_texts(total_texts(rows, [column.key for column in self._model.columns]) if rows else [])
        unknown = sum(1 for row in rows if row.closing is None)
        odd = sum(1 for row in rows if row.unexplained)
        if odd:
            words = self.tr("%n row(s) do not add up: see the last figure and its differences", "", odd)
        else:
            words = self.tr("Every row adds up: before + taken − refunds − fees ± adjustments − arrived = after")
        if late := sum((row.late for row in rows if row.late), Decimal(0)):
            # Balances of several months do not add up, so a month is to be chosen first.
            words += "   " + self._late_words(late) if len({row.month for row in rows}) == 1 else ""
        if unknown:
            words += "   " + self.tr("%n row(s) cannot be told: the last column says why", "", unknown)
        self._proof.setText(words if rows else "")
        self.contained.set_found(self._contained_now())

    def _late_words(self, late: Decimal) -> str:
        return self.tr("due and not arrived {amount}").format(amount=figures.money(late))

    # What opens.

    def _turn(self) -> None:
        """To the settlement habits, or back."""
        if self.context is None:
            return
        self._open_page(_ARRIVALS if self.shows_habits else _HABITS)
        if self.shows_habits:
            self.habits.refresh()
            self.habits.setFocus()

    def _open_page(self, page: int) -> None:
        self._stack.setCurrentIndex(page if page == _HABITS or self._rows else _NOTHING)
        self.months.setEnabled(not self.shows_habits)
        self._name_button()

    def _name_button(self) -> None:
        self._habits_button.setText(
            self.tr("Back to the arrivals") if self.shows_habits else self.tr("Settlement habits")
        )

    def _open(self, row: object, key: str) -> None:
        if self.context is None or not isinstance(row, Arrival) or key not in FIGURES or getattr(row, key) is None:
            return
        name, filters = behind(row, key)
        parts = (place_name(row, self._names), word(f"channel.{row.channel}"), figure_title(key), f"{row.month:%Y-%m}")
        open_list(self.context, self, name, filters, title=" · ".join(parts))

    def _contained_now(self) -> tuple[openings.Contained, ...]:
        wanted = self.months.period.first
        return tuple(one for one in self._contained if wanted in {None, one.month})

    def _open_contained(self) -> None:
        found = self._contained_now()
        if self.context is None or not found:
            return
        period, channels = self.months.period, {one.channel for one in found}
        filters = {
            "part": "contained", "first": period.first, "after": period.after,
            "channel": found[0].channel if len(channels) == 1 else None,
        }  # fmt: skip
        open_list(self.context, self, "arrivals", filters, title=self.contained.words)

    def _choose_figure(self, row: object) -> None:
        """By keyboard: a menu of the figures of the row, each with its amount."""
        if not isinstance(row, Arrival):
            return
        choose_figure(self, self.table, row, lambda key: self._open(row, key))

    def _report(self, name: str) -> Mapping[str, object]:
        if name == "payout-habits":
            return {}
        period = self.months.period
        return {"first": period.first, "after": period.after}

    def _mend(self) -> None:
        if self.context is not None:
            self.context.navigate("imports")


def _load(rooms: Rooms) -> tuple[tuple[Arrival, ...], tuple[openings.Contained, ...]]:
    return rooms.analytics.arrivals(), rooms.analytics.contained()
