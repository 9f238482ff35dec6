"""One trade of an acquirer in several exports: counted once, and asked about when the prints disagree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest

from chainbrain.workspace import Workspace

UMS = "898110154990001"
NEW = (
    "商户名称,商户号,终端号,结算日期,交易时间,卡号,金额,手续费,净额,参考号,交易类型,交易渠道,商户订单号,银商订单号\n"
    "甲,{merchant},12345678,2026-03-02,{at},,{amount},{fee},{net},{number},{kind},微信,P1,3194{number}\n"
)
SECOND = (
    "清算日期,交易日期时间,卡号,商编,终端,参考号,交易类型,交易金额,手续费,交易方式,订单号,商户名称\n"
    "20260302,{at},,{merchant},12345678,{number},{kind},{amount},{fee},微信,P1,甲\n"
)
THIRD = (
    "清算时间,交易时间,终端号,交易类型,卡号,交易金额,清算金额,手续费,流水号,检索号,商户号,商户名称,商户订单号,银商订单号\n"
    "2026-03-02,{at},12345678,{kind},,{amount},{net},{fee},000001,{number},{merchant},甲,P1,3194{number}\n"
)
OLD = (
    "商户编码,商户名称,交易日期及时间,交易类型,交易金额,交易卡号,卡类别,终端编码,商户手续费,检索参考号,订单号\n"
    "{merchant},甲,{at},{kind},{amount},,,12345678,{fee},{number},P1\n"
)
SALE = {
    "at": "2026-03-01 12:00:00", "amount": "100.00", "fee": "0.38", "net": "99.62", "number": "260301120000",
    "kind": "消费", "merchant": UMS,
}  # fmt: skip
BACK = {**SALE, "amount": "-100.00", "fee": "-0.38", "net": "-99.62", "kind": "退货", "number": "260301130000"}
TRADE = (
    "990440148166000,南山店,T1,12:00:00,消费,000001,000001,R1,,,,,{amount},0.60,{day},TL0001,P1,,,{amount},"
    "{net},,,2026-03-01 12:00:05,,,,,,,,,S1,2026-03-01\n"
)


def _take(book: Workspace, folder: Path, texts: Sequence[str]) -> list[tuple[int, int, int]]:
    """New, seen and suspect rows of each file."""
    counts = []
    for text in texts:
        path = folder / f"{len(list(folder.glob('*.csv')))}.csv"
        path.write_text(text, encoding="utf-8")
        plan = book.imports.plan([path])
        (file,) = plan.files
        assert file.outcome == "imported", file
        counts.append((file.counts.new, file.counts.seen, file.counts.suspect))
        book.imports.apply(plan)
    return counts


@pytest.mark.parametrize("trade", [SALE, BACK], ids=["sale", "refund"])
@pytest.mark.parametrize("first", range(4))
def test_all_lists_of_chinaums_name_one_trade(
    here: Workspace, tmp_path: Path, trade: dict[str, str], first: int
) -> None:
    lists = [NEW, SECOND, THIRD, OLD]
    order = [*lists[first:], *lists[:first]]
    _take(here, tmp_path, [text.format(**trade) for text in order])
    assert here.book.rows_of("select count(*), sum(amount) from base.payments")[0][0] == 1
    assert len(here.book.rows_of("select * from base.sightings where record_type = 'payment'")) == 3
    assert here.book.rows_of("select * from base.left_out_rows") == []


@pytest.mark.parametrize("order", list(permutations((NEW, OLD))))
def test_the_payout_knows_a_trade_that_the_old_list_brought(
    here: Workspace, tmp_path: Path, order: tuple[str, ...]
) -> None:
    _take(here, tmp_path, [text.format(**SALE) for text in order])
    ((first, *money),) = here.book.rows_of("select first_day, gross, fee, net from base.settlements")
    assert (first, money) == (date(2026, 3, 2), [Decimal("100.00"), Decimal("0.38"), Decimal("99.62")])


def test_a_reference_that_begins_anew_is_another_trade(here: Workspace, tmp_path: Path) -> None:
    later = {**SALE, "at": "2026-03-02 18:30:00"}
    elsewhere = {**SALE, "merchant": "898110154990002"}
    _take(here, tmp_path, [OLD.format(**trade) for trade in (SALE, later, elsewhere)])
    assert here.book.rows_of("select sum(amount) from base.payments")[0][0] == 300


@pytest.mark.parametrize(
    "prints",
    [
        [NEW.format(**SALE), NEW.format(**{**SALE, "amount": "120.00", "net": "119.62"})],
        [NEW.format(**SALE), OLD.format(**{**SALE, "amount": "120.00"})],
        [TRADE.format(day="2026-03-01", amount="100.00", net="99.40"),
         TRADE.format(day="2026-03-01", amount="120.00", net="119.40")],
        [TRADE.format(day="2026-03-01", amount="100.00", net="99.40"),
         TRADE.format(day="2026-03-02", amount="100.00", net="99.40")],
    ],
)  # fmt: skip
def test_a_print_that_says_something_else_is_asked_about(here: Workspace, tmp_path: Path, prints: list[str]) -> None:
    (new, _, _), (_, _, suspect) = _take(here, tmp_path, prints)
    assert (new > 0, suspect) == (True, 1)
    assert here.book.rows_of("select count(*) from base.payments")[0][0] == 1
