"""A split rule as somebody writes it down: read from words, and what it does to the versions that stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain import split_words
from chainbrain.errors import UserError
from chainbrain.money import parse_yuan
from chainbrain.splits.allocation import BASES, WAYS
from chainbrain.splits.rules import KINDS, SplitRule
from chainbrain.splits.tiers import Tier

EVER: Final = date(1900, 1, 1)
"""When a rule without a start begins."""
# What a table would read as a sum, a formula or nothing at all.
_NO_NAME: Final = re.compile(r"(?:合计|总计|小计|总合计)|[`'=—/\\-]")


@dataclass(frozen=True)
class RuleText:
    """The fields of a rule as they are typed; empty means nothing was said.

    ``basis``, ``way``, ``channel`` and ``receiver_kind`` are codes; ``value`` is ``5%``, yuan of one order, or
    ``0-200000:5%;200000-:4%``.
    """

    name: str
    receiver: str
    basis: str
    way: str
    value: str
    store: str = ""
    channel: str = ""
    receiver_kind: str = ""
    account: str = ""
    cap: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    category: str = ""


def read(text: RuleText) -> SplitRule:
    """The rule that the fields say, without a number of its own.

    Raises:
        UserError: ``split_rule.name``, ``split_rule.receiver``, ``split_rule.no_basis``, ``split_rule.basis``,
            ``split_rule.way``, ``split_rule.kind``,
            ``split_rule.channel``, ``split_rule.category``, ``split_rule.value_<way>``, ``split_rule.cap`` or
            ``split_rule.dates``.
    """
    name, receiver = (" ".join(said.split()) for said in (text.name, text.receiver))
    for key, said in (("name", name), ("receiver", receiver)):
        if not said or _NO_NAME.match(said):
            raise UserError(f"split_rule.{key}", value=said)
    if not text.basis:
        raise UserError("split_rule.no_basis")
    for key, code, known in (("basis", text.basis, BASES), ("way", text.way, WAYS)):
        if code not in known:
            raise UserError(f"split_rule.{key}", value=code)
    if text.channel == "other":
        raise UserError("split_rule.channel", value=text.channel)
    if text.receiver_kind and text.receiver_kind not in KINDS:
        raise UserError("split_rule.kind", value=text.receiver_kind)
    category = " ".join(text.category.split())
    # Tiers go by the month's sum of all sales.
    if category and text.way not in {"ratio", "fixed"}:
        raise UserError("split_rule.category", value=category)
    cap = split_words.rate_of(text.cap) if text.cap.strip() else None
    if text.cap.strip() and cap is None:
        raise UserError("split_rule.cap", value=text.cap)
    _dated(text.valid_from, text.valid_to)
    rate, fixed, tiers = _value(text.way, text.value)
    return SplitRule(
        "", name, text.store.strip() or None, text.channel or None, receiver,
        text.account.strip() or None, text.basis, text.way, rate, fixed, tiers, cap, text.valid_from, text.valid_to,
        text.receiver_kind or None, by_hand=True, category=category or None,
    )  # fmt: skip


def ended(rule: SplitRule, day: date) -> SplitRule:
    """The rule as it stands once it no longer holds from a day on.

    Raises:
        UserError: ``split_rule.dates`` when it would never have held; such a rule is taken back in the history.
    """
    _dated(rule.valid_from, day)
    return replace(rule, valid_to=day)


def written(rules: Sequence[SplitRule], rule: SplitRule) -> tuple[SplitRule, ...]:
    """The rows that a rule is written with: itself, and before it the older versions that end where it begins.

    An older version that goes on after the new one ends is left alone: it holds again from then on.
    """
    begin = rule.valid_from or date.min
    ends = [
        replace(one, valid_to=rule.valid_from)
        for one in rules
        if one.scope == rule.scope
        and (one.valid_from or date.min) < begin < (one.valid_to or date.max)
        and (rule.valid_to or date.max) >= (one.valid_to or date.max)
    ]
    return *ends, rule


def standing(rules: Sequence[SplitRule], rows: Sequence[SplitRule]) -> tuple[SplitRule, ...]:
    """The rules as they stand once the rows are written."""
    taken = {(row.scope, row.valid_from) for row in rows}
    return *(one for one in rules if (one.scope, one.valid_from) not in taken), *rows


def since(rules: Sequence[SplitRule], rows: Sequence[SplitRule]) -> date:
    """The first day on which anything is another than before, once the rows are written."""
    return min(
        _since(next((o for o in rules if (o.scope, o.valid_from) == (r.scope, r.valid_from)), None), r) for r in rows
    )


def day_of(text: str) -> date | None:
    """A day such as 2026-11-01; nothing where nothing was said.

    Raises:
        UserError: ``split_rule.day``.
    """
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip().replace("/", "-"))
    except ValueError as cause:
        raise UserError("split_rule.day", value=text) from cause


def value_text(rule: SplitRule) -> str:
    """What a rule gives, as its field and a table say it."""
    if rule.rate is not None:
        return split_words.rate_text(rule.rate)
    if rule.fixed is not None:
        return f"{rule.fixed:.2f}"
    return split_words.tiers_text([(tier.start, tier.rate) for tier in rule.tiers])


def _value(way: str, text: str) -> tuple[Decimal | None, Decimal | None, tuple[Tier, ...]]:
    if way == "ratio":
        rate = split_words.rate_of(text)
        if rate is not None:
            return rate, None, ()
    elif way == "fixed":
        fixed = parse_yuan(text)
        if fixed is not None and fixed > 0:
            return None, fixed, ()
    else:
        steps = split_words.tiers_of(text)
        if steps is not None:
            return None, None, tuple(Tier(start, rate) for start, rate in steps)
    raise UserError(f"split_rule.value_{'tiers' if way not in {'ratio', 'fixed'} else way}", value=text)


def _since(old: SplitRule | None, row: SplitRule) -> date:
    if (
        old is not None
        and replace(row, rule_id=old.rule_id, turn=old.turn, by_hand=old.by_hand, valid_to=old.valid_to) == old
    ):
        return min(old.valid_to or date.max, row.valid_to or date.max)
    return row.valid_from or EVER


def _dated(first: date | None, after: date | None) -> None:
    if first is not None and after is not None and after <= first:
        raise UserError("split_rule.dates", first=first, after=after)
