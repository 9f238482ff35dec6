"""The money of executed splits: WeChat's split bill against its fund flow, both as the merchant site writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_book import Book

from chainbrain.splits.moved import Movement

MERCHANT, OTHER = "1600000001", "1600000002"
FIRST, AFTER = date(2026, 9, 1), date(2026, 10, 1)
FLOW = (
    "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,"
    "业务凭证号"
)
BILL = (
    "分账时间,分账发起方,分账方,微信订单号,微信分账/回退单号,分账明细单号,商户分账/回退单号,订单金额,分账接收方,金额,"
    "业务类型,处理状态,备注"
)
Part = tuple[int, str, str, str, str]
"""Day, order, number of the split, number of the line, amount; below 0 what came back."""
Move = tuple[int, str, str, str, str]
"""Day, kind, amount as the balance moves, business number, voucher."""


def bill(folder: Path, parts: Sequence[Part], *, merchant: str = MERCHANT, receiver: str = "1900000109") -> Path:
    """A split bill of September."""
    lines = [BILL]
    for day, order, split, detail, amount in parts:
        kind = "分账回退" if amount.startswith("-") else "分账"
        cells = (
            f"2026-09-{day:02} 10:00:00", merchant, merchant, order, split, detail, f"P{split}", "100.00", receiver,
            amount.lstrip("-"), kind, "成功", "",
        )  # fmt: skip
        lines.append(",".join(f"`{cell}" for cell in cells))
    total = sum((abs(Decimal(part[4])) for part in parts), Decimal(0))
    lines += ["总笔数,总金额", f"`{len(parts)},`{total:.2f}"]
    path = folder / f"{merchant}分账账单.csv"
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    return path


def flow(folder: Path, moves: Sequence[Move], *, days: Sequence[int] = range(1, 7), merchant: str = MERCHANT) -> Path:
    """A fund flow of September, with a sale at the beginning and at the end of its days."""
    sales = [(day, "交易", "100.00", f"42{merchant}{day:04}", "") for day in (days[0], days[-1])]
    lines, balance, came, went = [FLOW], Decimal("1000.00"), [], []
    for place, (day, kind, amount, number, voucher) in enumerate(sorted([*sales, *moves], key=lambda move: move[0])):
        moved = Decimal(amount)
        balance += moved
        (came if moved > 0 else went).append(abs(moved))
        cells = (
            f"2026-09-{day:02} 11:00:00", number, f"L{merchant}{days[0]:02}{place:04}", kind, kind,
            "收入" if moved > 0 else "支出", f"{abs(moved):.2f}", f"{balance:.2f}", "system", "", voucher,
        )  # fmt: skip
        lines.append(",".join(f"`{cell}" for cell in cells))
    total = (len(came) + len(went), len(came), sum(came, Decimal(0)), len(went), sum(went, Decimal(0)))
    lines += ["资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额", ",".join(f"`{figure}" for figure in total)]
    path = folder / f"{merchant}资金账单{days[0]:02}.csv"
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    return path


DAILY: tuple[Part, ...] = tuple((day, f"T{day}", f"30{day}", f"36{day}", "1.00") for day in range(1, 7))
"""A split a day, so that the bill vouches for every day."""
PAID: tuple[Move, ...] = tuple((day, "分账", "-1.00", f"36{day}", "") for day in range(1, 7))


@pytest.fixture
def told(book: Book, tmp_path: Path):
    """Import bills and flows; what the room says of September."""

    def tell(*paths: Path):
        accounts = tmp_path / "账户.csv"
        accounts.write_text(
            f"渠道,商户号,门店编号,收款主体,费率\n微信,{MERCHANT},S1,甲公司,0.38%\n微信,{OTHER},S2,乙公司,0.38%\n",
            encoding="utf-8",
        )
        book.add(accounts, *paths)
        book.workspace.reconcile()
        return book.workspace.splits.moved(FIRST, AFTER)

    return tell


def _brief(one: Movement) -> tuple[object, ...]:
    return one.code, one.day.day, one.store, one.order_no, one.number, one.due, one.moved, one.difference


def test_what_did_not_move_what_moved_besides_and_other_amounts_are_told(told, tmp_path: Path) -> None:
    parts = [
        *DAILY,
        (3, "T31", "3031", "3631", "6.00"),
        (3, "T32", "3032", "3632", "2.50"),
        (4, "T33", "3033", "3633", "-0.40"),
    ]
    moves = [
        *PAID,
        (3, "分账", "-2.05", "3632", ""),
        (4, "分账回退", "0.40", "3633", ""),
        (4, "分账", "-9.00", "9999", ""),
    ]
    moved = told(bill(tmp_path, parts), flow(tmp_path, moves))
    assert [_brief(one) for one in moved.findings] == [
        ("moved_amount", 3, "S1", "T32", "3632", Decimal("2.50"), Decimal("2.05"), Decimal("-0.45")),
        ("split_not_moved", 3, "S1", "T31", "3631", Decimal("6.00"), None, Decimal("-6.00")),
        ("moved_not_split", 4, "S1", None, "9999", None, Decimal("9.00"), Decimal("9.00")),
    ]
    # Of the filler the line of the last day joins as well; that the day after is not there says nothing against it.
    assert (moved.facts["agreed"], moved.facts["uncovered"]) == (7, 0)


def test_a_return_without_its_money_is_told_with_its_sign(told, tmp_path: Path) -> None:
    moved = told(bill(tmp_path, [*DAILY, (3, "T3", "3039", "363", "-0.30")]), flow(tmp_path, PAID))
    # A split and its return may bear one number: what went out does not stand for what comes back.
    assert [_brief(one) for one in moved.findings] == [
        ("split_not_moved", 3, "S1", "T3", "363", Decimal("-0.30"), None, Decimal("0.30"))
    ]


def test_the_voucher_and_the_number_of_the_split_join_where_the_lines_number_is_not_there(told, tmp_path: Path) -> None:
    parts = [
        *DAILY, (2, "T21", "3021", "3621", "3.00"), (3, "T31", "3031", "3631", "6.00"),
        (3, "T31", "3031", "3632", "4.00"),
        (4, "T41", "3041", "3641", "5.00"), (4, "T41", "3041", "3642", "5.00"),
    ]  # fmt: skip
    moves = [
        *PAID,
        (2, "分账", "-3.00", "B1", "3621"),
        (3, "分账", "-10.00", "3031", ""),
        (4, "分账", "-9.00", "3041", ""),
    ]
    moved = told(bill(tmp_path, parts), flow(tmp_path, moves))
    assert [_brief(one) for one in moved.findings] == [
        ("moved_amount", 4, "S1", "T41", "3041", Decimal("10.00"), Decimal("9.00"), Decimal("-1.00"))
    ]
    assert moved.facts["agreed"] == 9


def test_a_number_that_several_bear_joins_nothing_and_accuses_nobody(told, tmp_path: Path) -> None:
    moves = [*PAID, (3, "分账", "-1.00", "363", "")]
    moved = told(bill(tmp_path, DAILY), flow(tmp_path, moves))
    assert moved.findings == ()
    assert (moved.facts["agreed"], moved.facts["unclear"]) == (5, 1)


def test_days_that_not_both_files_cover_are_not_told(told, tmp_path: Path) -> None:
    # The flow ends with the 4th: what is split on the 4th may move on the 5th.
    parts = [*DAILY, (4, "T41", "3041", "3641", "6.00")]
    moves = [move for move in PAID if move[0] <= 4] + [(1, "分账", "-7.00", "8888", "")]
    moved = told(bill(tmp_path, parts), flow(tmp_path, moves, days=range(1, 5)))
    assert moved.findings == ()
    # Two of the 4th's evening and later, and the movement whose day before the bill does not cover.
    assert (moved.facts["agreed"], moved.facts["uncovered"]) == (4, 4)


def test_numbers_that_stand_elsewhere_are_told_once(told, tmp_path: Path) -> None:
    moves = [(day, kind, amount, f"7{number}", "") for day, kind, amount, number, _ in PAID]
    moved = told(bill(tmp_path, DAILY), flow(tmp_path, moves))
    (found,) = moved.findings
    # The line of the last day is not covered: nobody knows the day after.
    assert (found.code, found.merchant_no, found.items, found.due) == ("not_comparable", MERCHANT, 5, Decimal("5.00"))
    assert found.month == FIRST


def test_the_receivers_own_flow_is_nobody_elses_split(told, tmp_path: Path) -> None:
    received = [(day, "分账", "1.00", f"36{day}", "") for day in range(1, 7)]
    own = tuple((day, f"U{day}", f"50{day}", f"56{day}", "2.00") for day in range(1, 7))
    paid = [(day, "分账", "-2.00", f"56{day}", "") for day in range(1, 7)]
    moved = told(
        bill(tmp_path, DAILY, receiver=OTHER), flow(tmp_path, PAID), bill(tmp_path, own, merchant=OTHER),
        flow(tmp_path, [*received, *paid], merchant=OTHER),
    )  # fmt: skip
    assert moved.findings == ()
    assert moved.facts["agreed"] == 12


def test_the_command_line_says_it_in_one_sentence_and_lists_it(told, book: Book, tmp_path: Path) -> None:
    parts = [*DAILY, (3, "T31", "3031", "3631", "6.00")]
    told(bill(tmp_path, parts), flow(tmp_path, PAID))
    status, out, _ = book.cli("splits", book.path, "--month", "2026-09")
    assert status == 0
    assert "分账账单与资金账单：6 笔对上，1 笔钱没动" in out
    assert "T31" in out and "分了账，钱没动" in out
    found = book.json("splits", book.path, "--month", "2026-09")["moved"]
    assert found["counts"]["agreed"] == 6
    assert [(one["code"], one["order_no"], one["difference"]) for one in found["findings"]] == [
        ("split_not_moved", "T31", "-6.00")
    ]
    assert book.json("splits", book.path, "--month", "2026-08")["moved"]["findings"] == []
