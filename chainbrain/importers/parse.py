"""One parser for amounts, moments, days, rates and switches, as operations on whole columns.

Every function takes a column of cleaned text (``clean``) and returns a typed column; a cell that is not empty but could
not be read becomes null, so that the caller can name it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Final

import polars as pl

BLANKS: Final = " \t\r\n\v\f\u00a0\u3000\u200b\ufeff"
EMPTY_MARKS: Final = ("", "-", "--", "/", "\\N", "—", "——")
# A date outside these days is a typing error or a spreadsheet's zero, never a receipt.
FIRST_DAY: Final = date(2004, 1, 1)
LAST_DAY: Final = date(2035, 12, 31)

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

Reader = Callable[[pl.Expr], pl.Expr]
Typed = Callable[[pl.Series], pl.Series]


def clean(column: pl.Expr) -> pl.Expr:
    """Take the dress off a cell: a leading backtick or apostrophe, blanks, ``="…"``; empty marks become null."""
    plain = column.str.strip_chars(BLANKS).str.strip_prefix("`").str.strip_prefix("'").str.strip_chars(BLANKS)
    plain = pl.when(plain.str.starts_with('="')).then(plain.str.slice(2).str.strip_suffix('"')).otherwise(plain)
    return pl.when(~(plain.is_in(EMPTY_MARKS) | plain.str.starts_with("---"))).then(plain)


def yuan(column: pl.Series, places: int = 2) -> pl.Series:
    """Amounts with at most this many decimals; more decimals are not rounded but unreadable."""
    kind = pl.Decimal(18, places)
    pattern = rf"^[+-]?[0-9]{{1,{18 - places}}}(?:\.[0-9]{{1,{places}}}0*)?$"

    def plain(text: pl.Expr) -> pl.Expr:
        return pl.when(text.str.contains(pattern)).then(text.str.strip_prefix("+")).cast(kind, strict=False)

    return _read(column, (plain, lambda text: plain(_undress(text))))


def _undress(text: pl.Expr) -> pl.Expr:
    """Plain digits of an amount with full-width characters, a currency mark or thousands commas."""
    width = text.str.normalize("NFKC").str.strip_chars(BLANKS)
    bare = width.str.extract(_CURRENCY, 1) + width.str.extract(_CURRENCY, 2)
    grouped = bare.str.contains(_GROUPED)
    return pl.when(~bare.str.contains(",", literal=True)).then(bare).when(grouped).then(bare.str.replace_all(",", ""))


def rates(column: pl.Series) -> pl.Series:
    """Rates as fractions: ``0.38%`` and ``0.0038`` are the same."""

    def percent(text: pl.Expr) -> pl.Expr:
        number = text.str.normalize("NFKC").str.extract(r"^([0-9]{1,3}(?:\.[0-9]{1,6})?)\s*%$", 1)
        # Shifting the point is exact: a division of decimals would be rounded by the division's own scale.
        return (number.cast(pl.Decimal(18, 6), strict=False) * pl.lit("0.01").cast(pl.Decimal(18, 2))).cast(
            pl.Decimal(9, 6)
        )

    def fraction(text: pl.Expr) -> pl.Expr:
        fits = text.str.contains(r"^(?:0?\.[0-9]{1,6}0*|[01](?:\.0*)?)$")
        return pl.when(fits).then(text).cast(pl.Decimal(9, 6), strict=False)

    return _read(column, (percent, fraction))


def moments(column: pl.Series) -> pl.Series:
    """Points in time, naive local; a bare day is its midnight. Outside 2004–2035 nothing is plausible."""
    readers: list[Reader] = [_by_form(*_MOMENTS[0], _as_moment)]
    readers += [_by_form(*form, _as_moment, fold=True) for form in _MOMENTS]
    readers += [_by_form(*form, _as_day, fold=True) for form in _DAYS]
    readers.append(_from_serial)
    return _within(_read(column, readers, pl.Datetime("us")))


def days(column: pl.Series) -> pl.Series:
    """Days; a moment counts as its day."""
    readers: list[Reader] = [_by_form(*_DAYS[0], _as_day), _by_form(*_MOMENTS[0], _as_moment)]
    readers += [_by_form(*form, _as_day, fold=True) for form in _DAYS]
    readers += [_by_form(*form, _as_moment, fold=True) for form in _MOMENTS]
    readers.append(_from_serial)
    return _within(_read(column, readers, pl.Datetime("us"))).dt.date()


def clocks(column: pl.Series) -> pl.Series:
    """Times of day, also as a spreadsheet stores them (1899-12-31 04:00:00); 24:00 is null, see ``is_midnight_end``."""

    def time_of(pattern: str, form: str) -> Reader:
        def read(text: pl.Expr) -> pl.Expr:
            plain = text.str.normalize("NFKC").str.strip_prefix("1899-12-31 ").str.strip_prefix("1900-01-00 ")
            return pl.when(plain.str.contains(pattern)).then(plain).str.to_time(form, strict=False)

        return read

    return _read(column, [time_of(*form) for form in _CLOCKS], pl.Time())


def is_midnight_end(column: pl.Series) -> pl.Series:
    """Whether the cell says the end of the day, 24:00; a spreadsheet stores that as the first of January 1900."""
    return column.str.normalize("NFKC").str.contains(r"^(?:1900-01-01 00:00:00|24:00(?::00)?)$")


def salted(column: pl.Series, salt: bytes) -> pl.Series:
    """SHA-256 of each text with the book's salt: who paid can be counted, not read."""
    words = column.drop_nulls().unique()
    hashes = {word: hashlib.sha256(salt + word.encode()).hexdigest() for word in words}
    return translated(column, hashes, None)


def translated(column: pl.Series, words: dict[str, str], default: str | None) -> pl.Series:
    """Each text by a dictionary; null stays null, an unknown text becomes ``default``."""
    table = pl.DataFrame({"from": list(words), "to": list(words.values())}, {"from": pl.String, "to": pl.String})
    joined = column.alias("from").to_frame().join(table, on="from", how="left", maintain_order="left")
    found = joined["to"]
    if default is None:
        return found.alias(column.name)
    filled = joined.select(pl.when(pl.col("from").is_not_null()).then(pl.col("to").fill_null(default)))
    return filled.to_series().alias(column.name)


def _by_form(pattern: str, form: str, reader: Callable[[pl.Expr, str], pl.Expr], *, fold: bool = False) -> Reader:
    def read(text: pl.Expr) -> pl.Expr:
        plain = (
            text.str.normalize("NFKC").str.replace_all(r"\s+", " ").str.replace("日([0-9])", "日 ${1}")
            if fold
            else text
        )
        return reader(pl.when(plain.str.contains(pattern)).then(plain), form)

    return read


def _as_moment(text: pl.Expr, form: str) -> pl.Expr:
    return text.str.to_datetime(form, strict=False, time_unit="us")


def _as_day(text: pl.Expr, form: str) -> pl.Expr:
    return text.str.to_date(form, strict=False).cast(pl.Datetime("us"))


def _from_serial(text: pl.Expr) -> pl.Expr:
    number = pl.when(text.str.contains(_SERIAL)).then(text).cast(pl.Float64, strict=False)
    seconds = (number * 86_400).round(0).cast(pl.Int64) * 1_000_000
    return pl.lit(_SERIAL_ORIGIN).cast(pl.Datetime("us")) + seconds.cast(pl.Duration("us"))


def _within(found: pl.Series) -> pl.Series:
    return (
        found.to_frame("v")
        .select(pl.when(pl.col("v").dt.date().is_between(FIRST_DAY, LAST_DAY)).then(pl.col("v")))
        .to_series()
    )


def _read(column: pl.Series, readers: Iterable[Reader], kind: pl.DataType | None = None) -> pl.Series:
    """The first reader takes the whole column, each further one only the cells that are left."""
    frame = column.to_frame("v").with_row_index("i")
    found: pl.Series | None = None
    left = frame
    for reader in readers:
        if found is not None and left.is_empty():
            break
        got = left.select("i", reader(pl.col("v")).alias("o"))
        if found is None:
            found = got["o"] if kind is None else got["o"].cast(kind)
        else:
            hits = got.drop_nulls("o")
            if hits.height:
                found = found.scatter(hits["i"], hits["o"].cast(found.dtype))
        left = left.filter(pl.col("v").is_not_null() & got["o"].is_null())
    assert found is not None
    return found.alias(column.name)
