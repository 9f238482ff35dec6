"""How a command speaks: results to standard output, progress and complaints to standard error."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from chainbrain import texts, written
from chainbrain.commands.upgrading import Upgrading

_SIGNS = str.maketrans("", "", ",.+-%")


class Console:
    """The terminal of one command.

    Attributes:
        upgrading: told how far a book of an older version is brought up to date; for ``Workspace.open``.
    """

    def __init__(self, lang: str, *, quiet: bool = False) -> None:
        self.lang = lang
        self._quiet = quiet or not sys.stderr.isatty()
        self.upgrading = Upgrading(lang, quiet=quiet)
        self._last = 0.0
        self._open_line = False

    def word(self, key: str) -> str:
        """A vocabulary word in the language of this terminal."""
        return texts.word(key, self.lang)

    def say(self, code: str, /, **facts: object) -> None:
        """Print one worded line."""
        self._end_progress()
        print(_one_minus(texts.message(code, self.lang, **facts)))

    def failed(self, sentence: str) -> None:
        """Print one complaint."""
        self._end_progress()
        print(sentence, file=sys.stderr)

    def table(self, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Print columns under a header; numbers to the right, Chinese counted as two cells wide."""
        self._end_progress()
        body = [[_text(cell) for cell in row] for row in rows]
        right = [all(_is_number(row[i]) for row in body if row[i]) and bool(body) for i in range(len(header))]
        widths = [max(_width(line[i]) for line in [list(header), *body]) for i in range(len(header))]
        for line in [list(header), *body]:
            cells = [_pad(cell, widths[i], right=right[i]) for i, cell in enumerate(line)]
            print("  ".join(cells).rstrip())

    def json(self, value: Any) -> None:
        """Print a value as JSON: amounts as text with two decimals (fees with five), days and moments in ISO form."""
        self._end_progress()
        print(json.dumps(plain(value), ensure_ascii=False, indent=1))

    def report(self, done: int, total: int, label: str) -> None:
        """Progress on one line that is written over; nothing when nobody watches."""
        now = time.monotonic()
        if self._quiet or (done < total and now - self._last < 0.1):
            return
        self._last = now
        print(f"\r\x1b[K{self.word(label)} {done}/{total}", end="", file=sys.stderr, flush=True)
        self._open_line = True

    def _end_progress(self) -> None:
        if self._open_line:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._open_line = False


def plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return _amount(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _amount(value: Decimal) -> str:
    rounded = value.quantize(Decimal("0.01"))
    return f"{rounded if rounded == value else value.normalize():f}"


def _one_minus(text: str) -> str:
    """The terminal knows one minus sign, that which can be typed, searched for and put into a spreadsheet."""
    return text.replace(written.MINUS, "-")


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:,.2f}"
    if isinstance(cell, int) and not isinstance(cell, bool):
        return f"{cell:,}"
    return _one_minus(str(cell))


def _is_number(text: str) -> bool:
    # What is not known stands as a dash among figures.
    return text == "—" or text.translate(_SIGNS).isdigit()


def _width(text: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def _pad(text: str, width: int, *, right: bool) -> str:
    fill = " " * (width - _width(text))
    return fill + text if right else text + fill
