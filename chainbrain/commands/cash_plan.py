"""``cash-plan`` and its sisters: what will have to be paid, as written, as proposed from the bank, and the floor."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from chainbrain import clock, legal_entities, texts
from chainbrain.amounts import typed_yuan
from chainbrain.cash import drafts, past_days
from chainbrain.cash.accounts import known_from
from chainbrain.cash.drafts import PlanText
from chainbrain.cash.plan import PlanItem
from chainbrain.cash.recurring import Proposal
from chainbrain.cash.said_paid import SaidPaid
from chainbrain.cash.uncounted import overdue
from chainbrain.commands.console import Console
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

_ITEM: Final = (
    "plan_number",
    "day",
    "entity",
    "plan_what",
    "plan_amount",
    "plan_cycle",
    "plan_until",
    "note",
    "plan_origin",
    "plan_standing",
)
_FIELDS: Final = ("entity", "kind", "amount", "day", "cycle", "until", "note")
_NUMBER: Final = 8


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("cash-plan", show, "资金计划：已知要付要收的钱 / what is known to be paid or received")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--export", type=Path, metavar="FILE", help="写成能再导入的 csv / write it as a table to import")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add("cash-item", write_item, "资金计划里加、改、删一项 / add, change or remove one item of the plan")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--item", metavar="NUMBER", help="改或删哪一项（cash-plan 里的编号）/ which one to change")
    for name, metavar, words in (
        ("entity", "公司", "收付主体 / the legal entity"),
        ("kind", "工资", "类型：工资、租金、税、货款、贷款、票据、其他 / wages, rent, tax, goods, loan, bill, other"),
        ("amount", "12000.00", "金额，元；负数是要收的 / yuan to be paid; below 0 to be received"),
        ("day", "2026-12-10", "日期，或第一次的日期 / the day, or the first one"),
        ("cycle", "每月", "周期：一次、每周、每月、每季 / once, weekly, monthly, quarterly"),
        ("until", "2027-12-31", "截止日期 / the last day on which it may fall"),
        ("note", "TEXT", "备注 / a note"),
    ):
        made.add_argument(f"--{name}", metavar=metavar, help=words)
    made.add_argument("--remove", action="store_true", help="删掉这一项 / take it out of the plan")

    made = add("cash-proposals", propose, "银行流水里定期付的钱，建议记进计划 / steady payments that the plan lacks")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument(
        "--dismiss", type=int, metavar="N", help="说明第 N 条不会再付 / say that the Nth will not come again"
    )
    made.add_argument("--accept", type=int, metavar="N", help="把第 N 条记进计划 / take the Nth into the plan")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add("cash-floor", set_floor, "资金底线：账上至少留多少 / what must stay in the accounts")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("amount", metavar="AMOUNT", help="金额，元；写 none 取消 / yuan; none takes it back")
    made.add_argument("--entity", metavar="NAME", help="只管这个收付主体 / of one legal entity only")


def show(options: argparse.Namespace, console: Console) -> int:
    """Print the plan as it stands, or write it as a table."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        items = workspace.cash.plan()
        floors = workspace.cash.floors()
        answers, known = workspace.cash.said_paid(), known_from(workspace.cash.accounts())
        if options.export is not None:
            count = workspace.cash.write_table(options.export)
    if options.json:
        said = [{"entity": entity, "amount": floors[entity]} for entity in sorted(floors, key=lambda one: one or "")]
        console.json({"items": items, "floors": said, "said_paid": answers})
    elif options.export is not None:
        console.say("cli.cash_exported", path=str(options.export), count=count)
    elif not items:
        console.say("cli.cash_no_plan")
    else:
        rows = [[*_row(one, console), _standing(one, answers, known, console)] for one in items]
        console.table([console.word(f"column.{key}") for key in _ITEM], rows)
        if any(standing(one, answers, known) == "overdue" for one in items):
            console.say("cli.cash_overdue")
    return 0


def write_item(options: argparse.Namespace, console: Console) -> int:
    """Add, change or remove one item."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        before = found(workspace.cash.plan(), options.item) if options.item else None
        if options.remove:
            if before is None:
                raise UserError("cash.which_item")
            workspace.cash_desk.remove(before.item_id)
            console.say("cli.cash_removed", **_told(before, console))
            return 0
        item = _said(options, before)
        hint = legal_entities.unknown(item.entity, workspace.cash.owners())
        known_to = known_from(workspace.cash.accounts()).get(item.entity)
        past = past_days.of_past(item, known_to, clock.today(), before)
        if past is not None and past.refused:
            raise UserError(past.told[0], **past.told[1])
        workspace.cash_desk.write(item)
    if past is not None:
        console.say(past.told[0], **past.told[1])
    console.say("cli.cash_changed" if before else "cli.cash_written", **_told(item, console))
    if hint is not None:
        console.failed(texts.message(hint.code, console.lang, **hint.facts))
    return 0


def propose(options: argparse.Namespace, console: Console) -> int:
    """Print the proposals with their evidence, or take one into the plan."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        found = workspace.cash.recurring()
        if options.accept is not None:
            if not 1 <= options.accept <= len(found):
                raise UserError("cash.no_proposal", number=options.accept, count=len(found))
            item = found[options.accept - 1].item
            workspace.cash_desk.write(item)
            console.say("cli.cash_written", **_told(item, console))
            return 0
        if options.dismiss is not None:
            if not 1 <= options.dismiss <= len(found):
                raise UserError("cash.no_proposal", number=options.dismiss, count=len(found))
            workspace.cash_desk.dismiss(found[options.dismiss - 1])
            console.say("cli.cash_dismissed", payee=found[options.dismiss - 1].payee)
            return 0
    if options.json:
        console.json({"proposals": found})
    elif not found:
        console.say("cli.cash_no_proposals")
    else:
        for number, one in enumerate(found, 1):
            _tell(number, one, console)
    return 0


def set_floor(options: argparse.Namespace, console: Console) -> int:
    """Say what must stay in the accounts."""
    amount = None if options.amount == "none" else typed_yuan(options.amount)
    if amount is None and options.amount != "none":
        raise UserError("cash.no_floor", value=options.amount)
    with Workspace.open(options.book, console.upgrading) as workspace:
        workspace.cash_desk.set_floor(amount, options.entity)
    whose = options.entity or console.word("cash.chain")
    if amount is None:
        console.say("cli.cash_floor_off", entity=whose)
    else:
        console.say("cli.cash_floor", entity=whose, amount=f"{amount:,.2f}")
    return 0


def _tell(number: int, one: Proposal, console: Console) -> None:
    code = "cli.cash_proposal" if one.steady else "cli.cash_proposal_about"
    console.say(code, number=number, payee=one.payee, count=len(one.evidence), **_told(one.item, console))
    console.table(
        [console.word(f"column.{key}") for key in ("day", "amount", "memo", "file", "line")],
        [[line.day, line.amount, line.memo, line.file, line.line] for line in one.evidence],
    )


def _said(options: argparse.Namespace, before: PlanItem | None) -> PlanItem:
    """The item as it was said; what was not said stays as it was."""
    said = {name: getattr(options, name) for name in _FIELDS}
    if before is not None:
        old = {
            "entity": before.entity, "kind": before.kind, "amount": f"{before.amount:.2f}",
            "day": before.day.isoformat(), "cycle": before.cycle,
            "until": before.until.isoformat() if before.until else "", "note": before.note or "",
        }  # fmt: skip
        said = {name: old[name] if value is None else value for name, value in said.items()}
    said["cycle"] = said["cycle"] or "once"
    item = drafts.read(PlanText(**{name: value or "" for name, value in said.items()}))
    return item if before is None else replace(item, item_id=before.item_id)


def found(items: Sequence[PlanItem], number: str) -> PlanItem:
    """The one item whose number begins so.

    Raises:
        UserError: ``cash.unknown_item``.
    """
    alike = [one for one in items if one.item_id.startswith(number)]
    if len(alike) != 1:
        raise UserError("cash.unknown_item", item=number)
    return alike[0]


def _row(item: PlanItem, console: Console) -> list[object]:
    return [
        item.item_id[:_NUMBER], item.day, item.entity, console.word(f"plan_kind.{item.kind}"), item.amount,
        console.word(f"plan_cycle.{item.cycle}"), item.until, item.note,
        console.word("plan_origin.hand" if item.by_hand else "plan_origin.table"),
    ]  # fmt: skip


def standing(item: PlanItem, answers: Sequence[SaidPaid], known: Mapping[str, date]) -> str:
    """``said_paid`` of an item of one day that was answered so, ``overdue`` where all accounts know its day."""
    if any(one.due_key == (item.item_id, item.day) and one.holds(known.get(item.entity)) for one in answers):
        return "said_paid" if item.cycle == "once" else ""
    return "overdue" if overdue(item, known.get(item.entity)) else ""


def _standing(item: PlanItem, answers: Sequence[SaidPaid], known: Mapping[str, date], console: Console) -> str | None:
    code = standing(item, answers, known)
    if code != "said_paid":
        return console.word(f"plan_standing.{code}") if code else None
    paid_on = next(one.paid_on for one in answers if one.due_key == (item.item_id, item.day))
    return f"{console.word('plan_standing.paid' if item.amount > 0 else 'plan_standing.received')} {paid_on}"


def _told(item: PlanItem, console: Console) -> dict[str, object]:
    return {
        "day": item.day, "entity": item.entity, "kind": console.word(f"plan_kind.{item.kind}"),
        "amount": f"{item.amount:,.2f}", "cycle": console.word(f"plan_cycle.{item.cycle}"),
    }  # fmt: skip
