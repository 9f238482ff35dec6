"""The arithmetic of a line: parts, what should be there, what is, and what is open between them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from chainbrain.channels import PLATFORMS
from chainbrain.masking import login_masked, masked
from chainbrain.reconciliation.deposits import Candidate
from chainbrain.reconciliation.evidence import Evidence, Line
from ui import figures
from ui.messages import word
from ui.theme.translator import translate
from ui.views.reconcile.items import Item, ItemKind
from ui.views.reconcile.model import Detail
from ui.views.reconcile.reading import leg_of
from ui.widgets import ArithmeticLine
from ui.widgets.states import DIFFERENCE, MATCHED, TIMING

ZERO = Decimal("0.00")
# What a negative and a positive gap are called: a charge that is too high makes less come.
_WAYS = {"split": ("split_over", "split_short"), "charge": ("charge_over", "charge_short")}


_SALES = ("order", "tender", "payment")


def arithmetic(detail: Detail) -> list[ArithmeticLine]:
    """Return the sum that ends in what is still missing."""
    item, evidence = detail.item, detail.evidence
    if item.kind is ItemKind.BANK:
        return evidence_lines(evidence) if evidence is not None else _bare_bank(item)
    if item.kind is ItemKind.LATE:
        return late_lines(item)
    if item.kind in {ItemKind.MATCH, ItemKind.TENDER} and evidence is not None:
        return evidence_lines(evidence, fees_stated=detail.fees_stated)
    if evidence is not None and (not item.amount or evidence.gap == _cents(item.amount)):
        return evidence_lines(evidence, fees_stated=detail.fees_stated)
    return _difference_lines(detail)


def evidence_lines(evidence: Evidence, *, fees_stated: bool = True) -> list[ArithmeticLine]:
    """Word the lines of a match; a fee that no bill states is no line of nothing."""
    good = MATCHED if evidence.state == "confirmed" else TIMING
    return [
        gap_line(line.amount, evidence.kind, good)
        if line.key == "gap"
        else ArithmeticLine(line_words(line), line.amount, result=line.total)
        for line in evidence.lines
        if line.key != "fee" or line.amount or fees_stated
    ]


def gap_line(gap: Decimal, kind: str = "", good: str = MATCHED) -> ArithmeticLine:
    """Return the last line: too little or too much in words, so that the figure needs no sign."""
    return ArithmeticLine(gap_words(gap, kind), abs(gap), result=True, state=DIFFERENCE if gap else good)


def gap_words(gap: Decimal, kind: str = "") -> str:
    """Return what the last line is called: whether too little or too much came, was charged or went out."""
    if not gap:
        return word("evidence.gap")
    less, more = _WAYS.get(kind, ("short", "over"))
    return word(f"evidence.{less if gap < 0 else more}")


def gap_told(gap: Decimal) -> str:
    """Return what is open between two sides, in words."""
    if not gap:
        return translate("gap {amount}").format(amount=figures.money(gap))
    words = translate("short {amount}") if gap < 0 else translate("over {amount}")
    return words.format(amount=figures.money(abs(gap)))


def line_words(line: Line) -> str:
    """Return the words of one line: channel, day, what, number, how many."""
    parts = []
    if line.channel and line.channel != "bank":
        parts.append(word(f"channel.{line.channel}"))
    if line.day is not None:
        parts.append(figures.day_and_weekday(line.day))
    parts.append(word(f"evidence.{line.key}"))
    if line.number:
        parts.append(masked(line.number) if line.channel == "bank" else login_masked(line.number))
    if line.count is not None:
        parts.append(translate("%n row(s)", line.count).replace(str(line.count), figures.plain(line.count), 1))
    return " ".join(parts)


def late_lines(item: Item) -> list[ArithmeticLine]:
    """Return the sum of something that should have arrived."""
    channel = word(f"channel.{item.channel}") if item.channel else ""
    day = figures.day_and_weekday(item.day) if item.day else ""
    expected = " ".join(part for part in (channel, day, word("evidence.expected"), item.note) if part)
    return [
        ArithmeticLine(expected, -item.amount),
        ArithmeticLine(word("evidence.bank_line"), ZERO),
        gap_line(item.amount),
    ]


def candidate_lines(item: Item, candidate: Candidate) -> list[ArithmeticLine]:
    """Return the sum of a bank line against something it is not matched with."""
    where = " ".join(
        part
        for part in (
            word(f"channel.{candidate.channel}"),
            figures.day_and_weekday(candidate.day),
            word("evidence.expected"),
            login_masked(candidate.merchant_no or ""),
        )
        if part
    )
    return [
        ArithmeticLine(where, candidate.net),
        ArithmeticLine(_at_bank(item), item.amount),
        gap_line(candidate.gap, good=TIMING),
    ]


def _bare_bank(item: Item) -> list[ArithmeticLine]:
    if not item.open:
        # A payment out, or a deposit that needs no payout: nothing is missing.
        return [ArithmeticLine(_at_bank(item), item.amount)]
    return [
        ArithmeticLine(translate("Payouts found for it"), ZERO),
        ArithmeticLine(_at_bank(item), item.amount),
        ArithmeticLine(translate("Without a source"), item.amount, result=True, state=DIFFERENCE),
    ]


def _at_bank(item: Item) -> str:
    day = figures.day_and_weekday(item.day) if item.day else ""
    what = word("evidence.bank_out" if item.amount < 0 else "evidence.bank_line")
    return " ".join(part for part in (day, what, masked(item.channel)) if part)


def _difference_lines(detail: Detail) -> list[ArithmeticLine]:
    item = detail.item
    effect = gap_line(item.amount, "split" if item.code == "D13" else "charge" if item.charge else "")
    cells = detail.records[0].cells if detail.records else {}
    if item.code == "D13":
        return _split_lines(item, cells, effect)
    if item.charge:
        if "fee" not in cells:
            return [effect]
        charged = -cells["fee"]
        return [
            ArithmeticLine(translate("Charge as agreed"), charged - item.amount),
            ArithmeticLine(translate("Charged"), charged),
            effect,
        ]
    amount = cells.get("amount", cells.get("net"))
    if amount is None:
        return [effect]
    # The till says what should come; everything else says what came.
    should, came = (
        (amount, amount + item.amount) if item.record_type in {"tender", "order"} else (amount - item.amount, amount)
    )
    sides = translate("Should have come"), translate("Came")
    if item.record_type in _SALES and leg_of(item.code, item.cause, item.record_type) == "till":
        # Meituan is no wallet: what a platform sold is held against that platform.
        other = f"channel.{item.channel}" if item.channel in PLATFORMS else "evidence.wallet_side"
        sides = word("evidence.till_side"), word(other)
    return [ArithmeticLine(sides[0], should), ArithmeticLine(sides[1], came), effect]


def _split_lines(item: Item, cells: Mapping[str, Any], effect: ArithmeticLine) -> list[ArithmeticLine]:
    """What had to go out less what went out; over the cap it is the sale as a whole, which no row of it says."""
    if item.over_cap or "due" not in cells:
        return [effect]
    due = cells["due"] or ZERO
    return [
        ArithmeticLine(word("evidence.split_part"), due),
        ArithmeticLine(word("evidence.split_line"), item.amount - due),
        effect,
    ]


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(ZERO)
