"""What holds for every chain: order of imports, repeats, overlaps, undo, and what a bad file may never do."""

# Rows of files stand one to a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import random
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_book import Book
from acceptance_tables import Till, account, accounts, bank, csv_file, stores, waimai, waimai_row, xlsx_file
from acceptance_wallets import ali_bill, ali_ledger, ali_refund, ali_sale, wx_bill, wx_fund, wx_refund, wx_sale, wx_text
from openpyxl import Workbook

A, B, P, M, BANK = "1900000101", "1900000202", "2088111122223334", "90001", "571900000001"
CFT, ZFB, MT = "深圳市财付通支付科技有限公司", "支付宝（中国）网络技术有限公司", "北京钱袋宝支付技术有限公司"


def wx(number: int) -> str:
    return f"42000018{number:020d}"


def ali(number: int) -> str:
    return f"20260310220014{number:014d}"


def small_chain(folder: Path) -> list[Path]:
    """Three days of two shops, every kind of file, with differences of most kinds in it."""
    folder.mkdir(exist_ok=True)
    rng, till = random.Random(5), Till()
    files = [stores(folder, "S1 一号店", "S2 二号店 04:00"), accounts(
        folder, account("微信", A, "S1", bank=BANK), account("微信", B, "S2", bank=BANK), account("支付宝", P, "S1", bank=BANK),
        account("美团外卖", M, "S1", "6.5%", BANK, rule="T3"),
    )]  # fmt: skip
    number, meals, paid = 0, [], []
    for day in (10, 11, 12):
        date = f"2026-03-{day}"
        for store, merchant in (("S1", A), ("S2", B)):
            sales, fund = [], []
            for place in range(1, 7):
                number += 1
                at, price = f"{date} 12:{place:02d}:00", rng.choice(["9.90", "18.00", "25.50"])
                fee = f"{(Decimal(price) * Decimal('0.006')).quantize(Decimal('0.01')):.2f}"
                if number % 11:
                    till.order(store, f"{store}-{number:04d}", at, price, ("微信", price, merchant, f"{place:04d}"))
                if number % 8:
                    shown = "8.80" if number == 17 else price
                    sales.append(wx_sale(wx(number), f"{place:04d}", at, shown, fee, merchant))
                    fund += [
                        (at, wx(number), f"{number}01", "交易", shown, f"{place:04d}"),
                        (at, wx(number), f"{number}02", "扣除交易手续费", f"-{fee}", ""),
                    ]
            if day == 11:
                till.tenders.append(
                    (
                        f"{store}-{number:04d}",
                        store,
                        "微信",
                        f"-{price}",
                        f"{date} 14:00:00",
                        "是",
                        merchant,
                        sales[-1]["微信订单号"],
                    )
                )
                sales.append(
                    wx_refund(
                        wx(number),
                        "0006",
                        f"{date} 14:00:03",
                        price,
                        f"503{number:09d}",
                        f"R{number}",
                        f"-{fee}",
                        merchant,
                    )
                )
                fund += [(f"{date} 14:00:03", f"503{number:09d}", f"{number}03", "退款", f"-{price}", f"R{number}"),
                         (f"{date} 14:00:03", f"503{number:09d}", f"{number}04", "退还交易手续费", fee, f"R{number}")]  # fmt: skip
            out = sum((Decimal(line[4]) for line in fund), Decimal(0))
            fund.append((f"{date} 23:50:00", f"7000{number}", f"99{number:08d}", "提现", f"-{out}", f"W{number}"))
            files += [
                wx_bill(folder / f"wx-{store}-{day}.csv", sales),
                wx_fund(folder / f"fund-{store}-{day}.csv", fund),
            ]
            if (store, day) != ("S2", 12):
                paid.append((f"2026-03-{day + 1}", f"{out:.2f}", CFT, f"{merchant}提现"))
        number += 1
        till.order("S1", f"S1-A{day}", f"{date} 18:00:00", "40.00", ("支付宝", "40.00", P, f"ZA{day}"))
        rows = [ali_sale(ali(number), f"ZA{day}", f"{date} 18:00:02", "40.00", "0.24", "S1")]
        if day == 12:
            rows.append(
                ali_refund(ali(number), f"ZA{day}", f"{date} 19:00:00", "15.00", "B1", "0.09", f"{date} 18:00:02", "S1")
            )
        span = {"first": f"2026年03月{day}日", "after": f"2026年03月{day + 1}日"}
        files.append(ali_bill(folder / f"ali-{day}.csv", rows, **span))
        files.append(ali_ledger(folder / f"alil-{day}.csv", [
            (f"{date} 18:00:02", f"{number}81", ali(number), f"ZA{day}", "在线支付", "40.00"), (f"{date} 18:00:02", f"{number}82", ali(number), f"ZA{day}", "收费", "-0.24"),
        ], newest_first=True, **span))  # fmt: skip
        meals.append(waimai_row(M, f"30011223344{day:08d}", date, "36.99", "48.00", "2.00", "-6.00", "-7.01", "-2.86"))
        till.order(
            "S1",
            f"S1-M{day}",
            f"{date} 12:00:00",
            "44.00",
            ("美团外卖", "44.00", M, f"30011223344{day:08d}"),
            channel="美团",
        )
    files.append(waimai(folder / "w1.xlsx", meals[:2], {"2026-03-10": "2026-03-13", "2026-03-11": "-"}))
    files.append(waimai(folder / "w2.xlsx", meals[1:], {"2026-03-11": "2026-03-16", "2026-03-12": "2026-03-17"}))
    paid += [("2026-03-13", "36.99", MT, "美团结算"), ("2026-03-14", "88.00", "某客户", "货款")]
    files += [bank(folder / "bank.csv", sorted(paid)), *till.write(folder)]
    return files


def test_the_order_of_imports_does_not_matter(book: Book, tmp_path: Path) -> None:
    files = small_chain(tmp_path / "files")
    book.add(*files)
    book.reconcile()
    expected = book.facts()
    assert {code for code, *_ in book.codes()} >= {"D01", "D02", "D03"}
    rng = random.Random(11)
    for number in range(2):
        other = Book(tmp_path, f"b{number}")
        shuffled = rng.sample(files, len(files))
        step = 1 if number else 5
        for start in range(0, len(shuffled), step):
            other.add(*shuffled[start : start + step])
            if start == 10 * step:
                other.workspace.reconcile()
        other.reconcile()
        found = other.facts()
        for name, rows in expected.items():
            assert found[name] == rows, name
        other.close()


def test_repeats_add_nothing_and_undo_is_exact(book: Book, tmp_path: Path) -> None:
    files = small_chain(tmp_path / "files")
    book.add(*files[:-2])
    book.reconcile()
    before = book.facts()
    assert {item["outcome"] for item in book.take(*files[:-2])} == {"already_imported"}
    assert book.cli("import", book.path, *files[-2:])[0] == 0
    book.reconcile()
    full = book.facts()
    assert full != before
    status, _, err = book.cli("undo", book.path)
    assert status == 0, err
    entries = book.json("history", book.path)["entries"]
    assert entries[0]["kind"] == "undo" or entries[0]["undoes"]
    if any(entry["kind"] == "reconcile" and not entry.get("undone_by") for entry in entries[:1]):
        pytest.fail("undo must take the last undoable entry back")
    book.reconcile()
    while book.facts()["ids"] != before["ids"]:
        assert book.cli("undo", book.path)[0] == 0
    book.reconcile()
    assert book.facts() == before
    assert {item["outcome"] for item in book.take(*files[-2:])} == {"imported"}
    book.reconcile()
    assert book.facts() == full
    assert book.json("check", book.path)["good"]


def test_overlapping_exports_add_only_what_is_new(book: Book) -> None:
    rows = [wx_sale(wx(n), f"X{n}", f"2026-03-1{n // 4} 12:0{n}:00", "9.90", "0.06") for n in range(1, 9)]
    book.add(wx_bill(book.folder / "a.csv", rows[:5]))
    assert book.take(wx_bill(book.folder / "b.csv", rows[3:]))[0]["rows"] == {
        "new": 3,
        "seen": 2,
        "suspect": 0,
        "broken": 0,
    }
    assert book.take(wx_bill(book.folder / "c.csv", rows, "SUCCESS"))[0]["rows"] == {
        "new": 0,
        "seen": 8,
        "suspect": 0,
        "broken": 0,
    }
    assert book.take(wx_bill(book.folder / "d.csv", rows, encoding="gb18030"))[0]["rows"] == {
        "new": 0,
        "seen": 8,
        "suspect": 0,
        "broken": 0,
    }
    assert book.take(wx_bill(book.folder / "e.csv", rows, "OLD_ALL"))[0]["rows"] == {
        "new": 0,
        "seen": 8,
        "suspect": 0,
        "broken": 0,
    }


def test_three_equal_coffees_stay_three(book: Book) -> None:
    till = Till()
    for n in range(3):
        till.order("S1", f"O{n}", "2026-03-10 08:00:00", "9.90", ("现金", "9.90", "", ""))
    till.order("S1", "O9", "2026-03-10 08:00:00", "29.70", *[("现金", "9.90", "", "")] * 3)
    files = till.write(book.folder)
    book.add(*files)
    assert book.rows("select count(*), sum(amount) from tenders") == [(6, Decimal("59.40"))]
    till.order("S1", "P1", "2026-03-10 09:00:00", "9.90", ("现金", "9.90", "", ""))
    again = [item["rows"] for item in book.take(*till.write(book.folder, "again"))]
    assert again == [{"new": 1, "seen": 4, "suspect": 0, "broken": 0}, {"new": 1, "seen": 6, "suspect": 0, "broken": 0}]


def test_an_order_number_used_again_on_another_day_is_never_swallowed(book: Book) -> None:
    """Same number, same amount, another day: the second sale must not vanish as "seen"."""
    for day in (10, 11):
        till = Till()
        till.order("S1", "0001", f"2026-03-{day} 12:00:00", "18.00", ("现金", "18.00", "", ""))
        orders, _ = till.write(book.folder, f"d{day}")
        answer = book.json("import", book.path, orders, status=0 if day == 10 else 3)["files"][0]
    assert answer["rows"]["seen"] == 0
    assert [problem["state"] for problem in answer["problems"]] == ["suspect"] or answer["rows"]["new"] == 1


def test_undoing_the_first_of_two_overlapping_files_keeps_the_shared_rows(book: Book) -> None:
    rows = [wx_sale(wx(n), f"X{n}", f"2026-03-10 12:0{n}:00", "9.90", "0.06") for n in range(1, 6)]
    book.take(wx_bill(book.folder / "a.csv", rows[:3]))
    book.take(wx_bill(book.folder / "b.csv", rows[1:]))
    first = book.json("history", book.path)["entries"][-1]["entry_id"]
    assert book.cli("undo", book.path, first)[0] == 0
    book.reconcile()
    assert [row[0] for row in book.rows("select external_id from payments order by 1")] == [wx(n) for n in range(2, 6)]


# ------------------------------------------------------------------------------------------------ bad input
def bad_files(folder: Path) -> dict[str, tuple[Path, set[str]]]:
    """Name → file and the outcomes that are right for it."""
    rows = [wx_sale(wx(n), f"X{n}", f"2026-03-10 12:0{n}:00", "9.90", "0.06") for n in range(1, 4)]
    text = wx_text(rows)
    fund = wx_fund(
        folder / "good-fund.txt",
        [
            ("2026-03-10 12:00:00", wx(1), "1", "交易", "9.90", ""),
            ("2026-03-10 12:00:00", wx(2), "2", "交易", "1.00", ""),
        ],
    ).read_bytes()
    (folder / "good-fund.txt").unlink()
    made: dict[str, tuple[Path, set[str]]] = {}

    def put(name: str, data: bytes, *outcomes: str) -> None:
        path = folder / name
        path.write_bytes(data)
        made[name] = (path, set(outcomes) or {"refused"})

    put("digit.csv", text.replace("`9.90", "`9.80", 1).encode())
    put("cut.csv", text[: len(text) // 2].encode())
    put("fund-digit.csv", fund.replace(b"9.90,`9.90", b"9.90,`9.91", 1))
    put(
        "bank-digit.csv",
        bank(folder / "x.csv", [("2026-03-10", "29.82", CFT, ""), ("2026-03-11", "30.00", CFT, "")])
        .read_bytes()
        .replace(b"29.82", b"28.82"),
    )
    put(
        "ali-digit.csv",
        ali_bill(folder / "x.csv", [ali_sale(ali(1), "X", "2026-03-10 12:00:00", "40.00")])
        .read_bytes()
        .replace(b"40.00,40.00", b"40.00,46.00", 1),
    )
    (folder / "x.csv").unlink()
    put("empty.csv", b"")
    put("blank.csv", b"\r\n \r\n")
    put("unknown.csv", "编号,姓名,电话\r\n1,王,138\r\n".encode(), "needs_mapping", "refused")
    put("page.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>", "refused", "needs_mapping")
    put("noise.bin", bytes(range(256)) * 40, "refused", "needs_mapping")
    put("broken-encoding.csv", text.encode()[:400] + b"\xff\xfe\x81" + text.encode()[400:])
    put("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(500))
    good = folder / "inside.zip"
    with zipfile.ZipFile(good, "w") as archive:
        archive.writestr("bill.csv", text)
    whole = good.read_bytes()
    put("truncated.zip", whole[: len(whole) * 2 // 3])
    locked = bytearray(whole)
    locked[6] |= 1
    at = whole.rindex(b"PK\x01\x02")
    locked[at + 8] |= 1
    put("password.zip", bytes(locked))
    good.unlink()
    book = Workbook()
    book.active.append(["订单号", "门店编号"])
    book.active["XFD1048576"] = "x"
    book.save(folder / "corner.xlsx")
    made["corner.xlsx"] = (folder / "corner.xlsx", {"refused", "needs_mapping"})
    damaged = xlsx_file(folder / "y.xlsx", {"a": [("门店编号", "门店名称"), ("S1", "x")]}).read_bytes()
    (folder / "y.xlsx").unlink()
    put("damaged.xlsx", damaged[:200] + bytes(100) + damaged[300:], "refused", "needs_mapping")
    return made


def test_bad_files_leave_nothing_and_do_not_stop_the_others(book: Book, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    bad = bad_files(folder)
    good = wx_bill(folder / "good.csv", [wx_sale(wx(77), "X77", "2026-03-10 13:00:00", "5.00", "0.03")])
    (folder / ".DS_Store").write_bytes(b"junk")
    (folder / "Thumbs.db").write_bytes(b"junk")
    (folder / "~$open.xlsx").write_bytes(b"junk")
    answer = book.json("import", book.path, folder, status=3)["files"]
    by_name = {Path(item["path"]).name: item for item in answer}
    for name, (_, outcomes) in bad.items():
        item = next(found for key, found in by_name.items() if key.startswith(name))
        assert item["outcome"] in outcomes, (name, item)
        assert item["code"], name
    assert by_name[good.name]["outcome"] == "imported"
    assert len(answer) == len(bad) + 1
    assert book.rows("select name from source_files") == [("good.csv",)]
    assert book.rows("select external_id from payments") == [(wx(77),)]
    for table in ("orders", "tenders", "wallet_lines", "bank_lines", "settlements"):
        assert book.rows(f"select count(*) from {table}") == [(0,)]
    status, _, err = book.cli("--lang", "en", "import", book.path, *(path for path, _ in bad.values()))
    assert status == 3
    assert "Traceback" not in err
    for name in bad:
        assert name in err


def test_differing_totals_are_taken_only_on_request(book: Book) -> None:
    text = wx_text([wx_sale(wx(1), "X1", "2026-03-10 12:00:00", "9.90", "0.06")]).replace(
        "`9.90,`0.00,`0,", "`9.80,`0.00,`0,", 1
    )
    path = book.folder / "a.csv"
    path.write_text(text, encoding="utf-8")
    refused = book.take(path, status=3)[0]
    assert (refused["outcome"], refused["control_total"]) == ("refused", "differs")
    assert {refused["facts"]["stated"], refused["facts"]["summed"]} == {"9.90", "9.80"}
    taken = book.take(path, options=["--accept-differences"])[0]
    assert (taken["outcome"], taken["control_total"]) == ("imported", "differs")
    assert book.rows("select control_total from source_files") == [("differs",)]


def test_the_same_number_with_another_amount_is_suspect_and_left_out(book: Book) -> None:
    book.add(wx_bill(book.folder / "a.csv", [wx_sale(wx(1), "X1", "2026-03-10 12:00:00", "9.90", "0.06")]))
    other = wx_bill(
        book.folder / "b.csv",
        [
            wx_sale(wx(1), "X1", "2026-03-10 12:00:00", "8.80", "0.05"),
            wx_sale(wx(2), "X2", "2026-03-10 12:00:00", "1.00", "0.01"),
        ],
    )
    answer = book.take(other, status=3)[0]
    assert answer["rows"] == {"new": 1, "seen": 0, "suspect": 1, "broken": 0}
    assert answer["problems"][0]["line"] == 2
    assert book.rows("select sum(amount) from payments") == [(Decimal("10.90"),)]


def test_a_broken_row_is_named_and_the_good_ones_are_written(book: Book) -> None:
    rows = [("订单号", "门店编号", "支付方式", "支付金额", "支付时间", "是否退款", "商户号", "流水号"),
            ("O1", "S1", "微信", "5.00", "2026-03-10 12:00:00", "否", "", ""), ("O2", "S1", "微信", "五元", "2026-03-10 12:00:00", "否", "", ""),
            ("O3", "S1", "微信", "5.00", "2026-13-10 12:00:00", "否", "", ""), ("O4", "S1", "微信", "5.001", "2026-03-10 12:00:00", "否", "", "")]  # fmt: skip
    answer = book.take(csv_file(book.folder / "a.csv", rows), status=3)[0]
    assert answer["rows"] == {"new": 1, "seen": 0, "suspect": 0, "broken": 3}
    assert [(problem["line"], problem["column"], problem["value"]) for problem in answer["problems"]] == [
        (3, "支付金额", "五元"), (4, "支付时间", "2026-13-10 12:00:00"), (5, "支付金额", "5.001"),
    ]  # fmt: skip


def test_one_bad_member_does_not_stop_the_others(book: Book) -> None:
    good = wx_text([wx_sale(wx(1), "X1", "2026-03-10 12:00:00", "9.90", "0.06")])
    path = book.folder / "bills.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", good)
        archive.writestr("b.csv", good.replace("`9.90", "`9.80", 1))
        archive.writestr("说明.txt", "只是说明")
    answer = {item["path"].split("!")[-1]: item["outcome"] for item in book.take(path, status=3)}
    assert answer["a.csv"] == "imported"
    assert answer["b.csv"] == "refused"
    assert book.rows("select count(*) from payments") == [(1,)]


def test_the_real_command_line(tmp_path: Path) -> None:
    """Another process, the reading process, wrong usage, and the answer on standard output alone."""
    path = wx_bill(tmp_path / "a.csv", [wx_sale(wx(1), "X1", "2026-03-10 12:00:00", "9.90", "0.06")])
    book = tmp_path / "b.chainbrain"
    run = [sys.executable, "-m", "chainbrain", "import", str(book), str(path), "--json"]
    done = subprocess.run(run, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout.lstrip().startswith("{")
    assert book.exists()
    missing = subprocess.run(
        [*run[:5], str(tmp_path / "none.csv"), "--json"], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert missing.returncode in (2, 3)
    assert "Traceback" not in missing.stderr
