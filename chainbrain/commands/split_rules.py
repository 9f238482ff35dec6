"""``split-rule``: one rule of 分账 written, changed from a day on, or ended; what stands against it is told first."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
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


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("split-rule", write, "写、改、停一条分账规则 / write, change or end one split rule")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    for name, help_text in (
        ("name", "规则名称 / name of the agreement"),
        ("receiver", "接收方 / who gets the share"),
    ):
        made.add_argument(f"--{name}", required=True, help=help_text)
    for name, metavar, help_text in (
        ("value", "5%", "比例 5%、每单元数或阶梯 0-200000:5%;200000-:4% / a share, yuan of an order, or tiers"),
        ("way", "比例", "比例、固定、阶梯累进、阶梯全额 / ratio, fixed, progressive, flat"),
        (
            "basis",
            "扣退款",
            "基数：毛额、扣退款、扣手续费、扣佣金，可加“不含税” / base: gross, after_refunds, ..., _untaxed",
        ),
        ("store", "S1", "只管一家门店 / one store only"),
        ("channel", "微信", "只管一个渠道 / one channel only"),
        (
            "group",
            "寄售酒水",
            "只管一个商品类别，要有订单商品明细 / one product group only, by the table of order items",
        ),
        (
            "kind",
            "品牌",
            "接收方是谁：品牌、区域、加盟商、供应商、员工、平台 / what the receiver is: brand, region, ...",
        ),
        ("account", "1900000109", "接收方账号 / the receiver's account"),
        ("cap", "30%", "上限比例 / cap of all shares of one order"),
        ("to", "2027-01-01", "从哪天起不再有效 / the first day on which it no longer holds"),
        ("end", "2027-01-01", "停用：从这天起不再有效 / end it: the first day on which it no longer holds"),
    ):
        made.add_argument(f"--{name}", metavar=metavar, help=help_text.replace("%", "%%"))
    made.add_argument("--from", dest="first", metavar="2026-11-01", help="从哪天起有效 / the first day of it")
    made.add_argument("--anyway", action="store_true", help="有提醒也照写 / write it in spite of warnings")
    made.add_argument(
        "--dry-run", action="store_true", help="只看会怎样，不写入 / say what would happen, write nothing"
    )
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def write(options: argparse.Namespace, console: Console) -> int:
    """Write one rule; with ``--end`` let it hold no longer."""
    store = options.store or None
    channel = channel_said(options.channel) if options.channel else None
    category = options.group or None
    with Workspace.open(options.book, console.upgrading) as workspace:
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
