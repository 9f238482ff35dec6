"""Combinations of knobs worth keeping: the fixed suite that an engine has to hold out against."""

from __future__ import annotations

from dataclasses import dataclass

from chainbrain.demo.adversary.drawing import Draw, draw
from chainbrain.demo.adversary.knobs import Knobs


@dataclass(frozen=True)
class Knot:
    """One named case: knobs, the seeds it is drawn with, and the size of the business."""

    name: str
    knobs: Knobs
    seeds: tuple[int, ...] = (1, 2)
    stores: int = 8
    days: int = 28

    def draws(self) -> tuple[Draw, ...]:
        """Draw every seed of the case."""
        return tuple(draw(seed, self.knobs, self.stores, self.days) for seed in self.seeds)


_CUTOFFS = Knobs(cutoff_late=500, cutoff_early=300, cutoff_unstated=600, cutoff_misstated=200)
_REFUNDS = Knobs(refunds_full=20, refunds_partial=15, refunds_late=15, fees_kept=250)
_GAPS = Knobs(missing_day=20, missing_file=60, missing_rows=30, duplicate_rows=3)
_BANK = Knobs(two_deposits=30, merged_deposits=30, late_deposits=20, never_come=10, strangers=20)
_MEMOS = Knobs(memo_swapped=30, memo_misspelt=30)
_FEES = Knobs(fee_exact=200, fee_batch=200, fee_monthly=200, half_fen=200, rate_change=200, rate_silent=150)
_TILL = Knobs(till_only=5, wallet_only=5, amount_differs=5, refund_one_sided=50, refunds_full=20, keyless=20)


def _joined(*parts: Knobs, **more: int | bool) -> Knobs:
    """Several sets of knobs in one: whatever a set turns on stays on, the later one wins."""
    plain = Knobs()
    fields = {name: value for part in parts for name, value in vars(part).items() if value != getattr(plain, name)}
    return Knobs(**{**fields, **more})


EVERYTHING = _joined(
    _CUTOFFS, _REFUNDS, _GAPS, _BANK, _MEMOS, _FEES, _TILL, before_book=True, equal_amounts=200, equal_batches=10,
    twins=5, chargebacks=1, fee_tampered=3, unmerged=300, minimum_payout=100, manual=100, negative_days=5, held=2,
    late_items=2, closed_stores=100, one_fen=5, near_collisions=10,
)  # fmt: skip

KNOTS: tuple[Knot, ...] = (
    Knot("plain", Knobs(), (1, 2, 3)),
    Knot("one_store", Knobs(), stores=1),
    Knot("silent_memos", Knobs(memo_named=0)),
    Knot("one_account", Knobs(stores_per_account=40), stores=40, days=14),
    Knot("few_payments", Knobs(sales=3, equal_amounts=500)),
    Knot("holidays", Knobs(holidays=True, rules=(0, 1, 6, 3)), days=35),
    Knot("holidays_unmerged", Knobs(holidays=True, rules=(0, 0, 1, 1), unmerged=700), days=35),
    Knot("equal_amounts", Knobs(equal_amounts=800, sales=8)),
    Knot("equal_batches", Knobs(equal_batches=60, memo_named=300)),
    Knot("twins", Knobs(twins=50)),
    Knot("refunds", _REFUNDS),
    Knot("late_refunds", Knobs(refunds_late=60), days=60, stores=4),
    Knot("chargebacks", Knobs(chargebacks=4), days=80, stores=3),
    Knot("fees", _FEES, days=35),
    Knot("half_fen", Knobs(half_fen=700, fee_exact=500, fee_batch=300)),
    Knot("tampered_fees", Knobs(fee_tampered=20)),
    Knot("rate_change", Knobs(rate_change=500, rate_silent=300)),
    Knot("cutoffs", _CUTOFFS, (1, 2, 3)),
    Knot("early_cutoffs", Knobs(cutoff_early=900, cutoff_unstated=1000)),
    Knot("misstated_cutoffs", Knobs(cutoff_late=500, cutoff_misstated=1000)),
    Knot("minimum_payout", Knobs(minimum_payout=600, sales=8)),
    Knot("manual", Knobs(manual=500)),
    Knot("negative_days", Knobs(negative_days=40)),
    Knot("missing_days", Knobs(missing_day=50, missing_file=120)),
    Knot("missing_rows", Knobs(missing_rows=80)),
    Knot("duplicates", Knobs(duplicate_rows=10, twins=20)),
    Knot("held", Knobs(held=6, late_items=6)),
    Knot("bank", _BANK),
    Knot("memos", _MEMOS),
    Knot("strangers", Knobs(strangers=150, never_come=30)),
    Knot("closed_stores", Knobs(closed_stores=500, refunds_late=20)),
    Knot("one_fen", Knobs(one_fen=100, sales=6)),
    Knot("before_book", Knobs(before_book=True)),
    Knot("till", _TILL),
    Knot("near_collisions", Knobs(near_collisions=40), (1, 2, 3, 4), stores=16),
    Knot("near_collisions_silent", Knobs(near_collisions=60, memo_named=300), (1, 2, 3), stores=16),
    Knot("near_collisions_cutoffs", _joined(_CUTOFFS, near_collisions=40), (1, 2), stores=16),
    Knot("everything", EVERYTHING, (1, 2, 3, 4), stores=16, days=35),
    Knot("everything_holidays", _joined(EVERYTHING, holidays=True), (1, 2), stores=16, days=35),
    Knot("everything_silent", _joined(EVERYTHING, memo_named=0), (1, 2), stores=16, days=35),
)
"""In all more than forty cases of seed × knobs."""
