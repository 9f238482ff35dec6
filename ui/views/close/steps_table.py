"""The twelve steps as a table: all rows and their states, what is open, how it stands."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from chainbrain.closing.steps import Board, Step
from ui.models import Column, Kind, RowsModel
from ui.theme.translator import translate
from ui.views.close.words import LOOKS, progress_words
from ui.widgets import DataTable
from ui.words import word

ROW = 27
"""Twelve rows fit beside the rest at 1440 × 900, px at 100 %."""


class StepsTable(DataTable):
    """Shows a ``Board``; ``row_changed`` tells the chosen step."""

    def __init__(self) -> None:
        self._accepted: tuple[str, ...] = ()
        self.rows = RowsModel(
            [
                Column("number", lambda: "", lambda step: step.number, Kind.NUMBER, width=36),
                Column("step", lambda: translate("Step of the close"), _name, Kind.KEY, least=96),
                Column("rows", lambda: translate("All"), _rows, width=84, right=True),
                Column("states", lambda: translate("States"), _states, Kind.STATES, width=104, optional=True),
                Column("found", lambda: translate("Differences"), _found, Kind.NUMBER, width=76),
                Column(
                    "open", lambda: translate("Open amount"), _open, Kind.MONEY, width=96, whole=True,
                    bold=lambda step: bool(step.open_amount),
                ),
                Column("progress", lambda: translate("Progress"), self._progress, Kind.BADGE, width=112),
            ]
        )  # fmt: skip
        super().__init__(self.rows, ROW, sortable=False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_board(self, board: Board | None, chosen: str) -> None:
        """Show another state; the chosen step stays chosen."""
        steps = board.steps if board else ()
        self._accepted = board.month.accepted if board and board.month.closed else ()
        self.rows.set_rows(steps)
        if steps:
            keys = [step.key for step in steps]
            self.select_number(keys.index(chosen) if chosen in keys else 0)

    def _progress(self, step: Step) -> tuple[str, str]:
        if step.key in self._accepted:
            # Signed with a reason is not the same as done.
            return "timing", translate("Accepted with a reason")
        return LOOKS[step.state], progress_words(step)


def _name(step: Step) -> str:
    return word(f"close_step.{step.key}")


def _found(step: Step) -> int | None:
    return step.found or None


def _rows(step: Step) -> str:
    return f"{step.rows:,} {word(f'close_unit.{step.unit}')}" if step.rows else ""


def _states(step: Step) -> Any:
    return (step.matched, step.timing, step.difference, step.excluded) if step.rows else None


def _open(step: Step) -> Any:
    return step.open_amount if step.rows or step.open_count else None
