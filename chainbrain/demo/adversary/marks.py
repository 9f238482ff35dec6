"""Remembers which oddity touched which record, so that every wrong answer can be traced to its cause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from chainbrain.demo.draws import Ints

MERCHANT, ROW, BATCH, LINE, SALE = "merchant", "payment", "batch", "bank_line", "order"


@dataclass
class Marks:
    """What was made odd: knob, sort of record, and the record's number within the draw."""

    _found: list[tuple[str, str, Ints]] = field(default_factory=list)

    def add(self, knob: str, record: str, numbers: Ints | Iterable[int]) -> None:
        """Note that a knob touched these records."""
        marked = np.asarray(numbers if isinstance(numbers, np.ndarray) else list(numbers), dtype=np.int64)
        if len(marked):
            self._found.append((knob, record, marked))

    def merchants(self, knob: str, numbers: Ints) -> None:
        """Note that a knob touched these merchants' terms."""
        self.add(knob, MERCHANT, numbers)

    def frame(self) -> pl.DataFrame:
        """All marks: ``knob``, ``record``, ``number``."""
        empty = pl.DataFrame(schema={"knob": pl.String, "record": pl.String, "number": pl.Int64})
        parts = [
            pl.DataFrame({"number": numbers}).select(knob=pl.lit(knob), record=pl.lit(record), number=pl.col("number"))
            for knob, record, numbers in self._found
        ]
        return pl.concat([empty, *parts]).unique(maintain_order=True)
