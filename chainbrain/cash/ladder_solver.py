"""Asks HiGHS: rows as they are written down, and one model that goes on from its last solution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Mapping

Floats = npt.NDArray[np.float64]


@dataclass
class Rows:
    """Rows of a linear programme with few entries each, as HiGHS takes them."""

    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(self, low: float, high: float, entries: Mapping[int, float]) -> None:
        """Add a row: the sum of its entries lies from ``low`` to ``high``."""
        self.columns += entries.keys()
        self.values += entries.values()
        self.starts.append(len(self.columns))
        self.low.append(low)
        self.high.append(high)


class Solver:
    """One model that stays with the solver: with other bounds it goes on from where it was."""

    def __init__(self, rows: Rows, gain: Sequence[float]) -> None:
        # What solves is loaded only when something is planned.
        import highspy  # noqa: PLC0415

        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(gain), len(rows.low)
        model.sense_ = highspy.ObjSense.kMaximize
        model.col_cost_, model.col_lower_ = np.asarray(gain), np.zeros(len(gain))
        model.col_upper_ = np.full(len(gain), np.inf)
        model.row_lower_, model.row_upper_ = np.asarray(rows.low), np.asarray(rows.high)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.asarray(rows.starts)
        model.a_matrix_.index_, model.a_matrix_.value_ = np.asarray(rows.columns), np.asarray(rows.values)
        # The class with callbacks prints a line when it is made, which would stand in what is printed for programs.
        module: Any = highspy
        self._highs = module._Highs()
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        self._highs.passModel(model)
        self._optimal = highspy.HighsModelStatus.kOptimal

    def solved(self, start: int, high: Floats) -> tuple[Floats, Floats]:
        """The solution with other upper bounds of some variables in a row, and the prices of these."""
        numbers = np.arange(start, start + len(high), dtype=np.int32)
        self._highs.changeColsBounds(len(numbers), numbers, np.zeros(len(high)), high)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status != self._optimal:
            raise ArithmeticError(f"the programme of idle money ended as {status}")
        found = self._highs.getSolution()
        return np.asarray(found.col_value), np.abs(np.asarray(found.col_dual)[start : start + len(high)])

    def afresh(self) -> None:
        """Forget where the last solution ended."""
        self._highs.clearSolver()
