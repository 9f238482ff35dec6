"""The plan of a scenario beside what came of its store, month by month; and which store that is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain.expansion.following import Came, Followed, FollowedMonth
from chainbrain.expansion.kept import Kept, Link
from chainbrain.expansion.kept import Kind as Scenario
from ui import figures
from ui.charts.fan import Fan, FanChart
from ui.messages import message, word
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.expansion import words
from ui.widgets import Choice, DataTable, DayField, EmptyState, HBox, Label, SecondaryButton, TitledCard, VBox

Store = tuple[str, str, date | None]


class FollowCard(TitledCard):
    """``link_asked(candidate, store, opened)`` says which store came of it; without a store that none did."""

    link_asked = Signal(str, object, object)
    candidate_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, m.GAP_S), spacing=m.GAP_S)
        self._found: Followed | None = None
        self._kept: Kept | None = None
        self._links: tuple[Link, ...] = ()
        self._opened: dict[str, date | None] = {}
        self.candidate, self.store, self.opened = Choice(), Choice(), DayField()
        self.link_button, self.unlink_button = SecondaryButton(), SecondaryButton()
        self._verdict = Label(role=Role.BODY, color="ink", wrap=True)
        self.model = RowsModel(
            [
                Column("month", lambda: self.tr("Month"), lambda one: f"{one.month:%Y-%m}", Kind.KEY, width=92),
                Column("plan", lambda: self.tr("Planned sales, P50"), lambda one: one.sales.p50, Kind.MONEY, least=96),
                Column("came", lambda: self.tr("Sales that came"), _sales, least=96, right=True),
                Column("place", lambda: self.tr("Beside the plan"), _place, Kind.STATE, least=128),
                Column("fees", lambda: self.tr("Fees: plan / came"), lambda one: _pair(one.fees, one.came, "fees"),
                       least=110, right=True),
                Column("rent", lambda: self.tr("Rent: plan / came"), lambda one: _pair(one.rent, one.came, "rent"),
                       least=110, right=True, optional=True),
                Column("labour", lambda: self.tr("Labour: plan / came"),
                       lambda one: _pair(one.labour, one.came, "labour"), least=110, right=True, optional=True),
                Column("cash", lambda: self.tr("Cash: plan P50 / came"),
                       lambda one: _pair(one.cash.p50, one.came, "contribution"), least=120, right=True),
                Column("lacking", lambda: self.tr("Lacking"), self._lacking, least=90, tip=self._lacking),
            ]
        )  # fmt: skip
        self.table, self.chart = DataTable(self.model, m.ROW_DENSE, sortable=False), FanChart()
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        line = HBox(margins=(m.GAP, m.GAP_S, m.GAP, 0), spacing=m.GAP_S)
        for widget in (self.candidate, self.store, self.opened, self.link_button, self.unlink_button):
            line.addWidget(widget)
        line.addStretch(1)
        self.body.addLayout(line)
        filled = QWidget()
        box = VBox(filled, spacing=m.GAP_S).add(self._verdict, self.table, self.chart)
        self._verdict.setContentsMargins(16, 0, 16, 0)
        box.setStretch(1, 4)
        box.setStretch(2, 4)
        self._empty, self._stack = EmptyState(), QStackedWidget()
        self._stack.addWidget(filled)
        self._stack.addWidget(self._empty)
        self.body.addWidget(self._stack, 1)
        self.candidate.currentIndexChanged.connect(lambda _n: self._candidate_chosen())
        self.store.currentIndexChanged.connect(lambda _n: self._propose())
        self.link_button.clicked.connect(self._link)
        self.unlink_button.clicked.connect(lambda: self.link_asked.emit(self.chosen_candidate, None, None))
        self.retranslate()

    @property
    def found(self) -> Followed | None:
        """What is shown."""
        return self._found

    @property
    def chosen_candidate(self) -> str:
        """Which store of a programme is meant; empty for one store."""
        return str(self.candidate.currentData() or "")

    @property
    def link(self) -> Link | None:
        """What is said of the scenario and the chosen candidate."""
        kept = self._kept
        mine = (one for one in self._links if kept is not None and one.scenario_id == kept.scenario_id)
        return next((one for one in mine if one.candidate == self.chosen_candidate), None)

    def set_scenario(self, kept: Kept | None, links: Sequence[Link], stores: Sequence[Store]) -> None:
        """Offer the stores for another scenario; what came is not known yet."""
        self._kept, self._links, self._found = kept, tuple(links), None
        self._opened = {key: opened for key, _name, opened in stores}
        names = tuple(kept.figures.get("stores", ())) if kept is not None and kept.kind is Scenario.PROGRAMME else ()
        before, chosen = self.candidate.currentData(), self.store.currentData()
        with QSignalBlocker(self.candidate), QSignalBlocker(self.store):
            self.candidate.clear()
            for name in names:
                self.candidate.addItem(name, name)
            self.candidate.setCurrentIndex(max(0, self.candidate.findData(before)))
            self.store.clear()
            for key, name, _opened in stores:
                self.store.addItem(name, key)
            link = self.link
            self.store.setCurrentIndex(max(0, self.store.findData(link.store_id if link else chosen)))
        self.candidate.setVisible(bool(names))
        self._propose()
        self.retranslate()

    def set_followed(self, found: Followed | None) -> None:
        """Show what came."""
        self._found = found
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("The plan beside what came"), self.tr("light band P10 to P90 of the sales of a month"))
        for widget, name in (
            (self.candidate, self.tr("Store of the programme")), (self.store, self.tr("The store that opened")),
            (self.opened, self.tr("Opened in the month of")), (self.table, self.tr("Months planned and as they came")),
            (self.chart, self.tr("Planned sales and those that came")),
        ):  # fmt: skip
            widget.setAccessibleName(name)
            widget.setToolTip(name)
        self.link_button.setText(self.tr("This store came of it"))
        self.unlink_button.setText(self.tr("None did"))
        linked, found = self.link is not None, self._found
        self.unlink_button.setVisible(linked)
        self.link_button.setEnabled(self._kept is not None and self.store.count() > 0)
        self.table.retranslate()
        self._stack.setCurrentIndex(0 if found is not None else 1)
        self._empty.set_texts(
            self.tr("Which store came of this scenario?")
            if self._kept is not None
            else self.tr("No scenario is kept yet"),
            self.tr("Choose the store and the month it opened in; its months then stand here beside the plan"),
        )
        if found is None:
            self.chart.set_data(None)
            self.model.set_rows(())
            return
        said = (found.verdict, *found.notes)
        self._verdict.setText("\n".join(message(one.code, **one.facts) for one in said))
        shown = [one for one in found.months if one.came is not None] or found.months[:1]
        self.model.set_rows(shown)
        self.chart.set_data(self._fan(found))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _fan(self, found: Followed) -> Fan:
        # A year of what is to come says enough; the whole life would press what came into a corner.
        known = sum(one.came is not None for one in found.months)
        months = found.months[: max(12, known + 6)]
        actual = tuple(one.came.sales if one.came is not None and not one.partial else None for one in months)
        return Fan(
            labels=tuple(f"{one.month:%Y-%m}" for one in months),
            p10=tuple(one.sales.p10 for one in months),
            p50=tuple(one.sales.p50 for one in months),
            p90=tuple(one.sales.p90 for one in months),
            alternatives=((actual, self.tr("actual")),) if any(actual) else (),
            marks=tuple(
                (number, float(value), words.yuan(value), "difference")
                for number, value in enumerate(actual)
                if value is not None and number == max(n for n, one in enumerate(actual) if one is not None)
            ),
        )

    def _candidate_chosen(self) -> None:
        self._found = None
        self.retranslate()
        self.candidate_changed.emit(self.chosen_candidate)

    def _propose(self) -> None:
        opened = self.link.opened if self.link else self._opened.get(str(self.store.currentData()))
        if opened is not None:
            self.opened.set_day(opened)

    def _link(self) -> None:
        self.link_asked.emit(self.chosen_candidate, self.store.currentData(), self.opened.day())

    def _lacking(self, one: FollowedMonth) -> str:
        lacking = one.came.lacking if one.came is not None else ()
        return self.tr(", ").join(word(f"follow_lacking.{each}") for each in lacking)


def _sales(one: FollowedMonth) -> str:
    came = one.came
    if came is None:
        return "—"
    if came.sales is not None:
        return figures.money(came.sales)
    so_far = figures.money(came.so_far) if came.so_far is not None else "—"
    return f"{so_far} ({came.days}/{came.of})"


def _place(one: FollowedMonth) -> tuple[str, str]:
    place = "partial" if one.partial else one.place or ("ahead" if one.came is None else "unknown")
    state = {"below": "difference", "within": "matched", "above": "matched"}.get(place, "excluded")
    return state, word(f"follow_place.{place}")


def _pair(planned: Decimal, came: Came | None, what: str) -> str:
    found: Decimal | None = getattr(came, what) if came is not None else None
    return f"{figures.plain(planned)} / {figures.plain(found) if found is not None else '—'}"
