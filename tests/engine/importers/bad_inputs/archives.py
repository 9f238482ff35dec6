"""Archives: names that lead out, bombs, nesting, damage, passwords; and files that are something else altogether."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile

from closed_files import closed_zip

from .case import Case, orders, zipped, zipped_as

_READ = ("imported", None)


def _refused(code: str) -> tuple[str, str]:
    return ("refused", f"import.{code}")


def _changed(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


def _directory(data: bytes) -> int:
    return data.index(b"PK\x01\x02")


def _lying() -> bytes:
    """Says that its member has 100 bytes."""
    data = zipped(a__csv=b"0" * 30_000_000)
    return _changed(data, _directory(data) + 24, struct.pack("<I", 100))


def _wrong_checksum() -> bytes:
    data = zipped(a__csv=orders("a3"), b__csv=orders("a4"))
    return _changed(_changed(data, 14, b"\1\2\3\4"), _directory(data) + 16, b"\1\2\3\4")


def _unknown_method() -> bytes:
    data = zipped(a__csv=orders("a5"))
    return _changed(_changed(data, 8, b"\x61\0"), _directory(data) + 10, b"\x61\0")


def _twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", orders("a6"))
        archive.fp.seek(0, io.SEEK_END)  # type: ignore[union-attr]
        archive.NameToInfo.clear()
        archive.writestr("a.csv", orders("a7"))
    return out.getvalue()


def _gbk() -> bytes:
    return zipped_as({"NAME2026.csv": orders("a8")}).replace(b"NAME", "账单".encode("gb18030"))


def _folders() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.mkdir("空/")
        archive.mkdir("也空.csv/")
    return out.getvalue()


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        entry = tarfile.TarInfo("a.csv")
        data = orders("a9").encode()
        entry.size = len(data)
        archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


_SLIP = {"../../outside.csv": orders("a10"), "/tmp/outside.csv": orders("a11"), "C:\\outside.csv": orders("a12")}
_PLAIN = gzip.compress(orders("a13").encode())

CASES = (
    Case("names that lead out", lambda: zipped_as(_SLIP), members=dict.fromkeys(_SLIP, _READ), suffix=".zip"),
    Case("names with a line end and a face", lambda: zipped_as({"a\nb.csv": orders("a14"), "😀.csv": orders("a15")}), members={"a\nb.csv": _READ, "😀.csv": _READ}, suffix=".zip"),
    Case("a name of 200 characters", lambda: zipped_as({"账" * 200 + ".csv": orders("a16")}), members={"账" * 200 + ".csv": _READ}, suffix=".zip"),
    Case("folders in folders", lambda: zipped_as({"一/二/三/a.csv": orders("a17")}), members={"一/二/三/a.csv": _READ}, suffix=".zip"),
    Case("names in gbk", _gbk, members={"账单2026.csv": _READ}, suffix=".zip"),
    Case("a name twice", _twice, "imported", good=4, suffix=".zip"),
    Case("good and bad members", lambda: zipped(a__csv=orders("a18"), b__txt="什么\n", c__zip=zipped(x="1"), d__pdf=b"%PDF-1.7", e__gz=_PLAIN, f__csv=b""), members={
        "a.csv": _READ, "b.txt": ("needs_mapping", "import.unknown_format"), "c.zip": _refused("zip_nested"),
        "d.pdf": _refused("not_a_table"), "e.gz": _refused("zip_nested"), "f.csv": _refused("empty"),
    }, suffix=".zip"),
    Case("an archive of nothing", zipped, code="import.empty", suffix=".zip"),
    Case("an archive of folders", _folders, code="import.empty", suffix=".zip"),
    Case("an archive of system files", lambda: zipped_as({"__MACOSX/._a.csv": "x", ".DS_Store": "x", "Thumbs.db": "x"}), code="import.empty", suffix=".zip"),
    Case("a bomb", lambda: zipped(a__csv=b"0" * 30_000_000), code="import.zip_bomb", suffix=".zip"),
    Case("a bomb among others", lambda: zipped(a__csv=orders("a19"), b__csv=b"0" * 30_000_000), code="import.zip_bomb", suffix=".zip"),
    Case("a bomb that lies about its size", _lying, members={"a.csv": _refused("zip_member_damaged")}, suffix=".zip"),
    Case("201 members", lambda: zipped(**{f"a{number}": "x" for number in range(201)}), code="import.zip_too_many", facts={"entries": "201", "allowed": "200"}, suffix=".zip"),
    Case("archives in each other", lambda: zipped(a__zip=zipped(b__zip=zipped(c__csv=orders("a20")))), members={"a.zip": _refused("zip_nested")}, suffix=".zip"),
    Case("an archive cut at its start", lambda: zipped(a__csv=orders("a21"))[:40], code="import.zip_damaged", suffix=".zip"),
    Case("an archive without its directory", lambda: zipped(a__csv=orders("a22"))[:-60], code="import.zip_damaged", suffix=".zip"),
    Case("an archive without its first byte", lambda: zipped(a__csv=orders("a23"))[1:], code="import.nul_byte", suffix=".zip"),
    Case("a wrong checksum", _wrong_checksum, members={"a.csv": _refused("zip_member_damaged"), "b.csv": _READ}, suffix=".zip"),
    Case("a way of packing that nobody knows", _unknown_method, members={"a.csv": _refused("zip_member_damaged")}, suffix=".zip"),
    Case("a password of the classic kind", lambda: closed_zip({"a.csv": orders("a24").encode()}, "1"), members={"a.csv": _refused("encrypted")}, suffix=".zip"),
    Case("a password of the new kind", lambda: closed_zip({"a.csv": orders("a25").encode()}, "1", "ae-2"), members={"a.csv": _refused("encrypted")}, suffix=".zip"),
    Case("a password of a secret kind", lambda: closed_zip({"a.csv": orders("a26").encode()}, "1", "strong"), members={"a.csv": _refused("encryption_unknown")}, suffix=".zip"),
    Case("gzip", lambda: _PLAIN, "imported", good=2, suffix=".csv.gz"),
    Case("gzip of two parts", lambda: gzip.compress(orders("a27").encode()) + gzip.compress(b"\n"), "imported", good=2, suffix=".gz"),
    Case("gzip that is cut", lambda: gzip.compress(orders("a28").encode())[:-12], code="import.zip_damaged", suffix=".gz"),
    Case("gzip with a wrong checksum", lambda: gzip.compress(orders("a29").encode())[:-8] + b"\0" * 8, code="import.zip_damaged", suffix=".gz"),
    Case("gzip with something behind it", lambda: gzip.compress(orders("a30").encode()) + b"rest", code="import.zip_damaged", suffix=".gz"),
    Case("a bomb of gzip", lambda: gzip.compress(b"0" * 30_000_000), code="import.zip_bomb", suffix=".gz"),
    Case("an archive inside gzip", lambda: gzip.compress(zipped(a__csv=orders("a31"))), members={"a.csv": _READ}, suffix=".gz"),
    Case("tar", _tar, code="import.other_archive", suffix=".tar"),
    Case("tar in gzip", lambda: gzip.compress(_tar() + b" "), code="import.other_archive", suffix=".tar.gz"),
    Case("rar", b"Rar!\x1a\x07\x01\x00" + b"\x33" * 40, code="import.other_archive", suffix=".rar"),
    Case("7z", b"7z\xbc\xaf\x27\x1c" + b"\x33" * 40, code="import.other_archive", suffix=".7z"),
    Case("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", code="import.not_a_table", suffix=".csv"),
    Case("png", b"\x89PNG\r\n\x1a\n" + b"\x33" * 40, code="import.not_a_table", suffix=".xlsx"),
    Case("jpeg", b"\xff\xd8\xff\xe0" + b"\x33" * 40, code="import.not_a_table", suffix=".csv"),
    Case("docx", lambda: zipped_as({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), code="import.not_a_table", suffix=".docx"),
    Case("pptx", lambda: zipped_as({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}), code="import.not_a_table", suffix=".pptx"),
    Case("ods", lambda: _open_document("spreadsheet"), code="import.other_workbook", suffix=".ods"),
    Case("odt", lambda: _open_document("text"), code="import.not_a_table", suffix=".odt"),
    Case("numbers", lambda: zipped_as({"Index/Document.iwa": "x"}), code="import.other_workbook", suffix=".numbers"),
    Case("a program for Windows", b"MZ\x90\0\3\0\0\0" + b"\x33" * 40, code="import.nul_byte", suffix=".csv"),
    Case("a database of another kind", b"SQLite format 3\0" + b"\x33" * 40, code="import.nul_byte", suffix=".db"),
)  # fmt: skip


def _open_document(kind: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}", zipfile.ZIP_STORED)
        archive.writestr("content.xml", "<office/>")
    return out.getvalue()
