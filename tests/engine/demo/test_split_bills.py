"""分账账单 of the demo: a share of every WeChat order of the franchise stores, and what went wrong with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import ROUND_FLOOR, Decimal

from chainbrain.demo import DemoChain

from . import reading
from .reading import Row, money

CENT = Decimal("0.01")
KINDS = {
    "not split", "half of it split", "split to somebody else", "a third split", "over the cap", "split twice",
    "split to somebody besides", "not returned", "half of it returned",
}  # fmt: skip


def _rows(chain: DemoChain, kind: str) -> list[Row]:
    files = [fact["file"] for fact in reading.table(chain.truth, "files.csv") if fact["format"] == kind]
    return [row for file in files for row in reading.ticked(chain.exports, file)[0]]


def _kept(chain: DemoChain) -> dict[str, Decimal]:
    """What is left of every WeChat order, by its number."""
    kept: dict[str, Decimal] = defaultdict(Decimal)
    for row in _rows(chain, "wechat-merchant-trade"):
        kept[row["微信订单号"]] += money(row["应结订单金额"]) - money(row["退款金额"])
    return kept


def _signed(row: Row) -> Decimal:
    return -money(row["金额"]) if row["业务类型"] == "分账回退" else money(row["金额"])


def test_what_stays_split_is_the_share_of_what_is_left_of_the_order(clean: DemoChain) -> None:
    split: dict[str, Decimal] = defaultdict(Decimal)
    for row in _rows(clean, "wechat-merchant-profitsharing"):
        split[row["微信订单号"]] += _signed(row)
    kept = _kept(clean)
    assert len(split) > 500
    wrong = [number for number, amount in split.items() if amount != (kept[number] / 100).quantize(CENT, ROUND_FLOOR)]
    assert wrong == []


def test_every_split_moves_both_balances(clean: DemoChain) -> None:
    bill = {row["分账明细单号"]: row for row in _rows(clean, "wechat-merchant-profitsharing")}
    flows: dict[str, list[Decimal]] = defaultdict(list)
    for row in _rows(clean, "wechat-merchant-fundflow"):
        if row["业务名称"] == "分账":
            amount = money(row["收支金额(元)"])
            flows[row["微信支付业务单号"]].append(amount if row["收支类型"] == "收入" else -amount)
    assert flows.keys() == bill.keys()
    for number, moved in flows.items():
        assert sorted(moved) == [-abs(_signed(bill[number])), abs(_signed(bill[number]))]


def test_mistakes_of_every_kind_are_told_and_nothing_else(chain: DemoChain) -> None:
    told = [row for row in reading.table(chain.truth, "differences.csv") if row["code"] == "D13"]
    assert Counter(row["note"] for row in told).keys() == KINDS
    wrong = {row["key"] for row in told}
    kept = _kept(chain)
    split: dict[str, Decimal] = defaultdict(Decimal)
    for row in _rows(chain, "wechat-merchant-profitsharing"):
        split[row["微信订单号"]] += _signed(row)
    found = {number for number, amount in split.items() if amount != (kept[number] / 100).quantize(CENT, ROUND_FLOOR)}
    # What went to somebody else has the right sum; what was not split is not in the bill at all.
    assert found <= wrong
