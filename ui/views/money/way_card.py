"""Money of sales already made: what arrives on which day, what is late, what has no known day; each sum opens."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal

from ui import figures
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.money import words
from ui.widgets import DataTable, Label, TitledCard
from ui.words import enumerated, word

if TYPE_CHECKING:
    from chainbrain.cash.outlook import CashOutlook
    from chainbrain.cash.transit import OnTheWay


_NO_DAY = "—"
_TONES = {"late": "difference", "over": "timing"}


@dataclass(frozen=True)
class _Line:
    order: tuple[int, str, str]
    day: str
    channel: str
    amount: Decimal
    standing: str
    sums: tuple[OnTheWay, ...]


class WayCard(TitledCard):
    """Sums by day and channel, those to be waited for first; ``opened(list, filters, title)`` shows what is in one."""

    opened = Signal(str, object, str)

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._outlook: CashOutlook | None = None
        self._entity: str | None = None
        self._waiting = False
        tone = lambda line: _TONES.get(line.standing.partition("_")[0], "")  # noqa: E731
        self._model = RowsModel(
            [
                Column("day", lambda: self.tr("Expected"), lambda line: line.day, width=88, tone=tone),
                Column("channel", lambda: self.tr("Channel"), lambda line: word(f"channel.{line.channel}"), least=72),
                Column(
                    "standing", lambda: self.tr("Known by"), lambda line: word(f"way_standing.{line.standing}"),
                    least=96, tone=tone, tip=lambda line: word(f"way_standing.{line.standing}"),
                ),
                Column(
                    "amount", lambda: self.tr("In + / out −"), lambda line: line.amount, Kind.MONEY, width=104,
                    text=words.moved,
                ),
            ]
        )  # fmt: skip
        self.table = DataTable(self._model, m.ROW_DENSE, sortable=False, whole_rows=True)
        self._total = Label(role=Role.TITLE, figures=True)
        self.head_right.add(self._total)
        self.add(self.table)
        # Enter names no column; a double click has opened its sum with its first half.
        self.table.cell_opened.connect(lambda row, key: None if key else self._open(row))
        self.table.cell_clicked.connect(lambda row, key: self._open(row) if key == "amount" else None)
        self.retranslate()

    def set_outlook(self, outlook: CashOutlook | None, entity: str | None, *, waiting: bool = False) -> None:
        """Show what is on its way to one entity, or to all; without an outlook, whether one is being worked out."""
        self._outlook, self._entity, self._waiting = outlook, entity, waiting
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("On its way"))
        self.table.setAccessibleName(self.tr("Sums on their way by day"))
        self.table.set_empty_text(self._nothing())
        lines = self._lines()
        self._model.set_rows(lines)
        # The whole sum, as 总览 has it; what nobody can count on is told of it.
        said = ""
        if self._outlook is not None:
            said = figures.money(sum((line.amount for line in lines), Decimal(0)), symbol=True)
        sums = {
            how: sum((one.amount for one in lines if one.standing.partition("_")[0] == how), Decimal(0))
            for how in ("over", "late", "untold")
        }
        parts = {
            how: f"{word(f'way_part.{how}')} {figures.money(amount, symbol=True)}"
            for how, amount in sums.items()
            if amount
        }
        text, whole = self.tr("{amount}, of it {parts}"), said
        # The head has no room for three sums: of days that are over every line says so, and its tip how much it is.
        short = [one for how, one in parts.items() if how != "over"]
        said = text.format(amount=whole, parts=enumerated(short)) if short else whole
        self._total.setToolTip(text.format(amount=whole, parts=enumerated(parts.values())) if parts else "")
        self._total.setText(said)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _nothing(self) -> str:
        """Why there is no line; before the outlook is there nobody knows whether there will be one."""
        if self._outlook is not None:
            return self.tr("Nothing is on its way")
        if self._waiting:
            return self.tr("What is on its way is being worked out…")
        return self.tr("Known once the balance of a bank is")

    def _lines(self) -> list[_Line]:
        if self._outlook is None:
            return []
        sums: dict[tuple[tuple[int, str, str], str, str, str], list[OnTheWay]] = {}
        for one in self._outlook.on_the_way:
            if self._entity is not None and one.entity != self._entity:
                continue
            # Of what has no day the next column says why.
            day = figures.day_and_weekday(one.due_on) if one.due_on else _NO_DAY
            rank = {"late": 1, "untold": 2}.get(one.standing, 0)
            order = rank, one.due_on.isoformat() if one.due_on else "", one.channel
            key = order, day, one.channel, one.told(self._outlook.asked_on)
            sums.setdefault(key, []).append(one)
        return [
            _Line(order, day, channel, sum((one.amount for one in found), Decimal(0)), how, tuple(found))
            for (order, day, channel, how), found in sorted(sums.items(), key=lambda pair: pair[0])
        ]

    def _open(self, row: object) -> None:
        """Open what is in a sum; of a number whose days nobody knows nothing is."""
        held = [name for one in row.sums for name in one.rows] if isinstance(row, _Line) else []
        if isinstance(row, _Line) and held:
            day = row.day if row.day != _NO_DAY else word(f"way_standing.{row.standing}")
            title = " · ".join([self.tr("On its way"), word(f"channel.{row.channel}"), day])
            self.opened.emit("open_at", {"held": held, "after": row.sums[0].after}, title)
