"""One parser for amounts, moments, days, rates and switches, as operations on whole columns.

Every function takes a column of cleaned text (``clean``) and returns a typed column; a cell that is not empty but could
not be read becomes null, so that the caller can name it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Final

import polars as pl

from chainbrain.money import parse_yuan

BLANKS: Final = " \t\r\n\v\f\u00a0\u3000\u200b\ufeff"
EMPTY_MARKS: Final = ("", "-", "--", "/", "\\N", "—", "——")
# A date outside these days is a typing error or a spreadsheet's zero, never a receipt.
FIRST_DAY: Final = date(2004, 1, 1)
LAST_DAY: Final = date(2035, 12, 31)

_LONGEST_FIGURE: Final = 20
_CURRENCY: Final = r"^([+-]?)\s*(?:CNY|RMB|¥)?\s*([+-]?[0-9,.]+)\s*(?:元|CNY|RMB)?$"
_GROUPED: Final = r"^[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$"

# What a text must look like, and how it is then read. The guards are stricter than the reader, which takes 2026081.
_CLOCK: Final = r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9]"
_MOMENTS: Final = (
    (rf"^\d{{4}}-\d{{1,2}}-\d{{1,2}} {_CLOCK}:[0-5]\d$", "%Y-%m-%d %H:%M:%S"),
    (rf"^\d{{4}}/\d{{1,2}}/\d{{1,2}} {_CLOCK}:[0-5]\d$", "%Y/%m/%d %H:%M:%S"),
    (rf"^\d{{4}}-\d{{1,2}}-\d{{1,2}} {_CLOCK}$", "%Y-%m-%d %H:%M"),
    (rf"^\d{{4}}/\d{{1,2}}/\d{{1,2}} {_CLOCK}$", "%Y/%m/%d %H:%M"),
    (rf"^\d{{4}}-\d{{2}}-\d{{2}}T{_CLOCK}:[0-5]\d$", "%Y-%m-%dT%H:%M:%S"),
    (rf"^\d{{4}}-\d{{1,2}}-\d{{1,2}} {_CLOCK}:[0-5]\d\.\d{{1,6}}$", "%Y-%m-%d %H:%M:%S%.f"),
    (rf"^\d{{8}} {_CLOCK}:[0-5]\d$", "%Y%m%d %H:%M:%S"),
    (r"^\d{8} (?:[01]\d|2[0-3])[0-5]\d[0-5]\d$", "%Y%m%d %H%M%S"),
    (r"^\d{8}(?:[01]\d|2[0-3])[0-5]\d[0-5]\d$", "%Y%m%d%H%M%S"),
    (rf"^\d{{4}}年\d{{1,2}}月\d{{1,2}}日 {_CLOCK}:[0-5]\d$", "%Y年%m月%d日 %H:%M:%S"),
    (rf"^\d{{4}}年\d{{1,2}}月\d{{1,2}}日 {_CLOCK}$", "%Y年%m月%d日 %H:%M"),
    (r"^\d{4}-\d{2}-\d{2}-(?:[01]\d|2[0-3])\.[0-5]\d\.[0-5]\d(?:\.\d{1,6})?$", "%Y-%m-%d-%H.%M.%S%.f"),
)
_DAYS: Final = (
    (r"^\d{4}-\d{1,2}-\d{1,2}$", "%Y-%m-%d"),
    (r"^\d{4}/\d{1,2}/\d{1,2}$", "%Y/%m/%d"),
    (r"^\d{8}$", "%Y%m%d"),
    (r"^\d{4}年\d{1,2}月\d{1,2}日$", "%Y年%m月%d日"),
    (r"^\d{4}\.\d{1,2}\.\d{1,2}$", "%Y.%m.%d"),
)
_CLOCKS: Final = ((rf"^{_CLOCK}:[0-5]\d$", "%H:%M:%S"), (rf"^{_CLOCK}$", "%H:%M"))
# A day as a spreadsheet counts it (1900 system): whole days since the last of 1899's December days but one.
_SERIAL: Final = r"^[345]\d{4}(?:\.\d+)?$"
_SERIAL_ORIGIN: Final = datetime(1899, 12, 30)

_CELL: Final = pl.col("v")
# ① and ² would become plain digits as well, and 5² is not 52.
_NO_DIGITS: Final = r"\p{No}"
_WIDTH: Final = pl.when(~_CELL.str.contains(_NO_DIGITS)).then(_CELL).str.normalize("NFKC")
# Width, runs of blanks and 日 without a blank behind it do not matter.
_FOLDED: Final = _WIDTH.str.replace_all(r"\s+", " ").str.replace("日([0-9])", "日 ${1}")

Typed = Callable[[pl.Series], pl.Series]


def cleaned(frame: pl.DataFrame) -> pl.DataFrame:
    """Take the dress off all cells: a leading backtick or apostrophe, blanks, ``="…"``; empty marks become null.

    Most columns of most exports wear none, so a look at each comes first.
    """
    if not frame.width:
        return frame
    dressed = [name for name, flag in zip(frame.columns, frame.select(_IS_DRESSED).row(0), strict=True) if flag]
    if dressed:
        bare = frame.select(dressed).select(_BARE)
        if bare.select(pl.any_horizontal(pl.all().str.starts_with('="').any())).item():
            bare = bare.select(_UNWRAPPED)
        frame = frame.with_columns(bare.select(_MARKS_TO_NULL))
    return frame.select(_EMPTY_TO_NULL)


def clean(column: pl.Expr) -> pl.Expr:
    """The same for a single column inside a larger expression."""
    plain = column.str.strip_chars(BLANKS).str.strip_prefix("`").str.strip_prefix("'").str.strip_chars(BLANKS)
    return pl.when(~(plain.is_in(EMPTY_MARKS) | plain.str.starts_with("---"))).then(plain)


_W: Final = r"\s\x{a0}\x{3000}\x{200b}\x{feff}"
_IS_DRESSED: Final = pl.all().str.contains(rf"^(?:[`'={_W}]|-+$|/$|\\N$|—+$)|[{_W}]$").any()
_BARE: Final = pl.all().str.strip_chars(BLANKS).str.strip_prefix("`").str.strip_prefix("'").str.strip_chars(BLANKS)
_UNWRAPPED: Final = (
    pl.when(pl.all().str.starts_with('="')).then(pl.all().str.slice(2).str.strip_suffix('"')).otherwise(pl.all())
)
_MARKS_TO_NULL: Final = pl.when(~(pl.all().is_in(EMPTY_MARKS) | pl.all().str.starts_with("---"))).then(pl.all())
_EMPTY_TO_NULL: Final = pl.when(pl.all() != "").then(pl.all())


def yuan(column: pl.Series, places: int = 2) -> pl.Series:
    """Amounts with at most this many decimals; more decimals are not rounded but unreadable."""
    return _read(column, _yuan_readers(places))


@cache
def _yuan_readers(places: int) -> tuple[pl.Expr, ...]:
    kind = pl.Decimal(18, places)
    fraction = rf"(?:\.[0-9]{{1,{places}}}0*)?" if places else r"(?:\.0+)?"
    pattern = rf"^[+-]?[0-9]{{1,{18 - places}}}{fraction}$"

    def plain(text: pl.Expr) -> pl.Expr:
        return pl.when(text.str.contains(pattern)).then(text.str.strip_prefix("+")).cast(kind, strict=False)

    return plain(_CELL), plain(_undressed())


def _undressed() -> pl.Expr:
    """Plain digits of an amount with full-width characters, a currency mark or thousands commas."""
    width = _WIDTH.str.strip_chars(BLANKS)
    bare = width.str.extract(_CURRENCY, 1) + width.str.extract(_CURRENCY, 2)
    grouped = bare.str.contains(_GROUPED)
    return pl.when(~bare.str.contains(",", literal=True)).then(bare).when(grouped).then(bare.str.replace_all(",", ""))


def fen(column: pl.Series, places: int = 2) -> pl.Series:
    """Amounts printed in fen, as yuan with this many decimals; a fraction that does not fit is unreadable."""
    # A product has no more decimals than its factors, so they are made first.
    whole = yuan(column, places - 2).cast(pl.Decimal(38, places))
    hundredth = pl.lit("0.01").cast(pl.Decimal(18, 2))
    return pl.select((pl.lit(whole) * hundredth).cast(pl.Decimal(18, places))).to_series().alias(column.name)


def whole_fen(column: pl.Series) -> pl.Series:
    """Fen of a file that prints nothing else; a decimal point would leave open which unit was meant."""
    digits = column.str.contains(r"^[+-]?[0-9]{1,16}$").fill_null(value=False)
    return fen(column.zip_with(digits, pl.repeat(None, column.len(), dtype=pl.String, eager=True)))


def figure(text: str, places: int = 2) -> Decimal | None:
    """One amount out of a remark or summary line; ``None`` when it is none, or longer than any sum of money."""
    return parse_yuan(text, places) if 0 < len(text) <= _LONGEST_FIGURE else None


def rates(column: pl.Series) -> pl.Series:
    """Rates as fractions: ``0.38%`` and ``0.0038`` are the same."""
    return _read(column, _rate_readers())


@cache
def _rate_readers() -> tuple[pl.Expr, ...]:
    number = _WIDTH.str.extract(r"^([0-9]{1,3}(?:\.[0-9]{1,6})?)\s*%$", 1)
    # A product of decimals is exact; a division would be rounded by the division's own scale.
    hundredth = pl.lit("0.01").cast(pl.Decimal(18, 2))
    percent = (number.cast(pl.Decimal(18, 6), strict=False) * hundredth).cast(pl.Decimal(9, 6))
    fits = _CELL.str.contains(r"^(?:0?\.[0-9]{1,6}0*|[01](?:\.0*)?)$")
    return percent, pl.when(fits).then(_CELL).cast(pl.Decimal(9, 6), strict=False)


def moments(column: pl.Series) -> pl.Series:
    """Points in time, naive local; a bare day is its midnight. Outside 2004–2035 nothing is plausible."""
    return _read(column, _moment_readers())


@cache
def _moment_readers() -> tuple[pl.Expr, ...]:
    plain = [_by_form(_CELL, *_MOMENTS[0]), *(_by_form(_FOLDED, *form) for form in _MOMENTS)]
    return tuple(
        _plausible(found) for found in (*plain, *(_by_form(_FOLDED, *form) for form in _DAYS), _from_serial(_CELL))
    )


def days(column: pl.Series) -> pl.Series:
    """Days; a moment counts as its day."""
    return _read(column, _day_readers()).dt.date()


@cache
def _day_readers() -> tuple[pl.Expr, ...]:
    first = [_by_form(_CELL, *_DAYS[0]), _by_form(_CELL, *_MOMENTS[0])]
    others = [_by_form(_FOLDED, *form) for form in (*_DAYS, *_MOMENTS)]
    return tuple(_plausible(found) for found in (*first, *others, _from_serial(_CELL)))


def clocks(column: pl.Series) -> pl.Series:
    """Times of day, also as a spreadsheet stores them (1899-12-31 04:00:00); 24:00 is null, see ``is_midnight_end``."""
    return _read(column, _clock_readers())


@cache
def _clock_readers() -> tuple[pl.Expr, ...]:
    plain = _WIDTH.str.strip_prefix("1899-12-31 ")
    return tuple(
        pl.when(plain.str.contains(pattern)).then(plain).str.to_time(form, strict=False) for pattern, form in _CLOCKS
    )


def plain_clock(text: pl.Series) -> pl.Series:
    """``170709`` and ``9.05.01`` as ``17:07:09`` and ``9:05:01``."""
    digits = text.str.replace(r"^(\d{2})(\d{2})(\d{2})$", "${1}:${2}:${3}")
    return digits.str.replace(r"^(\d{1,2})\.(\d{2})\.(\d{2})(?:\.\d+)?$", "${1}:${2}:${3}")


def is_midnight_end(column: pl.Series) -> pl.Series:
    """Whether the cell says the end of the day, 24:00; a spreadsheet stores that as the first of January 1900."""
    return column.str.normalize("NFKC").str.contains(r"^(?:1900-01-01 00:00:00|24:00(?::00)?)$")


def salted(column: pl.Series, salt: bytes) -> pl.Series:
    """SHA-256 of each text with the book's salt: who paid can be counted, not read."""
    words = column.drop_nulls().unique().alias("from")
    sha256 = hashlib.sha256
    hashes = [sha256(salt + word).digest() for word in words.cast(pl.Binary).to_list()]
    table = words.to_frame().with_columns(pl.Series("to", hashes, dtype=pl.Binary).bin.encode("hex"))
    return (
        column.alias("from")
        .to_frame()
        .join(table, on="from", how="left", maintain_order="left")["to"]
        .alias(column.name)
    )


def translated(column: pl.Series, words: Mapping[str, str], default: str | None) -> pl.Series:
    """Each text by a dictionary; null stays null, an unknown text becomes ``default``."""
    table = pl.DataFrame({"from": list(words), "to": list(words.values())}, {"from": pl.String, "to": pl.String})
    joined = column.alias("from").to_frame().join(table, on="from", how="left", maintain_order="left")
    if default is None or joined["to"].null_count() == column.null_count():
        return joined["to"].alias(column.name)
    filled = joined.select(pl.when(pl.col("from").is_not_null()).then(pl.col("to").fill_null(default)))
    return filled.to_series().alias(column.name)


def _by_form(text: pl.Expr, pattern: str, form: str) -> pl.Expr:
    """The cells of this shape as moments; a day as its midnight."""
    fitting = pl.when(text.str.contains(pattern)).then(text)
    if "%H" in form:
        return fitting.str.to_datetime(form, strict=False, time_unit="us")
    return fitting.str.to_date(form, strict=False).cast(pl.Datetime("us"))


def _from_serial(text: pl.Expr) -> pl.Expr:
    number = pl.when(text.str.contains(_SERIAL)).then(text).cast(pl.Float64, strict=False)
    seconds = (number * 86_400).round(0).cast(pl.Int64) * 1_000_000
    return pl.lit(_SERIAL_ORIGIN).cast(pl.Datetime("us")) + seconds.cast(pl.Duration("us"))


def _plausible(found: pl.Expr) -> pl.Expr:
    return pl.when(found.dt.date().is_between(FIRST_DAY, LAST_DAY)).then(found)


def _read(column: pl.Series, readers: Sequence[pl.Expr]) -> pl.Series:
    """The first reader takes the whole column, each further one only the cells that are left."""
    frame = column.to_frame("v")
    found = frame.select(readers[0].alias("o")).to_series()
    missing = found.null_count() - column.null_count()
    if missing:
        left = frame.with_row_index("i").filter(column.is_not_null() & found.is_null())
        for reader in readers[1:]:
            got = left.select("i", reader.alias("o"))
            hits = got.drop_nulls("o")
            if hits.height:
                found = found.scatter(hits["i"], hits["o"].cast(found.dtype))
                left = left.filter(got["o"].is_null())
                if left.is_empty():
                    break
    return found.alias(column.name)
