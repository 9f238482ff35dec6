"""Archives and files that are not what they are called."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from chainbrain.importers.limits import Limits

from .conftest import Read, Reader

ReadOne = Callable[..., Read]
CASH = "门店编号,营业日期,实点\n1001,2026-03-01,500.00\n".encode()


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return out.getvalue()


def _read_all(tmp_path: Path, read_path: Reader, data: bytes, limits: Limits | None = None) -> dict[str | None, Read]:
    path = tmp_path / "archive.bin"
    path.write_bytes(data)
    return {item.reading.member: item for item in read_path(path, limits)}


def test_one_bad_member_does_not_stop_the_others(tmp_path: Path, read_path: Reader) -> None:
    found = _read_all(
        tmp_path,
        read_path,
        _zip(a_csv=CASH, b_txt=b"what is this\n", c_zip=_zip(x_csv=CASH), d_csv=CASH + b"1002,x,1\n"),
    )
    assert {name: item.reading.outcome for name, item in found.items()} == {
        "a.csv": "read", "b.txt": "unknown", "c.zip": "refused", "d.csv": "read",
    }  # fmt: skip
    assert found["c.zip"].reading.code == "import.zip_nested"
    assert found["d.csv"].codes == ["day"]
    assert found["a.csv"].reading.name == "archive.bin!a.csv"
    assert len({item.reading.sha256 for item in found.values()}) == 4
    assert len({item.reading.container_sha256 for item in found.values()}) == 1


def test_member_names_in_gbk(read_path: Reader) -> None:
    from .conftest import GOLDEN

    path = next((GOLDEN / "alipay-merchant-trade").glob("*.zip"))
    assert [item.reading.member for item in read_path(path)] == [
        "20880000000000000156_20260301_业务明细(汇总).csv",
        "20880000000000000156_20260301_业务明细.csv",
    ]


@pytest.mark.parametrize("cut", [10, 60, 100])
def test_a_truncated_archive(read: ReadOne, cut: int) -> None:
    whole = _zip(a_csv=CASH)
    reading = read(whole[: len(whole) * cut // 110]).reading
    assert (reading.outcome, reading.code) == ("refused", "import.zip_damaged")


def test_a_damaged_member(tmp_path: Path, read_path: Reader) -> None:
    data = bytearray(_zip(a_csv=CASH * 50, b_csv=CASH))
    data[60] ^= 0xFF
    found = _read_all(tmp_path, read_path, bytes(data))
    assert found["a.csv"].reading.code == "import.zip_member_damaged"
    assert found["b.csv"].reading.outcome == "read"


def test_a_member_with_a_password(tmp_path: Path, read_path: Reader) -> None:
    data = bytearray(_zip(a_csv=CASH))
    # The bit that says "encrypted", in the member's own head and in the directory.
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert _read_all(tmp_path, read_path, bytes(data))["a.csv"].reading.code == "import.encrypted"


def test_a_bomb_is_stopped_by_its_real_size(read: ReadOne) -> None:
    reading = read(_zip(a_csv=b"0" * 30_000_000)).reading
    assert (reading.outcome, reading.code) == ("refused", "import.zip_bomb")


def test_a_bomb_that_lies_about_its_size(read: ReadOne) -> None:
    data = bytearray(_zip(a_csv=b"0" * 30_000_000))
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 100)
    assert read(bytes(data)).reading.outcome == "refused"


def test_too_many_members(read: ReadOne) -> None:
    reading = read(_zip(**{f"a{number}_csv": CASH for number in range(201)})).reading
    assert (reading.code, reading.facts["entries"]) == ("import.zip_too_many", "201")


def test_the_members_together_may_not_be_too_large(read: ReadOne) -> None:
    parts = {f"a{number}_csv": bytes(range(256)) * 2_000 for number in range(4)}
    assert read(_zip(**parts), Limits(file_bytes=1_200_000)).reading.code == "import.too_large"


def test_system_files_inside_are_skipped(tmp_path: Path, read_path: Reader) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("__MACOSX/._a.csv", ".DS_Store", "folder/~$a.xlsx", "folder/Thumbs.db", "folder/a.csv"):
            archive.writestr(name, CASH)
    assert list(_read_all(tmp_path, read_path, out.getvalue())) == ["folder/a.csv"]


def test_an_empty_archive(read: ReadOne) -> None:
    assert read(_zip()).reading.code == "import.empty"


def test_gzip(read: ReadOne) -> None:
    found = read(gzip.compress(CASH))
    assert found.reading.member is None
    assert found.frames["cash_counts"].height == 1
    assert read(gzip.compress(CASH)[:-12]).reading.code == "import.zip_damaged"
    assert read(gzip.compress(b"0" * 5_000_000), Limits(file_bytes=1_000_000)).reading.code == "import.too_large"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html><p>\xe4\xba\xa4\xe6\x98\x93</p></html>", "import.markup_no_table"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "import.markup_no_table"),
        (b"%PDF-1.7 ...", "import.not_a_table"),
        (b"\x89PNG\r\n\x1a\n...", "import.not_a_table"),
        (b"Rar!\x1a\x07\x00...", "import.other_archive"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "import.encrypted",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "import.workbook_damaged"),
    ],
)
def test_what_is_no_export(read: ReadOne, data: bytes, code: str) -> None:
    reading = read(data).reading
    assert (reading.outcome, reading.code) == ("refused", code)


def test_a_file_that_is_too_large_is_not_even_read(read: ReadOne) -> None:
    assert read(CASH, Limits(file_bytes=10)).reading.code == "import.too_large"


def test_a_file_that_is_not_there(tmp_path: Path, read_path: Reader) -> None:
    assert [item.reading.code for item in read_path(tmp_path / "gone.csv")] == ["import.unreadable"]
