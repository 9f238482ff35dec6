"""The split rules as a table that can be imported again: export and import are each other's opposite."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from io import StringIO

from chainbrain import split_words, texts
from chainbrain.split_words import word_of
from chainbrain.splits.drafts import value_text
from chainbrain.splits.rules import SplitRule


def as_csv(rules: Sequence[SplitRule]) -> str:
    """The rules in the order of the table, in the importer's own columns and words."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(split_words.COLUMNS)
    for rule in sorted(rules, key=lambda one: (one.turn, one.name, one.receiver, one.valid_from or date.min)):
        table.writerow(_cells(rule))
    return text.getvalue()


def _cells(rule: SplitRule) -> list[str]:
    account = rule.account or ""
    return [
        rule.name, rule.store or "", texts.word(f"channel.{rule.channel}") if rule.channel else "",
        rule.category or "", rule.receiver,
        word_of(split_words.RECEIVERS, rule.receiver_kind) if rule.receiver_kind else "",
        # A tab keeps a spreadsheet from rounding long numbers; it is taken off again when the table comes back.
        f"{account}\t" if account.isdigit() else account,
        word_of(split_words.BASES, rule.basis), word_of(split_words.WAYS, rule.way), value_text(rule),
        split_words.rate_text(rule.cap) if rule.cap is not None else "", _day(rule.valid_from), _day(rule.valid_to),
    ]  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
