"""Text files: encodings, quotes, field counts, physical lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import Read

ReadOne = Callable[..., Read]
HEADER = "订单号,门店编号,营业日期,下单时间,订单渠道,应收金额,优惠金额,实收金额,订单状态"
ROW = "A{n},1001,2026-03-01,2026-03-01 12:00:01,堂食,20.00,2.00,18.00,已完成"


def _table(*rows: str, header: str = HEADER, end: str = "\n") -> str:
    return end.join([header, *rows]) + end


@pytest.mark.parametrize(("encoding", "named"), [
    ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-16", "utf-16-le"),
])  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_ends_of_line(read: ReadOne, encoding: str, named: str, end: str) -> None:
    found = read(_table(ROW.format(n=1), ROW.format(n=2), end=end).encode(encoding))
    assert found.reading.encoding == named
    assert found.frames["orders"]["line"].to_list() == [2, 3]


def test_a_nul_byte_is_refused_with_its_place(read: ReadOne) -> None:
    data = _table(ROW.format(n=1), ROW.format(n=2)).encode()
    at = data.rindex(b"A2")
    reading = read(data[:at] + b"\0" + data[at:]).reading
    assert (reading.outcome, reading.code) == ("refused", "import.nul_byte")
    assert reading.facts == {"line": "3", "byte": str(at + 1)}


def test_a_bad_byte_is_refused_with_its_place(read: ReadOne) -> None:
    data = _table(ROW.format(n=1), ROW.format(n=2)).encode()
    at = data.rindex("堂".encode())
    reading = read(data[:at] + b"\xff" + data[at:]).reading
    assert (reading.outcome, reading.code) == ("refused", "import.bad_encoding")
    assert reading.facts == {"line": "3", "byte": str(at + 1), "encoding": "utf-8"}


def test_bad_gb18030_is_refused_with_its_place(read: ReadOne) -> None:
    data = _table(ROW.format(n=1)).encode("gb18030")
    reading = read(data + b"\xff\xff").reading
    assert (reading.code, reading.facts["line"], reading.facts["byte"]) == (
        "import.bad_encoding",
        "3",
        str(len(data) + 1),
    )


def test_characters_lost_by_somebody_else_are_refused(read: ReadOne) -> None:
    reading = read(_table(ROW.format(n=1)).replace("堂食", "\ufffd\ufffd")).reading
    assert (reading.code, reading.facts) == ("import.lost_characters", {"line": "2", "count": "2"})


def test_quoted_cells_keep_commas_and_line_ends(read: ReadOne) -> None:
    rows = ['A1,1001,2026-03-01,,"扫码,\n""点""餐",20,2,18,已完成', ROW.format(n=2)]
    found = read(_table(*rows))
    assert found.frames["orders"]["line"].to_list() == [2, 4]
    assert found.reading.row_count == 2


def test_a_quote_that_never_closes_is_refused(read: ReadOne) -> None:
    reading = read(_table(ROW.format(n=1), 'A2,1001,"2026-03-01,,,,,18,已完成', ROW.format(n=3))).reading
    assert (reading.code, reading.facts["line"]) == ("import.open_quote", "3")


@pytest.mark.parametrize(
    "row", ["A2,1001,2026-03-01", ROW.format(n=2) + ",多一列", 'A2,1001,2026-03-01,,"堂"食,20,2,18,已完成']
)
def test_rows_with_another_field_count_are_named(read: ReadOne, row: str) -> None:
    found = read(_table(ROW.format(n=1), row, ROW.format(n=3)))
    assert [(problem.line, problem.code) for problem in found.reading.problems] == [(3, "field_count")]
    assert found.frames["orders"]["order_no"].to_list() == ["A1", "A3"]
    assert found.reading.row_count == 3


def test_a_trailing_comma_in_the_header_is_no_column(read: ReadOne) -> None:
    found = read(_table(ROW.format(n=1), ROW.format(n=2) + ",", header=HEADER + ","))
    assert found.frames["orders"].height == 2


def test_lines_that_all_end_with_a_comma(read: ReadOne) -> None:
    assert read(_table(ROW.format(n=1) + ",", ROW.format(n=2) + ",")).frames["orders"].height == 2


def test_too_many_columns(read: ReadOne) -> None:
    reading = read(",".join(f"c{number}" for number in range(600)) + "\n").reading
    assert (reading.code, reading.facts["columns"]) == ("import.too_many_columns", "600")


def test_more_columns_than_allowed_in_a_known_table(read: ReadOne) -> None:
    surplus = ",".join(f"c{number}" for number in range(600))
    assert read(_table(f"{ROW},{surplus}", header=f"{HEADER},{surplus}")).reading.code == "import.too_many_columns"


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n \n", b"\0\0\0\0"])
def test_an_empty_file(read: ReadOne, data: bytes) -> None:
    assert read(data).reading.code == "import.empty"


def test_a_header_without_rows_is_read(read: ReadOne) -> None:
    reading = read(HEADER + "\n").reading
    assert (reading.outcome, reading.row_count, reading.staged) == ("read", 0, {})


def test_a_header_below_a_preamble(read: ReadOne) -> None:
    found = read("某某餐饮\n导出时间,2026-03-02\n\n" + _table(ROW.format(n=1)))
    assert found.frames["orders"]["line"].to_list() == [5]


def test_an_unknown_table_shows_its_header(read: ReadOne) -> None:
    reading = read("甲,乙,丙\n1,2,3\n").reading
    assert (reading.outcome, reading.code, reading.headers) == ("unknown", "import.unknown_format", ("甲", "乙", "丙"))


def test_two_formats_at_once_are_not_decided(read: ReadOne) -> None:
    both = "订单号,门店编号,营业日期,实收金额,支付方式,支付金额\nA1,1001,2026-03-01,18.00,微信,18.00\n"
    reading = read(both).reading
    assert (reading.outcome, reading.candidates) == ("ambiguous", ("chainbrain-orders", "chainbrain-tenders"))


def test_too_many_broken_rows_refuse_the_file(read: ReadOne) -> None:
    reading = read(_table(*("x" for _ in range(5_001)))).reading
    assert (reading.code, reading.facts["broken"]) == ("import.too_many_broken", "5001")
    assert 0 < len(reading.problems) < 100


def test_names_are_compared_folded(read: ReadOne) -> None:
    header = (
        HEADER.replace("订单号", "`订单号 ")
        .replace("实收金额", "实收金额[ Amount ]")
        .replace("门店编号", "门 店 编 号")
    )
    assert read(_table(ROW.format(n=1), header=header)).frames["orders"].height == 1
