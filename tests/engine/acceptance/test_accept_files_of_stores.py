"""Files that name no shop: nobody's until a person says whose, file by file or for a whole platform."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_book import Book
from acceptance_tables import Till, account, accounts, bank, stores

from chainbrain.errors import UserError
from chainbrain.intake.placed_files import EVERY_FILE
from chainbrain.intake.places import Placement

HEAD = """拼多多店铺账务明细查询

起始时间：{first} 00:00:00   终止时间：{last} 23:59:59
---交易记录明细列表---
商户订单号,发生时间,收入金额（+元）,支出金额（-元）,账务类型,备注,业务描述
"""
SOLD = "{order}\t,{day} 10:00:00,{amount},0.00,交易收入,,0010002|交易收入-订单收入\n"
CHARGED = "{order}\t,{day} 10:00:01,0.00,-0.30,技术服务费,,0030002|技术服务费-基础技术服务费\n"
D = Decimal


def order(number: int) -> str:
    return f"260301-{number:015d}"


def bill(path: Path, *sales: tuple[int, str, str]) -> Path:
    """A shop's ledger (账务明细), which says nowhere whose it is: number, day and amount of each sale."""
    days = sorted(day for _, day, _ in sales)
    rows = [
        line.format(order=order(number), day=day, amount=amount)
        for number, day, amount in sales
        for line in (SOLD, CHARGED)
    ]
    path.write_bytes((HEAD.format(first=days[0], last=days[-1]) + "".join(rows)).encode("gb18030"))
    return path


def two_shops(book: Book, *merchants: tuple[str, str]) -> None:
    """Two stores that both sell on the platform; of their accounts only these were written down."""
    known = merchants or (("PDD0001", "S1"),)
    book.add(
        stores(book.folder, "S1 一号店", "S2 二号店"),
        accounts(
            book.folder, *(account("pinduoduo", number, store, rate="", bank="571900000001") for number, store in known)
        ),
    )


def whose(book: Book) -> dict[str, tuple[str | None, str | None]]:
    found = book.rows("select external_id, store_id, merchant_no from payments order by 1")
    return {number.removeprefix("260301-").lstrip("0"): (store, merchant) for number, store, merchant in found}


def file_id(book: Book, name: str) -> str:
    return str(book.rows(f"select cast(file_id as varchar) from source_files where name = '{name}'")[0][0])


@pytest.fixture
def unnamed(book: Book) -> Book:
    """The first store is on record with the platform, the second is not; the export names neither."""
    two_shops(book)
    book.add(bill(book.folder / "march.csv", (1, "2026-03-01", "50.00"), (2, "2026-03-02", "20.00")))
    return book


def test_the_only_account_on_record_takes_nothing_by_itself(unnamed: Book) -> None:
    assert whose(unnamed) == {"1": (None, None), "2": (None, None)}
    (place,) = unnamed.workspace.places.waiting()
    assert (place.kind, place.channel, place.file_name, place.rows, place.amount) == (
        "file", "pinduoduo", "march.csv", 2, D("70.00")
    )  # fmt: skip
    assert (place.first_day, place.last_day) == (date(2026, 3, 1), date(2026, 3, 2))
    assert place.file == file_id(unnamed, "march.csv")
    assert [(one.store_id, one.reason) for one in place.likely] == [("S1", "only_account")]
    unnamed.reconcile()
    assert unnamed.states("payment", "ledger") == {"matched": 2}
    assert unnamed.workspace.check().good


def test_a_word_on_one_file_moves_its_rows_and_no_others(unnamed: Book) -> None:
    unnamed.add(bill(unnamed.folder / "april.csv", (3, "2026-04-01", "30.00")))
    unnamed.reconcile()
    changes = unnamed.workspace.place([Placement("S1", channel="pinduoduo", file=file_id(unnamed, "march.csv"))])
    assert whose(unnamed) == {"1": ("S1", "PDD0001"), "2": ("S1", "PDD0001"), "3": (None, None)}
    assert [place.file_name for place in unnamed.workspace.places.waiting()] == ["april.csv"]
    assert unnamed.rows("select distinct merchant_no from wallet_lines where merchant_no is not null") == [("PDD0001",)]
    assert unnamed.rows("select account_no from source_files where name = 'march.csv'") == [("PDD0001",)]
    unnamed.check_laws()
    assert unnamed.workspace.check().good
    unnamed.workspace.undo(changes.entry_id)
    assert set(whose(unnamed).values()) == {(None, None)}
    assert len(unnamed.workspace.places.waiting()) == 2


def test_a_word_on_the_platform_holds_for_the_files_to_come(unnamed: Book) -> None:
    changes = unnamed.workspace.place([Placement("S1", channel="pinduoduo", file=EVERY_FILE)])
    april = bill(unnamed.folder / "april.csv", (3, "2026-04-01", "30.00"))
    unnamed.workspace.imports.plan([april])
    assert unnamed.workspace.imports.new_places().count == 0
    unnamed.add(april)
    assert set(whose(unnamed).values()) == {("S1", "PDD0001")}
    assert unnamed.workspace.places.waiting() == ()
    (standing,) = unnamed.workspace.places.standing()
    assert (standing.placement.kind, standing.placement.file) == ("file", EVERY_FILE)
    unnamed.reconcile()
    assert unnamed.workspace.check().good
    unnamed.workspace.undo(changes.entry_id)
    assert set(whose(unnamed).values()) == {(None, None)}


def test_the_same_bytes_after_an_undo_follow_the_word_on_their_file(unnamed: Book) -> None:
    told = file_id(unnamed, "march.csv")
    imported = next(entry.entry_id for entry in unnamed.workspace.history() if entry.kind == "import")
    unnamed.workspace.place([Placement("S2", channel="pinduoduo", file=told)])
    unnamed.workspace.undo(imported)
    assert whose(unnamed) == {}
    renamed = unnamed.folder / "another name.csv"
    renamed.write_bytes((unnamed.folder / "march.csv").read_bytes())
    unnamed.add(renamed)
    # The second store has no account with the platform: its rows go to it without one.
    assert set(whose(unnamed).values()) == {("S2", None)}
    unnamed.reconcile()
    assert unnamed.workspace.check().good


def test_the_word_on_a_file_comes_before_the_one_on_its_platform(unnamed: Book) -> None:
    unnamed.add(bill(unnamed.folder / "april.csv", (3, "2026-04-01", "30.00")))
    unnamed.workspace.place([Placement("S2", channel="pinduoduo", file="april.csv")])
    unnamed.workspace.place([Placement("S1", channel="pinduoduo", file=EVERY_FILE)])
    assert whose(unnamed) == {"1": ("S1", "PDD0001"), "2": ("S1", "PDD0001"), "3": ("S2", None)}


def test_words_on_files_are_dated(unnamed: Book) -> None:
    since = date(2026, 3, 2)
    unnamed.workspace.place([Placement("S2", channel="pinduoduo", file=EVERY_FILE, valid_from=since)])
    assert whose(unnamed) == {"1": (None, None), "2": ("S2", None)}
    assert [(place.rows, place.amount) for place in unnamed.workspace.places.waiting()] == [(1, D("50.00"))]
    unnamed.workspace.place([Placement("S1", channel="pinduoduo", file=EVERY_FILE, valid_to=since)])
    # A file of two stores has no single account.
    assert whose(unnamed) == {"1": ("S1", None), "2": ("S2", None)}
    unnamed.reconcile()
    assert unnamed.workspace.check().good


def test_an_account_that_only_a_word_knows_keeps_every_row_in_one_state(book: Book) -> None:
    two_shops(book)
    book.add(bill(book.folder / "march.csv", (1, "2026-03-01", "50.00")))
    book.workspace.place([Placement("S2", channel="pinduoduo", merchant_no="PDD0009")])
    book.workspace.place([Placement("S2", channel="pinduoduo", file="march.csv")])
    assert whose(book) == {"1": ("S2", "PDD0009")}
    book.reconcile()
    assert book.workspace.check().good


def test_a_file_name_with_the_merchant_number_still_proves_its_owner(book: Book) -> None:
    two_shops(book, ("12345678", "S1"), ("87654321", "S2"))
    named = bill(book.folder / "pdd_87654321.csv", (1, "2026-03-01", "50.00"))
    unknown = bill(book.folder / "march.csv", (2, "2026-03-02", "20.00"))
    book.workspace.imports.plan([named, unknown])
    new = book.workspace.imports.new_places()
    assert (new.merchants, new.files, new.count) == ((), (("pinduoduo", "march.csv"),), 1)
    book.add(named, unknown)
    book.workspace.place([Placement("S1", channel="pinduoduo", file=EVERY_FILE)])
    assert whose(book) == {"1": ("S2", "87654321"), "2": ("S1", "12345678")}


def test_a_till_that_knows_the_orders_suggests_its_store(book: Book) -> None:
    two_shops(book)
    till = Till()
    for number in range(1, 4):
        moment = f"2026-03-0{number} 10:00:00"
        till.order("S2", f"X-{number}", moment, "10.00", ("拼多多", "10.00", "", order(number)))
    sales = [(number, f"2026-03-0{number}", "10.00") for number in range(1, 4)]
    book.add(*till.write(book.folder), bill(book.folder / "march.csv", *sales))
    (place,) = book.workspace.places.waiting()
    assert [(one.store_id, one.reason, one.votes) for one in place.likely] == [
        ("S2", "till_numbers", 3), ("S1", "only_account", 0)
    ]  # fmt: skip


def test_the_days_of_a_placed_file_are_complete_for_the_account(unnamed: Book) -> None:
    days = "select distinct state from base.source_days(date '2026-03-01', date '2026-03-03') where source = 'pinduoduo' and day between date '2026-03-01' and date '2026-03-02'"  # noqa: E501
    till = Till()
    till.order("S1", "X-1", "2026-03-01 10:00:00", "10.00", ("现金", "10.00", "", ""))
    till.order("S1", "X-2", "2026-03-02 10:00:00", "10.00", ("现金", "10.00", "", ""))
    unnamed.add(*till.write(unnamed.folder))
    assert unnamed.rows(days) == [("missing",)]
    unnamed.workspace.place([Placement("S1", channel="pinduoduo", file=EVERY_FILE)])
    assert unnamed.rows(days) == [("full",)]


@pytest.mark.parametrize(("said", "stores_of"), [("", {"1": "S1", "2": "S1", "3": None}), ("*", {"1": "S1", "2": "S1", "3": "S1"}), ("全部", {"1": "S1", "2": "S1", "3": "S1"})])  # fmt: skip  # noqa: E501
def test_the_table_names_the_file_and_comes_back_filled_in(unnamed: Book, said: str, stores_of: dict[str, str]) -> None:
    table = unnamed.folder / "归位.csv"
    assert unnamed.cli("places", unnamed.path, "--out", table)[0] == 0
    with table.open(encoding="utf-8-sig", newline="") as stream:
        (row,) = list(csv.DictReader(stream))
    tag = file_id(unnamed, "march.csv").replace("-", "")[:8]
    assert (row["渠道"], row["商户号"], row["文件"]) == ("拼多多", "", f"march.csv #{tag}")
    assert row["建议"].startswith("S1（这个平台只登记了它的账户")
    row |= {"门店编号": "S1", "文件": said or row["文件"]}
    with table.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(row))
        writer.writeheader()
        writer.writerow(row)
    unnamed.add(bill(unnamed.folder / "april.csv", (3, "2026-04-01", "30.00")))
    assert unnamed.cli("place", unnamed.path, table)[0] == 0
    assert {number: store for number, (store, _) in whose(unnamed).items()} == stores_of
    status, shown, _ = unnamed.cli("places", unnamed.path)
    assert status == 0 and ("april.csv" in shown) is (stores_of["3"] is None)


@pytest.mark.parametrize(
    ("said", "channel", "code"),
    [
        ("may.csv", "pinduoduo", "place.file_unknown"),
        ("march.csv", "pinduoduo", "place.file_several"),
        (EVERY_FILE, None, "place.incomplete"),
        (None, "pinduoduo", "place.incomplete"),
    ],
)
def test_a_word_on_no_or_several_files_is_refused(
    unnamed: Book, said: str | None, channel: str | None, code: str
) -> None:
    other = unnamed.folder / "other"
    other.mkdir()
    unnamed.add(bill(other / "march.csv", (3, "2026-03-03", "30.00")))
    with pytest.raises(UserError) as refused:
        unnamed.workspace.place([Placement("S1", channel=channel, file=said)])
    assert refused.value.code == code
    assert unnamed.workspace.places.standing() == ()


def test_a_withdrawal_of_a_placed_file_reaches_the_bank(book: Book) -> None:
    two_shops(book)
    path = book.folder / "march.csv"
    bill(path, (1, "2026-03-01", "50.00"))
    drawn = "\t,2026-03-01 18:00:00,0.00,-49.70,提现,,0060001|提现-提现申请\n"
    path.write_bytes(path.read_bytes() + drawn.encode("gb18030"))
    deposit = ("2026-03-02 09:00:00", "49.70", "上海付费通信息服务有限公司", "PDD0001 2026-03-01")
    book.add(path, bank(book.folder / "bank.csv", [deposit]))
    book.workspace.place([Placement("S1", channel="pinduoduo", file="march.csv")])
    book.reconcile()
    assert book.rows("select state from matches where kind = 'settlement_bank'") == [("confirmed",)]
    assert book.workspace.check().good
