"""When a store is busy, hour by weekday, or how its receipts divide by channel, daypart and means of payment."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain.analytics.heatmap import HeatMap as HeatData
from chainbrain.analytics.periods import Period
from ui import figures
from ui.charts.heat_map import HeatLegend, HeatMap
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.type_roles import Role
from ui.views.stores.fact import Fact
from ui.views.stores.mix_table import METHOD, MixTable
from ui.views.stores.model import Rhythm
from ui.views.stores.opening_panel import OpeningPanel
from ui.widgets import HBox, Label, Rule, Segmented, TitledCard, VBox

BUSY, OPENING = "busy", "opening"
_TABS = (BUSY, "channel", "daypart", METHOD, OPENING)
_MONDAY, _WEEKDAYS = 1, ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class RhythmCard(TitledCard):
    """Shows a ``Rhythm``; ``tab_changed``; ``hour_opened(weekday 1–7, hour)``; ``part_opened(by, key)``."""

    tab_changed = Signal(str)
    hour_opened = Signal(int, int)
    part_opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(rule=False, padding=(0, 0, 0, m.GAP_M), spacing=0)
        self._rhythm: Rhythm | None = None
        self._store_name = self._all = ""
        self._hours: tuple[int, ...] = ()
        self._weekdays: tuple[int, ...] = ()
        self._tabs = Segmented([(tab, tab) for tab in _TABS], height=m.CONTROL_SMALL)
        self._legend = HeatLegend()
        self.head_right.add(self._tabs)
        self._heat = HeatMap()
        self._facts = (Fact(), Fact(), Fact())
        self._hint = Label(role=Role.SMALL, color="text2", wrap=True)
        busy = QWidget()
        facts = HBox(spacing=m.GAP)
        for fact in self._facts:
            facts.addWidget(fact, 1)
        below = VBox(margins=(m.GAP, m.GAP_S, m.GAP, 0), spacing=m.GAP_XS)
        foot = HBox(spacing=m.GAP)
        foot.addWidget(self._hint, 1)
        foot.addWidget(self._legend)
        below.add(Rule(), facts, foot)
        heat = VBox(margins=(m.GAP, 0, m.GAP, m.GAP_S))
        heat.add(self._heat)
        outer = VBox(busy)
        outer.addLayout(heat, 1)
        outer.addLayout(below)
        self.divided = MixTable()
        self._stack = QStackedWidget()
        self._stack.addWidget(busy)
        self._stack.addWidget(self.divided)
        self.opening = OpeningPanel()
        self._stack.addWidget(self.opening)
        self.add(self._stack)
        self._tabs.changed.connect(self._tab_changed)
        self._heat.opened.connect(self._cell_opened)
        self.divided.opened.connect(self.part_opened)
        self.retranslate()

    @property
    def by(self) -> str:
        """What is shown: busy, channel, daypart, method or opening."""
        return self._tabs.current

    @property
    def period(self) -> Period | None:
        """The days that are averaged."""
        return self._rhythm.period if self._rhythm is not None else None

    @property
    def heat(self) -> HeatMap:
        """The heat map."""
        return self._heat

    def set_store(self, name: str) -> None:
        """Name the store in the title; empty is all of them."""
        self._store_name = name
        self.retranslate()

    def name_all(self, words: str) -> None:
        """Say what all shown stores are called; empty when they are all of the chain."""
        self._all = words
        self.retranslate()

    def set_rhythm(self, rhythm: Rhythm | None) -> None:
        """Show another rhythm."""
        self._rhythm = rhythm
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        names = {
            BUSY: self.tr("Busy hours"),
            "channel": self.tr("Channels"),
            "daypart": self.tr("Dayparts"),
            METHOD: self.tr("Paid by"),
            OPENING: self.tr("Openings"),
        }
        self._tabs.set_options([(tab, names[tab]) for tab in _TABS])
        self._tabs.setAccessibleName(self.tr("What is shown of the store"))
        self._legend.set_words(self.tr("less"), self.tr("more"))
        self._heat.setAccessibleName(self.tr("Receipts by weekday and hour"))
        self.divided.table.setAccessibleName(names[self.by])
        self._fit_head()
        self._stack.setCurrentIndex({BUSY: 0, OPENING: 2}.get(self.by, 1))
        rhythm = self._rhythm
        if rhythm is None:
            self._heat.set_cells((), (), ())
            self.divided.set_mix(None, self.by)
            return
        self._show_heat(rhythm.heat)
        self.opening.set_openings(rhythm.openings, one=rhythm.one)
        mix = rhythm.mix
        self.divided.set_mix(mix if mix is not None and mix.by == self.by else None, self.by)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less in the head where there is no room."""
        super().resizeEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        """Say as much beside the title as the choices leave room for: which days they are before anything else."""
        theme = Theme.current()
        title, small = self._store_name or self._all or self.tr("All stores"), QFontMetrics(theme.font(Role.SMALL))
        room = self.width() - 2 * theme.px(m.GAP) - self._tabs.sizeHint().width()
        room -= QFontMetrics(theme.font(Role.HEADING)).horizontalAdvance(title) + 3 * theme.px(m.GAP_S)
        fitting = (note for note in self._about() if small.horizontalAdvance(note) + theme.px(m.GAP_S) <= room)
        shown = next(fitting, "")
        self.set_title(title, shown)
        self._show_hint(shown)

    def _about(self) -> tuple[str, ...]:
        """What the figures are of, the fullest words first."""
        if self._rhythm is None:
            return ()
        if self.by == BUSY:
            # The days of the other figures may be fewer.
            shown = self._rhythm.period
            days = figures.days(shown.first, shown.last)
            words = (self.tr("average, {days}, by time of order"), self.tr("average, {days}"))
            return (*(one.format(days=days) for one in words), days)
        if self.by in {METHOD, OPENING} or self._rhythm.mix is None:
            return ()
        base = self._rhythm.mix_base
        days = figures.days(base.first, base.last, self._rhythm.period.last)
        return (self.tr("comparable days against {days}").format(days=days),)

    def _show_heat(self, found: HeatData) -> None:
        self._hours = tuple(range(found.first_hour, found.last_hour + 1)) if found.hours else ()
        self._weekdays = tuple(day for day in range(1, 8) if day in found.weekday_totals)
        receipts = {(cell.weekday, cell.hour): cell.receipts for cell in found.hours}
        values = [[receipts.get((day, hour), 0.0) for hour in self._hours] for day in self._weekdays]
        self._heat.set_cells(
            [self.tr(_WEEKDAYS[day - _MONDAY]) for day in self._weekdays],
            [str(hour) for hour in self._hours],
            values,
            totals=[figures.compact(found.weekday_totals[day], 2) for day in self._weekdays],
            total_name=self.tr("Whole day"),
        )
        busiest = found.busiest
        if busiest is not None:
            when = self.tr("{weekday} {hour} o'clock").format(
                weekday=self.tr(_WEEKDAYS[busiest.weekday - _MONDAY]), hour=busiest.hour
            )
            beside = "¥" + figures.plain(busiest.receipts)
            self._facts[0].set_texts(self.tr("Busiest"), when, beside)
        else:
            self._facts[0].set_texts(self.tr("Busiest"), "—")
        for fact, label, amount in (
            (self._facts[1], self.tr("Average weekday"), found.weekday_average),
            (self._facts[2], self.tr("Average weekend day"), found.weekend_average),
        ):
            fact.set_texts(label, "—" if amount is None else "¥" + figures.plain(amount))

    def _show_hint(self, head: str) -> None:
        """What a cell opens; before it what is averaged, where the head has no room to say so."""
        about = self._about()[1:2] if self.by == BUSY and head not in self._about()[:2] else ()
        hint = (self.tr("A cell opens the orders of that hour; the arrow keys walk."),)
        self._hint.setText(self.tr("; ").join((*about, *hint)))
        self._hint.setVisible(bool(self._hint.text()))

    def _tab_changed(self, key: str) -> None:
        self.retranslate()
        self.tab_changed.emit(key)

    def _cell_opened(self, row: int, column: int) -> None:
        if row < len(self._weekdays) and column < len(self._hours):
            self.hour_opened.emit(self._weekdays[row], self._hours[column])
