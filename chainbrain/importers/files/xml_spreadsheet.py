"""XML spreadsheets of 2003 (SpreadsheetML), read as a stream by a parser that takes no document type and no entity."""

from __future__ import annotations

from typing import Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl

from defusedxml import sax
from defusedxml.common import DefusedXmlException

from chainbrain.errors import FileRefused
from chainbrain.importers.files.figures import plain_figure
from chainbrain.importers.files.grid import Grid
from chainbrain.importers.limits import Limits

# https://learn.microsoft.com/en-us/previous-versions/office/developer/office-xp/aa140066(v=office.10)
NAMESPACE: Final = "urn:schemas-microsoft-com:office:spreadsheet"
_NESTED: Final = 100
_PIECE: Final = 1 << 16
# A time of day is stored on the day before the first one.
_CLOCK_DAY: Final = "1899-12-31T"
_SWITCHES: Final = {"0": "false", "1": "true"}

_Name = tuple[str | None, str]


def read(text: str, limits: Limits) -> list[Grid]:
    """The sheets of an XML spreadsheet.

    Raises:
        FileRefused: not well-formed, with a document type or entities, nested without end, or out of the limits.
    """
    handler = _Book(limits)
    parser = sax.make_parser()
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(handler)
    try:
        for start in range(0, len(text), _PIECE):
            parser.feed(text[start : start + _PIECE])
        parser.close()
    except DefusedXmlException as error:
        raise FileRefused("import.markup_entities") from error
    except SAXException as error:
        raise FileRefused("import.markup_damaged", row=str(handler.line)) from error
    if not handler.grids:
        raise FileRefused("import.markup_no_table")
    return handler.grids


class _Book(ContentHandler):
    """Places the cells as the elements come."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.grids: list[Grid] = []
        self.line = 0
        self._limits = limits
        self._depth = 0
        self._cell: AttributesNSImpl | None = None
        self._kind = ""
        self._data: list[str] | None = None
        self._text = ""
        self._comments = 0

    def startElementNS(self, name: _Name, qname: str | None, attrs: AttributesNSImpl) -> None:
        """An element opens."""
        self._depth += 1
        if self._depth > _NESTED:
            raise FileRefused("import.markup_too_deep", allowed=_NESTED)
        if name[0] != NAMESPACE:
            return
        match name[1]:
            case "Worksheet":
                words = str(attrs.get((NAMESPACE, "Name"), "")) or f"#{len(self.grids) + 1}"
                self.grids.append(Grid(words[:60], self._limits))
            case "Row" if self.grids:
                self.line = _number(attrs, "Index", 0) or self.line + 1
                self.grids[-1].start_row(_number(attrs, "Index", 0) or None)
            case "Cell" if self.grids:
                self._cell, self._text, self._kind = attrs, "", ""
            case "Comment":
                self._comments += 1
            case "Data" if not self._comments:
                self._data, self._kind = [], str(attrs.get((NAMESPACE, "Type"), "String"))

    def characters(self, content: str) -> None:
        """Text, also that of the letters in bold inside a cell."""
        if self._data is not None:
            self._data.append(content)

    def endElementNS(self, name: _Name, qname: str | None) -> None:
        """An element closes."""
        self._depth -= 1
        if name[0] != NAMESPACE:
            return
        if name[1] == "Comment":
            self._comments -= 1
        elif name[1] == "Data" and self._data is not None and not self._comments:
            self._text, self._data = "".join(self._data), None
        elif name[1] == "Cell" and self._cell is not None:
            self._place(self._cell)
            self._cell = None

    def _place(self, cell: AttributesNSImpl) -> None:
        self.grids[-1].place(
            _shown(self._text, self._kind),
            column=_number(cell, "Index", 0) or None,
            across=_number(cell, "MergeAcross", 0) + 1,
            down=_number(cell, "MergeDown", 0) + 1,
            number=self._kind == "Number",
        )


def _shown(text: str, kind: str) -> str:
    """A value as the same cell of a workbook is read."""
    match kind:
        case "Number":
            return plain_figure(text)
        case "DateTime":
            plain = text.strip().removesuffix(".000")
            return plain.removeprefix(_CLOCK_DAY).replace("T", " ")
        case "Boolean":
            return _SWITCHES.get(text.strip(), text)
    return text


def _number(attributes: AttributesNSImpl, name: str, default: int) -> int:
    words = str(attributes.get((NAMESPACE, name), ""))
    if not words:
        return default
    if not (words.isascii() and words.isdigit() and len(words) < 8 and int(words) >= (1 if name == "Index" else 0)):
        raise FileRefused("import.markup_damaged", row=words[:20])
    return int(words)
