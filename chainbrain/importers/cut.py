"""Cuts a recognised table out of its file: lines into fields, sheets into rows, exact field counts."""

from __future__ import annotations

from typing import Final

import polars as pl

from chainbrain.errors import FileRefused
from chainbrain.importers import fixed
from chainbrain.importers.detect import NO_HEADER, Hit
from chainbrain.importers.layout import Dialect
from chainbrain.importers.limits import Limits
from chainbrain.importers.plan import RowProblem
from chainbrain.importers.table import LINE, Table
from chainbrain.importers.textfile import TextFile, split_line
from chainbrain.importers.workbook import Sheets

# Quoted stretches of a line are replaced by this sign while delimiters are counted; text files hold no NUL.
_QUOTED_CELL: Final = "\x00"
_QUOTED: Final = r'"(?:[^"]|"")*"'


def from_text(text: TextFile, hit: Hit, limits: Limits) -> Table:
    """The rows below a header line, or all rows where there is none.

    Raises:
        FileRefused: too many columns, or a quote that never ends.
    """
    dialect = hit.layout.dialect
    delimiter = hit.delimiter or ","
    bare = hit.layout.bare if hit.row == NO_HEADER else None
    width = _width(hit, limits)
    spare = len(hit.header) - width
    preamble = tuple(tuple(row) for row in text.preview(delimiter)[: max(hit.row, 0)])
    body = text.lines.slice(hit.row + 1)
    body, tail = _cut_tail(body, dialect)
    if dialect.quoted and body["text"].str.contains('"', literal=True).any():
        body = _join_records(body)
    body = body.filter(pl.col("text").str.strip_chars(f"{delimiter} \t\r\n\u00a0\u3000") != "")
    if bare is not None and bare.widths:
        fields = fixed.fields(body["text"], bare.widths, bare.needed(hit.layout.columns))
    else:
        fields = _split(body["text"], dialect, delimiter, width, spare)
    whole = fields["whole"]
    bad = body.filter(~whole)
    misshapen = tuple(
        RowProblem(line, "", start, "field_count")
        for line, start in bad.select("line", pl.col("text").str.slice(0, 80)).rows()
    )
    good = fields.drop("whole").filter(whole)
    names = {f"f{number}": name for name, number in hit.fit.places.items()}
    frame = good.select(list(names)).rename(names).with_columns(body["line"].filter(whole).alias(LINE))
    return Table(frame, None, hit.header, hit.row + 1, preamble, tail, misshapen)


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


def _cut_tail(body: pl.DataFrame, dialect: Dialect) -> tuple[pl.DataFrame, tuple[tuple[int, str], ...]]:
    """Split off the summary at the end, and remarks anywhere."""
    tail: list[tuple[int, str]] = []
    if dialect.ends:
        plain = body["text"].str.strip_chars_start("`'\" \t\ufeff")
        is_end = pl.repeat(False, body.height, dtype=pl.Boolean, eager=True)
        for word in dialect.ends:
            is_end = is_end | plain.str.starts_with(word)
        first = is_end.arg_max() if is_end.any() else None
        if first is not None:
            tail.extend(body.slice(first).head(50).rows())
            body = body.head(first)
    if dialect.comment:
        remark = body["text"].str.starts_with(dialect.comment)
        if remark.any():
            tail.extend(body.filter(remark).head(200).rows())
            body = body.filter(~remark)
    return body, tuple(tail)


def _join_records(body: pl.DataFrame) -> pl.DataFrame:
    """Join physical lines that one quoted cell spans; the record stands on its first line."""
    quotes = body["text"].str.count_matches('"', literal=True).cast(pl.Int64)
    after = quotes.cum_sum()
    begins = (after - quotes) % 2 == 0
    if int(after[-1]) % 2:
        # The record that is open at the end began at the last line on which the count was even.
        odd_lines = body["line"].filter(begins)
        raise FileRefused("import.open_quote", line=odd_lines[-1])
    if begins.all():
        return body
    record = begins.cast(pl.Int64).cum_sum().alias("record")
    grouped = body.with_columns(record).group_by("record", maintain_order=True)
    return grouped.agg(pl.col("line").first(), pl.col("text").str.join("\n")).select("line", "text")


class _Cutter:
    """Lines on their way to fields: each way of cutting takes the lines it fits, what is left is misshapen."""

    def __init__(self, lines: pl.Series, width: int) -> None:
        self.rest = lines.alias("text").to_frame().with_row_index("i")
        self.width = width
        self._index = self.rest.select("i")
        self._done: list[pl.DataFrame] = []

    @property
    def text(self) -> pl.Series:
        return self.rest["text"]

    def settle(self, mask: pl.Series, fields: pl.DataFrame) -> None:
        """The lines of the mask became these fields."""
        self._done.append(self.rest.filter(mask).select("i").hstack(fields))
        self.rest = self.rest.filter(~mask)

    def split(self, mask: pl.Series, separator: str) -> None:
        """Cut the lines of the mask at a separator."""
        if not mask.any():
            return
        cut = self.text.filter(mask).str.split_exact(separator, self.width - 1).struct.unnest()
        cut.columns = [f"f{number}" for number in range(self.width)]
        self.settle(mask, cut)

    def result(self) -> pl.DataFrame:
        """Fields ``f0``, ``f1`` … in the order of the lines, and ``whole``: whether the line could be cut."""
        if self.rest.is_empty() and len(self._done) == 1:
            return self._done[0].drop("i").with_columns(pl.lit(value=True).alias("whole"))
        empty = pl.DataFrame(schema={"i": pl.UInt32} | {f"f{number}": pl.String for number in range(self.width)})
        cut = pl.concat([empty, *self._done]).with_columns(pl.lit(value=True).alias("whole"))
        joined = self._index.join(cut, on="i", how="left", maintain_order="left")
        return joined.drop("i").with_columns(pl.col("whole").fill_null(value=False))


def _split(lines: pl.Series, dialect: Dialect, delimiter: str, width: int, spare: int) -> pl.DataFrame:
    cutter = _Cutter(lines, width)
    if dialect.marked:
        marks = cutter.text.str.count_matches(f"{delimiter}`", literal=True) == width - 1
        cutter.split(cutter.text.str.starts_with("`") & marks, f"{delimiter}`")
    simple = _counts(cutter.text, delimiter, width, spare)
    if dialect.quoted:
        simple = simple & ~cutter.text.str.contains('"', literal=True)
    cutter.split(simple, delimiter)
    if cutter.rest.height:
        _split_quoted(cutter, delimiter, spare)
    if cutter.rest.height and dialect.repair is not None:
        repaired = dialect.repair(cutter.text, width)
        whole = repaired.select(pl.all_horizontal(pl.all().is_not_null())).to_series()
        if whole.any():
            cutter.settle(whole, repaired.filter(whole))
    return cutter.result()


def _split_quoted(cutter: _Cutter, delimiter: str, spare: int) -> None:
    quoted = cutter.text.str.contains('"', literal=True)
    bare = cutter.text.str.replace_all(_QUOTED, _QUOTED_CELL)
    loose = bare.str.contains('"', literal=True) | bare.str.contains(
        f"[^{delimiter}]{_QUOTED_CELL}|{_QUOTED_CELL}[^{delimiter}]"
    )
    fits = quoted & ~loose & _counts(bare, delimiter, cutter.width, spare)
    if not fits.any():
        return
    names = [f"f{number}" for number in range(cutter.width)]
    try:
        cut = pl.read_csv(
            ("\n".join(cutter.text.filter(fits)) + "\n").encode(), has_header=False, separator=delimiter,
            quote_char='"', infer_schema=False, empty_string_is_null=False,
        )  # fmt: skip
    except pl.exceptions.ComputeError:
        # One line of them has its quotes in a way that the reader takes for more cells; each is looked at by itself.
        cells = [split_line(line, delimiter) for line in cutter.text.filter(fits)]
        whole = pl.Series(
            [len(row) in range(cutter.width, cutter.width + spare + 1) for row in cells], dtype=pl.Boolean
        )
        positions = fits.arg_true().filter(whole)
        kept = [row[: cutter.width] for row, good in zip(cells, whole, strict=True) if good]
        fits = pl.Series(range(fits.len())).is_in(positions.to_list())
        if not fits.any():
            return
        cut = pl.DataFrame(kept, schema=dict.fromkeys(names, pl.String), orient="row")
    if cut.height == int(fits.sum()) and cut.width >= cutter.width:
        fields = cut.select(cut.columns[: cutter.width])
        fields.columns = names
        cutter.settle(fits, fields)


def _counts(text: pl.Series, delimiter: str, width: int, spare: int) -> pl.Series:
    """Whether lines have the right number of fields: the header's, or so many more empty ones as it ends with itself.

    Some programs end every data line with a delimiter but not the header; then all lines agree on that.
    """
    found = text.str.count_matches(delimiter, literal=True).cast(pl.Int64)
    fits = found == width - 1
    if spare:
        fits = fits | found.is_between(width, width - 1 + spare)
    elif not fits.any() and (found == width).all() and text.str.ends_with(delimiter).all():
        fits = found == width
    return fits.fill_null(value=False)
