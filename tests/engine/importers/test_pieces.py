"""A text read piece by piece yields what it yields as a whole, wherever the pieces are cut."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from chainbrain.importers.limits import Limits
from chainbrain.importers.plan import MemberReading

from .conftest import GOLDEN, Read, Reader

ReadOne = Callable[..., Read]
TEXTS = sorted(path for path in GOLDEN.rglob("*") if path.suffix in (".csv", ".txt", ".zip"))
ORDERS = "订单号,门店编号,营业日期,下单时间,订单渠道,应收金额,优惠金额,实收金额,订单状态\n"
ORDER = "A{n},1001,2026-03-0{day},,堂食,20.00,2.00,18.00,已完成\n"


def _said(found: Read) -> tuple[MemberReading, object]:
    kinds = {kind: (frame.schema, frame.rows()) for kind, frame in found.frames.items()}
    return replace(found.reading, staged={}), kinds


def _both(read: ReadOne, data: bytes | str, size: int) -> Read:
    whole, pieces = (read(data, Limits(piece_bytes=bytes_)) for bytes_ in (1 << 30, size))
    assert _said(pieces) == _said(whole)
    return pieces


@pytest.mark.parametrize("size", [1, 100, 700])
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(GOLDEN).as_posix())
def test_every_sample_reads_the_same(path: Path, size: int, read_path: Reader) -> None:
    whole = [_said(found) for found in read_path(path, Limits(piece_bytes=1 << 30))]
    pieces = [_said(found) for found in read_path(path, Limits(piece_bytes=size))]
    assert pieces == whole


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings(read: ReadOne, encoding: str, end: str) -> None:
    text = ORDERS + "".join(ORDER.format(n=n, day=n % 9 + 1) for n in range(60))
    found = _both(read, text.replace("\n", end).encode(encoding), 200)
    assert found.reading.row_count == 60


def test_a_record_over_several_pieces_is_not_cut_apart(read: ReadOne) -> None:
    long = 'A2,1001,2026-03-01,,"扫码,\n' + "很长\n" * 50 + '点""餐",20,2,18,已完成\n'
    found = _both(read, ORDERS + ORDER.format(n=1, day=1) + long + ORDER.format(n=3, day=1), 64)
    assert found.frames["orders"]["line"].to_list() == [2, 3, 55]


def test_a_quote_that_never_closes_is_refused_at_its_line(read: ReadOne) -> None:
    rows = [ORDER.format(n=n, day=1) for n in range(20)]
    rows[7] = 'A7,1001,"2026-03-01,,,,,18,已完成\n'
    found = _both(read, ORDERS + "".join(rows), 150)
    assert (found.reading.code, found.reading.facts["line"]) == ("import.open_quote", "9")


def test_a_delimiter_at_the_end_of_all_lines_is_told_from_one_at_the_end_of_some(read: ReadOne) -> None:
    rows = [ORDER.format(n=n, day=1).replace("\n", ",\n") for n in range(20)]
    assert _both(read, ORDERS + "".join(rows), 150).frames["orders"].height == 20
    found = _both(read, ORDERS + ORDER.format(n=99, day=1) + "".join(rows), 150)
    assert found.reading.row_count == 21
    assert len(found.codes) == 20


def test_a_number_that_ends_in_zeros_by_chance_stays_whole_at_the_end_of_a_file(read: ReadOne) -> None:
    rows = [ORDER.format(n=n, day=1).replace(f"A{n}", f"2026030112345678{n:02}") for n in range(30)]
    chance = ORDER.format(n=0, day=1).replace("A0", "202603011234560000")
    found = _both(read, ORDERS + "".join(rows) + chance, 100)
    assert found.codes == []
    assert found.frames["orders"]["order_no"][-1] == "202603011234560000"


def test_numbers_that_a_spreadsheet_rounded_are_refused_by_all_pieces_together(read: ReadOne) -> None:
    rows = [ORDER.format(n=n, day=1).replace(f"A{n}", f"202603{n:02}000000000000") for n in range(30)]
    assert _both(read, ORDERS + "".join(rows), 100).reading.code == "import.ids_rounded"


def test_days_of_a_store_are_united(read: ReadOne) -> None:
    rows = [ORDER.format(n=n, day=day) for n, day in enumerate([5, 1, 2, 8, 3, 7, 2])]
    found = _both(read, ORDERS + "".join(rows), 60)
    assert [(cover.first_day.day, cover.last_day.day) for cover in found.reading.coverage] == [(1, 3), (5, 5), (7, 8)]


def test_too_many_broken_rows_are_counted_over_all_pieces(read: ReadOne) -> None:
    found = _both(read, ORDERS + "x\n" * 5_001, 900)
    assert (found.reading.code, found.reading.facts["broken"]) == ("import.too_many_broken", "5001")


@pytest.mark.parametrize("bad", [b"\xff", b"\0", "\ufffd".encode()])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_bytes_that_are_no_text_are_named_by_line_and_byte(read: ReadOne, bad: bytes, encoding: str) -> None:
    rows = (ORDERS + "".join(ORDER.format(n=n, day=1) for n in range(40))).encode(encoding).split(b"\n")
    rows[30] += bad
    found = _both(read, b"\n".join(rows), 120)
    assert (found.reading.outcome, found.reading.facts["line"]) == ("refused", "31")


def test_what_looks_like_utf8_until_its_last_line_is_gb18030(read: ReadOne) -> None:
    header = ORDERS.encode("gb18030")
    assert _both(read, header + ORDER.format(n=1, day=1).encode("gb18030"), 40).reading.encoding == "gb18030"
    plain = "\n".join("abc,def" for _ in range(100)).encode() + "\n中文,文\n".encode("gb18030")
    assert _both(read, plain, 40).reading.encoding == "gb18030"


def test_a_balance_that_breaks_between_two_pieces_is_found(read: ReadOne) -> None:
    bill = (GOLDEN / "wechat-merchant-fundflow" / "basic.csv").read_bytes()
    lines = bill.splitlines(keepends=True)
    del lines[2]
    for size in (1, 150, 300, 450):
        found = _both(read, b"".join(lines), size)
        assert found.reading.control_total == "differs"
        assert found.reading.facts["balance_line"]


def test_members_of_an_archive_are_compared_over_all_pieces(tmp_path: Path, read_path: Reader) -> None:
    source = next((GOLDEN / "alipay-merchant-trade").glob("*.zip"))
    path = tmp_path / "copy.zip"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            text = old.read(entry).decode("gb18030")
            new.writestr(entry, text.encode("gb18030"))
    (detail,) = (
        found for found in read_path(path, Limits(piece_bytes=100)) if found.reading.format == "alipay-merchant-trade"
    )
    assert any(total.name.startswith("合计 ") for total in detail.reading.controls)


def test_a_format_that_must_be_read_whole_has_a_limit_of_its_own(read_path: Reader) -> None:
    path = GOLDEN / "bank-corporate" / "icbc_02.csv"
    (found,) = read_path(path, Limits(whole_bytes=50))
    assert (found.reading.code, found.reading.facts["allowed"]) == ("import.too_large", "0")
