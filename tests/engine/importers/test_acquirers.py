"""Readings of acquirers' rows that the golden files do not show: signs, units, years, parts that disagree."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from .conftest import GOLDEN, Read, Reader

ReadOne = Callable[..., Read]
Money = Decimal
LCSW = (
    "852105399000001,34336428,2026-03-01 12:00:00,,{price},{fee},{refund},{left},1,6,1,{no},{sale},T{no},W{no},"
    "2026-03-01,o1,0,3,0,{price},{price},0,备注,,OTHERS,南山店,1\n"
)


def _lcsw(no: str, money: str, sale: str = "") -> str:
    """``money``: price, fee, refund and what is left, in fen."""
    price, fee, refund, left = money.split()
    return LCSW.format(no=no, price=price, fee=fee, refund=refund, left=left, sale=sale)


def _money(found: Read) -> list[tuple[str, Decimal, Decimal]]:
    return found.frames["payments"].select("kind", "amount", "fee").rows()


SALE = _lcsw("SALE0001", "10000 38 0 9962")


@pytest.mark.parametrize(
    ("refund", "amount", "fee"),
    [
        (_lcsw("BACK0001", "0 -38 10000 -9962", "SALE0001"), "-100.00", "-0.38"),
        (_lcsw("BACK0001", "10000 0 10000 0", "SALE0001"), "-100.00", "0"),
        (_lcsw("BACK0001", "10000 -11 3000 -2989", "SALE0001"), "-30.00", "-0.11"),
        (_lcsw("BACK0001", "10000 0 0 -10000", "SALE0001"), "-100.00", "0"),
    ],
)
def test_a_refund_of_lcsw_is_what_its_parts_add_up_to(read: ReadOne, refund: str, amount: str, fee: str) -> None:
    found = read(SALE + refund)
    assert _money(found) == [("payment", Money("100.00"), Money("0.38")), ("refund", Money(amount), Money(fee))]
    assert found.frames["payments"]["external_id"].to_list() == ["SALE0001", "SALE0001"]
    assert found.frames["payments"]["refund_id"].to_list() == [None, "BACK0001"]


def test_a_refund_told_twice_counts_once(read: ReadOne) -> None:
    """The sale tells the refund, and the refund has a row of its own."""
    told = _lcsw("SALE0001", "10000 38 3000 6962")
    back = _lcsw("BACK0001", "0 0 3000 -3000", "SALE0001")
    assert [amount for _, amount, _ in _money(read(told + back))] == [Money("100.00"), Money("-30.00")]
    assert [amount for _, amount, _ in _money(read(told))] == [Money("100.00"), Money("-30.00")]


@pytest.mark.parametrize("state", ["9", "x"])
def test_an_unknown_state_is_not_guessed(read: ReadOne, state: str) -> None:
    found = read(SALE + SALE.replace("SALE0001", "SALE0002").replace(",1,6,1,", f",1,6,{state},"))
    assert found.codes in (["word"], ["field_count"])
    assert len(_money(found)) == 1


Alter = Callable[[str, dict[str, str]], Read]


@pytest.fixture
def zm(tmp_path: Path, read_path: Reader) -> Alter:
    """The first line of the golden file under another clearing day, with some texts replaced."""
    line = next(GOLDEN.glob("unionpay-zm-zme/INN26010188ZM_*7")).read_text("gb18030").splitlines()[0]

    def altered(day: str, changes: dict[str, str]) -> Read:
        text = line
        for old, new in changes.items():
            assert old in text
            assert len(new) == len(old)
            text = text.replace(old, new)
        path = tmp_path / f"INN{day}88ZM_777290058110097"
        path.write_text(text + "\r\n", "gb18030", newline="")
        return read_path(path)[0]

    return altered


@pytest.mark.parametrize(
    ("cleared", "printed", "moment"),
    [
        ("260101", "1231233000", "2025-12-31 23:30:00"),
        ("251231", "0101003000", "2026-01-01 00:30:00"),
        ("240301", "0229120000", "2024-02-29 12:00:00"),
        ("260110", "0110120000", "2026-01-10 12:00:00"),
    ],
)
def test_the_year_is_the_one_next_to_the_clearing_day(zm: Alter, cleared: str, printed: str, moment: str) -> None:
    found = zm(cleared, {"1231213000": printed})
    assert [str(at) for at in found.frames["payments"]["occurred_at"]] == [moment]


@pytest.mark.parametrize(
    ("cleared", "printed"), [("250301", "0229120000"), ("260601", "1231213000"), ("260101", "1331213000")]
)
def test_a_moment_that_no_year_brings_near_is_broken(zm: Alter, cleared: str, printed: str) -> None:
    assert zm(cleared, {"1231213000": printed}).codes == ["moment"]


def test_the_settled_amount_may_stand_before_the_fee(zm: Alter) -> None:
    """100.50 settled, 0.60 charged, 99.90 cleared; without the cleared amount nothing proves the fee."""
    gross, blank = "C000000009990", " " * 13
    before = {gross: "C000000010050"}
    assert zm("260101", before).codes == ["parts_differ"]
    line = {f"{gross} 0501": "C000000010050 0501", f"{blank} 01080209": f"{gross} 01080209"}
    found = zm("260101", line)
    assert _money(found) == [("payment", Money("100.50"), Money("0.60"))]
    assert found.frames["settlement_rows"]["amount"].to_list() == [Money("99.90")]


def test_a_row_of_zm_is_known_without_its_name(read: ReadOne) -> None:
    """The name only tells the year: without it the file is recognised, and refused."""
    data = next(GOLDEN.glob("unionpay-zm-zme/INN26010188ZM_*7")).read_bytes()
    reading = read(data).reading
    assert (reading.outcome, reading.format, reading.code) == ("refused", "unionpay-zm-zme", "import.year_missing")


JY = (
    "商户编号|交易日期|交易时间|终端号|分支机构|交易类型|拉卡拉流水号|交易金额(分)|手续费(分)|结算金额(分)|商户订单号\n"
)


@pytest.mark.parametrize(
    ("amount", "fee", "net", "read_as"),
    [
        ("10000", "38", "9962", "100.00"), ("100.00", "0.38", "99.62", "100.00"), ("100.00", "38", "99.62", "100.00"),
        ("10000", "0.38", "9962", "100.00"), ("100", "0.38", "99.62", None), ("100.00", "38", "9926", None),
    ],
)  # fmt: skip
def test_the_unit_of_lakala_is_proven_by_the_net(
    read: ReadOne, amount: str, fee: str, net: str, read_as: str | None
) -> None:
    found = read(f"{JY}M0001|20260301|120000|D1|S1|消费|N0001|{amount}|{fee}|{net}|P1\n")
    if read_as is None:
        assert found.codes == ["parts_differ"]
    else:
        assert _money(found) == [("payment", Money(read_as), Money("0.38"))]


CARD = ("商户号", "终端号", "结算日期", "交易时间", "金额", "手续费", "净额", "参考号", "交易类型")


@pytest.mark.parametrize(
    ("kind", "money", "expected"),
    [
        ("消费", "100.00,-0.38,99.62", ("payment", "100.00", "0.38")),
        ("消费", "100.00,0.38,", ("payment", "100.00", "0.38")),
        ("退货", "100.00,0.38,99.62", ("refund", "-100.00", "-0.38")),
        ("退货", "-100.00,0.38,-99.62", ("refund", "-100.00", "-0.38")),
        ("退货", "-100.00,0.00,-100.00", ("refund", "-100.00", "0")),
        ("消费撤销", "-100.00,-0.38,-99.62", ("refund", "-100.00", "-0.38")),
        ("消费", "100.00,0.38,100.38", None),
        ("消费", "100.00,0.38,99.26", None),
    ],
)  # fmt: skip
def test_signs_of_chinaums_are_proven_by_the_net(
    read: ReadOne, kind: str, money: str, expected: tuple[str, str, str] | None
) -> None:
    """``money``: amount, fee and net as printed."""
    row = ("M0001", "T1", "2026-03-02", "2026-03-01 12:00:00", money, "260301120000", kind)
    found = read(",".join(CARD) + "\n" + ",".join(row) + "\n")
    assert found.reading.layout == "variant_1"
    if expected is None:
        assert found.codes == ["parts_differ"]
    else:
        assert _money(found) == [(expected[0], Money(expected[1]), Money(expected[2]))]


CASHIER = (
    "990440148166000,南山店,T1,12:00:00,{kind},000001,000001,R1,,,,,{amount},{fee},2026-03-01,{number},P1,,,{amount},"
    "{net},,,2026-03-01 12:00:05,,,,,,,,,S1,2026-03-01\n"
)


@pytest.mark.parametrize("net", ["100.00", "0.60"])
def test_a_net_that_leaves_out_the_fee_does_not_swallow_it(read: ReadOne, net: str) -> None:
    line = CASHIER.format(kind="消费", amount="100.00", fee="0.60", net="{net}", number="TL0001")
    assert read(line.format(net=net)).codes == ["parts_differ"]
    assert _money(read(line.format(net="99.40"))) == [("payment", Money("100.00"), Money("0.60"))]


@pytest.mark.parametrize("word", ["提现", "代付"])
def test_what_is_taken_out_is_no_sale(read: ReadOne, word: str) -> None:
    """Cashier, Lakala and ChinaUMS."""
    cashier = CASHIER.format(kind=word, amount="5000.00", fee="0.00", net="5000.00", number="TL0001")
    lakala = f"{JY}M0001|20260301|120000|D1|S1|{word}|N0001|500000|38|499962|P1\n"
    row = ("M0001", "T1", "2026-03-02", "2026-03-01 12:00:00", "5000.00,0.00,5000.00", "260301120000", word)
    for text in (cashier, lakala, ",".join(CARD) + "\n" + ",".join(row) + "\n"):
        found = read(text)
        assert found.frames["payments"].select("kind", "cancelled").rows() == [("payment", True)]
        assert "settlement_rows" not in found.frames


@pytest.mark.parametrize("word", ["转盘", "调账"])
def test_an_unknown_trade_word_is_not_guessed(read: ReadOne, word: str) -> None:
    cashier = CASHIER.format(kind=word, amount="100.00", fee="0.38", net="99.62", number="TL0001")
    lakala = f"{JY}M0001|20260301|120000|D1|S1|{word}|N0001|10000|38|9962|P1\n"
    row = ("M0001", "T1", "2026-03-02", "2026-03-01 12:00:00", "100.00,0.38,99.62", "260301120000", word)
    for text in (cashier, lakala, ",".join(CARD) + "\n" + ",".join(row) + "\n"):
        assert read(text).codes == ["word"]


def test_what_comes_back_of_a_split_is_no_refund_to_a_guest(read: ReadOne) -> None:
    text = next(GOLDEN.glob("allinpay/yunshangtong.txt")).read_text("utf-8")
    line = next(line for line in text.splitlines() if "|分账|" in line)
    back = line.replace("|分账|6000|", "|分账退款|1000|").replace("20260301000000003", "20260301000000009", 1)
    before, found = read(text), read(text + back + "\n")
    assert _money(found) == _money(before)
    splits = [frames["split_lines"]["amount"].to_list() for frames in (before.frames, found.frames)]
    assert splits == [[Money("60.00")], [Money("60.00"), Money("-10.00")]]


NO_UNIT = JY.replace("(分)", "")


@pytest.mark.parametrize(
    ("header", "rows", "read_as", "codes"),
    [
        (NO_UNIT, ["100|0|100", "50.00|0.19|49.81"], ["100.00", "50.00"], []),
        (NO_UNIT, ["100|0|100", "50|0|50"], [], ["unit", "unit"]),
        (NO_UNIT, ["10000|38|9962"], [], ["unit"]),
        (JY, ["100|0|100", "50.00|0.19|49.81"], ["50.00"], ["unit"]),
        (JY, ["100|0|100", "5000|19|4981"], ["1.00", "50.00"], []),
        (JY, ["10000|38|9962", "50.00|0.19|49.81"], ["100.00", "50.00"], []),
    ],
)
def test_a_lakala_amount_that_can_be_yuan_or_fen_is_refused(
    read: ReadOne, header: str, rows: list[str], read_as: list[str], codes: list[str]
) -> None:
    lines = [f"M0001|20260301|120000|D1|S1|消费|N{no}|{row}|P{no}\n" for no, row in enumerate(rows)]
    found = read(header + "".join(lines))
    amounts = found.frames["payments"]["amount"].to_list() if read_as else []
    assert (amounts, found.codes) == ([Money(amount) for amount in read_as], codes)


@pytest.mark.parametrize(("row", "expected"), [("1000|0|5", ["10.00"]), ("1000|0|0", [])])
def test_a_same_day_payout_without_any_fee_proves_no_unit(read: ReadOne, row: str, expected: list[str]) -> None:
    header = "商户编号|交易日期|拉卡拉流水号|交易金额(分)|手续费(分)|D0手续费(分)\n"
    found = read(f"{header}M0001|20260301|N0001|{row}\nM0001|20260301|N0002|50.00|0.19|0.03\n")
    nets = found.frames["settlement_rows"]["amount"].to_list()
    assert nets == [*(Money(amount) - Money("0.05") for amount in expected), Money("49.78")]
    assert found.codes == ([] if expected else ["unit"])


@pytest.mark.parametrize("money", ["USD", "美元", "HKD"])
@pytest.mark.parametrize("path", ["ikudot/2026-03-01.csv", "wechat-merchant-trade/ALL.csv"])
def test_other_money_is_not_added_to_yuan(read: ReadOne, path: str, money: str) -> None:
    text = (GOLDEN / path).read_bytes().decode("utf-8-sig")
    plain = read(text)
    found = read(text.replace("`CNY", f"`{money}", 1))
    assert found.codes == ["currency"]
    assert len(_money(found)) == len(_money(plain)) - 1
    assert _money(read(text.replace("`CNY", "`人民币"))) == _money(plain)


def test_a_clock_without_its_day_is_said(read: ReadOne) -> None:
    header = "清算日期,交易日期时间,卡号,商编,终端,参考号,交易类型,交易金额,手续费,交易方式,订单号,商户名称\n"
    line = "20260302,{at},,898110154990001,12345678,260301093015,消费,88.00,0.53,刷卡,,甲\n"
    assert read(header + line.format(at="235959")).reading.facts == {"days": "from_settlement"}
    assert read(header + line.format(at="20260301235959")).reading.facts == {}


@pytest.mark.parametrize("batch", ["20300101-7", "20250101-7"])
def test_a_merchants_batch_number_is_no_day(read: ReadOne, batch: str) -> None:
    text = (GOLDEN / "cib-alipay-agent" / "wrong total.csv").read_text("utf-8")
    refund = next(line for line in text.splitlines() if "`2026030" in line and "`-" in line)
    found = read(text.replace(refund.split(",")[3], f"`{batch}"))
    assert {str(at.date()) for at in found.frames["payments"]["occurred_at"]} == {"2026-03-01"}
    assert [(str(c.first_day), str(c.last_day)) for c in found.reading.coverage] == [("2026-03-01", "2026-03-01")]


@pytest.mark.parametrize("day", ["29990101", "19990101"])
def test_a_number_that_begins_with_no_possible_day_is_broken(read: ReadOne, day: str) -> None:
    text = (GOLDEN / "cib-alipay-agent" / "wrong total.csv").read_text("utf-8")
    assert "moment" in read(text.replace("`20260301", f"`{day}", 1)).codes
