"""Cuts the lines of a text table into fields, each by the way that fits it."""

from __future__ import annotations

from typing import Final

import polars as pl

from chainbrain.importers.files.textfile import split_line
from chainbrain.importers.tables.layout import Dialect
from chainbrain.importers.tables.verdicts import Verdicts

# Quoted stretches of a line are replaced by this sign while delimiters are counted; text files hold no NUL.
_QUOTED_CELL: Final = "\x00"
_QUOTED: Final = r'"(?:[^"]|"")*"'


class Cutter:
    """Lines on their way to fields: each way of cutting takes the lines it fits, what is left is misshapen."""

    def __init__(self, lines: pl.Series, delimiter: str, width: int, spare: int, verdicts: Verdicts) -> None:
        """Take the lines of a table, or of a piece of one.

        Args:
            lines: the lines.
            delimiter: what stands between two fields.
            width: fields with a name in the header.
            spare: nameless fields behind them.
            verdicts: what only the whole file can answer.
        """
        self._rest = lines.alias("text").to_frame().with_row_index("i")
        self._delimiter = delimiter
        self._width = width
        self._spare = spare
        self._verdicts = verdicts
        self._names = [f"f{number}" for number in range(width)]
        self._index = self._rest.select("i")
        self._done: list[pl.DataFrame] = []

    def cut(self, dialect: Dialect) -> pl.DataFrame:
        """Fields ``f0``, ``f1`` … in the order of the lines, and ``whole``: whether the line could be cut."""
        if dialect.marked:
            marks = self._text.str.count_matches(f"{self._delimiter}`", literal=True) == self._width - 1
            self._split(self._text.str.starts_with("`") & marks, f"{self._delimiter}`")
        simple = self._fits(self._text, "plain")
        if dialect.quoted:
            simple = simple & ~self._text.str.contains('"', literal=True)
        self._split(simple, self._delimiter)
        if self._rest.height:
            self._split_quoted()
        if self._rest.height and dialect.repair is not None:
            repaired = dialect.repair(self._text, self._width)
            whole = repaired.select(pl.all_horizontal(pl.all().is_not_null())).to_series()
            if whole.any():
                self._settle(whole, repaired.filter(whole))
        return self._result()

    @property
    def _text(self) -> pl.Series:
        return self._rest["text"]

    def _settle(self, mask: pl.Series, fields: pl.DataFrame) -> None:
        """The lines of the mask became these fields."""
        self._done.append(self._rest.filter(mask).select("i").hstack(fields))
        self._rest = self._rest.filter(~mask)

    def _split(self, mask: pl.Series, separator: str) -> None:
        """Cut the lines of the mask at a separator."""
        if not mask.any():
            return
        cut = self._text.filter(mask).str.split_exact(separator, self._width - 1).struct.unnest()
        cut.columns = self._names
        self._settle(mask, cut)

    def _split_quoted(self) -> None:
        quoted = self._text.str.contains('"', literal=True)
        # ="123" is a spreadsheet's way to keep a long number: a quoted cell.
        text = self._text.str.replace_all(f'(^|[{self._delimiter}])="', '${1}"')
        bare = text.str.replace_all(_QUOTED, _QUOTED_CELL)
        loose = bare.str.contains('"', literal=True) | bare.str.contains(
            f"[^{self._delimiter}]{_QUOTED_CELL}|{_QUOTED_CELL}[^{self._delimiter}]"
        )
        fits = quoted & ~loose & self._fits(bare, "quoted")
        if not fits.any():
            return
        try:
            cut = pl.read_csv(
                ("\n".join(text.filter(fits)) + "\n").encode(), has_header=False, separator=self._delimiter,
                quote_char='"', infer_schema=False, empty_string_is_null=False,
            )  # fmt: skip
        except pl.exceptions.ComputeError:
            # One line has its quotes in a way that the reader takes for more cells; each is looked at by itself.
            cells = [split_line(line, self._delimiter) for line in text.filter(fits)]
            widths = range(self._width, self._width + self._spare + 1)
            whole = pl.Series([len(row) in widths for row in cells], dtype=pl.Boolean)
            positions = fits.arg_true().filter(whole)
            kept = [row[: self._width] for row, good in zip(cells, whole, strict=True) if good]
            fits = pl.Series(range(fits.len())).is_in(positions.to_list())
            if not fits.any():
                return
            cut = pl.DataFrame(kept, schema=dict.fromkeys(self._names, pl.String), orient="row")
        if cut.height == int(fits.sum()) and cut.width >= self._width:
            fields = cut.select(cut.columns[: self._width])
            fields.columns = self._names
            self._settle(fits, fields)

    def _fits(self, text: pl.Series, way: str) -> pl.Series:
        """Whether lines have the header's number of fields, or as many more empty ones as it ends with itself.

        Some programs end every data line with a delimiter but not the header; then all lines agree on that.
        """
        found = text.str.count_matches(self._delimiter, literal=True).cast(pl.Int64)
        fits = found == self._width - 1
        if self._spare:
            fits = fits | found.is_between(self._width, self._width - 1 + self._spare)
        elif text.len():
            one_more = (found == self._width) & text.str.ends_with(self._delimiter)
            counts = (int(fits.sum()), int((~one_more).sum()))
            if self._verdicts.ask(f"one more {way}", counts, lambda found: found == (0, 0)):
                fits = one_more
        return fits.fill_null(value=False)

    def _result(self) -> pl.DataFrame:
        if self._rest.is_empty() and len(self._done) == 1:
            return self._done[0].drop("i").with_columns(pl.lit(value=True).alias("whole"))
        empty = pl.DataFrame(schema={"i": pl.UInt32} | dict.fromkeys(self._names, pl.String))
        cut = pl.concat([empty, *self._done]).with_columns(pl.lit(value=True).alias("whole"))
        joined = self._index.join(cut, on="i", how="left", maintain_order="left")
        return joined.drop("i").with_columns(pl.col("whole").fill_null(value=False))
