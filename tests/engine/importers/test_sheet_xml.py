"""Looking through a sheet: plain rows are told by one expression, the verdict is that of a parser over all of it."""

from __future__ import annotations

from xml.parsers import expat

import pytest

from chainbrain.errors import FileRefused
from chainbrain.importers.files.sheet_xml import SheetCheck
from chainbrain.importers.limits import Limits

_ROW = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>店 &amp; 铺</t></is></c><c r="B{0}" s="1"><v>12.30</v></c></row>'
_PLAIN = "".join(_ROW.format(number) for number in range(1, 9))
_CELL = '<c r="B5" s="1"><v>12.30</v></c>'
_SHEET = '<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>{}</sheetData></worksheet>'


def _look(xml: str, size: int) -> SheetCheck:
    check, data = SheetCheck(Limits()), xml.encode()
    for start in range(0, len(data), size):
        check.take(data[start : start + size])
    check.finish()
    return check


def _is_well_formed(xml: str) -> bool:
    try:
        expat.ParserCreate().Parse(xml.encode(), True)
    except expat.ExpatError:
        return False
    return True


@pytest.mark.parametrize("size", [7, 100, 300, 100_000])
@pytest.mark.parametrize(
    ("cell", "sound"),
    [
        (_CELL, True),
        ('<c r="B5"/>', True),
        ('<c s="1" r="B5" x="y"><v>1</v></c>', True),
        ("<!-- <c -->", True),
        ('<c r="B5"><v>1 > 0</v></c>', True),
        ('<c r="B5" t="str"><v>&#38;</v></c>', True),
        ('<c r="B5"><v>12.30</v>', False),
        ('<c r="B5"><v>12.30</c>', False),
        ('<\ufffdc r="B5"><v>12.30</v></c>', False),
        ('<c r="B5><v>12.30</v></c>', False),
        ('<c r="B5" r="B6"><v>12.30</v></c>', False),
        ('<c r="B5"><v>12\x0130</v></c>', False),
        ('<c r="B5"><v>12\uffff30</v></c>', False),
        ('<c r="B5"><v>]]></v></c>', False),
        ('<c r="B5"><v>&amount;</v></c>', False),
        ('<c r="B5"><v>1 & 2</v></c>', False),
        ("</row>", False),
        ("</row></sheetData>", False),
    ],
)
def test_a_sheet_is_sound_when_a_parser_takes_it(cell: str, sound: bool, size: int) -> None:
    xml = _SHEET.format(_PLAIN.replace(_CELL, cell))
    assert _is_well_formed(xml) is sound
    if sound:
        found = _look(xml, size)
        assert not found.faulty
        assert not found.rounded
    else:
        with pytest.raises(expat.ExpatError):
            _look(xml, size)


@pytest.mark.parametrize("size", [7, 100, 300, 100_000])
@pytest.mark.parametrize(
    ("cell", "faulty", "rounded"),
    [
        ('<c r="B5" t="e"><v>#REF!</v></c>', True, False),
        ('<c r="B5"><f>A1+1</f><v></v></c>', True, False),
        ('<c r="B5"><f>A1+1</f><v>2</v></c>', False, False),
        ('<c r="B5"><v>1234567890123456789</v></c>', False, True),
        ('<c r="B5"><v>1.2345678901E+18</v></c>', False, True),
    ],
)
def test_faulty_cells_and_long_numbers_are_found_wherever_a_piece_ends(
    cell: str, faulty: bool, rounded: bool, size: int
) -> None:
    found = _look(_SHEET.format(_PLAIN.replace(_CELL, cell)), size)
    assert (found.faulty, found.rounded) == (faulty, rounded)


@pytest.mark.parametrize("size", [300, 100_000])
@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ('<c r="AAA5"><v>1</v></c>', "import.sheet_too_wide"),
        ('<c r="B98765"><v>1</v></c>', "import.sheet_too_long"),
        ('<c r="B1048576"><v>1</v></c>', "import.sheet_too_long"),
    ],
)
def test_a_cell_out_of_all_bounds_is_refused(cell: str, code: str, size: int) -> None:
    with pytest.raises(FileRefused) as refused:
        _look(_SHEET.format(_PLAIN.replace(_CELL, cell)), size)
    assert refused.value.code == code


def test_a_document_type_is_refused() -> None:
    with pytest.raises(FileRefused) as refused:
        _look('<!DOCTYPE x [<!ENTITY a "1">]>' + _SHEET.format(_PLAIN)[38:], 100)
    assert refused.value.code == "import.markup_entities"
