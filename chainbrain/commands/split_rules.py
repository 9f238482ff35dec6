"""``split-rule``: one rule of 分账 written, changed from a day on, or ended; what stands against it is told first."""

from __future__ import annotations

import argparse
from typing import Final

from chainbrain import split_words, texts
from chainbrain.commands.console import Console
from chainbrain.commands.places import channel_said
from chainbrain.errors import UserError
from chainbrain.splits import drafts
from chainbrain.splits.drafts import RuleText
from chainbrain.splits.room import SplitRoom
from chainbrain.splits.rules import SplitRule
from chainbrain.workspace import Workspace

_WORDS: Final = {
    "split_basis": split_words.BASES,
    "split_way": split_words.WAYS,
    "split_receiver": split_words.RECEIVERS,
}


def write(options: argparse.Namespace, console: Console) -> int:
    """Write one rule; with ``--end`` let it hold no longer."""
    store = options.store or None
    channel = channel_said(options.channel) if options.channel else None
    category = options.group or None
    with Workspace.open(options.book) as workspace:
        room = workspace.splits
        day = drafts.day_of(options.end or "")
        if day is not None:
            found = room.version(options.name, options.receiver, store, channel, before=day, category=category)
            if found is None:
                raise UserError("split_rule.none_to_end", name=options.name, receiver=options.receiver, day=day)
            workspace.end_split_rule(found.rule_id, day, console.report)
            console.say("cli.split_rule_ended", name=found.name, receiver=found.receiver, day=day)
            return 0
        last = room.version(options.name, options.receiver, store, channel, category=category)
        rule = drafts.read(_said(options, last, channel))
        if not _told(room, rule, options, console):
            return 3
        if not options.dry_run:
            workspace.set_split_rule(rule, console.report, accept=True)
    code = "cli.split_rule_tried" if options.dry_run else "cli.split_rule_written"
    console.say(code, name=rule.name, receiver=rule.receiver, value=drafts.value_text(rule))
    return 0


def _told(room: SplitRoom, rule: SplitRule, options: argparse.Namespace, console: Console) -> bool:
    """Print the older versions that end, and what stands against the rule; whether it may be written."""
    plan = room.plan(rule)
    for one in plan.rows[:-1]:
        console.say("cli.split_rule_ends", value=drafts.value_text(one), day=one.valid_to)
    if (hint := room.hint(rule)) is not None:
        console.say(hint.code, **hint.facts)
    for against in plan.conflicts:
        console.say(f"split_conflict.{against.code}", **against.facts)
    if plan.refused or (plan.conflicts and not options.anyway and not options.dry_run):
        console.say("cli.split_rule_refused" if plan.refused else "cli.split_rule_anyway")
        return False
    return True


def _said(options: argparse.Namespace, last: SplitRule | None, channel: str | None) -> RuleText:
    """The rule as it was said; what was not said stays as the last version has it."""
    cap = split_words.rate_text(last.cap) if last is not None and last.cap is not None else ""
    return RuleText(
        options.name,
        options.receiver,
        _code("split_basis", options.basis) if options.basis else last.basis if last else "",
        _code("split_way", options.way) if options.way else last.way if last else "",
        options.value or (drafts.value_text(last) if last else ""),
        options.store or "",
        channel or "",
        _code("split_receiver", options.kind) if options.kind else (last.receiver_kind or "") if last else "",
        options.account or ((last.account or "") if last else ""),
        options.cap or cap,
        drafts.day_of(options.first or ""),
        drafts.day_of(options.to or ""),
        options.group or "",
    )


def _code(prefix: str, said: str) -> str:
    """The code of a base, a way or a kind of receiver that is said as a table or a screen words it."""
    words = {texts.word(f"{prefix}.{code}", lang): code for code in _WORDS[prefix].values() for lang in texts.LANGUAGES}
    # What is none of them stays as it is, and is refused under its own name.
    return _WORDS[prefix].get(said) or words.get(said, said)
