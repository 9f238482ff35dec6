"""The export folder being written: bytes on disk, and where each record stands in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import polars as pl

from chainbrain.demo.stores import Chain


@dataclass(frozen=True)
class FileFact:
    """What one written table holds: data rows, and the control totals it states (``name=value``)."""

    file: str
    sheet: str
    format: str
    rows: int
    controls: str


@dataclass
class Exports:
    """Writes files under ``root`` and remembers the line of every record for the truth."""

    root: Path
    facts: list[FileFact] = field(default_factory=list)
    places: list[pl.DataFrame] = field(default_factory=list)

    def write(self, file: str, content: bytes) -> None:
        """Write one file; ``file`` is its path below the export folder."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def note(self, file: str, sheet: str, kind: str, rows: int, **controls: object) -> None:
        """Remember what a written table holds."""
        told = ";".join(f"{name}={value}" for name, value in controls.items())
        self.facts.append(FileFact(file, sheet, kind, rows, told))

    def place(self, record: str, ids: pl.Series, file: str, *, line: int, sheet: str = "") -> None:
        """Remember that these records stand on consecutive lines, from ``line`` on."""
        self.places.append(
            pl.DataFrame(
                {
                    "record": pl.repeat(record, len(ids), eager=True),
                    "rid": ids.cast(pl.Int64),
                    "file": pl.repeat(file, len(ids), eager=True),
                    "sheet": pl.repeat(sheet, len(ids), eager=True),
                    "line": pl.int_range(len(ids), eager=True) + line,
                }
            )
        )

    def index(self) -> pl.DataFrame:
        """All places: ``record``, ``rid``, ``file``, ``sheet``, ``line``."""
        return pl.concat(self.places)


def lines(frame: pl.DataFrame, *, before: str = "", separator: str = ",") -> list[str]:
    """The rows of a text table: every value after ``before``, joined by ``separator``; empty values are kept."""
    parts = [pl.concat_str(pl.lit(before), pl.col(name).fill_null("")) for name in frame.columns]
    return frame.select(pl.concat_str(*parts, separator=separator)).to_series().to_list()


def yuan(fen: str | pl.Expr, zeros: int = 0) -> pl.Expr:
    """Fen as yuan with two decimals, and ``zeros`` more after them."""
    value = pl.col(fen) if isinstance(fen, str) else fen
    size = value.abs()
    sign = pl.when(value < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    whole, rest = (size // 100).cast(pl.String), (size % 100).cast(pl.String).str.zfill(2)
    return pl.concat_str(sign, whole, pl.lit("."), rest, pl.lit("0" * zeros))


def plain_yuan(fen: int, zeros: int = 0) -> str:
    """The same for a single figure."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}{'0' * zeros}"


def moment(chain: Chain, seconds: str | pl.Expr, form: str = "%Y-%m-%d %H:%M:%S") -> pl.Expr:
    """Seconds since the window's first midnight as local time."""
    value = pl.col(seconds) if isinstance(seconds, str) else seconds
    start = datetime(chain.start.year, chain.start.month, chain.start.day)
    return (pl.lit(start) + pl.duration(seconds=value)).dt.strftime(form)


def date_text(chain: Chain, days: str | pl.Expr, form: str = "%Y-%m-%d") -> pl.Expr:
    """A day index as a date."""
    value = pl.col(days) if isinstance(days, str) else days
    return (pl.lit(chain.start) + pl.duration(days=value)).dt.strftime(form)


def rate_text(rate: str) -> pl.Expr:
    """Ten-thousandths as per cent: 38 becomes ``0.38%``."""
    return pl.concat_str(yuan(rate), pl.lit("%"))
