"""Money on its way: channel by channel with the next day, then the roll-forward and its proof; each figure opens."""

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QEvent, Qt, Signal

from chainbrain.analytics.transit import ChannelTransit, RollForward, Transit
from ui import figures
from ui.messages import word
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.parts.on_its_way import figure_title, rows_behind
from ui.views.parts.sum_lines import SumLine, SumLines
from ui.widgets import DataTable, Label, Rule, TitledCard, VBox

_ROW = 28


@dataclass(frozen=True)
class _Line:
    channel: str
    amount: Decimal
    share: float
    due: str
    part: str

    @property
    def late(self) -> bool:
        """Whether nobody is to wait for it any more."""
        return self.part != "coming"


class TransitCard(TitledCard):
    """Shows a ``Transit``; ``opened(list, filters, title)`` when a figure was chosen."""

    opened = Signal(str, object, str)

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._transit: Transit | None = None
        self._in_part = False
        self._total = Label(role=Role.TITLE, figures=True)
        self.head_right.add(self._total)
        tone = lambda row: "difference" if row.late else ""  # noqa: E731
        self._model = RowsModel(
            [
                Column("channel", lambda: self.tr("Channel"), lambda row: word(f"channel.{row.channel}")),
                Column("amount", lambda: self.tr("Amount"), lambda row: row.amount, Kind.MONEY, width=104),
                Column(
                    "share", lambda: self.tr("Share"), lambda row: row.share, Kind.BAR, width=64, optional=True,
                    tone=lambda row: "difference_fill" if row.late else "timing_fill",
                ),
                Column("due", lambda: self.tr("Due"), lambda row: row.due, width=196, tone=tone, right=True),
            ]
        )  # fmt: skip
        self._table = DataTable(self._model, _ROW, sortable=False)
        self._table.horizontalHeader().hide()
        self._table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sum = SumLines()
        below = VBox(margins=(m.GAP - m.GAP_XS, m.GAP_S, m.GAP - m.GAP_XS, m.GAP_M))
        below.add(self._sum)
        self.add(self._table, Rule(), below)
        self._sum.opened.connect(self._open_sum)
        # By Enter; a double click has opened it by its first click already.
        self._table.cell_opened.connect(lambda row, key: None if key else self._activated(row))
        self._table.cell_clicked.connect(lambda row, _key: self._activated(row))
        self.retranslate()

    def set_transit(self, transit: Transit | None, in_part: bool = False) -> None:
        """Show another state, which is the whole chain's even ``in_part``: beside figures of some stores."""
        self._transit, self._in_part = transit, in_part
        self.retranslate()

    @property
    def spoken(self) -> str:
        """The roll-forward and its proof as a screen reader says them."""
        return self._sum.accessibleName()

    def full_height(self) -> float:
        """Return the height at which every line shows, in px at 100 %."""
        return m.CARD_HEAD + _ROW * max(1, len(self._model.rows)) + 20 * 7 + 32

    def retranslate(self) -> None:
        """Set every text."""
        transit = self._transit
        until = figures.day(transit.period.last) if transit is not None else ""
        note = self.tr("to {day}, in wallets and at platforms too").format(day=until) if until else ""
        if note and self._in_part:
            note = self.tr("whole chain, {note}").format(note=note)
        self.set_title(self.tr("Money on its way"), note)
        self._table.setAccessibleName(self.tr("Money on its way by channel"))
        self._table.set_empty_text(self.tr("Nothing is on its way"))
        if transit is None:
            self._total.setText("")
            self._model.set_rows(())
            self._sum.set_lines(())
            return
        self._total.setText(figures.money(transit.total.closing, symbol=True))
        self._model.set_rows(self._lines(transit))
        self._set_sum(transit)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _lines(self, transit: Transit) -> list[_Line]:
        shown = [line for line in transit.channels if line.closing or line.late or line.short]
        top = max((abs(line.roll.closing) for line in shown), default=Decimal(1)) or Decimal(1)
        late = [self._late(line, top) for line in shown if line.late]
        rest = []
        for line in shown:
            if line.short:
                words = self.tr("came short")
                late.append(_Line(line.channel, line.short, float(abs(line.short) / top), words, "short"))
            amount = line.coming
            if amount:
                # The sum may come on several days; this is the first of them.
                day = figures.day_and_weekday(line.due_on) if line.due_on else ""
                due = self.tr("{day} at the earliest").format(day=day) if day else ""
                rest.append(_Line(line.channel, amount, float(abs(amount) / top), due, "coming"))
        return [*late, *rest]

    def _late(self, line: ChannelTransit, top: Decimal) -> _Line:
        days = (self._transit.period.last - line.late_since).days if self._transit and line.late_since else 0
        since = figures.day(line.late_since) if line.late_since else ""
        words = self.tr("first due {day}, %n day(s) late", "", days).format(day=since)
        return _Line(line.channel, line.late, float(abs(line.late) / top), words, "late")

    def _set_sum(self, transit: Transit) -> None:
        roll: RollForward = transit.total
        first, last = figures.day(transit.period.first), figures.day(transit.period.last)
        lines = [
            SumLine("opening", self.tr("Opening {day}").format(day=first), roll.opening),
            SumLine("gross", self.tr("+ electronic receipts"), roll.gross),
            SumLine("refunds", f"{figures.MINUS} " + self.tr("refunds, days of the bills"), roll.refunds),
            SumLine("fees", f"{figures.MINUS} " + self.tr("fees and commission, days of the bills"), roll.fees),
            SumLine("received", f"{figures.MINUS} " + self.tr("arrived"), roll.received),
            SumLine("closing", self.tr("= closing {day}").format(day=last), roll.closing, result=True),
        ]
        if roll.other:
            sign = "+" if roll.other > 0 else figures.MINUS
            lines.insert(4, SumLine("other", f"{sign} " + self.tr("other movements"), abs(roll.other)))
        if transit.proven is None:
            self._sum.set_lines(lines, "neutral", self.tr("cannot be proven without the ledgers"))
        elif transit.proven:
            self._sum.set_lines(lines, "matched", self.tr("equals the rows added up"))
        else:
            off = figures.money(roll.unexplained or Decimal(0))
            self._sum.set_lines(lines, "difference", self.tr("{amount} unexplained").format(amount=off))

    def _activated(self, row: object) -> None:
        if isinstance(row, _Line) and self._transit is not None:
            after = self._transit.period.after
            self.opened.emit("lying_at", {"channel": row.channel, "part": row.part, "after": after}, "")

    def _open_sum(self, key: str) -> None:
        if self._transit is not None:
            period = self._transit.period
            title = f"{self.tr('Money on its way')} · {figure_title(key)}"
            self.opened.emit(*rows_behind(key, period.first, period.after), title)
