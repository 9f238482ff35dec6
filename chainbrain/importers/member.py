"""One file read completely: unpacked, each member recognised, cut, typed and staged, or refused with a reason."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from chainbrain.errors import FileRefused, system_reason
from chainbrain.importers.files import containers
from chainbrain.importers.files.encoding import Opener
from chainbrain.importers.files.opening import sheets_of
from chainbrain.importers.files.passwords import Passwords
from chainbrain.importers.files.workbook import Workbook
from chainbrain.importers.found import Found, Terms, refusal
from chainbrain.importers.known import digest_of
from chainbrain.importers.limits import Limits
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.mapped.mapping_finder import MappingFinder
from chainbrain.importers.plan import MemberReading
from chainbrain.importers.text_member import read_text_member
from chainbrain.importers.workbook_member import read_workbook_member

# So much of a large file shows what it is.
_HEAD: Final = 1 << 20


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
    terms = Terms(salt, limits, Passwords(passwords), MappingFinder(mappings), formats or {}, desk, stem)
    blank = replace(blank, read_as=terms.formats.get(container))
    try:
        if streamed:
            found = _read_member(lambda: path.open("rb"), "text", blank, terms)
        else:
            found = _members(data, blank, terms)
    except FileRefused as refused:
        return [refusal(blank, refused)]
    pairs = [(item.importer.format, item.harvest) for item in found if item.importer and item.harvest]
    for item in found:
        if item.importer is not None and item.harvest is not None:
            others = [pair for pair in pairs if pair[1] is not item.harvest]
            item.importer.compare_with(item.harvest, others)
    return [_reading(item) for item in found]


def _starts_as_text(path: Path) -> bool:
    with path.open("rb") as stream:
        return containers.kind_of(stream.read(_HEAD)) == "text"


def _members(data: bytes, blank: MemberReading, terms: Terms) -> list[Found]:
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
            found.append(Found(refusal(named, member.refused)))
            continue
        kind = containers.kind_of(member.data)
        if kind in ("zip", "gzip"):
            found.append(Found(replace(named, code="import.zip_nested")))
            continue
        found.extend(_read_member(partial(io.BytesIO, member.data), kind, named, terms))
    return found


def _read_member(opened: Opener, kind: str, blank: MemberReading, terms: Terms) -> list[Found]:
    try:
        if kind == "text":
            return [read_text_member(opened, blank, terms)]
        with opened() as stream:
            tables = sheets_of(stream.read(), kind, terms.limits, terms.passwords)
        encoding = None if isinstance(tables, Workbook) else tables.encoding
        return read_workbook_member(tables, replace(blank, encoding=encoding), terms)
    except FileRefused as refused:
        return [Found(refusal(blank, refused))]
    except MemoryError:
        return [Found(replace(blank, code="import.reader_memory"))]


def _reading(found: Found) -> MemberReading:
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
