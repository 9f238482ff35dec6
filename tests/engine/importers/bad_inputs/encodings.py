"""Text that is cut, mixed, lost or in an encoding that is not ours."""

from __future__ import annotations

from decimal import Decimal

from .case import ORDERS, Case, order, orders

_BAD = "import.bad_encoding"
_TWO = Decimal(36)


def _text(key: str, word: str = "堂食已完成") -> str:
    return orders(key, order(f"{key}-2").replace("已完成", word))


def _without(text: bytes, piece: bytes) -> bytes:
    at = text.rindex(piece)
    return text[:at] + text[at + len(piece) :]


CASES = (
    Case("utf-8 cut in its last character", lambda: _text("e1").encode()[:-2], code=_BAD, facts={"line": "4"}),
    Case("utf-8 cut by two bytes", lambda: _text("e2").encode()[:-3], code=_BAD, facts={"line": "4"}),
    Case("utf-8 without a byte in the middle", lambda: _without(_text("e3").encode(), b"\x9c"), code=_BAD),
    Case("utf-8 with a stray byte", lambda: _text("e4").encode().replace("堂".encode(), b"\xff"), code=_BAD, facts={"line": "3"}),
    Case("utf-8 in too many bytes", lambda: _text("e5").encode().replace(b"e5-9", b"e5\xc0\xad9"), code=_BAD, facts={"line": "4"}),
    Case("utf-8 of half a surrogate", lambda: _text("e6").encode() + b"\xed\xa0\x80\n", code=_BAD, facts={"line": "5"}),
    Case("gb18030 cut in two bytes", lambda: _text("e7").encode("gb18030")[:-2], code=_BAD, facts={"line": "4"}),
    Case("gb18030 cut in four bytes", lambda: (_text("e8") + "𠮷").encode("gb18030")[:-1], code=_BAD, facts={"line": "5"}),
    Case("gb18030 cut after two of four bytes", lambda: (_text("e9") + "𠮷").encode("gb18030")[:-2], code=_BAD),
    Case("gb18030 with a byte that is none", lambda: _text("e10").encode("gb18030") + b"\xff\xff\n", code=_BAD, facts={"line": "5"}),
    Case("utf-16 with an odd byte", lambda: _text("e11").encode("utf-16")[:-1], code=_BAD),
    Case("utf-16 with half a surrogate", lambda: _text("e12").encode("utf-16") + b"\x00\xd8\n\x00", code=_BAD),
    Case("utf-16 without its mark", lambda: _text("e13").encode("utf-16-le"), code="import.nul_byte"),
    Case("utf-16 of the other order without its mark", lambda: _text("e14").encode("utf-16-be"), code="import.nul_byte"),
    Case("utf-32", lambda: _text("e15").encode("utf-32"), code="import.nul_byte"),
    Case("utf-16 of the other order", lambda: b"\xfe\xff" + _text("e16").encode("utf-16-be"), "imported", good=3),
    Case("the mark of utf-16 before utf-8", lambda: b"\xff\xfe" + _text("e17").encode() + b"\n", "needs_mapping", "import.unknown_format"),
    Case("the mark of utf-8 before gb18030", lambda: b"\xef\xbb\xbf" + _text("e18").encode("gb18030"), code=_BAD, facts={"line": "1"}),
    Case("the mark of utf-8 twice", lambda: b"\xef\xbb\xbf" * 2 + _text("e19").encode(), "imported", good=3),
    Case("a mark between the rows", lambda: _text("e20").replace("e20-9", "\ufeffe20-9"), "imported", good=3),
    Case("utf-8, then gb18030", lambda: _text("e21").encode() + (order("e21-8") + "\n").encode("gb18030"), code=_BAD, facts={"line": "5"}),
    Case("gb18030, then utf-8", lambda: _text("e22").encode("gb18030") + _text("e23", "南山万象店").encode(), code="import.mixed_encodings"),
    Case("one cell of utf-8 inside gb18030", lambda: _text("e24").encode("gb18030").replace("堂食已完成".encode("gb18030"), "外卖配送".encode()), code="import.mixed_encodings", facts={"line": "3"}),
    Case("a replacement character", lambda: _text("e25", "堂\ufffd"), code="import.lost_characters", facts={"line": "3", "count": "1"}),
    Case("a replacement character in gb18030", lambda: _text("e26", "堂\ufffd").encode("gb18030"), code="import.lost_characters"),
    Case("a replacement character in utf-16", lambda: _text("e27", "\ufffd").encode("utf-16"), code="import.lost_characters"),
    Case("lost characters that were saved again", lambda: _text("e28", "锟斤拷锟斤拷"), code="import.lost_characters", facts={"line": "3"}),
    Case("lost characters saved again in gb18030", lambda: _text("e29", "锟斤拷").encode("gb18030"), code="import.lost_characters"),
    Case("a nul byte in a cell", lambda: _text("e30").replace("e30-9", "e30\x00-9"), code="import.nul_byte", facts={"line": "4"}),
    Case("nul bytes behind the end", lambda: _text("e31").encode() + b"\0" * 512, code="import.nul_byte", facts={"line": "5"}),
    Case("nothing but nul bytes", b"\0" * 4096, code="import.empty"),
    Case("big5", lambda: "訂單號,門店編號,營業日期,實收金額\nA,1,2026-03-01,1\n".encode("big5"), code="import.unknown_format", outcome="needs_mapping"),
    Case("latin letters with accents", "order,café\nA,1\n".encode("latin-1"), code=_BAD),
    Case("an old end-of-file sign", lambda: _text("e34") + "\x1a", "imported", rows=((5, "", "field_count"),), good=3),
    Case("a line separator inside a cell", lambda: _text("e35", "堂\u2028食"), "imported", good=3),
    Case("a vertical tab inside a cell", lambda: _text("e36", "堂\x0b食"), "imported", good=3),
    Case("signs that change the direction of writing", lambda: orders("e37", order("e37-2", "\u202e00.81")), "imported", rows=((3, "实收金额", "amount"),), good=2, amount=_TWO),
    Case("blanks without width in a number", lambda: orders("e38", order("e38-2", "1\u200b8.00")), "imported", rows=((3, "实收金额", "amount"),), good=2, amount=_TWO),
    Case("another program's letters for digits", lambda: orders("e39", order("e39-2", "l8.OO")), "imported", rows=((3, "实收金额", "amount"),), good=2, amount=_TWO),
    Case("a header in full width letters", lambda: orders("e40", header=ORDERS.replace(",", ",　")), "imported", good=2),
)  # fmt: skip
