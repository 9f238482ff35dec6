"""What is closed with a password: opened by the right one, named by a code that says what is missing."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path

import openpyxl
import pytest
from closed_files import Way, closed_workbook, closed_zip

from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.importers.child import Request
from chainbrain.workspace import Workspace

from .conftest import Reader

CASH = "门店编号,营业日期,实点\n1001,2026-03-01,500.00\n".encode()
# Made by another program (pyzipper 0.4.0) from the same bytes, password 482913.
FOREIGN = {
    "AE-1 128": (
        "P)h>@6aWDLV*u*2d0nF2c5qPu001}u000F53jkp*V{>)^nFjy?06|3o2msZ`NF<lKsUrI`h~q8-_Nr8coOim>`D|n!G}4|m8rN>^"
        ">(jRkfQo){td>0zjgEq*-x(ib-i&ePmuM3!oAatxx97?nw!I>A5J4q`C~(wJO928D0~7!O0Am2^vw2;j-F9$M0000u0000501E&B"
        "000000001h0RR910AVg;b9Mol2LJ&8K}7)w08mQ>1^@s60096206qW!0Dk}g0000"
    ),
    "AE-2 192": (
        "P)h>@6aWDLV*u*2d0hYi00310001}u000F53jkp*V{>)^nFjy@06|3p2mszJT}Ri13CP>-`-Eiv_On}6Thf~{cPQz;deAaFoy@A<"
        "41YcKf;#@}LzPAkb;=S<cKWHPc?5pwiy@0FtgDtRsHJIo>7hiV6lyy7>0uT3kKIsEO928D0~7!O0Am2^vw2+r000100000u00005"
        "01E&B000000001h0RR910AVg;b9Mol2LJ*9K}7-x08mQ>1^@s60096206qW!0D}Mk0000"
    ),
    "AE-2 256": (
        "P)h>@6aWDLV*u*2d0hYi003D4001}u000F53jkp*V{>)^nFjy@06|3p2mlUm(8Cp7e$7$_^%wMu1s@P4v>0NMPZ)8+>ZvGz4&48E"
        ">WBJKl65U1Gi*VI7TPE2=-(6?GT9jJ0xsEpedA(USvti63jG7#=B_yq*)pZ2?nKHlzT?<XO928D0~7!O0Am2^vw2+r000140000u"
        "0000501E&B000000001h0RR910AVg;b9Mol2LJ*9K}7=y08mQ>1^@s60096206qW!0EYko0000"
    ),
}
WAYS: tuple[Way, ...] = ("classic", "ae-1", "ae-2")


def _read(read_path: Reader, tmp_path: Path, data: bytes, *passwords: str) -> dict[str | None, tuple[str, str | None]]:
    path = tmp_path / "closed.bin"
    path.write_bytes(data)
    found = read_path(path, passwords=passwords)
    for item in found:
        if item.reading.outcome == "read":
            assert item.frames["cash_counts"].height == 1
    return {item.reading.member: (item.reading.outcome, item.reading.code) for item in found}


def _workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (("门店编号", "营业日期", "实点"), ("1001", "2026-03-01", 500)):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", FOREIGN)
def test_archives_of_another_program(name: str, read_path: Reader, tmp_path: Path) -> None:
    data = base64.b85decode(FOREIGN[name])
    assert _read(read_path, tmp_path, data, "000000", "482913") == {"a.csv": ("read", None)}
    assert _read(read_path, tmp_path, data, "000000") == {"a.csv": ("refused", "import.wrong_password")}
    assert _read(read_path, tmp_path, data) == {"a.csv": ("refused", "import.encrypted")}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("bits", [128, 192, 256])
def test_every_way_and_strength(way: Way, bits: int, read_path: Reader, tmp_path: Path) -> None:
    data = closed_zip({"a.csv": CASH, "b/c.csv": CASH}, "密码 12", way, bits=bits)
    assert _read(read_path, tmp_path, data, "x", "密码 12") == {"a.csv": ("read", None), "b/c.csv": ("read", None)}


def test_many_wrong_passwords_open_nothing(read_path: Reader, tmp_path: Path) -> None:
    # One in 256 passes the check byte of the classic way; only the content tells then.
    data = closed_zip({"a.csv": CASH}, "482913")
    wrong = [f"{number:06d}" for number in range(1_000)]
    assert _read(read_path, tmp_path, data, *wrong) == {"a.csv": ("refused", "import.wrong_password")}
    assert _read(read_path, tmp_path, data, *wrong, "482913") == {"a.csv": ("read", None)}


def test_names_in_gbk_and_a_password_typed_in_gbk(read_path: Reader, tmp_path: Path) -> None:
    data = closed_zip({"微信支付账单.csv": CASH}, "482913", encoding="gb18030")
    assert _read(read_path, tmp_path, data, "482913") == {"微信支付账单.csv": ("read", None)}
    # The archiver took the letters of the password as GBK.
    gbk = closed_zip({"a.csv": CASH}, "密码".encode("gb18030").decode("latin-1"))
    assert _read(read_path, tmp_path, gbk, "密码") == {"a.csv": ("refused", "import.wrong_password")}


@pytest.mark.parametrize("way", ["ae-1", "ae-2"])
def test_a_changed_byte_under_the_right_password_is_damage(way: Way, read_path: Reader, tmp_path: Path) -> None:
    data = bytearray(closed_zip({"a.csv": CASH, "b.csv": CASH * 2}, "482913", way))
    assert data.count(b"b.csv") == 2
    data[data.rindex(b"PK\x01\x02") - 20] ^= 1
    path = tmp_path / "closed.bin"
    path.write_bytes(bytes(data))
    codes = {item.reading.member: item.reading.code for item in read_path(path, passwords=["482913"])}
    assert "import.zip_member_damaged" in codes.values()


def test_what_no_password_opens(read_path: Reader, tmp_path: Path) -> None:
    data = closed_zip({"a.csv": CASH}, "482913", "strong")
    assert _read(read_path, tmp_path, data, "482913") == {"a.csv": ("refused", "import.encryption_unknown")}


def test_a_workbook_with_a_password(read_path: Reader, tmp_path: Path) -> None:
    data = closed_workbook(_workbook(), "482913")
    assert _read(read_path, tmp_path, data, "1", "482913") == {None: ("read", None)}
    assert _read(read_path, tmp_path, data, "1") == {None: ("refused", "import.wrong_password")}
    assert _read(read_path, tmp_path, data) == {None: ("refused", "import.encrypted")}
    assert _read(read_path, tmp_path, data[:-3000], "482913") == {None: ("refused", "import.workbook_damaged")}
    inside = closed_zip({"a.xlsx": data}, "zip", "ae-2")
    assert _read(read_path, tmp_path, inside, "zip", "482913") == {"a.xlsx": ("read", None)}


def test_a_password_shows_itself_nowhere() -> None:
    assert "482913" not in repr(Request(0, Path("a"), Path("b"), ("482913",)))


def test_the_room_asks_again_only_for_what_is_closed(tmp_path: Path) -> None:
    one, two, plain = tmp_path / "1.zip", tmp_path / "2.zip", tmp_path / "3.csv"
    one.write_bytes(closed_zip({"a.csv": CASH}, "first", "ae-2"))
    two.write_bytes(
        closed_zip({"b.csv": CASH.replace(b"1001", b"1002"), "c.csv": CASH.replace(b"1001", b"1003")}, "second")
    )
    plain.write_bytes(CASH.replace(b"1001", b"1004"))
    book = tmp_path / "b.chainbrain"
    with Workspace.open_or_create(book) as workspace:
        room = workspace.imports
        plan = room.plan([one, two, plain])
        assert [file.code for file in plan.files] == ["import.encrypted"] * 3 + [None]
        assert [file.locked for file in plan.files] == [True, True, True, False]
        later = room.unlock(["first"])
        assert [file.code for file in later.files] == [None, "import.wrong_password", "import.wrong_password", None]
        with pytest.raises(UserError, match="plan_outdated"):
            room.apply(plan)
        plan = room.unlock(["second"])
        assert [file.outcome for file in plan.files] == ["imported"] * 4
        assert plan.new_rows == 4
        room.apply(plan)
        with pytest.raises(UserError, match="plan_outdated"):
            room.unlock(["third"])
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".zip")
    assert b"second" not in everything


def test_a_dropped_plan_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "1.zip"
    path.write_bytes(closed_zip({"a.csv": CASH}, "first", "ae-2"))
    with Workspace.open_or_create(tmp_path / "b.chainbrain") as workspace:
        room = workspace.imports
        room.plan([path])
        plan = room.unlock(["first"])
        (desk,) = tmp_path.rglob("desk-*")
        assert room.passwords == ("first",)
        room.drop()
        assert room.passwords == ()
        assert not desk.exists()
        for late in (lambda: room.apply(plan), lambda: room.unlock(["first"]), room.recognise):
            with pytest.raises(UserError, match="plan_outdated"):
                late()
        assert room.passwords == ()
        assert [file.code for file in room.plan([path]).files] == ["import.encrypted"]


def test_the_command_line_takes_a_file_of_passwords(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bill, book, words = tmp_path / "bill.zip", tmp_path / "b.chainbrain", tmp_path / "passwords.txt"
    bill.write_bytes(closed_zip({"a.csv": CASH}, "482913", "ae-2"))
    words.write_bytes("\ufeff000000\r\n\r\n482913\r\n".encode())
    command = ["--quiet", "import", str(book), str(bill), "--json"]
    assert main(command) == 3
    assert json.loads(capsys.readouterr().out)["files"][0]["code"] == "import.encrypted"
    assert main([*command, "--password-file", str(words)]) == 0
    assert json.loads(capsys.readouterr().out)["files"][0]["outcome"] == "imported"


def test_a_bad_file_of_passwords_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bill, book, words = tmp_path / "bill.csv", tmp_path / "b.chainbrain", tmp_path / "passwords.txt"
    bill.write_bytes(CASH)
    command = ["--quiet", "import", str(book), str(bill), "--password-file", str(words)]
    assert main(command) == 2
    assert "passwords.txt" in capsys.readouterr().err
    words.write_bytes(b"\xff\xfe1\x002\x00")
    assert main(command) == 2
    assert "UTF-8" in capsys.readouterr().err
    assert not book.exists()
