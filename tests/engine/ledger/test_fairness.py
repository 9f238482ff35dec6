"""The fairness file: equal on the same facts, told line by line where not, of one store alone, refused when altered."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from chainbrain.errors import UserError
from chainbrain.ledger import fairness
from chainbrain.ledger.fairness import Fairness
from chainbrain.splits.room import SplitRoom
from tests.engine.ledger.ledger_book import PARTNER, THEIRS, LedgerWorld
from tests.engine.ledger.test_ledger_room import MONTH
from tests.engine.reconciliation.reconcile_book import DAY
from tests.engine.reconciliation.split_book import later


def _world(*, second: str = "60.00", rate: str = "0.05") -> LedgerWorld:
    world = LedgerWorld().independent()
    world.rule("品牌费", "总部", rate)
    world.payment("T1", "100.00", merchant=THEIRS).payment("T2", second, merchant=THEIRS, when=later(1))
    return world.written("purchase", "300.00", reference="CG1")


def _content(world: LedgerWorld, store: str = "F1") -> Fairness:
    return fairness.of_book(world.room, SplitRoom(world.book), store, MONTH)


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What head office gives out: it also has a store of its own with sales, a rule and ledger lines."""
    world = _world()
    world.payment("S9", "987.65", hint="S1").rule("别家的规则", "别家", "0.5", store="S1")
    world.written("penalty", "77.77", store="S1").reconcile()
    path = tmp_path_factory.mktemp("fair") / "F1.fair"
    fairness.write(_content(world), path)
    return path


def test_the_same_facts_are_equal_line_by_line(theirs: Path) -> None:
    world = _world()
    world.reconcile()
    found = fairness.compare(fairness.read(theirs), _content(world))
    assert {one.state for one in found} == {"equal"}
    assert {one.section for one in found} == set(fairness.SECTIONS)


def test_no_other_store_is_in_the_file(theirs: Path) -> None:
    text = theirs.read_text(encoding="utf-8")
    assert not any(part in text for part in ("S1", "987.65", "别家", "77.77"))
    assert fairness.read(theirs).store == "F1"


def test_what_differs_or_stands_on_one_side_only_is_named(theirs: Path) -> None:
    world = _world(second="50.00", rate="0.06")
    world.written("penalty", "20.00", day=DAY + timedelta(days=2)).reconcile()
    found = {(one.section, one.key): one for one in fairness.compare(fairness.read(theirs), _content(world))}
    day = found["days", f"{DAY + timedelta(days=1)} wechat"]
    assert (day.state, [name for name, _, _ in day.differing]) == ("differs", ["gross", "fee"])
    assert found["days", f"{DAY} wechat"].state == "equal"
    assert found["claims", "品牌费 总部"].differing == (
        ("base", "160", "150"), ("due", "8.00", "9.00"), ("left", "8.00", "9.00"),
    )  # fmt: skip
    assert found["entries", "penalty 2026-08-05 20.00"].state == "only_ours"
    assert found["entries", "purchase CG1"].state == "equal"
    assert found["balance", "balance"].state == "differs"


def test_a_line_that_only_the_file_has_is_missing_in_the_book(theirs: Path) -> None:
    world = LedgerWorld().independent()
    world.rule("品牌费", "总部", "0.05")
    world.payment("T1", "100.00", merchant=THEIRS).reconcile()
    found = {(one.section, one.key): one.state for one in fairness.compare(fairness.read(theirs), _content(world))}
    assert found["entries", "purchase CG1"] == "only_theirs"
    assert found["days", f"{DAY + timedelta(days=1)} wechat"] == "only_theirs"


def test_equal_lines_without_a_number_stay_several() -> None:
    world = LedgerWorld().independent()
    world.written("penalty", "20.00").written("penalty", "20.00").reconcile()
    assert sorted(_content(world).sections["entries"]) == [f"penalty {DAY} 20.00", f"penalty {DAY} 20.00 #2"]
    assert world.room.roll_forward()[0].penalties == Decimal("40.00")
    assert PARTNER not in json.dumps(_content(world).sections)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text.replace("100.00", "100.01", 1), "fairness.damaged"),
        (lambda text: text[: len(text) // 2], "fairness.damaged"),
        (lambda _text: "\x00\x01", "fairness.damaged"),
        (lambda text: text.replace('"sections"', '"section"'), "fairness.damaged"),
        (lambda text: text.replace('"store": "F1"', '"store": "\\ud800"'), "fairness.damaged"),
        (lambda text: text.replace('"version": 1', '"version": 2'), "fairness.later"),
        (lambda _text: "{}", "fairness.not_one"),
        (lambda _text: "[1, 2]", "fairness.not_one"),
    ],
)
def test_a_file_that_was_altered_is_refused(theirs: Path, tmp_path: Path, change: object, code: str) -> None:
    assert callable(change)
    path = tmp_path / "bad.fair"
    path.write_text(change(theirs.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(UserError) as refused:
        fairness.read(path)
    assert refused.value.code == code


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        fairness.read(tmp_path / "no.fair")
    assert refused.value.code == "fairness.unreadable"
