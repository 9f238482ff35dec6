"""What is told before a split rule is written: dates that overlap, shares beyond the cap or the whole, two for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain.errors import Word
from chainbrain.money import half_up
from chainbrain.rules import Rules
from chainbrain.split_words import rate_text
from chainbrain.splits.drafts import since, standing, written
from chainbrain.splits.rules import SplitRule, chosen

_CAPPED: Final = ("wechat", "alipay")
"""Channels that limit how much of an order may be split (domain rule: splits, sections 1 and 2)."""


@dataclass(frozen=True)
class Conflict:
    """One thing to think of; worded under ``split_conflict.<code>``.

    ``severe`` ones are not written at all, the others only when somebody says so.
    """

    code: str
    severe: bool
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class RulePlan:
    """What writing a rule would do: the rows, the older versions' ends before the rule itself, and what to think of.

    ``since`` is the first day on which anything is another than before.
    """

    rows: tuple[SplitRule, ...]
    conflicts: tuple[Conflict, ...]
    since: date

    @property
    def rule(self) -> SplitRule:
        """The rule that is written."""
        return self.rows[-1]

    @property
    def refused(self) -> bool:
        """Whether it cannot be written like this."""
        return any(one.severe for one in self.conflicts)


def plan(rules: Sequence[SplitRule], rule: SplitRule, limits: Rules) -> RulePlan:
    """What writing a rule would do.

    Args:
        rules: the rules that stand.
        rule: the rule to be written.
        limits: the channels' own caps, as dated rules.
    """
    rows = written(rules, rule)
    found = [*_versions(rules, rule), *_sums(standing(rules, rows), rule, limits), *_others(rules, rule)]
    return RulePlan(rows, tuple(found), since(rules, rows))


def _versions(rules: Sequence[SplitRule], rule: SplitRule) -> Iterator[Conflict]:
    """Later versions of the same rule, which it would run into, and older ones that hold again after it."""
    begin, end = rule.valid_from or date.min, rule.valid_to or date.max
    for one in rules:
        if one.scope != rule.scope or one.valid_from == rule.valid_from:
            continue
        if begin < (one.valid_from or date.min) < end:
            yield Conflict("overlap", severe=True, facts={"day": one.valid_from, "name": one.name})
        elif (one.valid_from or date.min) < begin and end < (one.valid_to or date.max):
            yield Conflict("resumes", severe=False, facts={"day": rule.valid_to, "name": one.name})


def _sums(rules: Sequence[SplitRule], rule: SplitRule, limits: Rules) -> Iterator[Conflict]:
    """Shares of one sale that come to more than the whole of it, or than may be split."""
    worst: dict[str, tuple[Decimal, Conflict]] = {}
    twice: dict[str, Conflict] = {}
    for store, channel, day, held in _sales(rules, rule):
        total = sum((one.rate for one in held if one.rate is not None), Decimal(0))
        caps = [one.cap for one in held if one.cap is not None]
        limit = limits.at(f"split.{channel}.max_ratio", day) if channel in _CAPPED else None
        cap = min(caps) if caps else limit.number if limit is not None else None
        code = "over_whole" if total > 1 else "over_cap" if cap is not None and total > cap else None
        # What others come to is none of a rule's that takes no share of a sale.
        if rule.rate is not None and code is not None and (code not in worst or worst[code][0] < total):
            facts: dict[str, object] = {"total": rate_text(total), "day": day, **_where(store, channel)}
            if cap is not None:
                facts |= {"cap": rate_text(cap), "over": half_up((total - cap) * 100)}
            worst[code] = total, Conflict(code, code == "over_whole", facts)
        for one in held:
            if one.receiver == rule.receiver and one.name != rule.name:
                twice[one.name] = Conflict("twice", severe=False, facts={"name": one.name, "receiver": one.receiver})
    yield from (found for _, found in worst.values())
    yield from twice.values()


def _sales(
    rules: Sequence[SplitRule], rule: SplitRule
) -> Iterator[tuple[str | None, str | None, date, list[SplitRule]]]:
    """As ``_places``, by the group of products that a sale is of: the rules for it and those for the whole sale."""
    for store, channel, day, held in _places(rules, rule):
        named: set[str | None] = {one.category for one in held if one.category}
        groups = {rule.category} if rule.category else named or {None}
        for group in sorted(groups, key=lambda one: one or ""):
            yield store, channel, day, [one for one in held if one.category in {None, group}]


def _where(store: str | None, channel: str | None) -> dict[str, object]:
    return {
        "store": store or Word("split_scope.stores"),
        "channel": Word(f"channel.{channel}") if channel else Word("split_scope.channels"),
    }


def _others(rules: Sequence[SplitRule], rule: SplitRule) -> Iterator[Conflict]:
    """Rules of the same agreement for other stores or channels that hold for the same sales, and other accounts."""
    accounts = sorted({one.account for one in rules if one.receiver == rule.receiver and one.account})
    if rule.account and accounts and rule.account not in accounts:
        yield Conflict("account", severe=False, facts={"receiver": rule.receiver, "count": len(accounts)})
    for one in rules:
        if (one.name, one.receiver) != (rule.name, rule.receiver) or one.scope == rule.scope:
            continue
        if _meets(one.store, rule.store) and _meets(one.channel, rule.channel) and _overlaps(one, rule):
            if one.category != rule.category:
                if one.category is None or rule.category is None:
                    yield Conflict("group", severe=False, facts={"name": one.name, "receiver": one.receiver})
                continue
            first = max(one, rule, key=lambda each: each.rank)
            code = "special" if first is rule else "hidden"
            yield Conflict(code, severe=False, facts={"name": one.name, **_where(one.store, one.channel)})


def _places(
    rules: Sequence[SplitRule], rule: SplitRule
) -> Iterator[tuple[str | None, str | None, date, list[SplitRule]]]:
    """Every kind of sale that the rule holds for, with all rules that hold for it: store, channel and first day."""
    of_store: dict[str | None, list[SplitRule]] = defaultdict(list)
    for one in rules:
        of_store[one.store].append(one)
    stores = [rule.store] if rule.store else sorted(of_store, key=lambda store: store or "")
    channels = [rule.channel] if rule.channel else sorted({*_CAPPED, *(one.channel for one in rules if one.channel)})
    for store in stores:
        near = [*of_store[None], *(of_store[store] if store is not None else [])]
        for day in _days(near, rule):
            for channel in channels:
                held = chosen(near, store or "", channel, day)
                if rule in held:
                    yield store, channel, day, held


def _days(rules: Iterable[SplitRule], rule: SplitRule) -> list[date]:
    """The days on which something begins while the rule holds."""
    begins = {rule.valid_from or date.today(), *(one.valid_from for one in rules if one.valid_from)}
    return sorted(day for day in begins if rule.holds_on(day))


def _meets(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _overlaps(one: SplitRule, other: SplitRule) -> bool:
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    return first < min(one.valid_to or date.max, other.valid_to or date.max)
