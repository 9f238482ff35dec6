"""Web pages and XML spreadsheets that are called workbooks: the same rows as a workbook, or a reason."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import polars as pl
import pytest

from chainbrain.importers.files.markup import Markup
from chainbrain.importers.limits import Limits

from .conftest import Read

ReadOne = Callable[..., Read]
HEAD = "<tr><th>门店编号</th><th>营业日期</th><th>实点</th></tr>"
ROW = "<tr><td>1001</td><td>2026-03-01</td><td>1,500.00</td></tr>"
PAGE = f"<html><head><meta charset={{}}></head><body><table>{HEAD}{ROW}</table></body></html>"
XML = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:html="http://www.w3.org/TR/REC-html40"><Worksheet ss:Name="{name}"><Table>{rows}</Table></Worksheet>
</Workbook>"""


def _cells(text: str, sheet: int = 0, limits: Limits | None = None) -> list[list[str]]:
    tables = Markup.open(text.encode(), limits or Limits())
    return tables.preview(tables.sheets[sheet])


def _cell(value: str, kind: str = "String", **attributes: int) -> str:
    places = "".join(f' ss:{name}="{number}"' for name, number in attributes.items())
    return f'<Cell{places}><Data ss:Type="{kind}">{value}</Data></Cell>'


def _sheet(*rows: str, name: str = "表") -> str:
    return XML.format(name=name, rows="".join(row if row.startswith("<Row") else f"<Row>{row}</Row>" for row in rows))


HEADER = "".join(_cell(name) for name in ("门店编号", "营业日期", "实点"))


@pytest.mark.parametrize(
    ("declared", "encoding", "found"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("gb2312", "gb18030", "gb18030"),
        ("gbk", "utf-8", "utf-8"),
        ("utf-8", "gb18030", "gb18030"),
        ("utf-8", "utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16", "utf-16-le"),
        ("iso-8859-1", "gb18030", "gb18030"),
    ],
)
def test_a_page_in_any_encoding(read: ReadOne, declared: str, encoding: str, found: str) -> None:
    reading = read(PAGE.format(declared).encode(encoding))
    assert (reading.reading.outcome, reading.reading.encoding) == ("read", found)
    assert reading.frames["cash_counts"]["counted"].to_list() == [Decimal("1500.00")]
    assert reading.frames["cash_counts"]["line"].to_list() == [2]


def test_bytes_in_an_encoding_that_could_pass_for_ours(read: ReadOne) -> None:
    assert read(PAGE.format("big5").encode("gb18030")).reading.code == "import.markup_charset"


def test_merged_cells_stand_once() -> None:
    page = (
        "<table><tr><td rowspan=2>A<td colspan=2>B<td>C</tr><tr><td>1<td>2<td>3</tr>"
        "<tr><td rowspan=0>D<td>4</tr><tr><td>5</tr><tr></tr><tr><td colspan=x>6</table>"
    )
    assert _cells(page) == [
        ["A", "B", "", "C"], ["", "1", "2", "3"], ["D", "4"], ["", "5"], [], ["", "6"],
    ]  # fmt: skip


def test_tables_inside_tables_and_what_is_not_shown() -> None:
    page = (
        "<!-- <table><tr><td>no</table> --><title>t</title><table><caption>外层</caption><tr><td>上"
        "<table><tr><td>内<script>x = '</td>'</script><b>层</b>&nbsp;&amp;&#20803;<br>下</td></tr></table>"
        "</td></tr></table>"
    )
    tables = Markup.open(page.encode(), Limits())
    assert tables.sheets == ["#1 外层", "#2"]
    assert tables.preview("#1 外层") == [["上"]]
    assert tables.preview("#2") == [["内层\u00a0&元 下"]]


def test_two_tables_of_a_page_are_two_sheets(read: ReadOne) -> None:
    found = read(f"<table>{HEAD}{ROW}</table><p>注</p><table>{HEAD}{ROW.replace('1001', '1002')}</table>")
    assert found.frames["cash_counts"].select("sheet", "line", "store_code").rows() == [
        ("#1", 2, "1001"), ("#2", 2, "1002"),
    ]  # fmt: skip


def test_a_number_behind_its_format_is_the_number() -> None:
    page = (
        '<table><tr><td x:num="12.345">12.3</td><td x:num>7</td><td x:num="46082">2026-03-01</td>'
        '<td x:num="4.2E+27">4.2E+27</td><td x:num="4.2E+27" style="mso-number-format:\'\\@\'">0042</td></tr></table>'
    )
    tables = Markup.open(page.encode(), Limits())
    assert tables.preview("#1") == [["12.345", "7", "2026-03-01", "42" + "0" * 26, "0042"]]
    flags = [tables.rounded_numbers("#1", column).to_list() for column in range(5)]
    assert flags == [[False], [False], [False], [True], [False]]


def test_an_xml_spreadsheet_with_gaps_merges_and_kinds() -> None:
    rows = (
        _cell("A", MergeAcross=1) + _cell("B", MergeDown=1),
        "<Row ss:Index='4'>" + _cell("x", Index=2) + _cell("y", Index=4) + "</Row>",
        _cell("2026-03-01T09:30:00.000", "DateTime") + _cell("1899-12-31T04:00:00.000", "DateTime")
        + _cell("0.30000000000000004", "Number") + _cell("1", "Boolean") + _cell("#REF!", "Error"),
        _cell("<html:B>粗</html:B>体") + "<Cell><Comment><Data>注</Data></Comment></Cell>" + _cell("末"),
    )  # fmt: skip
    assert _cells(_sheet(*rows)) == [
        ["A", "", "B"], [], [], ["", "x", "", "y"],
        ["2026-03-01 09:30:00", "04:00:00", "0.3", "true", "#REF!"], ["粗体", "", "末"],
    ]  # fmt: skip


def test_an_xml_spreadsheet_is_read_as_its_workbook_would_be(read: ReadOne) -> None:
    row = _cell("1001", "Number") + _cell("2026-03-01T00:00:00.000", "DateTime") + _cell("500.1", "Number")
    found = read(_sheet(HEADER, row))
    assert found.frames["cash_counts"].select("store_code", "counted", "sheet", "line").rows() == [
        ("1001", Decimal("500.10"), "表", 2)
    ]


def test_a_long_number_in_an_xml_spreadsheet_was_rounded() -> None:
    tables = Markup.open(
        _sheet(_cell("4.2000000000000001E+27", "Number"), _cell("4200012345678", "Number")).encode(), Limits()
    )
    assert tables.rounded_numbers("表", 0).to_list() == [True, False]
    assert tables.frame("表")["c0"].to_list() == ["42" + "0" * 14 + "1" + "0" * 11, "4200012345678"]


LAUGHS = "".join(f'<!ENTITY a{number + 1} "{f"&a{number};" * 10}">' for number in range(7))
BOMB = f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_sheet(HEADER).replace("<Workbook", f"{BOMB}<Workbook", 1), "import.markup_entities"),
        (_sheet(HEADER).replace("<Workbook", '<!DOCTYPE x SYSTEM "x.dtd"><Workbook', 1), "import.markup_entities"),
        (_sheet(HEADER).replace("<Workbook", f"{OUTSIDE}<Workbook", 1), "import.markup_entities"),
        (f"{OUTSIDE}<table>{HEAD}{ROW}</table>", "import.markup_entities"),
        (_sheet(HEADER)[:-30], "import.markup_damaged"),
        (_sheet("<Row ss:Index='2'/>", "<Row ss:Index='2'/>"), "import.markup_damaged"),
        (_sheet("<Row ss:Index='0'/>"), "import.markup_damaged"),
        (_sheet(_cell("a", Index=3) + _cell("b", Index=3)), "import.markup_damaged"),
        (_sheet(_cell("a", Index=16384)), "import.too_many_columns"),
        (_sheet("<Row ss:Index='1048576'/>"), "import.sheet_too_long"),
        (_sheet("<Row>" + "<Cell>" * 200 + "</Cell>" * 200 + "</Row>"), "import.markup_too_deep"),
        ("<table><tr><td>" * 60, "import.markup_too_deep"),
        (f"<table>{HEAD}{ROW}", "import.markup_cut_off"),
        (f"<table>{HEAD}<tr><td colspan=9999>x</table>", "import.too_many_columns"),
        ("<html><body><form>登录已过期</form></body></html>", "import.markup_no_table"),
        ("<table><tr><td> </td></tr></table>", "import.markup_no_table"),
        ('<?xml version="1.0"?><data><row>1</row></data>', "import.markup_no_table"),
        ("\n" * 5_000 + f"<div><table>{HEAD}{ROW}</table></div>", None),
    ],
)  # fmt: skip
def test_what_is_refused(read: ReadOne, data: str, code: str | None) -> None:
    assert read(data).reading.code == code


def test_marked_sections(read: ReadOne) -> None:
    kept = "<![if !supportMisalignedColumns]><![endif]>"
    assert read(f"<table>{HEAD}{ROW}{kept}</table>").reading.outcome == "read"
    # Whether the parser forgives this depends on its version; the row is never lost in silence.
    assert read(f"<table>{HEAD}{ROW}</table><![foo[x]]>").reading.code in (None, "import.markup_damaged")


def test_too_many_cells(read: ReadOne) -> None:
    assert read(f"<table>{HEAD}{ROW * 50}</table>", Limits(cells=100)).reading.code == "import.too_many_cells"


def test_depth_costs_nothing(read: ReadOne) -> None:
    deep = "<div>" * 200_000 + f"<table>{HEAD}{ROW}</table>"
    assert read(deep).reading.outcome == "read"


def test_frames_are_text_and_rectangular() -> None:
    tables = Markup.open(b"<table><tr><td>1<tr><td>1<td>2</table>", Limits())
    assert tables.frame("#1").rows() == [("1", None), ("1", "2")]
    assert set(tables.frame("#1").dtypes) == {pl.String}
