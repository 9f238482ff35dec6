"""Cuts a recognised table out of its file: lines into rows, sheets into rows, exact field counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import polars as pl

from chainbrain.errors import FileRefused
from chainbrain.importers.files.textfile import Piece, TextFile
from chainbrain.importers.files.workbook import Sheets
from chainbrain.importers.limits import Limits
from chainbrain.importers.plan import RowProblem
from chainbrain.importers.tables import fixed
from chainbrain.importers.tables.detect import NO_HEADER, Hit
from chainbrain.importers.tables.ending import ending_of
from chainbrain.importers.tables.fields import Cutter
from chainbrain.importers.tables.table import LINE, Table
from chainbrain.importers.tables.verdicts import Verdicts

# Bytes; where a quoted cell seems longer, its closing quote is missing.
_LONGEST_RECORD: Final = 32_000_000


def from_text(text: TextFile, hit: Hit, limits: Limits) -> Table:
    """The rows below a header line, or all rows where there is none.

    Raises:
        FileRefused: too many columns, or a quote that never ends.
    """
    (table,) = _Rows(text, hit, limits, Verdicts()).tables([text.whole()])
    return table


def pieces_of(text: TextFile, hit: Hit, limits: Limits, verdicts: Verdicts) -> Iterator[Table]:
    """The same rows as several tables, each of them a piece of the file; at least one.

    Raises:
        FileRefused: too many columns, or a quote that never ends.
    """
    return _Rows(text, hit, limits, verdicts).tables(text.pieces())


class _Rows:
    """The rows of one text table, cut piece by piece; a record that goes on in the next piece waits for it."""

    def __init__(self, text: TextFile, hit: Hit, limits: Limits, verdicts: Verdicts) -> None:
        self._hit = hit
        self._dialect = hit.layout.dialect
        self._delimiter = hit.delimiter or ","
        self._verdicts = verdicts
        self._width = _width(hit, limits)
        self._preamble = tuple(tuple(row) for row in text.preview(self._delimiter)[: max(hit.row, 0)])
        # The header's own line counts from 1, and there is no line 0.
        self._ending = ending_of(text, hit.row + 1, self._dialect)

    def tables(self, pieces: Iterable[Piece]) -> Iterator[Table]:
        """A table per piece that has rows; one without rows when none has."""
        waiting = Piece(1, b"").lines
        some = False
        for piece in pieces:
            if self._ending.line is not None and piece.first >= self._ending.line:
                break
            body = self._ending.data_of(piece, self._hit.row + 1, self._dialect)
            if self._dialect.quoted:
                body, waiting = _whole_records(pl.concat([waiting, body]), self._complete)
            body = self._filled(body)
            if body.height:
                some = True
                yield self._table(body)
        if waiting.height:
            # The record that is open at the end began at the last line on which the count of quotes was even.
            raise FileRefused("import.open_quote", line=waiting["line"][0])
        if not some:
            yield self._table(waiting)

    def _complete(self, text: pl.Series) -> pl.Series:
        """Lines with all their fields, where the dialect understands stray quotes: 12" 显示器 opens no cell."""
        if self._dialect.repair is None:
            return pl.repeat(False, text.len(), dtype=pl.Boolean, eager=True)
        return text.str.count_matches(self._delimiter, literal=True).is_in([self._width - 1, self._width])

    def _filled(self, body: pl.DataFrame) -> pl.DataFrame:
        return body.filter(pl.col("text").str.strip_chars(f"{self._delimiter} \t\r\n\u00a0\u3000") != "")

    def _table(self, body: pl.DataFrame) -> Table:
        hit = self._hit
        bare = hit.layout.bare if hit.row == NO_HEADER else None
        if bare is not None and bare.widths:
            fields = fixed.fields(body["text"], bare.widths, bare.needed(hit.layout.columns))
        else:
            spare = len(hit.header) - self._width
            cutter = Cutter(body["text"], self._delimiter, self._width, spare, self._verdicts)
            fields = cutter.cut(self._dialect)
        whole = fields["whole"]
        bad = body.filter(~whole)
        misshapen = tuple(
            RowProblem(line, "", start, "field_count") for line, start in bad.select("line", self._start()).rows()
        )
        good = fields.drop("whole").filter(whole)
        names = {f"f{number}": name for name, number in hit.fit.places.items()}
        frame = good.select(list(names)).rename(names).with_columns(body["line"].filter(whole).alias(LINE))
        return Table(
            frame, None, hit.header, hit.row + 1, self._preamble, self._ending.tail, misshapen, verdicts=self._verdicts
        )

    def _start(self) -> pl.Expr:
        """What is shown of a line that cannot be cut."""
        text = pl.col("text")
        if self._dialect.opening is not None:
            text = text.str.extract(self._dialect.opening, 1).fill_null("")
        return text.str.slice(0, self._dialect.shown)


def from_sheet(book: Sheets, hit: Hit, limits: Limits) -> Table:
    """The rows of a sheet below its header row, empty rows left out."""
    assert hit.sheet is not None
    _width(hit, limits)
    cells = book.frame(hit.sheet)
    preamble = tuple(tuple(row) for row in book.preview(hit.sheet)[: hit.row])
    places = hit.fit.places
    body = cells.select(
        [pl.col(f"c{number}").alias(name) for name, number in places.items()]
        + [pl.int_range(1, pl.len() + 1).alias(LINE)]
    ).slice(hit.row + 1)
    filled = body.select(
        pl.any_horizontal(pl.col(name).str.strip_chars().fill_null("") != "" for name in places)
    ).to_series()
    rounded = {}
    for name, number in places.items():
        if body[name].str.contains(r"^\d{16,}$|[eE]\+").any():
            flags = book.rounded_numbers(hit.sheet, number).slice(hit.row + 1).filter(filled)
            if flags.any():
                rounded[name] = flags
    return Table(body.filter(filled), hit.sheet, hit.header, hit.row + 1, preamble, rounded=rounded)


def _width(hit: Hit, limits: Limits) -> int:
    width = len(hit.header)
    if width > limits.columns:
        raise FileRefused("import.too_many_columns", columns=width, allowed=limits.columns)
    # A trailing delimiter in the header makes a last column without a name; its rows may or may not have it.
    while width and not hit.header[width - 1].strip():
        width -= 1
    return width


def _whole_records(body: pl.DataFrame, complete: Callable[[pl.Series], pl.Series]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Join physical lines that one quoted cell spans, the record stands on its first line; and what is still open.

    Args:
        body: the lines.
        complete: which lines open nothing, whatever their quotes.

    Raises:
        FileRefused: an open record is longer than any record is.
    """
    nothing = body.clear()
    if not body["text"].str.contains('"', literal=True).any():
        return body, nothing
    quotes = body["text"].str.count_matches('"', literal=True).cast(pl.Int64)
    if (quotes % 2 != 0).any():
        quotes = quotes.zip_with(~complete(body["text"]), quotes * 0)
    after = quotes.cum_sum()
    begins = (after - quotes) % 2 == 0
    waiting = nothing
    if int(after[-1]) % 2:
        last = int(begins.arg_true()[-1])
        waiting, body, begins = body.slice(last), body.head(last), begins.head(last)
        if int(waiting["text"].str.len_bytes().sum()) > _LONGEST_RECORD:
            raise FileRefused("import.open_quote", line=waiting["line"][0])
    if begins.all():
        return body, waiting
    record = begins.cast(pl.Int64).cum_sum().alias("record")
    grouped = body.with_columns(record).group_by("record", maintain_order=True)
    return grouped.agg(pl.col("line").first(), pl.col("text").str.join("\n")).select("line", "text"), waiting
