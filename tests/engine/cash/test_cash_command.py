"""What the command ``cash`` says beside its figures."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cash_examples import selling, wallet

from chainbrain.calendar import Calendar, Holiday
from chainbrain.cash import receipt_words
from chainbrain.cash.basis import ReceiptsBasis
from chainbrain.cash.forecast import days
from chainbrain.cash.forecast.accuracy import Accuracy
from chainbrain.cash.forecast.festivals import SpringReach
from chainbrain.cash.forecast.levels import Grain
from chainbrain.cli import main
from chainbrain.texts import message
from chainbrain.workspace import Rooms

SPRING = SpringReach(date(2027, 2, 6), date(2027, 1, 24), date(2027, 2, 20))


def test_the_command_says_what_the_receipts_rest_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rooms = Rooms(wallet(selling()).done(), tmp_path / "chain.chainbrain")
    monkeypatch.setattr("chainbrain.workspace.Workspace.open", lambda *_: nullcontext(rooms))
    found = rooms.cash.outlook(days.shipped(), 20)
    assert isinstance(found.receipts, ReceiptsBasis)
    measured = Accuracy(Grain.WEEK, 7, 9, 0.93, 0.88, 0.9, None)
    basis = replace(
        found.receipts, fallback="weekday_median", by_past=("二店",), idle=("三店",), filled_days=4,
        spring=SPRING, accuracy=(measured,),
    )  # fmt: skip
    monkeypatch.setattr(type(rooms.cash), "outlook", lambda *_, **__: replace(found, receipts=basis))
    assert main(["--quiet", "cash", "chain.chainbrain", "--horizon", "20"]) == 0
    said = capsys.readouterr().out
    assert all(message(code, "zh", **facts) in said for code, facts in receipt_words.told(basis))
    assert all(
        part in said
        for part in ("春节", "二店", "三店", "4 个店日", "整个连锁按周的收款，往后第 1–7 天", "差 7.0 元", "差 12.0 元")
    )
    # Of a company that no receipts reach nothing is said of the receipts of others.
    for lang, word in (
        ("zh", "没有门店的收款会到“乙公司”的账户"),
        ("en", "No receipts of stores reach the accounts of"),
    ):
        assert (
            main(["--quiet", "--lang", lang, "cash", "chain.chainbrain", "--horizon", "20", "--entity", "乙公司"]) == 0
        )
        said = capsys.readouterr().out
        assert word in said and "7.0" not in said and "二店" not in said
    assert main(["--quiet", "cash", "chain.chainbrain", "--horizon", "20", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["receipts"]
    wanted = {
        "fallback": "weekday_median", "stores_by_past": ["二店"], "stores_idle": ["三店"], "filled_days": 4,
        "spring_assumed": True,
    }  # fmt: skip
    assert wanted.items() <= told.items() and told["accuracy"][0]["accuracy"] == 0.93


def test_the_commands_say_that_a_holiday_is_projected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rooms = Rooms(wallet(selling()).done(), tmp_path / "chain.chainbrain")
    monkeypatch.setattr("chainbrain.workspace.Workspace.open", lambda *_: nullcontext(rooms))
    rows = [Holiday(date(2026, 8, 12), "holiday", "victory_day", projected=True)]
    monkeypatch.setattr(type(rooms.rules), "calendar", lambda _: Calendar(rows))
    for command, until in (("cash", "5"), ("cash", "20"), ("forecast", "20")):
        assert main(["--quiet", command, "chain.chainbrain", "--horizon", until]) == 0
        said = capsys.readouterr().out
        assert ("抗战胜利纪念日" in said and "没有公布" in said) == (until == "20")
        assert main(["--quiet", command, "chain.chainbrain", "--horizon", until, "--json"]) == 0
        told = json.loads(capsys.readouterr().out)["holidays_unannounced"]
        assert told["holidays"] == (["victory_day"] if until == "20" else [])
