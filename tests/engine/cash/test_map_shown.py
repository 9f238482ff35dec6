"""What the map showed before stays, or what changed is told; the order of imports and undone ones leave no trace."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_book import read_here
from straight_book import ACCOUNT, straight_files

from chainbrain.cli import main
from chainbrain.masking import masked
from chainbrain.reconciliation.decisions import Decision
from chainbrain.workspace import Workspace


def _moves(workspace: Workspace) -> list[tuple[object, ...]]:
    return workspace.cash.money_map()._moves.rows()


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)


def _take(workspace: Workspace, *files: Path) -> None:
    workspace.imports.apply(workspace.imports.plan(list(files)))
    workspace.reconcile()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return straight_files(tmp_path_factory.mktemp("straight"))


def test_a_later_file_that_changes_days_shown_before_is_told_until_it_was_seen(
    files: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    *others, bank = files
    book = tmp_path / "b.chainbrain"
    with Workspace.create(book) as workspace:
        assert workspace.money_map().map.is_empty
        _take(workspace, *others)
        before, first = _moves(workspace), workspace.money_map()
        assert before and first.change is None and first.map.lacking.statements == (ACCOUNT,)
        assert workspace.map_desk.keep(first.map).touches("shown_maps")
        assert workspace.money_map().change is None and not workspace.map_desk.keep(first.map).kinds
        _take(workspace, bank)
        change = workspace.money_map().change
        assert change is not None and change.files == (bank.name,) and change.first == first.map.first
        after = workspace.cash.money_map()
        assert (
            change.total
            == sum((one.amount for one in change.moved), Decimal(0))
            == (after.at(change.until).places - first.map.at().places).quantize(Decimal("0.01"))
        )
    assert main(["--lang", "zh", "money-map", str(book)]) == 0
    told = capsys.readouterr().out
    assert "03-02 起的数字变了" in told and f"因为后来导入了：{bank.name}" in told and "--seen" in told
    assert main(["--lang", "zh", "money-map", str(book), "--json", "--seen"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["total"] == shown["ledgers"] and shown["accounts"][0]["account"] == masked(ACCOUNT)
    with Workspace.open(book) as workspace:
        assert workspace.money_map().change is None
        workspace.undo()
        workspace.reconcile()
        assert _moves(workspace) == before
        change = workspace.money_map().change
        # What moved it back is no file.
        assert change is not None and change.files == ()


def test_the_map_follows_what_was_said_at_the_desk(files: list[Path], tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "b.chainbrain") as workspace:
        _take(workspace, *files)
        (match,) = workspace.book.one_of(
            "select cast(match_id as varchar) from main.matches where kind = 'settlement_bank' and state = 'confirmed' "
            "order by match_id limit 1"
        )
        reading = workspace.reading()
        assert not workspace.desk.say(Decision("match", (match,), "reject")).settled
        asked = {"until": date(2099, 1, 1), "held": ["wechat|transit", "wechat|late"]}

        def told() -> tuple[Decimal, Decimal]:
            rows = reading.lists.open("map_moves", dict(asked)).page(0)
            return reading.cash.money_map().at().places, sum((row[-1] for row in rows), Decimal(0))

        before = told()
        workspace.follow()
        places, listed = told()
        assert listed > before[1] and places != before[0]
        assert workspace.cash.money_map().at().places == places


def test_the_order_of_imports_is_nothing_to_the_map(files: list[Path], tmp_path: Path) -> None:
    found = []
    for number, order in enumerate((files, files[::-1])):
        with Workspace.create(tmp_path / f"{number}.chainbrain") as workspace:
            for one in order if number else ():
                workspace.imports.apply(workspace.imports.plan([one]))
            _take(workspace, *order)
            found.append((_moves(workspace), workspace.money_map().map.proof()))
    assert found[0] == found[1] and found[0][0]


def test_what_only_bills_tell_lies_nowhere_and_is_the_close_s_own_figure(files: list[Path], tmp_path: Path) -> None:
    """A number without ledger and payouts: its sales are there and nothing tells where."""
    with Workspace.create(tmp_path / "quiet.chainbrain") as workspace:
        _take(workspace, *files[:-1])
        day = workspace.money_map().map.at()
        items = workspace.book.rows("closing/open_items", after=day.day.replace(month=day.day.month + 1))
        assert {row[2] for row in items} == {"unproven"}
        assert day.held == {"untold": sum(row[-1] for row in items)} and day.accounts == ()
