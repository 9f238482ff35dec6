"""The past of a book replayed: exact money, nothing of the future seen, foresight above all, too little refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from chainbrain import texts
from chainbrain.cash import book_replay, replay_words
from chainbrain.cash.bank_foresight import AHEAD, BankForesight
from chainbrain.cash.book_replay import BookReplay
from chainbrain.cash.forecast.days import shipped
from chainbrain.cash.ladder_terms import Product, Terms
from chainbrain.cash.past import PastDay
from chainbrain.cash.placed_dues import arriving
from chainbrain.cash.placements import Placement
from chainbrain.cash.recurring import Outgoing
from chainbrain.cli import main
from chainbrain.errors import Cancelled, UserError
from chainbrain.workspace import Workspace

START = date(2026, 3, 2)
INSTANT = Product("随时", 0, 0, None, Decimal("0.012"), "R1", START, time(15), working_only=True)
MONTH = replace(INSTANT, name="月月", lock_days=30, lag_days=1, rate=Decimal("0.024"))
FLOOR = Decimal(50_000)


def _facts(days: int, late: int = 10**9) -> tuple[list[PastDay], list[Outgoing]]:
    """6,000 a day come in on working days, 90,000 go out on the 10th of each month; from ``late`` on all is other."""
    past, lines, balance = [], [], Decimal(300_000)
    for number in range(days):
        day = START + timedelta(days=number)
        came = Decimal(6_000 if day.weekday() < 5 else 0) + (Decimal(70_000) if number >= late else 0)
        went = Decimal(90_000 if day.day == 10 else 0) + (Decimal(1_000) if number >= late else 0)
        balance += came - went
        past.append(PastDay(day, balance, came, went, Decimal(0)))
        if went:
            lines.append(Outgoing(f"l{number}", "1", day, went, "工资", None, None, number))
    return past, lines


@cache
def _found(days: int = 120) -> BookReplay:
    past, lines = _facts(days)
    return book_replay.replayed(past, lines, (INSTANT, MONTH), shipped(), floor=FLOOR, band=FLOOR)


def test_the_plan_earns_near_to_foresight_and_keeps_the_floor() -> None:
    found = _found()
    assert (found.days, found.first, found.last) == (64, START + timedelta(days=56), START + timedelta(days=119))
    assert [one.key for one in found.ways] == ["plan", "instant", "month_kept", "miller_orr", "foresight"]
    ways = {one.key: one for one in found.ways}
    best = ways["foresight"]
    assert best.regret == 0 and all(0 < one.earned <= best.earned for one in found.ways)
    assert ways["plan"].earned > ways["instant"].earned
    assert ways["plan"].broken == 0 and found.unavoidable == 0
    assert ways["plan"].regret == 1 - round(ways["plan"].earned / best.earned, 4)
    assert [ways[key].product for key in ("instant", "month_kept", "plan")] == ["随时", "月月", None]


def test_payments_older_than_the_days_that_are_looked_at_teach_their_rhythm_only() -> None:
    # Of the days before the first they took of days counted from the end, or of none at all.
    past, lines = _facts(260)
    shown = BankForesight(past[-70:], lines, shipped())(69)
    assert (shown == BankForesight(past[-70:], [one for one in lines if one.day >= past[0].day], shipped())(69)).all()
    payday = next(number for number in range(1, 31) if (past[-1].day + timedelta(days=number)).day == 10)
    assert shown[:, payday - 1].max() < -8_000_000, "90,000 yuan are paid on every 10th"


def test_what_came_later_is_not_seen() -> None:
    one, other = (BankForesight(*_facts(120, late), shipped()) for late in (10**9, 80))
    assert np.array_equal(one(79), other(79))
    assert not np.array_equal(one(100), other(100))
    assert one(79).shape == (100, AHEAD)


def test_steady_payments_are_foreseen_on_their_days() -> None:
    past, lines = _facts(120)
    coming = BankForesight(past, lines, shipped())(100)
    # Day 100 is 10 June: the next payments are on 10 July and 10 August.
    lowest = np.argsort(np.median(coming, axis=0))[:2]
    days = sorted(START + timedelta(days=101 + int(one)) for one in lowest)
    assert days == [date(2026, 7, 10), date(2026, 8, 10)]


def test_without_an_instant_product_the_ways_that_need_one_are_not_there() -> None:
    past, lines = _facts(90)
    found = book_replay.replayed(past, lines, (MONTH,), shipped(), floor=FLOOR, band=Decimal(80_000))
    assert [one.key for one in found.ways] == ["plan", "month_kept", "foresight"]
    assert (found.floor, found.band) == (FLOOR, Decimal(80_000))


def test_too_few_days_are_refused_and_a_replay_can_be_stopped() -> None:
    past, lines = _facts(83)
    with pytest.raises(UserError) as refused:
        book_replay.replayed(past, lines, (INSTANT,), shipped(), floor=FLOOR, band=FLOOR)
    assert (refused.value.code, refused.value.facts) == ("cash.replay_short", {"days": 83, "least": 84})

    def stop(done: int, _total: int, _label: str) -> None:
        if done:
            raise Cancelled

    past, lines = _facts(90)
    with pytest.raises(Cancelled):
        book_replay.replayed(past, lines, (INSTANT,), shipped(), floor=FLOOR, band=FLOOR, report=stop)


def test_what_was_put_away_is_no_cost_and_its_return_no_receipt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(name: str, placed: tuple[Placement, ...]) -> tuple[list[PastDay], list[tuple[date, Decimal]]]:
        # The first is back on a Saturday before a holiday of three days; it pays on working days only.
        back = {one.back_on: one.amount for one in arriving(placed, (MONTH,), Terms(shipped()))}
        assert (START + timedelta(days=33)) not in back
        moves = {one.put_on: -one.amount for one in placed} | back
        balance = Decimal(300_000)
        with Workspace.create(tmp_path / name) as workspace:
            for day in past:
                for amount in (day.came, -day.went, moves.get(day.day, Decimal(0))):
                    balance += amount
                    workspace.book.execute(
                        "insert into base.bank_lines (bank_line_id, bank_account, posted_at, amount, balance,"
                        " counterparty, file_id, line) values (uuid(), '1', $at, $amount, $balance, '甲', uuid(), 1)",
                        at=f"{day.day} 09:00:{int(amount < 0):02}", amount=amount, balance=balance,
                    )  # fmt: skip
            workspace.cash_desk.write_product(MONTH)
            workspace.cash_desk.set_floor(FLOOR)
            for one in placed:
                workspace.cash_desk.write_placement(one)
            days, lines = cast("tuple[list[PastDay], list[Outgoing]]", workspace.cash.replay(shipped()))
        return list(days), [(one.day, one.amount) for one in lines]

    past, _ = _facts(40)
    monkeypatch.setattr(book_replay, "replayed", lambda days, lines, *_args, **_more: (days, lines))
    first = Placement("", "月月", "甲", Decimal(80_000), START + timedelta(days=12), START + timedelta(days=33))
    lies = replace(first, amount=Decimal(20_000), put_on=START + timedelta(days=20), back_on=START + timedelta(days=80))
    assert asked("put.chainbrain", (first, lies)) == asked("kept.chainbrain", ())


def test_a_book_is_replayed_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, (past, _) = tmp_path / "a.chainbrain", _facts(90)
    with Workspace.create(path) as workspace:
        for day in past:
            for number, amount in enumerate((day.came, -day.went)):
                if amount:
                    workspace.book.execute(
                        "insert into base.bank_lines (bank_line_id, bank_account, posted_at, amount, balance,"
                        " counterparty, file_id, line)"
                        " values (uuid(), '33050161872700000719', $at, $amount, $balance, '工资', uuid(), 1)",
                        at=f"{day.day} {9 + number:02}:00:00", amount=amount,
                        balance=day.balance if number or not day.went else day.balance + day.went,
                    )  # fmt: skip
    ladder = ["cash-ladder", str(path), "--replay"]
    assert main(ladder) == 2
    assert main(["cash-product", str(path), "随时", "--rate", "1.2%", "--date", "2026-03-02"]) == 0
    assert main(ladder) == 2
    assert main(["cash-floor", str(path), "50000"]) == 0
    capsys.readouterr()
    assert main(ladder) == 0
    said = capsys.readouterr().out
    assert "事先全知道" in said and "照我们的安排会得" in said and "不是投资建议" in said
    assert main([*ladder, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["judged"], told["judged_from_days"]) == (False, 91) and "判断不了" in said
    assert told["floor"] == "50000.00" and [one["key"] for one in told["ways"]][-1] == "foresight"
    assert main([*ladder, "--entity", "没有"]) == 2
    out = tmp_path / "replay.xlsx"
    assert main([*ladder, "--out", str(out)]) == 0 and out.stat().st_size > 0
    assert main(["report", str(path), "cash-replay", "--out", str(tmp_path / "replay.csv")]) == 0


def _told(found: BookReplay, lang: str = "zh") -> str:
    return " ".join(texts.message(code, lang, **facts) for code, facts in replay_words.told(found))


def test_a_plan_that_lost_says_so_and_few_days_judge_nothing() -> None:
    found = _found()
    assert found.days < replay_words.JUDGED and "只重演了 64 天，不到 91 天" in _told(found)
    assert "判断不了" in _told(found) and "没有哪种简单办法" not in _told(found)
    plan, instant, *rest = found.ways
    won = replace(found, days=120)
    assert replay_words.better_than_plan(won) == () and "没有哪种简单办法得的比我们的安排多" in _told(won)
    better = replace(instant, earned=plan.earned + Decimal("12.34"))
    lost = replace(won, ways=(plan, better, *rest))
    assert replay_words.better_than_plan(lost) == (better,)
    assert "不如“全放随时可取的”" in _told(lost) and "少 12.34 元" in _told(lost)
    assert "没有哪种" not in _told(lost) and "12.34 less" in _told(lost, "en")
    risky = replace(won, ways=(plan, replace(better, broken=plan.broken + 3), *rest))
    assert f"但它跌破底线 {plan.broken + 3} 天" in _told(risky)
    # Perfect foresight is no way that anybody could take, and one that earns as much is none that is better.
    assert replay_words.better_than_plan(replace(won, ways=(plan, replace(instant, earned=plan.earned), *rest))) == ()
    for one in (found, won, lost):
        assert f"收益只算到 {one.last} 为止" in _told(one)
