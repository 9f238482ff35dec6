"""Web pages and XML spreadsheets: entities, depth, gaps, cut ends, pages that hold no bill."""

from __future__ import annotations

from .case import ORDERS, Case, order

_HEAD = "".join(f"<th>{name}</th>" for name in ORDERS.split(","))


def _row(key: str, **cells: str) -> str:
    row = "".join(f"<td>{cell}</td>" for cell in order(key, **cells).split(","))
    return f"<tr>{row}</tr>"


def _page(key: str, more: str = "", before: str = "<html>", after: str = "</table></html>") -> str:
    return f"{before}<table><tr>{_HEAD}</tr>{_row(f'{key}-1')}{more}{_row(f'{key}-9')}{after}"


def _sheet(key: str, more: str = "", before: str = "", after: str = "</Table></Worksheet></Workbook>") -> str:
    def cells(words: str) -> str:
        return "".join(f'<Cell><Data ss:Type="String">{word}</Data></Cell>' for word in words.split(","))

    return (
        f'<?xml version="1.0"?>{before}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="账单"><Table>'
        f"<Row>{cells(ORDERS)}</Row><Row>{cells(order(f'{key}-1'))}</Row>{more}{after}"
    )


_LAUGHS = "".join(f'<!ENTITY a{number + 1} "{f"&a{number};" * 10}">' for number in range(9))
_BLOW_UP = f'<!DOCTYPE x [<!ENTITY a "{"x" * 100_000}">]>'

CASES = tuple(
    Case(name, content, *more, **named, suffix=".xls")  # type: ignore[arg-type]
    for name, content, more, named in (
        ("a page called xls", _page("h1"), ("imported",), {"good": 2}),
        ("a page in gb2312", _page("h2", before="<meta charset=gb2312>").encode("gb18030"), ("imported",), {"good": 2}),
        ("a page that says it is big5", _page("h3", before="<meta charset=big5>").encode("gb18030"), ("refused", "import.markup_charset"), {"facts": {"charset": "big5"}}),
        ("a page cut in a character", _page("h4").encode()[:-160], ("refused", "import.markup_cut_off"), {}),
        ("a page cut in the middle", _page("h5")[: len(_page("h5")) // 2], ("refused", "import.markup_cut_off"), {}),
        ("a page cut at its end", _page("h6", after=""), ("refused", "import.markup_cut_off"), {}),
        ("a page that says the login is over", "<html><body><p>登录超时，请重新登录</p></body></html>", ("refused", "import.markup_no_table"), {}),
        ("a page that sends elsewhere", "<html><head><meta http-equiv=refresh content='0;url=x'></head></html>", ("refused", "import.markup_no_table"), {}),
        ("a page with an empty table", "<table><tr><td></td></tr></table>", ("refused", "import.markup_no_table"), {}),
        ("a page with another table", "<table><tr><td>天气</td><td>晴</td></tr></table>", ("needs_mapping", "import.unknown_format"), {}),
        ("a page with its header in a table of its own", f"<table><tr>{_HEAD}</tr></table><table>{_row('h16-1')}</table>", ("refused", "import.markup_parted"), {}),
        ("a page with its header and no rows", f"<table><tr>{_HEAD}</tr></table>", ("imported",), {}),
        ("a page with an amount that is none", _page("h7", _row("h7-2", amount="18.oo")), ("imported",), {"good": 2, "rows": ((3, "实收金额", "amount"),)}),
        ("a page with a row that spans", _page("h8", "<tr><td colspan=6>说明</td></tr>"), ("imported",), {"good": 2, "rows": ((3, "门店编号", "missing"),)}),
        ("a page with cells that span a thousand columns", _page("h9", "<tr><td colspan=1000>x</td></tr>"), ("refused", "import.too_many_columns"), {}),
        ("a page with cells that span a million rows", _page("h10", "<tr><td rowspan=99999>h10-2</td><td>1001</td><td>2026-03-01</td></tr>"), ("imported",), {"good": 1, "rows": ((3, "实收金额", "missing"), (4, "订单号", "missing"))}),
        ("a page with tables in tables", "<table><tr><td>" * 60, ("refused", "import.markup_too_deep"), {}),
        ("a page with a hundred thousand divisions", _page("h11", before="<div>" * 100_000), ("imported",), {"good": 2}),
        ("a page with a script", _page("h12", "<script>document.write('<tr><td>x</td></tr>')</script>"), ("imported",), {"good": 2}),
        ("a page with entities of its own", _page("h13", before='<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), ("refused", "import.markup_entities"), {}),
        ("a page with lost characters", _page("h14", _row("h14-2").replace("已", "\ufffd")), ("refused", "import.lost_characters"), {}),
        ("a page with nul bytes", _page("h15", "\0"), ("refused", "import.nul_byte"), {}),
        ("an xml spreadsheet", _sheet("x1"), ("imported",), {"good": 1}),
        ("an xml spreadsheet in gb18030", _sheet("x2").encode("gb18030"), ("imported",), {"good": 1}),
        ("an xml spreadsheet cut short", _sheet("x3", after=""), ("refused", "import.markup_damaged"), {}),
        ("an xml spreadsheet with a wrong end", _sheet("x4", after="</Row></Workbook>"), ("refused", "import.markup_damaged"), {}),
        ("an xml spreadsheet with laughs", _sheet("x5", "<Row><Cell><Data>&a9;</Data></Cell></Row>", f'<!DOCTYPE x [<!ENTITY a0 "ha">{_LAUGHS}]>'), ("refused", "import.markup_entities"), {}),
        ("an xml spreadsheet that blows up by the square", _sheet("x6", "<Row><Cell><Data>" + "&a;" * 1_000 + "</Data></Cell></Row>", _BLOW_UP), ("refused", "import.markup_entities"), {}),
        ("an xml spreadsheet that reads a file", _sheet("x7", "<Row><Cell><Data>&a;</Data></Cell></Row>", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), ("refused", "import.markup_entities"), {}),
        ("an xml spreadsheet that asks another machine", _sheet("x8", before='<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'), ("refused", "import.markup_entities"), {}),
        ("an xml spreadsheet with an entity nobody knows", _sheet("x9", "<Row><Cell><Data>&a;</Data></Cell></Row>"), ("refused", "import.markup_damaged"), {}),
        ("an xml spreadsheet without end in depth", _sheet("x10", "<Row><Cell>" + "<b>" * 5_000), ("refused", "import.markup_too_deep"), {}),
        ("an xml spreadsheet with a far row", _sheet("x11", "<Row ss:Index='1048576'/>"), ("refused", "import.sheet_too_long"), {}),
        ("an xml spreadsheet with a far cell", _sheet("x12", "<Row><Cell ss:Index='16384'/></Row>"), ("refused", "import.too_many_columns"), {}),
        ("an xml spreadsheet that goes back", _sheet("x13", "<Row ss:Index='1'/>"), ("refused", "import.markup_damaged"), {}),
        ("an xml spreadsheet with a merge out of all bounds", _sheet("x14", "<Row><Cell ss:MergeAcross='99999999'/></Row>"), ("refused", "import.markup_damaged"), {}),
        ("xml that is no spreadsheet", '<?xml version="1.0"?><orders><order id="1"/></orders>', ("refused", "import.markup_no_table"), {}),
    )
)  # fmt: skip
