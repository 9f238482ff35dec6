"""Text tables without a header: known by the shape of their cells, cut by delimiter or by bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import pytest

from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.files.textfile import DELIMITERS, TextFile
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.limits import Limits
from chainbrain.importers.tables import cut
from chainbrain.importers.tables.detect import Finder, Hit
from chainbrain.importers.tables.layout import Bare, Dialect, Layout
from chainbrain.importers.tables.table import Table

COLUMNS = ("商户号", "门店", "日期", "金额")
SHAPES = {"商户号": r"\d{6}", "日期": r"\d{8}", "金额": r"-?\d+\.\d\d"}
FREE = Dialect(quoted=False)


class _Bare(Importer):
    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        raise NotImplementedError


class Delimited(_Bare):
    format = "delimited"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(None, ("商户号", "金额"), COLUMNS, dialect=FREE, bare=Bare(SHAPES, spare=2)),
    )


class Twin(_Bare):
    format = "twin"
    layouts: ClassVar[tuple[Layout, ...]] = (Layout(None, ("商户号",), COLUMNS, dialect=FREE, bare=Bare(SHAPES)),)


class Fixed(_Bare):
    format = "fixed"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(None, ("商户号", "保留"), (*COLUMNS, "保留"), bare=Bare(SHAPES, widths=(6, 10, 8, 9, 4))),
    )


def _text(data: bytes) -> TextFile:
    return TextFile(lambda: io.BytesIO(data), Path(), 1 << 20)


def _hits(text: TextFile, *formats: Importer) -> list[Hit]:
    previews = {delimiter: text.preview(delimiter) for delimiter in DELIMITERS}
    return Finder(formats).find_bare(previews, text.head.head(40))


def _table(data: str | bytes, *formats: Importer) -> Table:
    text = _text(data.encode() if isinstance(data, str) else data)
    hits = _hits(text, *formats)
    assert len(hits) == 1
    return cut.from_text(text, hits[0], Limits())


def _row(number: int, store: str = "南山店", day: str = "20260301", amount: str = "18.00") -> str:
    return "|".join((f"10000{number}", store, day, amount))


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_rows_are_known_by_their_shape(delimiter: str) -> None:
    table = _table("\n".join(_row(n) for n in (1, 2)).replace("|", delimiter), Delimited())
    assert table.frame["商户号"].to_list() == ["100001", "100002"]
    assert table.frame["__line"].to_list() == [1, 2]
    assert (table.header, table.header_line, table.preamble) == (COLUMNS, 0, ())


def test_a_cut_line_is_one_broken_row() -> None:
    table = _table("\n".join([_row(1)[:12], _row(2), _row(3), _row(4) + "|||多"]), Delimited())
    assert table.frame["商户号"].to_list() == ["100002", "100003"]
    assert [(problem.line, problem.code) for problem in table.misshapen] == [(1, "field_count"), (4, "field_count")]


@pytest.mark.parametrize("row", [_row(1, amount="18"), _row(1, day="2026-3-1"), _row(1) + "|a|b|c", "100001|南山店"])
def test_rows_of_another_shape_are_not_it(row: str) -> None:
    assert _hits(_text(f"{row}\n{row}\n".encode()), Delimited()) == []


def test_further_fields_and_a_last_delimiter_are_understood() -> None:
    assert _table("\n".join(_row(n) + "|x|y" for n in (1, 2)), Delimited()).frame.height == 2
    assert _table("\n".join(_row(n) + "|" for n in (1, 2)), Twin()).frame.height == 2


def test_two_formats_of_one_shape_are_both_named() -> None:
    hits = _hits(_text(_row(1).encode()), Delimited(), Twin())
    assert [hit.name for hit in hits] == ["delimited", "twin"]


def test_half_of_the_first_lines_must_have_the_shape() -> None:
    lines = [_row(1), "合计", _row(2), "小计", "总计"]
    assert _hits(_text("\n".join(lines).encode()), Delimited()) == []
    assert len(_hits(_text("\n".join(lines[:4]).encode()), Delimited())) == 1


def test_an_empty_text_is_nothing() -> None:
    assert _hits(_text(b"\n\n"), Delimited(), Fixed()) == []


def _fixed(store: str, amount: str = "000018.00", reserve: str = "    ") -> bytes:
    name = store.encode("gb18030").ljust(10)
    return b" ".join((b"100001", name, b"20260301", amount.encode(), reserve.encode()))


@pytest.mark.parametrize("store", ["Nanshan", "南山店", "㐂山店", "𠮷店"])
def test_widths_count_the_bytes_of_gb18030(store: str) -> None:
    # The last two names have characters of four bytes.
    lines = [_fixed("北京路店"), _fixed(store), _fixed("三")]
    for data in (b"\r\n".join(lines), b"\n".join(lines).decode("gb18030").encode()):
        table = _table(data, Fixed())
        assert table.misshapen == ()
        assert table.frame["门店"].str.strip_chars().to_list() == ["北京路店", store, "三"]
        assert table.frame["金额"].to_list() == ["000018.00"] * 3


def test_a_line_of_another_length_is_broken() -> None:
    good = _fixed("南山店")
    lines = [good, good[:-2], good[:-12], good + b" ", good.replace(b" 2026", b"x2026"), good, good, good, good, good]
    table = _table(b"\n".join(lines), Fixed())
    assert [problem.line for problem in table.misshapen] == [2, 3, 4, 5]
    assert table.frame.height == 6


def test_blanks_taken_from_the_end_of_a_line_do_not_matter() -> None:
    table = _table(b"\n".join(_fixed("南山店").rstrip() for _ in range(3)), Fixed())
    assert (table.frame.height, table.misshapen) == (3, ())
