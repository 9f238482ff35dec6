"""One column with every component in every state, on made-up figures."""

from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from ui import figures
from ui.charts.fan import Fan, FanChart
from ui.charts.heat_map import HeatMap
from ui.charts.small_multiples import Multiple, SmallMultiples
from ui.charts.trend import Trend, TrendChart
from ui.charts.waterfall import Waterfall
from ui.charts.waterfall_steps import WaterfallStep
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.tokens import ChangeColours, tokens_for
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.views.gallery.parts import Captioned, Swatches
from ui.widgets import (
    ArithmeticBlock,
    ArithmeticLine,
    Badge,
    Banner,
    Card,
    CellState,
    ChangeMark,
    CompletenessMatrix,
    DataTable,
    EmptyState,
    FourStateBar,
    HBox,
    KeyStrip,
    Kpi,
    KpiStrip,
    Label,
    MatrixRow,
    MoneyInput,
    PrimaryButton,
    ProgressStrip,
    RangeBar,
    SecondaryButton,
    Segmented,
    VBox,
    scaled,
)
from ui.widgets.states import DIFFERENCE, EXCLUDED, MATCHED, NEW, SEVERAL, TIMING

_DAYS = 35
_SHAPE = (274, 268, 279, 288, 310, 315, 296)


def _wave(index: int) -> float:
    return (_SHAPE[index % 7] + index % 5) * 1000.0


class GalleryPanel(QWidget):
    """Built once; ``retranslate`` words it."""

    def __init__(self) -> None:
        super().__init__()
        self._name = Label(role=Role.TITLE)
        self._swatches = Swatches()
        self._column = VBox(self, (m.GAP_L, m.GAP_M, m.GAP_L, m.GAP_L), m.GAP_M)
        self._column.add(HBox(spacing=m.GAP).add(self._name, self._swatches))
        self._build_buttons()
        self._build_inputs()
        self._build_marks()
        self._build_lines()
        self._build_table()
        self._build_sums()
        self._build_charts()
        self._build_empty()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self._name.setText(self.tr("Dark") if Theme.current().tokens.dark else self.tr("Light"))
        self._swatches.set_items(
            (
                ("canvas", self.tr("ground")),
                ("surface", self.tr("face")),
                ("sunken", self.tr("sunken")),
                ("selected", self.tr("chosen")),
                ("line", self.tr("line")),
                ("ink", self.tr("ink")),
                ("text2", self.tr("second")),
                ("text3", self.tr("third")),
                ("accent", self.tr("indigo")),
                ("matched_fill", self.tr("matched")),
                ("timing_fill", self.tr("transit")),
                ("difference_fill", self.tr("differs")),
                ("excluded_fill", self.tr("out")),
                ("rise", self.tr("rise")),
                ("fall", self.tr("fall")),
            )
        )
        self._word_controls()
        self._word_lines()
        self._word_table()
        self._word_sums()
        self._word_charts()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # ------------------------------------------------------------------ building

    def _build_buttons(self) -> None:
        self._primary = [PrimaryButton() for _ in range(4)]
        self._secondary = [SecondaryButton() for _ in range(3)]
        self._busy = SecondaryButton()
        self._busy.set_busy(True)
        self._primary[1].shown_hovered = self._secondary[1].shown_hovered = True
        self._primary[3].setEnabled(False)
        self._captions = [
            *(Captioned(button, ring=number == 2) for number, button in enumerate(self._primary)),
            *(Captioned(button, ring=number == 2) for number, button in enumerate(self._secondary)),
            Captioned(self._busy),
        ]
        self._column.add(HBox(spacing=m.GAP_XS).add(*self._captions, 0))

    def _build_inputs(self) -> None:
        self._inputs = [MoneyInput() for _ in range(4)]
        scaled(self._inputs[3], min_width=150)
        for field in self._inputs:
            field.set_value(Decimal(220_000))
        self._inputs[1].show_focused()
        self._inputs[2].set_value(Decimal(600_000))
        self._inputs[2].set_enabled(False)
        self._segmented = Segmented()
        row = HBox(spacing=m.GAP_M)
        for field in self._inputs:
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._segmented, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)

    def _build_marks(self) -> None:
        self._badges = [Badge(state) for state in (MATCHED, TIMING, DIFFERENCE, EXCLUDED, NEW, SEVERAL, "seen")]
        self._column.add(HBox(spacing=m.GAP_S).add(*self._badges, 0))
        self._pairs = [Label(role=Role.SMALL, color="text2") for _ in range(3)]
        row = HBox(spacing=m.GAP_S)
        for label, pair in zip(self._pairs, ChangeColours, strict=True):
            row.add(label, _PairMark(pair, Decimal("0.086")), _PairMark(pair, Decimal("-0.077")), m.GAP_S)
        self._level = ChangeMark(Decimal("0.0002"))
        self._column.add(row.add(self._level, 0))

    def _build_lines(self) -> None:
        self._banners = [Banner(state) for state in (TIMING, MATCHED, DIFFERENCE)]
        self._column.add(*self._banners)

    def _build_table(self) -> None:
        self._model = RowsModel(_table_columns())
        self._table = DataTable(self._model, sortable=False)
        self._table.setVerticalScrollBarPolicy(self._table.verticalScrollBarPolicy().ScrollBarAlwaysOff)
        scaled(self._table, height=m.TABLE_HEAD + 7 * m.ROW)
        card = Card((0, 0, 0, 0))
        card.add(self._table, 0)
        self._kpi = KpiStrip()
        self._range = RangeBar()
        self._range.set_range(21, 53, 84, axis=(-20, 120))
        self._rejected = RangeBar()
        self._rejected.set_range(-18, -2, 14, axis=(-20, 120), rejected=True)
        self._waterfall = Waterfall()
        scaled(self._waterfall, height=150)
        small = Card((m.GAP, m.GAP_S, m.GAP, m.GAP_S))
        small.add(self._range, self._rejected, self._waterfall)
        right = VBox(spacing=m.GAP).add(self._kpi, small)
        row = HBox(spacing=m.GAP)
        row.addWidget(card, 6)
        row.addLayout(right, 5)
        self._column.addLayout(row)

    def _build_sums(self) -> None:
        self._bar = FourStateBar()
        self._bar.set_counts(1184, 41, 77, 6, total=1308)
        self._sum = ArithmeticBlock()
        self._matrix = CompletenessMatrix()
        matrix = Card()
        matrix.add(self._matrix, 0)
        row = HBox(spacing=m.GAP)
        row.addWidget(self._sum, 1)
        row.addWidget(matrix, 1)
        self._keys = KeyStrip(framed=True)
        self._column.add(self._bar)
        self._column.addLayout(row)
        self._column.add(self._keys)

    def _build_charts(self) -> None:
        self._trend, self._fan = TrendChart(), FanChart()
        self._heat, self._multiples = HeatMap(), SmallMultiples(3)
        row = HBox(spacing=m.GAP)
        for chart in (self._trend, self._fan):
            card = Card()
            scaled(card, height=200)
            card.body.addWidget(chart)
            row.addWidget(card, 1)
        below = HBox(spacing=m.GAP)
        for widget in (self._heat, self._multiples):
            card = Card((m.GAP_S, m.GAP_S, m.GAP_S, m.GAP_S))
            scaled(card, height=180)
            card.body.addWidget(widget, 1)
            below.addWidget(card, 1)
        self._column.addLayout(row)
        self._column.addLayout(below)

    def _build_empty(self) -> None:
        self._empty = [EmptyState(), EmptyState(primary=False)]
        self._progress = ProgressStrip(stays=True)
        row = HBox(spacing=m.GAP)
        for widget in (*self._empty, self._progress):
            card = Card((m.GAP, m.GAP, m.GAP, m.GAP))
            card.body.addWidget(widget, 1)
            scaled(card, height=164)
            row.addWidget(card, 1)
        self._column.addLayout(row)
        self._column.addStretch(1)

    # ------------------------------------------------------------------ words

    def _word_controls(self) -> None:
        for button in self._primary:
            button.setText(self.tr("Confirm"))
        for second in self._secondary:
            second.setText(self.tr("Split"))
        self._busy.setText(self.tr("Working, stop"))
        usual, hover, focus = self.tr("usual"), self.tr("hover"), self.tr("focus")
        words = (usual, hover, focus, self.tr("disabled"), usual, hover, focus, self.tr("at work"))
        for caption, word in zip(self._captions, words, strict=True):
            caption.set_caption(word)
        for field in self._inputs:
            field.set_unit(self.tr("yuan"))
            field.set_name(self.tr("yuan"))
        self._inputs[3].set_text("22x")
        self._segmented.set_options(
            (("day", self.tr("Yesterday")), ("week", self.tr("This week")), ("month", self.tr("This month")))
        )
        self._segmented.setAccessibleName(self.tr("Period"))
        states = (MATCHED, TIMING, DIFFERENCE, EXCLUDED, NEW, SEVERAL, "seen")
        texts = (
            self.tr("Matched"),
            self.tr("In transit"),
            self.tr("Different"),
            self.tr("Excluded"),
            self.tr("New"),
            self.tr("3 possible"),
            self.tr("Imported before"),
        )
        for badge, state, text in zip(self._badges, states, texts, strict=True):
            badge.set(state, text)
        pairs = (self.tr("Red up, green down"), self.tr("Green up, red down"), self.tr("Orange and blue"))
        for label, text in zip(self._pairs, pairs, strict=True):
            label.setText(text)
        self._level.set(Decimal("0.0002"))

    def _word_lines(self) -> None:
        demo, written, fault = self._banners
        demo.show_line(
            TIMING,
            self.tr("Demo data: change this book as you like, it does not touch your own"),
            self.tr("Use my own files"),
        )
        written.show_line(MATCHED, self.tr("40,038 rows were written"), self.tr("Undo"))
        fault.show_line(
            DIFFERENCE,
            self.tr("The stick was pulled out while reading. The book did not change; plug it in and drop it again."),
            self.tr("Details"),
        )
        self._keys.set_keys(
            (
                ("\u2191 \u2193", self.tr("move")),
                ("\u21b5", self.tr("accept")),
                (self.tr("Space"), self.tr("tick")),
                ("S", self.tr("split")),
                ("U", self.tr("undo")),
                ("/", self.tr("search")),
                ("Ctrl \u21b5", self.tr("accept the 14 proven ones")),
            )
        )

    def _word_table(self) -> None:
        name = self.tr("Store")
        states = (self.tr("usual"), self.tr("hover"), self.tr("chosen"), self.tr("usual"), self.tr("usual"))
        amounts = ("348011.91", "300173.65", "369339.11", "302209.58", "272776.69")
        rows: list[tuple[str, Decimal, str] | None] = [
            (f"{name} {number + 1}", Decimal(amount), state)
            for number, (amount, state) in enumerate(zip(amounts, states, strict=True))
        ]
        rows.append(None)
        rows.append((self.tr("Refunds"), Decimal("-1812.03"), self.tr("negative")))
        self._model.set_rows(rows)
        self._table.setAccessibleName(name)
        self._table.select_number(2)
        self._table.show_hovered(1)
        comparison = self.tr("to comparable days")
        self._kpi.set_items(
            (Kpi("day", self.tr("Takings yesterday"), "\u00a5297,054.79", Decimal("0.024"), comparison),)
        )
        self._waterfall.set_steps(
            (
                WaterfallStep("a", self.tr("Before"), Decimal(6_660_600), kind="base"),
                WaterfallStep("b", self.tr("Orders"), Decimal(168_200)),
                WaterfallStep("c", self.tr("Mix"), Decimal(-83_700)),
                WaterfallStep("d", self.tr("Price"), Decimal(-41_000)),
                WaterfallStep("e", self.tr("Now"), Decimal(6_704_100), kind="result"),
            )
        )

    def _word_sums(self) -> None:
        self._bar.set_counts(1184, 41, 77, 6, total=1308)
        self._sum.set_lines(
            (
                ArithmeticLine(self.tr("WeChat, 2,914 payments"), Decimal("48620.00")),
                ArithmeticLine(self.tr("less 13 refunds"), Decimal("-326.50")),
                ArithmeticLine(self.tr("less fee 0.38%"), Decimal("-183.52")),
                ArithmeticLine(self.tr("To arrive"), Decimal("48109.98"), result=True),
                ArithmeticLine(self.tr("Bank"), Decimal("48109.98")),
                ArithmeticLine(self.tr("Still missing"), Decimal("0.00"), result=True, state="matched"),
            ),
            self.tr("Merchant number and account agree; no second combination fits among 1,308 rows."),
        )
        full, gone = CellState.FULL, CellState.MISSING
        names = (self.tr("WeChat"), self.tr("Alipay"), self.tr("Bank"))
        cells = (
            (*[full] * 13, CellState.NEW),
            (*[full] * 6, CellState.PART, *[full] * 5, gone, CellState.PART_NEW),
            (*([full] * 5 + [CellState.CLOSED] * 2) * 2,),
        )
        columns = tuple(str(day) if day in {1, 7, 14} else "" for day in range(1, 15))
        self._matrix.set_rows(columns, [MatrixRow(name, row) for name, row in zip(names, cells, strict=True)])

    def _word_charts(self) -> None:
        days = tuple(date(2026, 10, 19) + timedelta(number) for number in range(_DAYS))
        values = tuple(None if number == 16 else _wave(number) for number in range(_DAYS))
        low = tuple(_wave(number) - 22_000 for number in range(_DAYS))
        high = tuple(_wave(number) + 22_000 for number in range(_DAYS))
        self._trend.setAccessibleName(self.tr("Daily takings"))
        self._trend.set_data(Trend(days, values, low, high, partial=self.tr("2 stores missing")))
        months = tuple(f"2027-{number:02d}" for number in range(1, 13))
        middle = tuple(2_200_000 - 200_000 * n + 21_000 * n * n for n in range(12))
        self._fan.setAccessibleName(self.tr("Cash ahead"))
        self._fan.set_data(
            Fan(
                months,
                tuple(v - 24_000 * n for n, v in enumerate(middle)),
                middle,
                tuple(v + 26_000 * n for n, v in enumerate(middle)),
                tuple(v - 9_000 * n for n, v in enumerate(middle)),
                tuple(v + 9_000 * n for n, v in enumerate(middle)),
                floor=(1_500_000.0, self.tr("floor")),
            )
        )
        names = [figures.weekday(date(2026, 11, 23 + number)) for number in range(7)]
        hours = [str(hour) for hour in range(8, 23)]
        cells = [[max(5.0, 100 - abs(hour - 15) * 11 - abs(day - 3) * 6) for hour in range(8, 23)] for day in range(7)]
        self._heat.setAccessibleName(self.tr("Busy and quiet"))
        self._heat.set_cells(names, hours, cells)
        items = [
            Multiple(
                str(number),
                f"{self.tr('Store')} {number + 1}",
                tuple(_wave(day + number * 3) for day in range(28)),
                tuple(_wave(day) - 15_000 for day in range(28)),
                tuple(_wave(day) + 15_000 for day in range(28)),
                Decimal(number * 3 - 7) / 100,
                self.tr("no bank file") if number == 5 else "",
                strong=number < 2,
            )
            for number in range(6)
        ]
        self._multiples.setAccessibleName(self.tr("Store"))
        self._multiples.set_items(items)
        first, second = self._empty
        first.set_texts(
            self.tr("No bank statement yet"), self.tr("Drop one and deposits are found"), self.tr("Choose files…")
        )
        second.set_texts(
            self.tr("Nothing to compare with"), self.tr("Without data no comparison"), self.tr("Import data")
        )
        self._progress.follow_words(self.tr("Reconciling"), 3, 5, self.tr("Wallets and payouts"))


class _PairMark(ChangeMark):
    """A change in the colours of one pair, whatever is chosen."""

    def __init__(self, pair: ChangeColours, share: Decimal) -> None:
        self._pair = pair
        super().__init__(share)

    def paintEvent(self, event: object) -> None:
        """Draw with the pair's own colours."""
        theme = Theme.current()
        kept = theme.tokens
        theme.borrow(tokens_for(kept.dark, self._pair))
        super().paintEvent(event)  # type: ignore[arg-type]
        theme.borrow(kept)


def _table_columns() -> tuple[Column, ...]:
    return (
        Column("name", lambda: translate("Store"), lambda row: row[0], Kind.KEY),
        Column("amount", lambda: translate("Takings, yuan"), lambda row: row[1], Kind.MONEY, width=110),
        Column("state", lambda: translate("State of the row"), lambda row: row[2], Kind.MUTED, width=110),
    )
