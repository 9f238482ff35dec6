"""``cash``: what will be in the bank accounts, day by day, and when that falls below the floor."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chainbrain import texts
from chainbrain.cash import claimed, holidays_ahead, opening_words, pay_days, receipt_words, verdict
from chainbrain.cash.basis import ReceiptsBasis, Unforeseen
from chainbrain.cash.companies_short import companies_short
from chainbrain.cash.outlook import HORIZON, ZERO, Breach, CashOutlook, CashPath
from chainbrain.cash.transit import sums
from chainbrain.cash.uncounted import LEAST_DAYS, left_out, steady, to_pay
from chainbrain.commands import given, measured
from chainbrain.commands.console import Console
from chainbrain.errors import UserError
from chainbrain.masking import masked
from chainbrain.workspace import Workspace

if TYPE_CHECKING:
    from chainbrain.cash.plan import Due, Paid

_DAYS: Final = (
    "day", "cash_settlements", "cash_receipts", "cash_planned", "cash_irregular", "cash_expected", "cash_p5",
    "cash_p50", "cash_p95",
)  # fmt: skip


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of the command."""
    made = add("cash", show, "资金预测：往后每天账上有多少钱，哪天跌破底线 / what will be in the bank accounts")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--horizon", type=int, default=HORIZON, metavar="N", help="往后多少天 / how many days ahead")
    made.add_argument("--entity", metavar="NAME", help="只看一个收付主体 / one legal entity only")
    made.add_argument(
        "--irregular", action=argparse.BooleanOptionalAction, default=True,
        help="计划外的支出按过去扣（默认），或不扣 / take unplanned payments off as in the past (default), or do not",
    )  # fmt: skip
    made.add_argument(
        "--today",
        type=given.day,
        metavar="DAY",
        help="当作哪天来看，默认今天 / looked at on which day, default today",
    )
    made.add_argument("--out", type=Path, metavar="FILE", help="写成 xlsx、csv、pdf 或 json / write it to a file")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def show(options: argparse.Namespace, console: Console) -> int:
    """Print the paths, or write them as a report."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        found = workspace.cash.outlook(
            workspace.rules.calendar(), options.horizon, console.report, with_irregular=options.irregular,
            today=options.today,
        )  # fmt: skip
        owed = workspace.owed_by_ledger(found.known_to)
        path, lacking = found.path(options.entity), left_out(found, workspace.cash.plan())
        series = workspace.cash.recurring()
        untaken = steady(found, options.entity, series)
        meant = steady(found, options.entity, series, meant=True)
        if path is None and options.entity in found.entities_left_out:
            raise UserError("cash.no_balance_of", entity=options.entity)
        if path is None:
            known = texts.joined([one.entity for one in found.paths if one.entity], console.lang)
            raise UserError("cash.unknown_entity", entity=options.entity, known=known)
        if options.out is not None:
            rows = workspace.reports.write_cash(found, options.out, console.lang, options.entity)
            console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
            return 0
    if options.json:
        beside = {"plan_left_out": lacking, "steady_left_out": untaken, "steady_in_plan": meant, "owed_by_ledger": owed}
        console.json({**mapping(found), **beside})
    else:
        _tell(found, path, lacking, (untaken, meant), console)
        if owed is not None and path.entity is None:
            console.say(
                "cli.cash_owed", day=owed.day, to_stores=f"{owed.to_stores:,.2f}", by_stores=f"{owed.by_stores:,.2f}"
            )
    return 0


def _receipts(basis: ReceiptsBasis | Unforeseen) -> dict[str, object]:
    if not isinstance(basis, ReceiptsBasis):
        return {"left_out": basis.reason}
    return {
        "reaching": round(basis.reaching, 4), "sold_to": basis.sold_to, "stores_by_openings": basis.starts,
        "stores_unknown": basis.unknown, "stores_not_counted": basis.unplaced, "stores_by_past": basis.by_past,
        "stores_idle": basis.idle, "fallback": basis.fallback, "filled_days": basis.filled_days,
        "spring_assumed": basis.spring is not None, "spring": basis.spring, "promotion_untaught": basis.untaught,
        "accuracy": [measured.mapping(one) for one in basis.accuracy],
    }  # fmt: skip


def mapping(found: CashOutlook) -> dict[str, object]:
    """The forecast as JSON has it."""
    return {
        "estimate": True,
        "known_to": found.known_to,
        "today": found.asked_on,
        "statements_age": found.age,
        "statements_old": found.old,
        "receipts": _receipts(found.receipts),
        "accounts": [
            {
                "account": masked(one.number), "entity": one.entity, "balance": one.balance, "day": one.day,
                "moved_since": one.moved,
            }
            for one in found.accounts
        ],
        "entities_left_out": found.entities_left_out,
        "on_the_way": [{**asdict(one), "told": one.told(found.asked_on)} for one in found.on_the_way],
        "unseen": [{"entity": entity, "amount": amount} for entity, amount in found.unseen],
        "unsure": found.unsure,
        "paid_already": found.paid,
        "said_paid": found.said_paid,
        "at_call": [{"entity": entity, "amount": amount} for entity, amount in found.at_call],
        "landings": found.landings,
        "holidays_unannounced": found.unannounced,
        "paths": [
            {
                "entity": one.entity, "opening": one.opening, "floor": one.floor, "irregular_monthly": one.irregular,
                "goods_more": one.goods_more, "claimed": one.claimed, "told_of": one.told_of,
                "twice": one.twice, "beside_steady": one.beside,
                "irregular_taken_off": found.with_irregular, "breach": one.breach, "breach_p50": one.breach_p50,
                "lowest": one.lowest, "verdict": verdict.verdict(found, one).kind, "days_over": len(one.over),
                # Of all together: who lacks money of its own, though all together may have enough.
                "companies_short": companies_short(found) if one.entity is None else (),
                "receipts_foreseen": any(day.receipts for day in one.days),
                "dues": one.dues, "steady": one.steady, "past_days": one.past_days,
                "days": one.days,
            }
            for one in found.paths
        ],
    }  # fmt: skip


def _tell(
    found: CashOutlook,
    path: CashPath,
    lacking: Sequence[Due],
    apart: tuple[Sequence[Due], Sequence[Due]],
    console: Console,
) -> None:
    """Print the verdict, why, what is not in the figures, and the days on which something happens.

    ``apart``: steady payments not taken off, and those that the plan seems to mean.
    """
    whose = path.entity or console.word("cash.chain")
    console.say("cli.cash_title", entity=whose, day=found.known_to, opening=f"{path.opening:,.2f}", days=len(path.days))
    _say_verdict(found, path, console)
    if lacking:
        names = tuple(sorted({due.item.entity for due in lacking}))
        console.say("cli.cash_plan_left_out", amount=f"{to_pay(lacking):,.2f}", entities=names, count=len(lacking))
    for dues, said in zip(apart, ("cli.cash_steady_left_out", "cli.cash_steady_meant"), strict=True):
        if dues:
            series = len({due.item.grounds for due in dues})
            console.say(said, amount=f"{to_pay(dues):,.2f}", count=series, day=path.days[-1].day)
    if path.steady:
        series = len({due.item.grounds for due in path.steady})
        amount = f"{to_pay(path.steady):,.2f}"
        console.say("cli.cash_steady_off", amount=amount, count=series, day=path.days[-1].day)
    _say_basis(found, path, console)
    over = {one.day for one in path.over}
    console.table(
        [console.word(f"column.{key}") for key in (*_DAYS, *(("day_standing",) if over else ()))],
        [
            [getattr(one, name) for name in one.__dataclass_fields__]
            + ([console.word("day_standing.over") if one.day in over else None] if over else [])
            for one in path.days
        ],
    )


def _say_verdict(found: CashOutlook, path: CashPath, console: Console) -> None:
    answer = verdict.verdict(found, path)
    for code, facts in verdict.told(answer):
        console.say(code, **facts)
    if path.over and path.ahead:
        code = "cash.over_day" if len(path.over) == 1 else "cash.over_days"
        console.say(code, first=path.over[0].day, last=path.over[-1].day)
    if answer.about.breach is not None:
        _say_why(answer.about.breach, console)


def _say_why(breach: Breach, console: Console) -> None:
    if breach.dues:
        console.say("cli.cash_why", items=tuple(_told(due, console) for due in breach.dues))


def _told(due: Due, console: Console) -> str:
    words = f"{due.day:%m-%d} {console.word(f'plan_kind.{due.item.kind}')} {due.amount:,.2f}"
    return f"{words} ({console.word('cash.said_on')} {due.said_on:%m-%d})" if due.said_on else words


def _told_paid(one: Paid, console: Console) -> str:
    told = f"{one.due.item.entity} {_told(one.due, console)}"
    return told if one.amount == one.due.amount else f"{told} ({console.word('cash.part_paid')} {one.amount:,.2f})"


def _say_measured(basis: ReceiptsBasis, console: Console) -> None:
    """How well weeks of the past were foreseen, beside last week repeated."""
    for code, facts in receipt_words.measured(basis.accuracy):
        console.say(code, **facts)


def _say_basis(found: CashOutlook, path: CashPath, console: Console) -> None:
    basis = found.receipts
    none = receipt_words.none_at_bank(path)
    if isinstance(basis, ReceiptsBasis) and none is not None:
        console.say(none[0], **none[1])
    elif isinstance(basis, ReceiptsBasis):
        console.say("cli.cash_reaching", share=f"{basis.reaching:.1%}", day=basis.sold_to)
        _say_measured(basis, console)
        for code, facts in receipt_words.told(basis):
            console.say(code, **facts)
    else:
        console.say(f"cash.receipts_{basis.reason}")
    for code, facts in holidays_ahead.told(found.unannounced):
        console.say(code, **facts)
    own = [one for one in found.on_the_way if path.entity in {None, one.entity}]
    over = [one for one in own if one.told(found.asked_on) == "over"]
    if over:
        amount = f"{sum((one.amount for one in over), ZERO):,.2f}"
        console.say("cli.cash_way_over", amount=amount, count=sums(over))
    late, untold = found.late(path.entity), found.untold(path.entity)
    if late:
        amount = f"{sum((one.amount for one in late), ZERO):,.2f}"
        first = min((one.due_on for one in late if one.due_on is not None), default=None)
        console.say("cli.cash_late", amount=amount, count=sums(late), first=first or "—")
        for how in sorted({one.undated for one in late} - {""}):
            undated = [one for one in late if one.undated == how]
            amount, count = f"{sum((one.amount for one in undated), ZERO):,.2f}", sums(undated)
            console.say(
                "cli.cash_late_undated", count=count, amount=amount, why=console.word(f"way_standing.late_{how}")
            )
    if untold:
        console.say("cli.cash_untold", amount=f"{sum((one.amount for one in untold), ZERO):,.2f}")
    unknown = found.accounts_unknown(path.entity)
    if unknown:
        console.say("cli.cash_accounts_left_out", accounts=tuple(masked(one.number) for one in unknown))
    for code, facts in opening_words.told(found, path.entity):
        console.say(code, **facts)
    unsure = [due for due in found.unsure if path.entity in {None, due.item.entity}]
    for code, dues in (
        ("cli.cash_unsure", [due for due in unsure if due.amount > 0]),
        ("cli.cash_unsure_income", [due for due in unsure if due.amount <= 0]),
    ):
        if dues:
            total = abs(sum((due.amount for due in dues), ZERO))
            items = tuple(f"{due.item.entity} {_told(due, console)}" for due in dues)
            console.say(code, amount=f"{total:,.2f}", items=items)
    paid = [one for one in found.paid if path.entity in {None, one.due.item.entity}]
    if paid:
        console.say("cash.paid_already", items=tuple(_told_paid(one, console) for one in paid))
    if found.entities_left_out:
        names = tuple(name or console.word("cash.no_entity") for name in found.entities_left_out)
        console.say("cli.cash_entities_left_out", entities=names)
    if path.irregular:
        code = "cli.cash_irregular_off" if found.with_irregular else "cli.cash_irregular"
        console.say(code, amount=f"{path.irregular:,.2f}")
        if path.goods_more:
            code = "cash.goods_more" if path.goods_more > 0 else "cash.goods_less"
            console.say(code, amount=f"¥{abs(path.goods_more):,.2f}")
    for code, facts in (*claimed.told(path), *pay_days.told(path)):
        console.say(code, **facts)
    if path.twice or path.beside:
        console.say("cli.cash_twice_how")
    if path.returning:
        console.say("cash.placed_coming", amount=f"¥{path.returning:,.2f}")
    if found.callable_of(path.entity):
        console.say("cash.placed_at_call", amount=f"¥{found.callable_of(path.entity):,.2f}")
    if not path.irregular and found.with_irregular and path.past_days < LEAST_DAYS:
        console.say("cli.cash_short_past", days=path.past_days, least=LEAST_DAYS)
