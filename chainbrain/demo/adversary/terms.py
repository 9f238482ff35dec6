"""Who sells and on what terms: stores, merchant numbers, contracts, and what the contracts do not say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from chainbrain.demo.adversary.knobs import Knobs
from chainbrain.demo.adversary.marks import Marks
from chainbrain.demo.draws import Flags, Ints, between, chance, pick, stream

DAY = 86_400
CHANNELS = ("wechat", "alipay", "lakala")
RULES = ("D0", "D1", "T1", "T2")
ITEM, EXACT, BATCH, MONTHLY = range(4)
"""Where the fee is taken: per payment in whole fen, per payment in fractions, per deposit, per month."""
UNSTATED = -1
_RATES = (38, 60)
_PLAIN_START, _HOLIDAY_START = date(2026, 7, 6), date(2026, 9, 14)
"""Both Mondays; no day off lies within eleven weeks of the first (resources/rules/holidays.csv)."""


@dataclass(frozen=True)
class Terms:
    """One entry per merchant number in every array; moments in seconds, rates in ten-thousandths, amounts in fen.

    Attributes:
        start: the book's first day, day 0; ``lead`` days of sales lie before it.
        closes: per store the first day on which it is closed, or a day after the window.
        cutoff: where the settlement day really ends; ``stated_cutoff`` is the contract's word.
        opens, shuts: the seconds of a day between which it sells; more than a day's seconds for the small hours.
        changes: the day from which ``new_rate`` holds; ``tells_change`` whether the contract says so.
        rounds_net: of those with fees in fractions, whether the net is rounded instead of the fee.
    """

    start: date
    days: int
    lead: int
    stores: int
    closes: Ints
    store: Ints
    channel: Ints
    account: Ints
    number: tuple[str, ...]
    rule: Ints
    cutoff: Ints
    stated_cutoff: Ints
    opens: Ints
    shuts: Ints
    rate: Ints
    new_rate: Ints
    changes: Ints
    tells_change: Flags
    fee_mode: Ints
    rounds_net: Flags
    keeps_fee: Flags
    minimum: Ints
    manual: Flags
    unmerged: Flags

    @property
    def size(self) -> int:
        """Number of merchant numbers."""
        return len(self.number)

    def day(self, index: int) -> date:
        """The date of a day index."""
        return self.start + timedelta(days=index)


def bank_account(index: int) -> str:
    """The number of a bank account."""
    return f"57190{index:04d}10602"


def agree(seed: int, knobs: Knobs, stores: int, days: int, marks: Marks) -> Terms:
    """Draw stores, merchant numbers and contracts."""
    rng = stream(seed, "adversary terms")
    size = stores * 2
    store = np.arange(size, dtype=np.int64) // 2
    slot = np.arange(size, dtype=np.int64) % 2
    # Every fifth store takes Alipay through an acquirer.
    channel = np.where((slot == 1) & (store % 5 == 4), 2, slot)
    rule = pick(rng, knobs.rules, size)
    rate = np.array(_RATES, dtype=np.int64)[between(rng, 0, 2, size)]
    cutoff, stated = _cutoffs(seed, knobs, rule, marks)
    mode = _fee_modes(seed, knobs, size, marks)
    terms = {
        "rule": rule, "rate": rate, "cutoff": cutoff, "stated_cutoff": stated, "fee_mode": mode,
        "rounds_net": mode * 0 + (mode == EXACT) * (store % 2),
        "keeps_fee": _some(seed, "fees_kept", knobs.fees_kept, size, marks) & (mode == ITEM),
        **_changes(seed, knobs, days, rate, marks), **_payouts(seed, knobs, rule, marks),
    }  # fmt: skip
    if knobs.equal_batches:
        # Neighbours can only be taken for each other on the same terms.
        twin = np.arange(size) - 2 * (store % 2)
        terms = {name: values[twin] for name, values in terms.items()}
    closes = _closing(seed, knobs, stores, days, marks)
    late, early = terms["cutoff"] < DAY, terms["cutoff"] < DAY // 2
    return Terms(
        start=_start(seed, knobs),
        days=days,
        lead=9 if knobs.before_book else 0,
        stores=stores,
        closes=closes,
        store=store,
        channel=channel,
        account=store // max(knobs.stores_per_account, 1),
        number=_numbers(seed, channel),
        opens=np.where(early, 36_000, 25_200),
        shuts=np.where(early, DAY + 19_800, np.where(late, DAY, 81_600)),
        rule=terms["rule"],
        cutoff=terms["cutoff"],
        stated_cutoff=terms["stated_cutoff"],
        rate=terms["rate"],
        new_rate=terms["new_rate"],
        changes=terms["changes"],
        tells_change=terms["tells_change"].astype(bool),
        fee_mode=terms["fee_mode"],
        rounds_net=terms["rounds_net"].astype(bool),
        keeps_fee=terms["keeps_fee"].astype(bool),
        minimum=terms["minimum"],
        manual=terms["manual"].astype(bool),
        unmerged=terms["unmerged"].astype(bool),
    )


def _start(seed: int, knobs: Knobs) -> date:
    first = _HOLIDAY_START if knobs.holidays else _PLAIN_START
    return first + timedelta(days=int(between(stream(seed, "adversary start"), 0, 7, 1)[0]))


def _numbers(seed: int, channel: Ints) -> tuple[str, ...]:
    """Merchant numbers as the channels write them, in no order that would tell the store."""
    places = stream(seed, "adversary numbers").permutation(len(channel)) * 37 + 1_000_003
    shapes = ("16{:08d}", "20889010{:08d}", "8222900{:08d}")
    return tuple(shapes[way].format(place) for way, place in zip(channel.tolist(), places.tolist(), strict=True))


def _some(seed: int, knob: str, per_mille: int, size: int, marks: Marks) -> Flags:
    chosen = chance(stream(seed, f"adversary {knob}"), per_mille, size)
    marks.merchants(knob, np.flatnonzero(chosen))
    return chosen


def _cutoffs(seed: int, knobs: Knobs, rule: Ints, marks: Marks) -> tuple[Ints, Ints]:
    """Where the settlement day ends and what the contract says; a D0 day must end before its money leaves."""
    rng = stream(seed, "adversary cutoffs")
    size = len(rule)
    same_day = rule == 0
    cutoff = np.where(same_day, 79_200, DAY)
    late = chance(rng, knobs.cutoff_late, size)
    early = chance(rng, knobs.cutoff_early, size) & ~late & ~same_day
    # quarters of an hour: 22:00 to 23:45, a D0 day until 23:00 at most, 00:30 to 05:00
    late_at = 79_200 + 900 * between(rng, 0, 8, size)
    early_at = 1_800 + 900 * between(rng, 0, 19, size)
    cutoff = np.where(late, np.where(same_day, np.minimum(late_at, 82_800), late_at), cutoff)
    cutoff = np.where(early, early_at, cutoff)
    silent = chance(rng, knobs.cutoff_unstated, size)
    wrong = chance(rng, knobs.cutoff_misstated, size) & ~silent
    stated = np.where(cutoff == DAY, UNSTATED, cutoff)
    stated = np.where(silent, UNSTATED, np.where(wrong, np.where(cutoff == 82_800, 84_600, 82_800), stated))
    marks.merchants("cutoff_late", np.flatnonzero(late))
    marks.merchants("cutoff_early", np.flatnonzero(early))
    marks.merchants("cutoff_unstated", np.flatnonzero(silent & (cutoff != DAY)))
    marks.merchants("cutoff_misstated", np.flatnonzero(wrong))
    return cutoff, stated


def _fee_modes(seed: int, knobs: Knobs, size: int, marks: Marks) -> Ints:
    mode = np.zeros(size, dtype=np.int64)
    for knob, which in (("fee_exact", EXACT), ("fee_batch", BATCH), ("fee_monthly", MONTHLY)):
        chosen = chance(stream(seed, f"adversary {knob}"), getattr(knobs, knob), size) & (mode == ITEM)
        marks.merchants(knob, np.flatnonzero(chosen))
        mode = np.where(chosen, which, mode)
    return mode


def _changes(seed: int, knobs: Knobs, days: int, rate: Ints, marks: Marks) -> dict[str, Ints]:
    size = len(rate)
    told = _some(seed, "rate_change", knobs.rate_change, size, marks)
    silent = chance(stream(seed, "adversary rate_silent"), knobs.rate_silent, size) & ~told
    marks.merchants("rate_silent", np.flatnonzero(silent))
    moves = told | silent
    return {
        "new_rate": np.where(moves, np.where(rate == _RATES[0], _RATES[1], _RATES[0]), rate),
        "changes": np.where(moves, days // 2, days + 400),
        "tells_change": told.astype(np.int64),
    }


def _payouts(seed: int, knobs: Knobs, rule: Ints, marks: Marks) -> dict[str, Ints]:
    size = len(rule)
    by_hand = _some(seed, "manual", knobs.manual, size, marks)
    least = chance(stream(seed, "adversary minimum_payout"), knobs.minimum_payout, size) & ~by_hand
    apart = chance(stream(seed, "adversary unmerged"), knobs.unmerged, size) & (rule >= RULES.index("T1")) & ~by_hand
    marks.merchants("minimum_payout", np.flatnonzero(least))
    marks.merchants("unmerged", np.flatnonzero(apart))
    floors = between(stream(seed, "adversary floors"), 8, 25, size) * 10_000
    return {
        "manual": by_hand.astype(np.int64),
        "minimum": np.where(least, floors, 0),
        "unmerged": apart.astype(np.int64),
    }


def _closing(seed: int, knobs: Knobs, stores: int, days: int, marks: Marks) -> Ints:
    closing = chance(stream(seed, "adversary closed_stores"), knobs.closed_stores, stores)
    on = between(stream(seed, "adversary closing days"), max(days // 3, 1), max(days * 2 // 3, 2), stores)
    marks.merchants("closed_stores", np.flatnonzero(np.repeat(closing, 2)))
    return np.where(closing, on, days + 400)
