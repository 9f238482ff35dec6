"""A recognised table: cells under canonical names, the line of each row, typed columns and their faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import polars as pl

from chainbrain.importers.files.workbook_faults import ERRORS
from chainbrain.importers.plan import RowProblem
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.sayings import Sayings
from chainbrain.importers.tables.verdicts import Verdicts

LINE: Final = "__line"
# What a spreadsheet makes of a long number: the notation with E+, or at most 17 digits of it and zeros.
_SCIENTIFIC: Final = r"^\d(?:\.\d+)?[eE]\+?\d{1,3}$"
_SUSPICIOUS: Final = r"^\d(?:\.\d+)?[eE]|0000$"
_LONG: Final = r"^\d{18,}$"
_ZERO_TAIL: Final = r"^\d{13,17}?0{4,}$"
# Words and codes of the yuan, as bills and statements print them.
_YUAN: Final = r"^(?:人民币元?|元|CNY|RMB|本币|156|01|[¥￥])(?:[-—(].*)?$"
_SURE_TAIL: Final = r"0{11}$"
# Running numbers may end in many zeros once; where so many do, it was rounding.
_ROUNDED_SHARE: Final = 0.2


@dataclass
class Table:
    """One table of a file.

    Attributes:
        frame: raw text cells under canonical names, and the line of each row.
        sheet: name of the sheet; ``None`` in text files.
        header: the header as the file prints it.
        header_line: the line of the header (the lower one of two).
        preamble: cells of the rows above the header.
        tail: lines below the data, or comment lines, with their numbers.
        misshapen: rows that do not have the header's number of fields.
        rounded: lines, per column, where the file holds a number that a float could not keep exactly.
        verdicts: what only the whole file can answer, where this table is a piece of it.
    """

    frame: pl.DataFrame
    sheet: str | None
    header: tuple[str, ...]
    header_line: int
    preamble: tuple[tuple[str, ...], ...] = ()
    tail: tuple[tuple[int, str], ...] = ()
    misshapen: tuple[RowProblem, ...] = ()
    rounded: Mapping[str, pl.Series] = field(default_factory=dict)
    verdicts: Verdicts = field(default_factory=Verdicts)

    def has(self, *names: str) -> bool:
        """Whether all these columns are there."""
        return all(name in self.frame.columns for name in names)

    def split_off(self, mask: pl.Expr) -> tuple[Table, pl.DataFrame]:
        """The table without the rows of the mask, and those rows: totals that stand between the data."""
        keep = self.frame.select((~mask).fill_null(True).alias("keep"))["keep"]
        rest = Table(
            self.frame.filter(keep), self.sheet, self.header, self.header_line, self.preamble, self.tail,
            self.misshapen, {name: flags.filter(keep) for name, flags in self.rounded.items()}, self.verdicts,
        )  # fmt: skip
        return rest, self.frame.filter(~keep)


class Cells:
    """Typed columns of one table; remembers the first unreadable cell of every row."""

    def __init__(self, table: Table, names: Sequence[str]) -> None:
        """Take the named columns that are there, undressed; the others read as empty."""
        self.table = table
        there = [name for name in dict.fromkeys(names) if table.has(name)]
        self._plain = parse.cleaned(table.frame.select(there))
        self._height = table.frame.height
        self._faults: list[tuple[str, str, pl.Series]] = []
        self._sayings = Sayings()
        self._closed = False

    @property
    def height(self) -> int:
        """Rows of the table, broken ones included."""
        return self._height

    @property
    def lines(self) -> pl.Series:
        """The line of each row."""
        return self.table.frame[LINE]

    def text(self, name: str, *, required: bool = False) -> pl.Series:
        """Plain text; empty is null."""
        column = self._plain[name] if name in self._plain.columns else self.nothing(pl.String)
        if required:
            if column.null_count():
                self.fault(name, "missing", column.is_null())
            self.fault(name, "cell_error", column.is_in(ERRORS))
        return column

    def identifier(self, name: str, *, required: bool = False) -> pl.Series:
        """An external number as text; one that a spreadsheet has rounded is a fault: it would join with nothing."""
        column = self.text(name, required=required)
        self.says("number", name, required=required)
        if not required:
            self.fault(name, "cell_error", column.is_in(ERRORS))
        if name in self.table.rounded:
            self.fault(name, "id_rounded", self.table.rounded[name])
        if column.str.contains(_SUSPICIOUS).any():
            self.fault(name, "id_rounded", _rounded(column, name, self.table.verdicts))
        elif not self.table.verdicts.alone:
            long = int(column.str.contains(_LONG).sum())
            self.table.verdicts.count(f"rounded {name}", (0, long), _are_running_numbers)
        return column

    def yuan(self, name: str, places: int = 2, *, required: bool = False, empty_is_zero: bool = False) -> pl.Series:
        """Amounts; too many decimals are a fault."""
        self.says("amount", name, required=required)
        return self._typed(name, lambda text: parse.yuan(text, places), "amount", required, empty_is_zero=empty_is_zero)

    def fen(self, name: str, *, required: bool = False, empty_is_zero: bool = False) -> pl.Series:
        """Amounts in whole fen, as yuan."""
        self.says("amount", name, required=required)
        return self._typed(name, parse.whole_fen, "fen", required, empty_is_zero=empty_is_zero)

    def moments(self, name: str, *, required: bool = False) -> pl.Series:
        """Points in time."""
        self.says("moment", name, required=required)
        return self._typed(name, parse.moments, "moment", required)

    def days(self, name: str, *, required: bool = False) -> pl.Series:
        """Days."""
        self.says("moment", name, required=required)
        return self._typed(name, parse.days, "day", required)

    def rates(self, name: str) -> pl.Series:
        """Rates as fractions."""
        return self._typed(name, parse.rates, "rate", required=False)

    def clocks(self, name: str) -> pl.Series:
        """Times of day; 24:00 reads as empty."""
        text = self.text(name)
        ends = parse.is_midnight_end(text).fill_null(False)
        open_text = text.zip_with(~ends, self.nothing(pl.String))
        found = parse.clocks(open_text)
        self.fault(name, "clock", open_text.is_not_null() & found.is_null())
        return found

    def numbers(self, name: str) -> pl.Series:
        """Plain numbers that are not money, such as coordinates."""
        text = self.text(name)
        found = text.zip_with(text.str.contains(r"^-?\d{1,12}(?:\.\d+)?$").fill_null(False), self.nothing(pl.String))
        number = found.cast(pl.Float64, strict=False)
        self.fault(name, "number", text.is_not_null() & number.is_null())
        return number

    def words(
        self, name: str, dictionary: Mapping[str, str], *, required: bool = False, default: str | None = None
    ) -> pl.Series:
        """Codes for words; an unknown word is a fault unless there is a default."""
        text = self.text(name, required=required)
        found = parse.translated(text, dict(dictionary), default)
        if default is None and found.null_count() != text.null_count():
            self.fault(name, "word", text.is_not_null() & found.is_null())
        return found

    def foreign(self, name: str, currency: pl.Series | None = None) -> pl.Series:
        """Rows in other money than yuan, which are faults: they are never added to yuan.

        Args:
            name: the column that says so.
            currency: what it says, where the column holds more than the currency.
        """
        said = (self.text(name) if currency is None else currency).str.normalize("NFKC").str.to_uppercase()
        found = (~said.str.contains(_YUAN)).fill_null(value=False)
        self.fault(name, "currency", found)
        return found

    def says(self, what: str, column: str, *, required: bool = False) -> None:
        """Remember that this column is a row's ``number``, ``moment`` or ``amount``: a broken row is found by it."""
        self._sayings.note(what, column, required=required)

    def fault(self, column: str, code: str, mask: pl.Series) -> None:
        """Mark rows as broken because of this column.

        Raises:
            RuntimeError: the rows were counted before: this one would be neither sound nor listed.
        """
        if self._closed:
            raise RuntimeError(f"{column} is read after the rows were counted")
        mask = mask.fill_null(False)
        if mask.any():
            self._faults.append((column, code, mask))

    def close(self) -> None:
        """From here on the sound rows are used: every column that can be at fault has been read."""
        self._closed = True

    def nothing(self, kind: pl.DataType | type[pl.DataType]) -> pl.Series:
        """A column of nulls."""
        return pl.repeat(None, self._height, dtype=kind, eager=True)

    @property
    def flawless(self) -> bool:
        """Whether no row has a fault."""
        return not self._faults

    def sound(self) -> pl.Series:
        """Which rows have no fault."""
        good = pl.repeat(True, self._height, dtype=pl.Boolean, eager=True)
        for _, _, mask in self._faults:
            good = good & ~mask
        return good

    def problems(self) -> list[RowProblem]:
        """The first fault of every broken row, and the misshapen rows, by line."""
        found: dict[int, RowProblem] = {problem.line: problem for problem in self.table.misshapen}
        for column, code, mask in self._faults:
            values = self.table.frame[column] if self.table.has(column) else self.nothing(pl.String)
            for line, value in zip(self.lines.filter(mask), values.filter(mask), strict=True):
                found.setdefault(
                    line, RowProblem(line, column, (value or "").strip()[:200], code, "broken", self.table.sheet)
                )
        if self._faults:
            broken = ~self.sound()
            said = self._sayings.of(self._plain, broken)
            for line, words in zip(self.lines.filter(broken).head(len(said)), said, strict=True):
                found[line] = replace(found[line], said=words)
        return [found[line] for line in sorted(found)]

    def damaged_ids(self) -> int:
        """How many rows have an identifier that a spreadsheet has rounded."""
        masks = [mask for _, code, mask in self._faults if code == "id_rounded"]
        return sum(any(flags) for flags in zip(*masks, strict=True))

    def _typed(
        self, name: str, read: parse.Typed, code: str, required: bool, *, empty_is_zero: bool = False
    ) -> pl.Series:
        text = self.text(name, required=required)
        found = read(text)
        if found.null_count() != text.null_count():
            self.fault(name, code, text.is_not_null() & found.is_null())
        return found.fill_null(0) if empty_is_zero and found.null_count() else found


def _rounded(column: pl.Series, name: str, verdicts: Verdicts) -> pl.Series:
    damaged = column.str.contains(_SCIENTIFIC)
    long = column.str.contains(_LONG)
    tails = long & column.str.contains(_ZERO_TAIL)
    counts = (int(tails.sum()), int(long.sum()))
    if not counts[0]:
        verdicts.count(f"rounded {name}", counts, _are_running_numbers)
    elif verdicts.ask(f"rounded {name}", counts, _are_running_numbers):
        tails = tails & column.str.contains(_SURE_TAIL)
    return (damaged | tails).fill_null(value=False)


def _are_running_numbers(found: tuple[int, ...]) -> bool:
    tails, long = found
    return tails < _ROUNDED_SHARE * long
