"""``cash-band`` and ``cash-ladder``: how much idle money may go where, and what must stay."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chainbrain import split_words
from chainbrain.amounts import typed_yuan
from chainbrain.cash import idle_told, ladder
from chainbrain.cash.ladder_moves import AT_CALL
from chainbrain.commands import cash_replay, given
from chainbrain.commands.cash_products import hour_of
from chainbrain.commands.console import Console
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

if TYPE_CHECKING:
    from chainbrain.cash.idle import Idle, Wish
    from chainbrain.cash.ladder_lots import Lot

_RUNG: Final = (
    "product", "product_lock", "product_lag", "product_rate", "product_risk", "product_free", "product_amount",
    "product_binding", "product_back", "product_earned", "product_said_on",
)  # fmt: skip
_LOT: Final = (
    "product_put_on",
    "product",
    "product_put",
    "product_back",
    "product_binding",
    "product_limit",
    "product_earned",
)
_POINT: Final = ("band", "band_yearly", "band_put", "band_below", "band_use")


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("cash-band", set_band, "安全垫：放闲钱时账上至少留多少 / what must stay when idle money is put away")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("amount", metavar="AMOUNT", help="金额，元；写 none 回到底线 / yuan; none goes back to the floor")
    made.add_argument("--entity", metavar="NAME", help="只管这个收付主体 / of one legal entity only")

    made = add("cash-ladder", show, "闲钱阶梯：多少钱可以放多久 / how much idle money may be put away for how long")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--entity", metavar="NAME", help="只看一个收付主体 / one legal entity only")
    made.add_argument(
        "--safety", metavar="AMOUNT", help="至少留多少，默认用安全垫或底线 / what must stay, by default band or floor"
    )
    made.add_argument("--at", metavar="18:00", help="几点下单，默认 18:00 / at which hour orders are given")
    made.add_argument("--share", metavar="5%", help="容许几成情形留不够，默认 5%% / in which share it may be missed")
    made.add_argument(
        "--today", type=given.day, metavar="DAY", help="从哪天起下单，默认今天 / from which day on orders are given"
    )
    made.add_argument("--curve", action="store_true", help="安全和收益的取舍 / safety against yield")
    made.add_argument(
        "--replay", action="store_true", help="在账本自己的过去重演，和别的办法比 / replay it over the book's own past"
    )
    made.add_argument("--out", type=Path, metavar="FILE", help="写成 xlsx、csv、pdf 或 json / write it to a file")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def set_band(options: argparse.Namespace, console: Console) -> int:
    """Say what must stay when idle money is put away."""
    amount = None if options.amount == "none" else typed_yuan(options.amount)
    if amount is None and options.amount != "none":
        raise UserError("cash.no_floor", value=options.amount)
    with Workspace.open(options.book, console.upgrading) as workspace:
        workspace.cash_desk.set_band(amount, options.entity)
        floor = workspace.cash.floors().get(options.entity)
    whose = options.entity or console.word("cash.chain")
    if amount is None:
        console.say("cli.cash_band_off", entity=whose)
    else:
        console.say("cli.cash_band", entity=whose, amount=f"{amount:,.2f}")
        if floor is not None and amount < floor:
            console.say("cli.cash_floor_rules", band=f"{amount:,.2f}", floor=f"{floor:,.2f}")
    return 0


def show(options: argparse.Namespace, console: Console) -> int:
    """Print the plan with its binding days, then what each product may take by the rule; or write it as a report."""
    wish = _wish(options)
    if options.replay:
        return cash_replay.show(options, wish.band, console)
    with Workspace.open(options.book, console.upgrading) as workspace:
        found = workspace.cash.idle(
            workspace.rules.calendar(), options.entity, wish, console.report, today=options.today
        )
        if found.placing is None and not options.curve:
            raise UserError("cash.no_safety")
        if options.out is not None:
            rows = workspace.reports.write_idle(found, options.out, console.lang)
            console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
            return 0
    if options.json:
        console.json(_mapping(found))
        return 0
    if found.placing is not None:
        _tell(found, console)
    if options.curve:
        _tell_curve(found, console)
    for product in found.too_far:
        console.say("cli.cash_ladder_too_far", name=product.name, reach=len(found.path.days))
    console.say("cli.cash_ladder_no_advice")
    return 0


def _tell(found: Idle, console: Console) -> None:
    placing, first = found.placing, found.path.days[0].day
    assert placing is not None
    for code, facts in idle_told.leads(found):
        console.say(code, **facts)
    if found.old:
        console.say("cash.idle_old", known_to=found.known_to)
    if found.placed:
        lies = sum((one.amount for one in found.placed), Decimal("0.00"))
        console.say("cli.cash_placed_counted", amount=f"{lies:,.2f}")
    if found.shares_caps:
        console.say("cash.caps_shared")
    today = placing.today(first)
    put = sum((lot.amount for lot in today), Decimal("0.00"))
    earned = sum((lot.earned for lot in today), Decimal("0.00"))
    console.say(
        "cli.cash_placing", put=f"{put:,.2f}", scenarios=placing.scenarios, kept=placing.kept,
        safety=f"{placing.safety:,.2f}", day=first,
    )  # fmt: skip
    console.say(
        "cli.cash_placing_brings", days=len(found.path.days), earned=f"{earned:,.2f}", yearly=f"{placing.yearly:,.2f}"
    )
    later = min((lot.stay.put_on for lot in placing.lots if lot.stay.put_on > first), default=None)
    console.say("cash.earned_within", last=found.path.days[-1].day)
    if not today and later is not None:
        console.say("cash.idle_first_on", day=later)
    if placing.kept < placing.scenarios:
        console.say("cli.cash_placing_broken", broken=placing.broken, added=placing.added)
    if placing.missed > placing.added:
        console.say("cli.cash_placing_more", count=placing.missed - placing.added)
    if found.overruled and found.wish.band is not None:
        console.say("cli.cash_floor_rules", band=f"{found.wish.band:,.2f}", floor=f"{placing.safety:,.2f}")
    console.table([console.word(f"column.{key}") for key in _LOT], [_lot(one, console) for one in placing.lots])
    # The rule bounds the plan and is none itself: of two tables of sums to place one must say that it does not count.
    console.say("cli.cash_ladder", safety=f"{placing.safety:,.2f}", total=f"{ladder.total(found.rungs):,.2f}")
    console.table([console.word(f"column.{key}") for key in _RUNG], [_row(one) for one in found.rungs])


def _tell_curve(found: Idle, console: Console) -> None:
    count = found.curve[0].placing.scenarios
    console.say("cli.cash_curve", scenarios=count)
    console.table(
        [console.word(f"column.{key}") for key in _POINT],
        [
            [
                one.safety, one.yearly, one.put, None if one.below_floor is None else f"{one.below_floor}/{count}",
                console.word(f"band_use.{'picture' if one.picture else 'plan'}"),
            ]
            for one in found.curve
        ],
    )  # fmt: skip


def _mapping(found: Idle) -> dict[str, object]:
    placing = found.placing
    return {
        "estimate": True, "entity": found.path.entity, "floor": found.path.floor, "band": found.wish.band,
        "today": found.path.days[0].day, "known_to": found.known_to, "statements_old": found.old,
        "placed": found.placed, "safety": found.safety, "floor_overrules": found.overruled,
        "all_companies_together": found.together, "companies_short": found.short, "not_yet": found.doubtful,
        "rungs": found.rungs, "total": ladder.total(found.rungs) if placing is not None else None,
        "plan": None if placing is None else {
            "lots": [_lot_told(one) for one in placing.lots], "scenarios": placing.scenarios, "kept": placing.kept,
            "broken": placing.broken, "added": placing.added, "missed": placing.missed, "yearly": placing.yearly,
        },
        "curve": [
            {
                "safety": one.safety, "yearly": one.yearly, "put": one.put, "below_floor": one.below_floor,
                "picture": one.picture,
            }
            for one in found.curve
        ],
    }  # fmt: skip


def _wish(options: argparse.Namespace) -> Wish:
    from chainbrain.cash.idle import Wish  # noqa: PLC0415

    safety = None if options.safety is None else typed_yuan(options.safety)
    if options.safety is not None and (safety is None or safety < 0):
        raise UserError("cash.no_safety")
    wish = Wish(band=safety, curve=options.curve or options.out is not None)
    share = wish.share if options.share is None else split_words.rate_of(options.share)
    if share is None or not 0 <= share < 1:
        raise UserError("cash.share", value=options.share)
    asked_at = wish.asked_at if options.at is None else hour_of(options.at)
    return Wish(safety, share, asked_at, wish.curve)


def _row(one: ladder.Rung) -> list[object]:
    product = one.product
    return [
        product.name, product.lock_days, product.lag_days, f"{product.rate:.2%}", product.risk, one.free, one.amount,
        None if one.binding is None else one.binding.day, one.stay.back_on, one.earned, product.said_on,
    ]  # fmt: skip


def _lot_told(one: Lot) -> dict[str, object]:
    """A lot as programs read it: what is not needed within the forecast has no day of coming back."""
    told: dict[str, object] = {field.name: getattr(one, field.name) for field in fields(one)}
    stay = one.stay
    back_on = None if one.at_call else stay.back_on
    return {**told, "stay": {"put_on": stay.put_on, "begins": stay.begins, "ends": stay.ends, "back_on": back_on}}


def _lot(one: Lot, console: Console) -> list[object]:
    # The end of the forecast is no day of coming back.
    back = console.word(f"product_back.{AT_CALL}") if one.at_call else one.stay.back_on
    return [
        one.stay.put_on, one.product.name, one.amount, back, one.binding,
        console.word(f"product_limit.{one.limit}"), one.earned,
    ]  # fmt: skip
