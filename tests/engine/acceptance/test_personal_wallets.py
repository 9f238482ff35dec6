"""A small shop that takes money with a personal wallet: its bill is ledger and receipts, purchases are no sales."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_book import Book

from chainbrain.analytics.periods import Period
from chainbrain.analytics.transit import transit

GOLDEN = Path(__file__).parents[2] / "golden"
WECHAT = GOLDEN / "wechat-personal" / "2026-03.csv"
ALIPAY = GOLDEN / "alipay-personal" / "new.csv"
JD = GOLDEN / "jd-personal" / "2026-03.csv"
MEITUAN = GOLDEN / "meituan-personal" / "2026-03.csv"


def test_guests_money_is_booked_and_nothing_else_becomes_a_difference(book: Book) -> None:
    book.add(WECHAT, ALIPAY, GOLDEN / "alipay-personal" / "old_web.csv", JD, MEITUAN)
    book.reconcile()
    assert book.codes() == []
    assert book.states("payment", "ledger") == {"matched": 11}
    reasons = book.rows(
        "select w.kind, r.state, r.reason, count(*) from base.row_states r "
        "join wallet_lines w on w.wallet_line_id = r.record_id where r.leg = 'ledger' and r.reason is not null "
        "group by all order by all"
    )
    assert {state for _, state, _, _ in reasons} == {"excluded"}
    assert {(kind, reason) for kind, _, reason, _ in reasons if reason != "not_a_sale"} == {
        ("closed", "nothing_moved"), ("withdrawal", "withdrawal"),
    }  # fmt: skip


def test_what_came_back_is_counted_once(book: Book) -> None:
    """130.00(已退款30.00) beside its refund's row leaves 100.00; 50.00(已全额退款) leaves nothing."""
    book.add(WECHAT, ALIPAY, GOLDEN / "alipay-personal" / "old_web.csv", JD)
    kept = dict(book.rows("select split_part(reference, '_', 1), sum(amount) from wallet_lines group by 1"))
    assert (kept["90002"], kept["90003"]) == (Decimal("-100.00"), Decimal("0.00"))
    assert kept["HM20260302000001"] == Decimal("-158.00")
    assert (kept["T200P1"], kept["D1"]) == (Decimal("-60.00"), Decimal("0.00"))
    assert (kept["T1"], kept["T2"], kept["T4"]) == (Decimal("-60.00"), Decimal("0.00"), Decimal("-20.00"))
    assert (kept["90005"], kept["T3"], kept["90004"]) == (Decimal(0), Decimal(0), Decimal(0))


def test_the_same_bill_in_both_forms_is_one_bill(book: Book) -> None:
    book.add(WECHAT)
    (again,) = book.take(GOLDEN / "wechat-personal" / "2026-03.xlsx")
    assert again["rows"] == {"new": 0, "seen": 12, "suspect": 0, "broken": 0}
    assert book.rows("select count(*), sum(amount) from payments") == [(5, Decimal("242.50"))]


def test_one_number_in_several_rows_stays_several_rows(book: Book) -> None:
    """Time and amount tell them apart; only the two rows that agree in all three are asked about."""
    path = GOLDEN / "samples" / "wechat" / "wechat-personal.csv"
    (sample,) = book.take(path, options=["--accept-differences"], status=3)
    assert sample["rows"] == {"new": 26, "seen": 0, "suspect": 1, "broken": 0}
    assert [(problem["line"], problem["code"]) for problem in sample["problems"]] == [(44, "repeated_in_file")]


def test_card_purchases_are_not_on_their_way_to_the_bank(book: Book) -> None:
    book.add(WECHAT, JD, MEITUAN)
    book.reconcile()
    figures = transit(book.workspace.book, Period(date(2026, 3, 1), date(2026, 4, 1)))
    # Takings 242.50, spent from the balance 188.00, back 30.00, wages 300.00, fee 0.10; nothing has reached the bank.
    assert {channel.channel: channel.roll.closing for channel in figures.channels} == {"wechat": Decimal("-215.60")}
    assert figures.proven


def test_a_statement_without_an_account_says_so(book: Book) -> None:
    path = GOLDEN / "bank-personal" / "bocom_debit.csv"
    (entry,) = book.take(path)
    assert entry["facts"]["account"] == "missing"
    assert book.rows("select distinct bank_account from bank_lines") == [("bocom_debit",)]
    book.cli("undo", book.path)
    _, _, told = book.cli("import", book.path, path)
    assert "没有写明是哪个账户" in told


def test_a_bill_without_a_name_is_taken_and_asks_whose_it_is(book: Book) -> None:
    nameless = book.folder / "bill.csv"
    nameless.write_bytes(WECHAT.read_bytes().replace("微信昵称：[老街小面]".encode(), "微信昵称：[]".encode()))
    (entry,) = book.take(nameless)
    assert (entry["outcome"], entry["facts"]["account"]) == ("imported", "missing")
    book.reconcile()
    assert book.codes() == []
    assert book.states("payment", "ledger") == {"matched": 5}
    assert book.rows("select distinct merchant_no from payments") == [("wechat-personal",)]


def test_a_withdrawal_is_found_at_the_bank_without_its_fee(book: Book) -> None:
    statement = book.folder / "6214830000001234.csv"
    statement.write_text(
        "记账日期,货币,交易金额,联机余额,交易摘要,对手信息,客户摘要\n"
        "2026-03-04,CNY,100.00,100.00,银联入账,财付通支付科技有限公司,微信零钱提现\n",
        encoding="utf-8",
    )
    accounts = book.folder / "accounts.csv"
    accounts.write_text("渠道,商户号,门店编号,入账账号\n微信,老街小面,S1,6214830000001234\n", encoding="utf-8")
    book.add(accounts, WECHAT, statement)
    book.reconcile()
    # Account, days and amount point at one withdrawal; without a number in the memo that stays a suggestion.
    assert book.deposits("suggested") == {("207260303100077148235523883175", Decimal("100.00"))}


def test_the_portal_s_orders_meet_its_fund_flow(book: Book) -> None:
    """One order with a receipt and its refund on one line: both meet the ledger, charges included."""
    folder = GOLDEN / "alipay-merchant-portal-xlsx"
    book.add(folder / "trade_order.xlsx", folder / "fundflow.xlsx")
    book.reconcile()
    kinds = book.rows(
        "select p.external_id, p.kind, r.state from row_states r join payments p on p.payment_id = r.record_id "
        "where r.leg = 'ledger' and p.external_id in ('2026030122001', '2026030122002') order by all"
    )
    assert [state for _, _, state in kinds[:1]] == ["matched"]
    assert kinds == [
        ("2026030122001", "payment", "matched"),
        ("2026030122001", "refund", "matched"),
        ("2026030122002", "payment", "matched"),
    ]


def test_a_refund_in_a_column_is_never_added_twice(book: Book) -> None:
    """The old web bill prints what came back so far: a later print with another sum is asked about, not added."""
    old = GOLDEN / "alipay-personal" / "old_web.csv"
    book.add(old)
    later = book.folder / "later.csv"
    text = old.read_bytes().decode("gb18030")
    assert text.count("15.00     ") == 1
    later.write_bytes(text.replace("15.00     ", "25.00     ").encode("gb18030"))
    (entry,) = book.take(later, status=3)
    assert entry["rows"] == {"new": 0, "seen": 7, "suspect": 1, "broken": 0}
    assert book.rows("select sum(amount) from payments where kind = 'refund'") == [(Decimal("-15.00"),)]


@pytest.mark.parametrize("column_first", [True, False])
def test_a_refund_in_a_column_and_in_a_row_of_the_next_bill_is_one_refund(book: Book, column_first: bool) -> None:
    """The web site's bill of March tells in a column what that of April prints as rows: to a guest and to the owner."""
    march = GOLDEN / "alipay-personal" / "old_web.csv"
    april = book.folder / "april.csv"
    head = march.read_bytes().decode("gb18030").partition("2019030121001")[0]
    rows = [
        "2019030121002_R1\t,\t,{at},{at},{at},其他,即时到账交易,客人乙,退款-收款,15.00,,退款成功,0.00,0.00,,已支出\t,",
        "2019030221003_R1\t,T1\t,{at},{at},{at},淘宝,支付宝担保交易,某某商行,退款-餐盒,20.00,,退款成功,0.00,0.00,,已收入\t,",
    ]
    text = head.replace("2019-03-", "2019-04-") + "\r\n".join(row.format(at="2019-04-01 15:00:00") for row in rows)
    april.write_bytes(f"{text}\r\n{'-' * 84}\r\n共2笔记录\r\n".encode("gb18030"))
    for path in (march, april) if column_first else (april, march):
        status, _, err = book.cli("import", book.path, path)
        assert status in (0, 3), err
    assert book.rows("select count(*), sum(amount) from payments where kind = 'refund'") == [(1, Decimal("-15.00"))]
    assert book.rows("select sum(amount) from wallet_lines where business_id = '2019030121002' and amount < 0") == [
        (Decimal("-15.00"),)
    ]
    assert book.rows("select sum(amount) from wallet_lines where business_id = '2019030221003' and amount > 0") == [
        (Decimal("20.00"),)
    ]
    assert book.rows("select distinct code from base.left_out_rows") == [("refund_known",)]


@pytest.mark.parametrize("flow_first", [True, False])
@pytest.mark.parametrize("together", [True, False])
def test_what_taobao_settled_is_not_added_to_the_fund_flow(book: Book, flow_first: bool, together: bool) -> None:
    """The Taobao list names no account, so it may be of the one whose fund flow is there."""
    folder = GOLDEN / "alipay-merchant-portal-xlsx"
    files = [folder / "fundflow.xlsx", folder / "taobao_settlement-2026-03-01.xlsx"]
    files = files if flow_first else files[::-1]
    for group in [files] if together else [[path] for path in files]:
        status, _, err = book.cli("import", book.path, *group)
        assert status in (0, 3), err
    formats = book.rows("select layout from base.source_files where row_count > 0")
    assert formats == [("fundflow",) if flow_first else ("taobao_settlement",)]


def test_the_work_list_masks_a_wallet_that_is_known_by_a_phone(book: Book) -> None:
    bill, phone = book.folder / "bill.csv", "13800138000"
    text = ALIPAY.read_bytes().decode("gb18030")
    bill.write_bytes(text.replace("laojie@example.com", phone).encode("gb18030"))
    book.add(bill)
    status, said, err = book.cli("places", book.path)
    assert status == 0, err
    assert "…8000" in said
    assert phone not in said
    assert book.rows("select distinct merchant_no from base.wallet_lines") == [(phone,)]
