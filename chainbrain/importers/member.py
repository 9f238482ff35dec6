"""One file read completely: unpacked, recognised, cut, typed and staged, or refused with a reason."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

from chainbrain.errors import FileRefused, system_reason
from chainbrain.importers.base import Context, Harvest, Importer, Sheet
from chainbrain.importers.files import containers
from chainbrain.importers.files.encoding import Opener
from chainbrain.importers.files.markup import Markup
from chainbrain.importers.files.opening import sheets_of
from chainbrain.importers.files.passwords import Passwords
from chainbrain.importers.files.textfile import DELIMITERS, TextFile
from chainbrain.importers.files.workbook import Sheets, Workbook
from chainbrain.importers.known import digest_of
from chainbrain.importers.limits import HEADER_ROWS, LISTED_PROBLEMS, Limits
from chainbrain.importers.mapped import mapping_json
from chainbrain.importers.mapped.mapped_table import MappedTable
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.mapped.mapping_finder import MappingFinder
from chainbrain.importers.plan import MemberReading
from chainbrain.importers.registry import FORMATS
from chainbrain.importers.tables import cut, detect
from chainbrain.importers.tables.detect import Hit
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.pieces import Staged, read_text, read_whole

_SAMPLE: Final = 20
# So much of a large file shows what it is.
_HEAD: Final = 1 << 20
_FINDER: Final = detect.Finder(FORMATS)


@dataclass(frozen=True)
class _Terms:
    """What holds for every member of a file: salt, bounds, what opens it, the book's column maps, the desk."""

    salt: bytes
    limits: Limits
    passwords: Passwords
    maps: MappingFinder
    formats: Mapping[str, str]
    desk: Path
    stem: str
    _numbers: Iterator[int] = field(default_factory=count)

    def start(self) -> Path:
        """Beginning of the names of the next member's staged files."""
        return self.desk / f"{self.stem}-{next(self._numbers)}"


@dataclass(frozen=True)
class _Found:
    """A member that was looked at, and what it yields when it was recognised and read."""

    reading: MemberReading
    importer: Importer | None = None
    harvest: Harvest | None = None
    staged: dict[str, Path] = field(default_factory=dict)


def read_file(
    path: Path,
    desk: Path,
    stem: str,
    *,
    salt: bytes,
    limits: Limits,
    passwords: Sequence[str] = (),
    mappings: Sequence[TableMapping] = (),
    formats: Mapping[str, str] | None = None,
) -> list[MemberReading]:
    """Read one file; one reading per data member.

    Args:
        path: the file.
        desk: folder for the staged columns.
        stem: start of the staged files' names, unique within the desk.
        salt: the book's salt for payer identifiers.
        limits: bounds for this file.
        passwords: tried in order on whatever is closed.
        mappings: the book's column maps, for tables that no format fits.
        formats: what a member that fits several formats is to be read as, by its SHA-256.
    """
    # Until its bytes are read, a file is known by its place.
    place = hashlib.sha256(str(path).encode(errors="surrogateescape")).hexdigest()
    blank = MemberReading(path, path.name, None, place, place, "refused", code="import.unreadable")
    try:
        if not path.is_file() and path.exists():
            # A pipe or a device would be read for ever.
            return [replace(blank, code="import.not_a_file")]
        size = path.stat().st_size
        streamed = size > limits.piece_bytes and _starts_as_text(path)
        allowed = limits.text_bytes if streamed else limits.file_bytes
        if size > allowed:
            return [replace(blank, code="import.too_large", facts={"allowed": str(allowed // 1_000_000)})]
        container = digest_of(path)
        blank = replace(blank, sha256=container, container_sha256=container)
        data = b"" if streamed else path.read_bytes()
    except OSError as error:
        return [replace(blank, facts={"reason": system_reason(error)})]
    if not streamed and hashlib.sha256(data).hexdigest() != container:
        # Somebody is still writing it: neither what was hashed nor what was read is the file.
        return [replace(blank, code="safe.file_changed", facts={"path": path.name})]
    terms = _Terms(salt, limits, Passwords(passwords), MappingFinder(mappings), formats or {}, desk, stem)
    blank = replace(blank, read_as=terms.formats.get(container))
    try:
        if streamed:
            found = _read_member(lambda: path.open("rb"), "text", blank, terms)
        else:
            found = _members(data, blank, terms)
    except FileRefused as refused:
        return [_refused(blank, refused)]
    pairs = [(item.importer.format, item.harvest) for item in found if item.importer and item.harvest]
    for item in found:
        if item.importer is not None and item.harvest is not None:
            others = [pair for pair in pairs if pair[1] is not item.harvest]
            item.importer.compare_with(item.harvest, others)
    return [_reading(item) for item in found]


def _starts_as_text(path: Path) -> bool:
    with path.open("rb") as stream:
        return containers.kind_of(stream.read(_HEAD)) == "text"


def _members(data: bytes, blank: MemberReading, terms: _Terms) -> list[_Found]:
    kind = containers.kind_of(data)
    if kind == "gzip":
        data = containers.gunzip(data, terms.limits)
        kind = containers.kind_of(data)
    if kind != "zip":
        return _read_member(lambda: io.BytesIO(data), kind, blank, terms)
    found = []
    for member in containers.members(data, terms.limits, terms.passwords):
        digest = hashlib.sha256(member.data).hexdigest()
        if member.refused is not None:
            # A member that could not be unpacked has no bytes of its own; its place in the archive identifies it.
            digest = hashlib.sha256(f"{blank.container_sha256}!{member.name}".encode()).hexdigest()
        named = replace(blank, name=f"{blank.name}!{member.name}", member=member.name, sha256=digest)
        named = replace(named, read_as=terms.formats.get(digest))
        if member.refused is not None:
            found.append(_Found(_refused(named, member.refused)))
            continue
        kind = containers.kind_of(member.data)
        if kind in ("zip", "gzip"):
            found.append(_Found(replace(named, code="import.zip_nested")))
            continue
        found.extend(_read_member(partial(io.BytesIO, member.data), kind, named, terms))
    return found


def _read_member(opened: Opener, kind: str, blank: MemberReading, terms: _Terms) -> list[_Found]:
    try:
        if kind == "text":
            return [_read_text(opened, blank, terms)]
        with opened() as stream:
            tables = sheets_of(stream.read(), kind, terms.limits, terms.passwords)
        encoding = None if isinstance(tables, Workbook) else tables.encoding
        return _read_workbook(tables, replace(blank, encoding=encoding), terms)
    except FileRefused as refused:
        return [_Found(_refused(blank, refused))]
    except MemoryError:
        return [_Found(replace(blank, code="import.reader_memory"))]


def _read_text(opened: Opener, blank: MemberReading, terms: _Terms) -> _Found:
    copy = terms.desk / f"{terms.stem}-text"
    try:
        return _read_lines(TextFile(opened, copy, terms.limits.piece_bytes), blank, terms)
    finally:
        copy.unlink(missing_ok=True)


def _read_lines(text: TextFile, blank: MemberReading, terms: _Terms) -> _Found:
    blank = replace(blank, encoding=text.encoding)
    previews = {delimiter: text.preview(delimiter) for delimiter in DELIMITERS}
    hits = [hit for delimiter, rows in previews.items() for hit in _FINDER.find(rows, delimiter=delimiter)]
    hits = hits or _FINDER.find_bare(previews, text.head.head(HEADER_ROWS))
    mapped = [
        terms.maps.find(rows, delimiter=delimiter, beside_format=bool(hits)) for delimiter, rows in previews.items()
    ]
    hits = [hit for found in mapped for hit in found] or hits
    undecided = _undecided(hits)
    if blank.read_as in undecided:
        blank = replace(blank, candidates=undecided)
        hits = [hit for hit in hits if hit.name == blank.read_as]
    elif undecided:
        return _Found(replace(blank, outcome="ambiguous", code=None, candidates=undecided))
    if not hits:
        widest = max(previews.values(), key=lambda rows: max((len(row) for row in rows), default=0))
        for row in widest:
            if len(row) > terms.limits.columns:
                raise FileRefused("import.too_many_columns", columns=len(row), allowed=terms.limits.columns)
        return _Found(replace(blank, outcome="unknown", code="import.unknown_format", headers=detect.widest(widest)))
    hit = hits[0]
    blank = replace(blank, fit=detect.header_fit([hit]))
    return _harvest(hit.importer, [hit.layout], blank, terms, partial(read_text, text, hit, terms.limits))


def _read_workbook(book: Sheets, blank: MemberReading, terms: _Terms) -> list[_Found]:
    previews = {name: book.preview(name) for name in book.sheets}
    per_sheet = {name: _FINDER.find(rows, sheet=name) for name, rows in previews.items()}
    known = any(per_sheet.values())
    per_sheet = {
        name: terms.maps.find(rows, sheet=name, beside_format=known) or per_sheet[name]
        for name, rows in previews.items()
    }
    undecided = {text for hits in per_sheet.values() for text in _undecided(hits)}
    if blank.read_as in undecided:
        blank = replace(blank, candidates=tuple(sorted(undecided)))
        per_sheet = {
            name: [hit for hit in hits if hit.name == blank.read_as] if _undecided(hits) else hits
            for name, hits in per_sheet.items()
        }
    elif undecided:
        return [_Found(replace(blank, outcome="ambiguous", code=None, candidates=tuple(sorted(undecided))))]
    hits = [hit for found in per_sheet.values() for hit in found]
    if not hits:
        if not any(row for rows in previews.values() for row in rows):
            raise FileRefused("import.empty")
        headers = max((detect.widest(rows) for rows in previews.values()), key=len)
        return [_Found(replace(blank, outcome="unknown", code="import.unknown_format", headers=headers))]
    importers = list(dict.fromkeys(hit.importer for hit in hits))
    found = []
    for importer in importers:
        own = [hit for hit in hits if hit.importer is importer]
        named = replace(blank, fit=detect.header_fit(own))
        if len(importers) > 1:
            # Several tables of different kinds in one workbook are several data members, named by their sheets.
            sheets = "+".join(hit.sheet or "" for hit in own)
            digest = hashlib.sha256(f"{blank.sha256}!{sheets}".encode()).hexdigest()
            member = f"{blank.member}!{sheets}" if blank.member else sheets
            named = replace(named, name=f"{blank.name}!{sheets}", member=member, sha256=digest)
        try:
            tables = [Sheet(hit.layout, cut.from_sheet(book, hit, terms.limits)) for hit in own]
            if isinstance(book, Markup):
                for hit, sheet in zip(own, tables, strict=True):
                    if hit.sheet is not None and sheet.table.frame.is_empty():
                        book.refuse_parted(hit.sheet, hit.header, recognised=per_sheet)
            layouts = [hit.layout for hit in own]
            found.append(_harvest(importer, layouts, named, terms, partial(read_whole, importer, tables)))
        except FileRefused as refused:
            found.append(_Found(_refused(replace(named, format=importer.format), refused)))
    return found


def _undecided(hits: Sequence[Hit]) -> tuple[str, ...]:
    names = sorted({hit.name for hit in hits})
    return tuple(names) if len(names) > 1 else ()


def _harvest(
    importer: Importer,
    layouts: Sequence[Layout],
    blank: MemberReading,
    terms: _Terms,
    read: Callable[[Context, Path], Staged],
) -> _Found:
    confirmed = importer.confirmed and all(layout.confirmed for layout in layouts)
    known = replace(blank, format=importer.format, layout=layouts[0].id, confirmed=confirmed)
    if isinstance(importer, MappedTable):
        known = replace(known, mapping=mapping_json.dumps(importer.mapping))
    try:
        harvest, staged = read(Context(terms.salt, blank.name), terms.start())
    except FileRefused as refused:
        return _Found(_refused(known, refused))
    if harvest.broken > LISTED_PROBLEMS:
        facts = {"broken": str(harvest.broken), "rows": str(harvest.row_count)}
        sample = tuple(harvest.problems[:_SAMPLE])
        return _Found(replace(known, code="import.too_many_broken", facts=facts, problems=sample))
    return _Found(known, importer, harvest, staged)


def _refused(blank: MemberReading, refused: FileRefused) -> MemberReading:
    facts = {name: str(value) for name, value in refused.facts.items()}
    return replace(blank, outcome="refused", code=refused.code, facts=facts)


def _reading(found: _Found) -> MemberReading:
    harvest = found.harvest
    if harvest is None:
        return found.reading
    return replace(
        found.reading,
        outcome="read",
        code=None,
        layout=harvest.layout,
        account_no=harvest.account_no,
        first_day=harvest.first_day,
        last_day=harvest.last_day,
        row_count=harvest.row_count,
        staged=found.staged,
        coverage=tuple(harvest.coverage),
        controls=tuple(harvest.controls),
        problems=tuple(harvest.problems),
        facts=dict(harvest.facts),
    )
