"""Text tables with the wrong shape: quotes, field counts, headers, trailers, control totals."""

from __future__ import annotations

from pathlib import Path

from .case import CASH, ORDERS, TENDERS, Case, order, orders

_GOLDEN = Path(__file__).parents[3] / "golden"
_COUNT = "field_count"
_DIFFERS = "import.control_total_differs"
_UNKNOWN = "import.unknown_format"


def _bill(key: int, *changes: tuple[str, str]) -> str:
    """A bill of WeChat with four payments and a summary, changed once in each of these places."""
    text = (_GOLDEN / "wechat-merchant-trade" / "ALL.csv").read_text(encoding="utf-8-sig").replace("`T1", f"`T{key}")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def _lines(key: int, *numbers: int) -> str:
    """The same bill with only these lines, in this order."""
    lines = _bill(key).splitlines()
    return "\n".join(lines[number] for number in numbers) + "\n"


def _odd(name: str, key: str, *rows: str, broken: tuple[int, ...] = (), good: int = 2, **more: str) -> Case:
    return Case(
        name, lambda: orders(key, *rows, **more), "imported", rows=[(line, "", _COUNT) for line in broken], good=good
    )


CASES = (
    Case("nothing", b"", code="import.empty"),
    Case("nothing but a mark", b"\xef\xbb\xbf", code="import.empty"),
    Case("nothing but blank lines", b"\r\n \r\n\t\n\n", code="import.empty"),
    Case("a header and nothing else", ORDERS + "\n", "imported"),
    Case("a header without an end of line", CASH, "imported"),
    Case("a header and blank lines", ORDERS + "\n\n , , \n,,,,,\n", "imported"),
    Case("half a header", "订单号,门店编号\nA,1\n", "needs_mapping", _UNKNOWN),
    Case("rows without a header", f"{order('s1')}\n{order('s2')}\n", "needs_mapping", _UNKNOWN),
    Case("a header below the fortieth line", "说明\n" * 50 + orders("s3"), "needs_mapping", _UNKNOWN),
    Case("a header below a preamble", "某某餐饮,,\n导出时间,2026-03-02\n\n" + orders("s4"), "imported", good=2),
    Case("words", "这是一封信。\n没有表格。\n", "needs_mapping", _UNKNOWN),
    Case("json", '{"orders": [{"id": 1, "amount": "18.00"}]}\n', "needs_mapping", _UNKNOWN),
    Case("a log", "2026-03-01 12:00:00 INFO started\n" * 20, "needs_mapping", _UNKNOWN),
    Case("a program", "import os\nprint(os.name)\n", "needs_mapping", _UNKNOWN),
    Case("two formats in one header", "订单号,门店编号,营业日期,实收金额,支付方式,支付金额\nA,1,2026-03-01,1,微信,1\n", "ambiguous", "import.ambiguous"),
    Case("600 columns", ",".join(f"c{number}" for number in range(600)) + "\n", code="import.too_many_columns", facts={"columns": "600"}),
    Case("10,000 columns", lambda: ",".join(f"c{number}" for number in range(10_000)) + "\n1\n", code="import.too_many_columns"),
    Case("a known table with 600 columns", lambda: ORDERS + ",x" * 600 + "\n" + order("s5") + "," * 600 + "\n", code="import.too_many_columns"),
    Case("5,001 rows that are none", lambda: ORDERS + "\n" + "x\n" * 5_001, code="import.too_many_broken", facts={"broken": "5001"}),
    Case("a cell of five megabytes", lambda: orders("s6", order("s6-2").replace("已完成", "长" * 1_700_000)), "imported", good=3),
    Case("a line of five megabytes", lambda: "x" * 5_000_000, "needs_mapping", _UNKNOWN),
    Case("a quote that never ends", orders("s7", 's7-2,1001,"2026-03-01,,18,已完成'), code="import.open_quote", facts={"line": "3"}),
    Case("a quote that never ends in the last row", orders("s8") + 's8-8,1001,2026-03-01,,18,"已完成', code="import.open_quote", facts={"line": "4"}),
    Case("a quote across lines", orders("s9", 's9-2,1001,2026-03-01,,18,"已\n完成"'), "imported", good=3),
    _odd("a quote inside a word", "s10", 's10-2,1001,2026-03-01,,18,"已"完成', broken=(3,)),
    _odd("quotes inside quotes", "s11", 's11-2,1001,2026-03-01,,18,"已""完""成"', good=3),
    _odd("a row that is too short", "s12", "s12-2,1001,2026-03-01", broken=(3,)),
    _odd("a row that is too long", "s13", order("s13-2") + ",多", broken=(3,)),
    _odd("a comma too many in a name", "s14", order("s14-2").replace("1001", "南山,店"), broken=(3,)),
    _odd("a thousands comma without quotes", "s15", order("s15-2", "1,234.50"), broken=(3,)),
    _odd("ragged rows", "s16", "x", order("s16-2"), "x,y", "x,y,z", broken=(3, 5, 6), good=3),
    _odd("commas at the end of some rows", "s17", order("s17-2") + ",", broken=(3,)),
    _odd("a comma at the end of the header", "s18", order("s18-2") + ",", header=ORDERS + ",", good=3),
    _odd("a row with semicolons", "s19", order("s19-2").replace(",", ";"), broken=(3,)),
    _odd("a row with tabs", "s20", order("s20-2").replace(",", "\t"), broken=(3,)),
    Case("a second header", orders("s21", ORDERS), "imported", rows=((3, "下单时间", "moment"),), good=2),
    _odd("lines that end with a return alone", "s22", order("s22-2"), end="\r", good=3),
    _odd("ends of line of two kinds", "s23", order("s23-2") + "\r\n" + order("s23-3"), good=4),
    Case("a table of tenders behind one of orders", orders("s24") + TENDERS + "\nA,1001,微信,1,2026-03-01,\n", "ambiguous", "import.ambiguous"),
    Case("a table with semicolons", orders("s25").replace(",", ";"), "imported", good=2),
    Case("a table with tabs called xls", orders("s26").replace(",", "\t"), "imported", good=2, suffix=".xls"),
    Case("a table with bars", orders("s27").replace(",", "|"), "imported", good=2),
    Case("a table with commas called xls", orders("s28"), "imported", good=2, suffix=".xls"),
    Case("a table with commas called xlsx", orders("s29"), "imported", good=2, suffix=".xlsx"),
    Case("a table with commas called pdf", orders("s30"), "imported", good=2, suffix=".pdf"),
    Case("a formula in a word", orders("s31", order("s31-2").replace("已完成", "=cmd|' /C calc'!A0")), "imported", good=3),
    Case("a bill with an altered amount", lambda: _bill(1, ("`38.00", "`88.00")), code=_DIFFERS, facts={"stated": "1382.50", "summed": "1432.50"}),
    Case("a bill with an altered fee", lambda: _bill(2, ("`0.14000", "`0.15000")), code=_DIFFERS),
    Case("a bill with an altered refund", lambda: _bill(3, ("`10.00", "`10.01")), code=_DIFFERS),
    Case("a bill with an altered total", lambda: _bill(4, ("`1382.50", "`1382.51")), code=_DIFFERS),
    Case("a bill with an altered number of rows", lambda: _bill(5, ("`4,", "`5,")), code=_DIFFERS, facts={"total": "总交易单数", "stated": "5", "summed": "4"}),
    Case("a bill without a row", lambda: _lines(6, 0, 1, 2, 4, 5, 6), code=_DIFFERS, facts={"stated": "4", "summed": "3"}),
    Case("a bill with a row twice", lambda: _lines(7, 0, 1, 1, 2, 3, 4, 5, 6), code=_DIFFERS),
    Case("a bill without its summary", lambda: _lines(8, 0, 1, 2, 3, 4), code=_DIFFERS, facts={"total": "总交易单数"}),
    Case("a bill with half its summary", lambda: _lines(9, 0, 1, 2, 3, 4, 5), code=_DIFFERS),
    Case("a bill cut in the middle of a row", lambda: _bill(10)[:900], code=_DIFFERS),
    Case("a bill with its rows in another order", lambda: _lines(11, 0, 4, 2, 3, 1, 5, 6), "imported", good=4),
    Case("a bill with a swapped sign", lambda: _bill(12, ("`64.50", "`-64.50")), code=_DIFFERS),
    Case("a bill with an amount that is none", lambda: _bill(13, ("`64.50", "`64.5O")), code=_DIFFERS),
    Case("a bill without one of its columns", lambda: _bill(14, ("应结订单金额,", "")), "needs_mapping", _UNKNOWN),
    Case("a bill with a state that nobody knows", lambda: _bill(15, ("`SUCCESS", "`MAYBE")), "imported", rows=((2, "交易状态", "word"),), good=3),
)  # fmt: skip
