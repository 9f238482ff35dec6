"""What belongs to no store yet: told before the import, listed after it, placed by a person, taken back."""

# Rows of files stand one to a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal

import pytest
from acceptance_book import Book
from acceptance_tables import Till, account, accounts, stores
from acceptance_wallets import wx_bill, wx_sale

from chainbrain import texts
from chainbrain.commands import places
from chainbrain.errors import UserError
from chainbrain.intake.places import Placement

A, B = "1900000101", "1900000202"
DAY = "2026-03-10"
D = Decimal


def wx(number: int) -> str:
    return f"42000018{number:020d}"


def store_of(book: Book) -> dict[str, str | None]:
    return dict(book.rows("select external_id, store_id from payments order by 1"))


def two_shops(book: Book) -> None:
    """Both shops' tills; one wallet bill of a merchant number that nobody has written down."""
    till = Till()
    for number in range(1, 5):
        till.order(
            "S1",
            f"S1-{number}",
            f"{DAY} 12:0{number}:00",
            f"{10 + number}.00",
            ("微信", f"{10 + number}.00", B, wx(number)),
        )
    bill = wx_bill(
        book.folder / "a.csv",
        [wx_sale(wx(n), f"o{n}", f"{DAY} 12:0{n}:05", f"{10 + n}.00", "0.07", mch=B) for n in range(1, 5)],
    )
    book.add(stores(book.folder, "S1 一号店", "S2 二号店"), *till.write(book.folder), bill)


def test_a_merchant_number_without_a_contract_is_listed_with_what_the_tills_say(book: Book) -> None:
    two_shops(book)
    (place,) = book.workspace.places.waiting()
    assert (place.kind, place.channel, place.merchant_no, place.rows, place.amount) == (
        "merchant",
        "wechat",
        B,
        4,
        D("50.00"),
    )
    assert (place.first_day, place.last_day) == (date(2026, 3, 10), date(2026, 3, 10))
    assert [(one.store_id, one.reason, one.votes, one.of) for one in place.likely] == [("S1", "till_numbers", 4, 4)]


def test_a_persons_word_moves_the_old_rows_and_taking_it_back_moves_them_back(book: Book) -> None:
    two_shops(book)
    assert set(store_of(book).values()) == {None}
    changes = book.workspace.place([Placement("S1", channel="wechat", merchant_no=B)])
    assert set(store_of(book).values()) == {"S1"}
    assert book.workspace.places.waiting() == ()
    assert book.rows("select store_id from merchant_accounts where merchant_no = '1900000202'") == [("S1",)]
    book.workspace.undo(changes.entry_id)
    assert set(store_of(book).values()) == {None}
    assert len(book.workspace.places.waiting()) == 1


def test_words_are_dated(book: Book) -> None:
    days = ("2026-03-09", "2026-03-10", "2026-03-11")
    rows = [wx_sale(wx(n), f"o{n}", f"{day} 12:00:00", "10.00", "0.06", mch=B) for n, day in enumerate(days, 1)]
    book.add(
        stores(book.folder, "S1 一号店", "S2 二号店"),
        *[wx_bill(book.folder / f"{n}.csv", [row]) for n, row in enumerate(rows)],
    )
    book.workspace.place([Placement("S1", channel="wechat", merchant_no=B)])
    book.workspace.place([Placement("S2", channel="wechat", merchant_no=B, valid_from=date(2026, 3, 10))])
    assert store_of(book) == {wx(1): "S1", wx(2): "S2", wx(3): "S2"}


def test_a_terminal_of_a_shared_number_has_its_own_word(book: Book) -> None:
    rows = [wx_sale(wx(n), f"o{n}", f"{DAY} 12:00:0{n}", "10.00", "0.06", mch=A, 设备号=f"T{n}") for n in (1, 2)]
    book.add(
        stores(book.folder, "S1 一号店", "S2 二号店"),
        accounts(book.folder, account("微信", A, "S1", terminal="T8"), account("微信", A, "S2", terminal="T9")),
        wx_bill(book.folder / "a.csv", rows),
    )
    assert [(one.kind, one.terminal_no) for one in book.workspace.places.waiting()] == [
        ("terminal", "T1"),
        ("terminal", "T2"),
    ]
    book.workspace.place([Placement("S2", channel="wechat", merchant_no=A, terminal_no="T1")])
    assert store_of(book) == {wx(1): "S2", wx(2): None}


def test_a_tills_number_becomes_a_known_store_or_a_new_one(book: Book) -> None:
    till = Till()
    till.order("0001", "X-1", f"{DAY} 12:00:00", "10.00", ("现金", "10.00", "", ""))
    till.order("77", "Y-1", f"{DAY} 12:00:00", "20.00", ("现金", "20.00", "", ""))
    book.add(stores(book.folder, "S1 一号店"), *till.write(book.folder))
    found = {
        one.code: [(likely.store_id, likely.reason) for likely in one.likely] for one in book.workspace.places.waiting()
    }
    assert found == {"0001": [("S1", "code")], "77": []}
    book.workspace.place([Placement("S1", code="0001"), Placement("77", code="77", name="七号店", city="杭州")])
    book.reconcile()
    assert book.workspace.places.waiting() == ()
    assert book.rows("select order_no, store_id, printed_store from orders order by 1") == [
        ("X-1", "S1", "0001"),
        ("Y-1", "77", "77"),
    ]
    assert book.rows("select store_id, name, registered from stores order by 1") == [
        ("77", "七号店", True),
        ("S1", "一号店", True),
    ]
    assert book.rows("select store_id, sum(amount) from base.daily_sales group by 1 order by 1") == [
        ("77", D("20.00")),
        ("S1", D("10.00")),
    ]


def test_a_plan_tells_what_is_new_before_anything_is_written(book: Book) -> None:
    till = Till()
    till.order("S9", "X-1", f"{DAY} 12:00:00", "10.00", ("现金", "10.00", "", ""))
    bill = wx_bill(book.folder / "a.csv", [wx_sale(wx(1), "o1", f"{DAY} 12:00:00", "10.00", "0.06", mch=B)])
    book.workspace.imports.plan([stores(book.folder, "S1 一号店"), *till.write(book.folder), bill])
    new = book.workspace.imports.new_places()
    assert (new.stores, new.merchants, new.count) == (("S9",), (("wechat", B),), 2)


@pytest.mark.parametrize(
    ("since", "told"),
    [("", "以前的账也一起归过去了"), ("2026-01-01", "自 2026-01-01 起归 S1，以前的不动")],
)
def test_the_table_goes_out_with_suggestions_and_comes_back_filled_in(book: Book, since: str, told: str) -> None:
    two_shops(book)
    table = book.folder / "归位.csv"
    assert book.cli("places", book.path, "--out", table)[0] == 0
    with table.open(encoding="utf-8-sig", newline="") as stream:
        (row,) = list(csv.DictReader(stream))
    assert (row["渠道"], row["商户号"].strip(), row["建议"]) == ("微信", B, "S1（4 笔里有 4 笔在它的收银里）")
    row["门店编号"], row["生效日期"] = "S1", since
    with table.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(row))
        writer.writeheader()
        writer.writerow(row)
    code, said, _ = book.cli("place", book.path, table)
    assert code == 0
    assert told in said
    assert set(store_of(book).values()) == {"S1"}


@pytest.mark.parametrize(
    ("placement", "code"),
    [
        (Placement("S7", channel="wechat", merchant_no=B), "place.store_unknown"),
        (Placement("S1", channel="wechat"), "place.incomplete"),
        (Placement("77", code="77"), "place.name_missing"),
        (Placement("S1", channel="wechat", merchant_no=B, valid_from=date(2026, 3, 2), valid_to=date(2026, 3, 2)), "place.dates"),
    ],
)  # fmt: skip
def test_a_word_that_cannot_be_is_refused_whole(book: Book, placement: Placement, code: str) -> None:
    two_shops(book)
    with pytest.raises(UserError) as refused:
        book.workspace.place([Placement("S2", channel="wechat", merchant_no=A), placement])
    assert refused.value.code == code
    assert book.workspace.places.standing() == ()


@pytest.mark.parametrize("said", ["微信", "WeChat", "wechat", "微信支付"])
def test_the_table_may_name_the_channel_in_words(book: Book, said: str) -> None:
    two_shops(book)
    table = book.folder / "places.csv"
    table.write_text(f"渠道,商户号,门店编号\n{said},{B},S1\n", encoding="utf-8")
    book.workspace.place(places._read(table))
    assert set(store_of(book).values()) == {"S1"}


@pytest.mark.parametrize("said", ["威信", "other bank"])
def test_a_channel_that_nobody_knows_is_refused_by_its_name(book: Book, said: str) -> None:
    two_shops(book)
    table = book.folder / "places.csv"
    table.write_text(f"channel,merchant_no,store_code\n{said},{B},S1\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        book.workspace.place(places._read(table))
    assert caught.value.code == "place.channel"
    for lang in texts.LANGUAGES:
        assert said in texts.error(caught.value, lang)
        assert "wechat" in texts.error(caught.value, lang)
    assert set(store_of(book).values()) == {None}
