"""The truth points to the right lines, sums up, and holds what was asked for."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from chainbrain.demo import DemoChain
from chainbrain.demo.injected import FULL_SIZE, quotas

from . import reading
from .reading import money

CODES = ["D01", "D02", "D03", "D04", "D05", "D06", "D07", "D08", "D09", "D10", "D11", "D12", "D13", "D14"]


def test_every_code_is_there(chain: DemoChain) -> None:
    counts = Counter(row["code"] for row in reading.table(chain.truth, "differences.csv"))
    assert sorted(counts) == CODES
    assert all(count >= 2 for count in counts.values())
    assert sum(counts.values()) == chain.differences


def test_quotas_scale_with_the_chain() -> None:
    assert sum(quotas(300, FULL_SIZE).values()) == 300
    assert sum(quotas(600, FULL_SIZE).values()) == 600
    assert set(quotas(0, FULL_SIZE).values()) == {0}
    assert min(quotas(300, 21).values()) >= 2
    half = sum(quotas(300, FULL_SIZE // 2).values())
    assert 150 <= half <= 155


def test_a_clean_chain_has_no_differences(clean: DemoChain) -> None:
    assert clean.differences == 0
    assert reading.table(clean.truth, "differences.csv") == []


def test_differences_point_to_lines_that_carry_their_key(chain: DemoChain) -> None:
    for row in reading.table(chain.truth, "differences.csv"):
        text = reading.cell_text(chain.exports, row["file"], row["sheet"], int(row["line"]))
        key = row["key"].split("|")[0]
        assert key in text
        if row["record_type"] == "cash_count":
            assert text.startswith(f"{row['store_id']},{row['business_day']}")


def test_pairs_point_to_lines_that_carry_both_keys(chain: DemoChain) -> None:
    """Looks at a spread of pairs of each kind: what ties them stands in both lines."""
    by_kind: dict[tuple[str, str], list[reading.Row]] = {}
    for row in reading.table(chain.truth, "matches.csv"):
        by_kind.setdefault((row["kind"], row["channel"]), []).append(row)
    assert {kind for kind, _ in by_kind} == {
        "tender_payment",
        "payment_wallet",
        "payment_settlement",
        "settlement_bank",
        "split",
    }
    for (kind, channel), rows in by_kind.items():
        for row in rows[:: max(len(rows) // 5, 1)]:
            inner = reading.cell_text(chain.exports, row["inner_file"], row["inner_sheet"], int(row["inner_line"]))
            outer = reading.cell_text(chain.exports, row["outer_file"], row["outer_sheet"], int(row["outer_line"]))
            if kind in ("payment_wallet", "payment_settlement", "split"):
                assert row["key"] in outer
            if kind in ("payment_wallet", "split") or (kind, channel) == ("tender_payment", "meituan"):
                assert row["key"] in inner
            if kind == "tender_payment" and channel != "meituan":
                assert row["key"] in outer
                # the till knows the channel's number, or the channel knows the till's
                assert row["key"] in inner or inner.split(",")[-1] in outer
            if channel == "cash":
                assert money(inner.split(",")[8]) == money(row["amount"])


def test_matches_cover_each_inner_row_once_per_outer(chain: DemoChain) -> None:
    rows = reading.table(chain.truth, "matches.csv")
    pairs = [tuple(row[name] for name in list(row)[:7]) for row in rows]
    assert len(pairs) == len(set(pairs)) == chain.matches
    tenders = [pair[1:4] for pair in pairs if pair[0] == "tender_payment"]
    assert len(tenders) == len(set(tenders))


def test_totals_are_the_sums_of_the_files(chain: DemoChain) -> None:
    totals = {row["channel"]: row for row in reading.table(chain.truth, "totals.csv")}
    facts = reading.table(chain.truth, "files.csv")
    paid = Decimal(0)
    for fact in facts:
        if fact["format"] == "wechat-merchant-trade":
            _, total = reading.ticked(chain.exports, fact["file"])
            paid += money(total["应结订单总金额"]) - money(total["退款总金额"])
    assert paid == money(totals["wechat"]["payment_amount"])
    for row in totals.values():
        assert money(row["payment_amount"]) - money(row["fee"]) == money(row["net"])
    tenders = sum(int(fact["rows"]) for fact in facts if "支付明细" in (fact["file"] + fact["sheet"]))
    assert sum(int(row["tenders"]) for row in totals.values()) == tenders == chain.tenders
