"""Tables, key figures and sums of the page of components, on made-up figures."""

from decimal import Decimal

from ui.charts.waterfall import Waterfall
from ui.charts.waterfall_steps import WaterfallStep
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.widgets import (
    ArithmeticBlock,
    ArithmeticLine,
    Card,
    CellState,
    CompletenessMatrix,
    DataTable,
    FourStateBar,
    HBox,
    KeyStrip,
    Kpi,
    KpiStrip,
    MatrixRow,
    RangeBar,
    VBox,
    scaled,
)


class Amounts:
    """Put into the column; ``retranslate`` words and fills them."""

    def __init__(self, column: VBox) -> None:
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
        column.addLayout(row)
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
        column.add(self._bar)
        column.addLayout(row)
        column.add(self._keys)

    def retranslate(self) -> None:
        """Set every text."""
        name = translate("Store")
        states = (translate("usual"), translate("hover"), translate("chosen"), translate("usual"), translate("usual"))
        amounts = ("348011.91", "300173.65", "369339.11", "302209.58", "272776.69")
        rows: list[tuple[str, Decimal, str] | None] = [
            (f"{name} {number + 1}", Decimal(amount), state)
            for number, (amount, state) in enumerate(zip(amounts, states, strict=True))
        ]
        rows.append(None)
        rows.append((translate("Refunds"), Decimal("-1812.03"), translate("negative")))
        self._model.set_rows(rows)
        self._table.setAccessibleName(name)
        self._table.select_number(2)
        self._table.show_hovered(1)
        comparison = translate("to comparable days")
        self._kpi.set_items(
            (Kpi("day", translate("Takings yesterday"), "\u00a5297,054.79", Decimal("0.024"), comparison),)
        )
        self._waterfall.set_steps(
            (
                WaterfallStep("a", translate("Before"), Decimal(6_660_600), kind="base"),
                WaterfallStep("b", translate("Orders"), Decimal(168_200)),
                WaterfallStep("c", translate("Mix"), Decimal(-83_700)),
                WaterfallStep("d", translate("Price"), Decimal(-41_000)),
                WaterfallStep("e", translate("Now"), Decimal(6_704_100), kind="result"),
            )
        )
        self._bar.set_counts(1184, 41, 77, 6, total=1308)
        self._sum.set_lines(
            (
                ArithmeticLine(translate("WeChat, 2,914 payments"), Decimal("48620.00")),
                ArithmeticLine(translate("less 13 refunds"), Decimal("-326.50")),
                ArithmeticLine(translate("less fee 0.38%"), Decimal("-183.52")),
                ArithmeticLine(translate("To arrive"), Decimal("48109.98"), result=True),
                ArithmeticLine(translate("Bank"), Decimal("48109.98")),
                ArithmeticLine(translate("Still missing"), Decimal("0.00"), result=True, state="matched"),
            ),
            translate("Merchant number and account agree; no second combination fits among 1,308 rows."),
        )
        full, gone = CellState.FULL, CellState.MISSING
        names = (translate("WeChat"), translate("Alipay"), translate("Bank"))
        cells = (
            (*[full] * 13, CellState.NEW),
            (*[full] * 6, CellState.PART, *[full] * 5, gone, CellState.PART_NEW),
            (*([full] * 5 + [CellState.CLOSED] * 2) * 2,),
        )
        columns = tuple(str(day) if day in {1, 7, 14} else "" for day in range(1, 15))
        self._matrix.set_rows(columns, [MatrixRow(name, row) for name, row in zip(names, cells, strict=True)])
        self._keys.set_keys(
            (
                ("\u2191 \u2193", translate("move")),
                ("\u21b5", translate("accept")),
                (translate("Space"), translate("tick")),
                ("S", translate("split")),
                ("U", translate("undo")),
                ("/", translate("search")),
                ("Ctrl \u21b5", translate("accept the 14 proven ones")),
            )
        )


def _table_columns() -> tuple[Column, ...]:
    return (
        Column("name", lambda: translate("Store"), lambda row: row[0], Kind.KEY),
        Column("amount", lambda: translate("Takings, yuan"), lambda row: row[1], Kind.MONEY, width=110),
        Column("state", lambda: translate("State of the row"), lambda row: row[2], Kind.MUTED, width=110),
    )
