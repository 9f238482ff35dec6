"""The audit of fees and commissions: every fee that is off and no other, rates that changed, the letter of claims."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from reconcile_book import DAY, World, at

from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.reports.room import make, write

M = "1900000001"
# Amounts of 0.01 to 20.00 yuan, the fee half up to the fen in whole numbers; every seventh so many fen higher.
EVERY_AMOUNT = """
insert into base.payments (payment_id, channel, merchant_no, external_id, occurred_at, kind, amount, order_amount, fee,
                           cancelled, file_id, line)
select md5('p' || n)::uuid, 'wechat', $m, 'E' || n, timestamp '2026-08-03 12:00:00', 'payment', n * 0.01::decimal(18,2),
       n * 0.01::decimal(18,2),
       (n * $r // 100000 + (n * $r % 100000 >= 50000)::int + (n % 7 = 0)::int * $s) * 0.01::decimal(18,2),
       false, (select min(file_id) from base.source_files), n
from range(1, 2001) t(n)
"""
CHANGE = DAY + timedelta(days=5)


def audited(book: World) -> list[tuple[str, int]]:
    return book.book.rows_of(
        "select cause, count(*) from main.differences where code in ('D07', 'D12') "
        "and cause not in ('bill', 'not_in_bill') group by cause order by cause"
    )


def sales(book: World, rates: tuple[str, str], *, each_day: int = 12, **more: Any) -> World:
    """Ten days of sales, the first rate on the first five, the second one afterwards; amounts of every size."""
    for day in range(10):
        for number in range(each_day):
            amount = Decimal(311 + (day * each_day + number) * 737 % 8600) / 100
            when = at(f"12:{number:02}:00", DAY + timedelta(days=day))
            book.payment(f"P{day}-{number}", str(amount), rate=rates[day >= 5], when=when, **more)
    return book


def rows(book: World, name: str, **filters: object) -> list[dict[str, Any]]:
    return make(book.book, name, **filters).main.rows.to_dicts()


def test_a_rate_that_changed_is_told_once_and_a_wrong_fee_beside_it_by_itself() -> None:
    book = sales(World().store("S1").account("wechat", M, "S1"), ("0.0038", "0.006"))
    book.payment("X1", "33.33", fee="0.18", when=at("13:00:00"))
    book.payment("X2", "33.33", fee="0.25", when=at("13:00:00", CHANGE))
    book.reconcile()
    causes = dict(audited(book))
    assert set(causes) == {"contract", "contract_rate"}
    assert causes["contract"] == 2
    change, *single = rows(book, "claim-letter")
    assert (change["claim"], change["items"], change["first_day"]) == ("rate_change", causes["contract_rate"], CHANGE)
    assert round(change["charged_rate"], 4) == Decimal("0.0060")
    assert [(row["order_no"], row["overcharged"]) for row in single] == [
        ("X1", Decimal("0.05")),
        ("X2", Decimal("0.12")),
    ]


def test_few_wrong_fees_in_a_row_are_claims_and_no_change_of_rate() -> None:
    book = World().store("S1").account("wechat", M, "S1")
    for number in range(19):
        book.payment(f"P{number}", "50.00", fee="0.30", when=at(f"12:{number:02}:00"))
    book.reconcile()
    assert audited(book) == [("contract", 19)]


def test_a_dated_change_of_the_contract_is_no_difference_refunds_of_older_sales_included() -> None:
    book = World().store("S1").account("wechat", M, "S1", rate="0.0038", valid_to=CHANGE)
    sales(book.account("wechat", M, "S1", rate="0.006", valid_from=CHANGE, cover=False), ("0.0038", "0.006"))
    book.payment("OLD", "900.00", fee="3.42", when=at("11:00:00"))
    # A part given back after the change goes by the rate of its sale; so does that of a sale from before the book.
    book.payment("OLD", "-300.00", kind="refund", refund_id="R1", fee="-1.14", when=at("11:00:00", CHANGE))
    book.payment("EARLIER", "-300.00", kind="refund", refund_id="R2", fee="-1.14", when=at("11:00:00", CHANGE))
    book.payment("EARLIER", "-300.00", kind="refund", refund_id="R3", fee="-0.90", when=at("11:00:00", CHANGE))
    book.reconcile()
    assert audited(book) == [("contract", 1)]
    assert [
        (row["contract_rate"], row["items"], row["off_items"], row["fee_difference"]) for row in rows(book, "fee-audit")
    ] == [(Decimal("0.003800"), 61, 0, Decimal("0.00")), (Decimal("0.006000"), 63, 1, Decimal("-0.90"))]


@pytest.mark.parametrize("rate", ["0.0038", "0.006", "0.0025", "0.01"])
def test_every_fen_off_is_found_and_half_fens_and_small_amounts_are_not(rate: str) -> None:
    """Half up to the cent: all amounts to 20 yuan as charged, then the same with every seventh a fen off."""
    for step in (0, 1):
        book = World().store("S1").account("wechat", M, "S1", rate=rate)
        book.book.execute(EVERY_AMOUNT, m=M, r=int(Decimal(rate) * 100000), s=step)
        book.reconcile()
        assert sum(count for _, count in audited(book)) == step * (2000 // 7)


def test_without_a_contract_the_rate_is_derived_and_never_a_difference() -> None:
    book = World().store("S1").account("wechat", M, "S1", rate=None).payment("P1", "100.00", fee="0.60")
    book.reconcile()
    assert book.codes() == []
    (row,) = rows(book, "fee-audit")
    assert (row["basis"], row["contract_rate"], row["effective_rate"]) == ("no_contract", None, Decimal("0.006000"))
    assert (row["charged"], row["expected_charge"], row["fee_difference"]) == (Decimal("0.60"), None, None)


def test_acquirers_answer_for_their_fees_where_their_one_rate_fits() -> None:
    """A card is charged by other rules; of three sales nobody can tell that the rate is theirs."""
    book = World().store("S1").account("lakala", "822", "S1", rate="0.0038")
    ways = [("wechat", "0.38")] * 10 + [("wechat", "0.60"), ("card", "0.60")] + [("alipay", "0.60")] * 3
    for number, (way, fee) in enumerate(ways):
        common: dict[str, Any] = {"channel": "lakala", "merchant": "822", "bill_day": DAY}
        book.payment(f"L{number}", "100.00", fee=fee, paid_with=way, **common)
    book.reconcile()
    assert audited(book) == [("acquirer", 1)]
    assert book.states("payment", "payout").count("difference") == 1
    audit = {row["basis"]: (row["items"], row["fee_difference"]) for row in rows(book, "fee-audit")}
    assert audit == {"fee": (11, Decimal("-0.22")), "mixed": (4, None)}


PARTS = (
    ("100.00", "0.60", [("30.00", "0.18")]),
    # each by the rate; the running sum; the last one takes what is left
    ("10.00", "0.06", [("3.25", "0.02"), ("3.25", "0.02")]),
    ("10.00", "0.06", [("3.25", "0.02"), ("3.25", "0.02"), ("3.50", "0.02")]),
    ("9.00", "0.05", [("4.50", "0.03"), ("4.50", "0.02")]),
    # a share of a fee that was itself too high
    ("100.00", "0.80", [("50.00", "0.40")]),
)
"""Sale, its fee, and the parts given back with their fees, at 0.60 %."""


def test_a_part_given_back_returns_its_share_to_the_fen() -> None:
    """Each as it should be, a fen less and a fen more; by the rate 4.50 gives back 0.03 as well."""
    book = World().store("S1").account("wechat", M, "S1", rate="0.006")
    wrong = set()
    for case, (sale, charged, parts) in enumerate(PARTS):
        for off in (0, -1, 1):
            number = f"P{case}{off}"
            book.payment(number, sale, fee=charged)
            for turn, (part, back) in enumerate(parts):
                last = turn == len(parts) - 1
                fee = Decimal(back) + Decimal(off if last else 0) / 100
                book.payment(
                    number, f"-{part}", kind="refund", refund_id=f"R{number}{turn}", fee=str(-fee),
                    when=at(f"13:{turn:02}:00"),
                )  # fmt: skip
            if off and (part, off) != ("4.50", 1):
                wrong.add(f"R{number}{len(parts) - 1}")
    book.reconcile()
    found = book.book.rows_of(
        "select p.refund_id from main.differences d join main.payments p on p.payment_id = d.record_id "
        "where d.code = 'D07' and p.kind = 'refund'"
    )
    assert {refund for (refund,) in found} == wrong


@pytest.mark.parametrize("sales", [110, 60])
def test_an_acquirer_that_changes_its_rate_is_told_of_it(sales: int) -> None:
    """Of a shop of few sales too: its first hundred are not all at the old rate."""
    book = World().store("S1").account("lakala", "822", "S1", rate="0.0038")
    for number in range(2 * sales):
        day = DAY + timedelta(days=number // 20)
        fee = "0.38" if number < sales else "0.60"
        book.payment(
            f"L{number}", "100.00", channel="lakala", merchant="822", fee=fee, paid_with="wechat", bill_day=day,
            when=at("12:00:00", day) + timedelta(minutes=number % 20),
        )  # fmt: skip
    book.reconcile()
    assert audited(book) == [("acquirer_rate", sales)]


def test_a_bill_in_fractions_of_a_fen_is_audited_without_rounding() -> None:
    """0.38 % of 35.90 is 0.13642; at 0.60 % it is 0.2154, which is 0.07898 too much."""
    book = World().store("S1").account("wechat", M, "S1")
    amounts = [Decimal("35.90"), Decimal("12.50"), Decimal("2.00")]
    for number in range(60):
        amount, rate = amounts[number % 3], Decimal("0.0038" if number < 30 else "0.006")
        book.payment(f"P{number}", str(amount), fee=str(amount * rate), when=at(f"12:{number:02}:00"))
    book.reconcile()
    assert audited(book) == [("contract_rate", 20)]
    assert book.book.rows_of("select min(amount) from main.differences") == [(Decimal("-0.07898"),)]


def test_the_worked_order_of_a_delivery_platform_and_a_commission_that_is_not_given_back() -> None:
    """Base 44.00 at 6.5 % is 2.86, 36.99 is paid out, the take rate is 15.93 % (platform orders, section 1)."""
    book = World().store("S1").account("meituan", "50001", "S1", rate="0.065")
    common: dict[str, Any] = {"channel": "meituan", "merchant": "50001", "bill_day": DAY, "settlement_ref": "B1"}
    book.payment("T1", "44.00", fee="7.01", commission=Decimal("2.86"), **common)
    book.reconcile()
    (row,) = rows(book, "fee-audit")
    assert (row["basis"], row["charged"], row["expected_charge"]) == ("commission", Decimal("2.86"), Decimal("2.86"))
    assert round(row["take_rate"], 4) == Decimal("0.1593")
    book.payment("T1", "-44.00", kind="refund", refund_id="R1", fee="0.00", commission=Decimal("0.00"), **common)
    book.reconcile()
    assert audited(book) == [("commission", 1)]
    (claim,) = rows(book, "claim-letter")
    assert (claim["claim"], claim["overcharged"]) == ("refund", Decimal("2.86"))


def test_what_is_explained_or_too_little_is_not_claimed() -> None:
    book = World().store("S1").account("wechat", M, "S1", rate="0.006")
    for number, fee in (("1", "0.25"), ("2", "0.10"), ("3", "0.30")):
        book.payment(f"P{number}", "33.33", fee=fee)
    book.reconcile()
    book.book.execute("update base.differences set state = 'explained' where amount = -0.10")
    assert [row["order_no"] for row in rows(book, "claim-letter")] == ["P1"]
    (audit,) = rows(book, "fee-audit")
    assert (audit["off_items"], audit["charged"], audit["expected_charge"]) == (3, Decimal("0.65"), Decimal("0.60"))


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json", "pdf"])
def test_the_letter_is_written_for_each_channel_and_number(suffix: str, tmp_path: Path) -> None:
    book = World().store("S1").account("wechat", M, "S1", rate="0.006").account("alipay", "2088", "S1", rate="0.006")
    book.payment("P1", "33.33", fee="0.25").payment("P2", "33.33", fee="0.30", channel="alipay", merchant="2088")
    book.payment("P3", "33.33", fee="0.25", when=at("12:00:00", DAY + timedelta(days=40)))
    book.reconcile()
    path = tmp_path / f"letter.{suffix}"
    # A text table holds the rows of the letter alone, the others its summary as well.
    assert write(book.book, "claim-letter", path, merchant=M, month="2026-08") == (1 if suffix == "csv" else 2)
    assert path.stat().st_size > 100
    if suffix == "json":
        told = json.loads(path.read_text(encoding="utf-8"))["tables"]
        assert [table["total"]["overcharged"] for table in told] == ["0.05", "0.05"]
    if suffix == "csv":
        assert "财付通支付科技有限公司（微信支付）" in path.read_text(encoding="utf-8-sig")
    with pytest.raises(UserError, match="month"):
        write(book.book, "claim-letter", path, month="2026-13")


def test_no_claims_make_an_empty_letter(tmp_path: Path) -> None:
    book = World().store("S1").account("wechat", M, "S1")
    book.reconcile()
    assert write(book.book, "claim-letter", tmp_path / "letter.pdf", "en") == 0


def test_the_command_line_narrows_reports(tmp_path: Path) -> None:
    book = tmp_path / "账本.chainbrain"
    master = tmp_path / "收款账户档案.csv"
    master.write_text("渠道,商户号,门店编号,费率\n微信,1900000001,S1,0.38%\n", encoding="utf-8-sig")
    assert main(["--quiet", "import", str(book), str(master)]) == 0
    out = tmp_path / "audit.json"
    words = ["--channel", "wechat", "--merchant", M, "--store", "S1", "--month", "2026-08", "--out", str(out)]
    assert main(["--quiet", "report", str(book), "fee-audit", *words]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["filters"] == {
        "stores": "S1",
        "channel": "wechat",
        "merchant": M,
    }


@pytest.mark.parametrize(("stated", "found"), [("0.00", []), ("0.30", [("contract", 19)])])
def test_a_bill_that_states_no_fee_at_all_cannot_be_audited(stated: str, found: list[tuple[str, int]]) -> None:
    """The fee is taken off each deposit or once a month; one stated fee shows that the bill does state them."""
    book = World().store("S1").account("wechat", M, "S1", rate="0.0060")
    for number in range(20):
        fee = stated if number == 0 else "0.00"
        book.payment(f"P{number}", "50.00", fee=fee, when=at(f"12:{number:02}:00"))
    book.payment("P1", "-20.00", fee="0.00", kind="refund", refund_id="R1", when=at("13:00:00"))
    book.reconcile()
    assert audited(book) == found
