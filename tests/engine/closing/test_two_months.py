"""Two months of a demo chain from its files: the first is closed before the second comes, both to the cent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from chainbrain.cli import main
from chainbrain.demo import generate
from chainbrain.money import half_up
from chainbrain.workspace import Workspace

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


def take(workspace: Workspace, paths: list[Path]) -> None:
    plan = workspace.imports.plan(paths)
    assert [file.name for file in plan.files if file.outcome != "imported"] == []
    workspace.imports.apply(plan)
    workspace.reconcile()


def say(workspace: Workspace) -> None:
    """What people do before they sign: explain a difference, take a match at the bank apart."""
    ((difference,),) = workspace.book.rows_of(
        "select cast(difference_id as varchar) from base.differences where state = 'open' order by code, 1 limit 1"
    )
    ((match,),) = workspace.book.rows_of(
        "select cast(match_id as varchar) from base.matches where kind = 'settlement_bank' and state = 'confirmed' "
        "order by 1 limit 1"
    )
    workspace.decide("difference", [difference], "explain", "已和店长谈过")
    workspace.decide("match", [match], "unmatch")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """September was closed with its own files; October's came afterwards."""
    folder = tmp_path_factory.mktemp("months")
    chain = generate(folder / "chain", stores=2, days=36, differences=8)
    files = sorted(path for path in chain.exports.rglob("*") if path.is_file())
    later = [path for path in files if "202610" in path.name]
    path = folder / "链.chainbrain"
    with Workspace.create(path) as workspace:
        take(workspace, [one for one in files if one not in later])
        say(workspace)
        shown = workspace.closing.board(SEPTEMBER)
        workspace.close_month(SEPTEMBER, "林会计", "首月照结", shown.acceptable)
        take(workspace, later)
    yield path


@pytest.fixture
def workspace(book: Path) -> Iterator[Workspace]:
    with Workspace.open(book) as opened:
        yield opened


def test_every_roll_forward_closes_at_nothing_for_every_channel_and_month(workspace: Workspace) -> None:
    room = workspace.closing
    assert [(one.month, one.state) for one in room.months()] == [(SEPTEMBER, "closed"), (OCTOBER, "open")]
    first, second = room.transit(SEPTEMBER), room.transit(OCTOBER)
    assert {one.channel for one in second.channels} == {"wechat", "alipay", "meituan"}
    for roll in (first, second):
        for one in roll.channels:
            assert (half_up(one.gap), one.proven) == (0, True), one
    closings = {one.channel: one.closing for one in first.channels}
    assert {one.channel: one.opening for one in second.channels} == closings
    assert all(one.prior.net == 0 for one in second.channels)
    for month in (SEPTEMBER, OCTOBER):
        assert room.stored_value(month).gap == 0
        assert [one.gap for one in room.bank(month) if one.gap] == []
        proofs = room.proof_of_cash(month)
        assert len(proofs) >= 2
        assert all(one.proven for one in proofs), [one.gap for one in proofs]
        assert all(one.gap == 0 for one in room.ledger(month))
    (opening, closing) = (room.bank(SEPTEMBER), room.proof_of_cash(OCTOBER))
    assert {one.account: one.statement for one in opening} == {one.account: one.bank.opening for one in closing}
    assert room.stored_value(OCTOBER).total.opening == room.stored_value(SEPTEMBER).total.closing


def test_a_closed_month_stands_after_the_next_one_came_and_replays_identically(workspace: Workspace) -> None:
    room = workspace.closing
    assert workspace.check().good
    assert workspace.book.one_of("select count(*) from base.month_decisions") == (2,)
    steps: list[str] = []
    found = workspace.replay(SEPTEMBER, report=lambda done, total, label: steps.append(label))
    assert found.changes == ()
    assert (found.identical, found.figures) == (True, len(room.figures(SEPTEMBER)))
    assert found.files > 10
    assert "progress.replay_files" in steps
    assert [one.entry_id for one in workspace.history() if one.kind == "close"] == [room.month(SEPTEMBER).entry_id]


def test_the_command_line_shows_signs_opens_compares_and_replays(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*options: str) -> tuple[int, str, str]:
        status = main(["--quiet", "close", str(book), *options])
        told = capsys.readouterr()
        return status, told.out, told.err

    status, out, _ = run("--json")
    assert status == 0
    assert [(one["month"], one["state"]) for one in json.loads(out)["months"]] == [
        ("2026-09-01", "closed"),
        ("2026-10-01", "open"),
    ]
    status, out, _ = run("--month", "2026-10")
    assert status == 0
    assert "结算与银行" in out
    status, out, _ = run("--month", "2026-10", "--json")
    told = json.loads(out)
    assert [one["gap"] for one in told["transit"]] == ["0.00"] * 3
    assert len(told["board"]["steps"]) == 12
    status, _, err = run("--month", "2026-10", "--sign", "王会计")
    assert status == 3
    assert "写明理由" in err
    assert "未处理" in err
    status, out, _ = run("--month", "2026-10", "--sign", "王会计", "--reason", "差异下月追")
    assert (status, "王会计" in out) == (0, True)
    status, _, err = run("--month", "2026-09", "--reopen", "--reason", "x")
    assert (status, "2026-10" in err) == (2, True)
    assert run("--month", "2026-10", "--reopen", "--sign", "老板", "--reason", "漏了一笔")[0] == 0
    assert run("--month", "2026-10", "--sign", "王会计", "--reason", "再签")[0] == 0
    status, out, _ = run("--month", "2026-10", "--compare", "1", "2", "--json")
    assert (status, json.loads(out)["changes"]) == (0, [])
    assert run("--sign", "王会计")[0] == 2
    assert main(["--quiet", "status", str(book)]) == 0
    assert "已结到 2026-10（第 2 版，王会计 签字）" in capsys.readouterr().out
