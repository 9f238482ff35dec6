"""One bad input and what is expected of it; small builders for the tables that most of them are made from."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import openpyxl

ORDERS = "订单号,门店编号,营业日期,下单时间,实收金额,备注"
TENDERS = "订单号,门店编号,支付方式,支付金额,支付时间,流水号"
CASH = "门店编号,营业日期,实点"
Row = tuple[int, str, str]


@dataclass(frozen=True)
class Case:
    """A file and what the plan has to say about it.

    Attributes:
        name: what is wrong with it; also the start of its file name.
        content: its bytes, or what makes them.
        outcome: of the one member it has.
        code: why it is not imported.
        rows: line, column and code of each row that is left out.
        good: how many rows are sound.
        amount: the sum of the sound amounts, where the point is that it is right.
        members: outcome and code by the name of the member, for archives.
        suffix: end of its file name.
        facts: what the words of the code have to mention.
    """

    name: str
    content: bytes | str | Callable[[], bytes]
    outcome: str = "refused"
    code: str | None = None
    rows: Sequence[Row] = ()
    good: int = 0
    amount: Decimal | None = None
    members: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    suffix: str = ".csv"
    facts: Mapping[str, str] = field(default_factory=dict)

    def data(self) -> bytes:
        """The bytes of the file."""
        made = self.content() if callable(self.content) else self.content
        return made.encode() if isinstance(made, str) else made


def order(number: str, amount: str = "18.00", moment: str = "2026-03-01 12:00:00") -> str:
    """A row of the table of orders."""
    return f"{number},1001,2026-03-01,{moment},{amount},已完成"


def orders(key: str, *rows: str, header: str = ORDERS, end: str = "\n") -> str:
    """A table of orders whose first and last rows are sound; the others stand between, from line 3 on."""
    return end.join([header, order(f"{key}-1"), *rows, order(f"{key}-9")]) + end


def workbook(*rows: Sequence[object], **others: Sequence[Sequence[object]]) -> bytes:
    """A workbook of text, number and moment cells."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    for name, content in others.items():
        extra = book.create_sheet(name)
        for row in content:
            extra.append(row)
    book.save(out)
    return out.getvalue()


def with_part(xlsx: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts changed."""
    source, out = zipfile.ZipFile(io.BytesIO(xlsx)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            data = source.read(part)
            archive.writestr(part, change(data) if part == name else data)
    return out.getvalue()


def zipped(**members: bytes | str) -> bytes:
    """A zip; ``__`` in a name stands for the dot."""
    return zipped_as({name.replace("__", "."): data for name, data in members.items()})


def zipped_as(members: Mapping[str, bytes | str]) -> bytes:
    """A zip with members of any name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()
