"""The main job on a small demo chain: imported, reconciled, held against the truth the generator wrote beside it."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
import truth_of_chain

from chainbrain.cli import main
from chainbrain.demo import DemoChain, generate
from chainbrain.importers.plan import ImportPlan
from chainbrain.workspace import Workspace

SMALL = {"stores": 4, "days": 12}


@dataclass(frozen=True)
class Job:
    """A reconciled book, the plan that filled it, and the chain it came from."""

    workspace: Workspace
    plan: ImportPlan
    chain: DemoChain


def do_job(folder: Path, chain: DemoChain, paths: list[Path] | None = None) -> Job:
    workspace = Workspace.create(folder / "链.chainbrain")
    plan = workspace.imports.plan(paths or [chain.exports])
    workspace.imports.apply(plan)
    workspace.reconcile()
    return Job(workspace, plan, chain)


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Job]:
    folder = tmp_path_factory.mktemp("job")
    done = do_job(folder, generate(folder / "chain", **SMALL))
    truth_of_chain.load(done.workspace.book, done.chain.truth)
    yield done
    done.workspace.close()


def test_every_file_is_written_and_agrees_with_its_own_totals(job: Job) -> None:
    assert [file.name for file in job.plan.files if file.outcome != "imported"] == []
    assert [file.name for file in job.plan.files if file.reading.control_total == "differs"] == []
    assert sum(file.reading.control_total == "agrees" for file in job.plan.files) >= 10
    assert all(file.counts.total == file.reading.row_count for file in job.plan.files)


def test_every_row_stands_in_one_state_per_leg_and_the_states_add_up_per_file(job: Job) -> None:
    book = job.workspace.book
    assert (
        book.rows_of("select record_id from row_states group by record_type, record_id, leg having count(*) > 1") == []
    )
    for record, table, key in (
        ("order", "orders", "order_id"), ("tender", "tenders", "tender_id"), ("payment", "payments", "payment_id"),
        ("wallet_line", "wallet_lines", "wallet_line_id"), ("bank_line", "bank_lines", "bank_line_id"),
    ):  # fmt: skip
        per_file = dict(book.rows_of(f"select cast(file_id as varchar), count(*) from {table} group by file_id"))
        stated = dict(
            book.rows_of(
                "select cast(file_id as varchar), count(distinct record_id) from row_states "
                f"where record_type = '{record}' group by file_id"
            )
        )
        assert stated == per_file, record
        orphans = book.one_of(
            f"select count(*) from {table} where {key} not in "
            f"(select record_id from row_states where record_type = '{record}')"
        )
        assert orphans == (0,)


def test_no_confirmed_match_is_false_and_none_that_can_be_proven_is_missed(job: Job) -> None:
    scores = truth_of_chain.score_pairs(job.workspace.book)
    assert {score.kind for score in scores} == {
        "payment_settlement", "payment_wallet", "settlement_bank", "split", "tender_payment",
    }  # fmt: skip
    for score in scores:
        assert score.false == 0, score
        assert score.share >= 0.99, score
    guessed = job.workspace.book.one_of("select count(*) from matches where state = 'confirmed' and solutions <> 1")
    assert guessed == (0,)


def test_nothing_is_used_twice(job: Job) -> None:
    twice = job.workspace.book.rows_of(
        "select me.record_id from match_members me join matches m on m.match_id = me.match_id "
        "where m.state = 'confirmed' "
        # many payments are in one payout; everything else is one to one
        "and not (m.kind = 'payment_settlement' and me.side = 'outer') "
        "group by m.kind, me.side, me.record_id having count(*) > 1"
    )
    assert twice == []


def test_injected_differences_carry_their_code(job: Job) -> None:
    scores = truth_of_chain.score_differences(job.workspace.book)
    assert {score.code for score in scores} == {f"D{number:02}" for number in range(1, 15)}
    assert sum(score.found for score in scores) >= 0.95 * sum(score.injected for score in scores), scores
    for score in scores:
        assert score.reported <= score.injected * 1.05 + 1, score


def test_the_money_in_transit_is_proven(job: Job) -> None:
    assert job.workspace.analytics.in_transit().proven is True


def test_a_second_import_adds_nothing(job: Job) -> None:
    before = job.workspace.book.rows_of("select count(*) from tenders union all select count(*) from payments")
    plan = job.workspace.imports.plan([job.chain.exports])
    assert {file.outcome for file in plan.files} == {"already_imported"}
    assert plan.new_rows == 0
    assert not job.workspace.imports.apply(plan).kinds
    assert job.workspace.book.rows_of("select count(*) from tenders union all select count(*) from payments") == before


def test_a_clean_chain_has_no_difference(tmp_path: Path) -> None:
    done = do_job(tmp_path, generate(tmp_path / "chain", stores=3, days=7, differences=0))
    with done.workspace as workspace:
        assert workspace.book.rows_of("select code, record_type, amount, cause from differences") == []


@pytest.mark.parametrize("seed", [3, 11])
def test_the_order_of_import_does_not_matter(tmp_path: Path, seed: int) -> None:
    chain = generate(tmp_path / "chain", stores=3, days=7, seed=seed)
    files = sorted(path for path in chain.exports.rglob("*") if path.is_file())
    shuffled = files.copy()
    random.Random(seed).shuffle(shuffled)
    results = []
    for number, order in enumerate((files, shuffled)):
        (tmp_path / str(number)).mkdir()
        workspace = Workspace.create(tmp_path / str(number) / "a.chainbrain")
        half = len(order) // 2
        for part in (order[:half], order[half:]):  # two imports, so that later files meet an earlier book
            workspace.imports.apply(workspace.imports.plan(part))
        workspace.reconcile()
        results.append(
            [
                workspace.book.rows_of(f"select * from ({sql}) order by all")
                for sql in (
                    "select match_id, kind, state, stage from matches",
                    "select record_type, record_id, leg, state from row_states",
                    "select code, record_id, amount, state from differences",
                    "select payment_id, store_id, business_day, settlement_id from payments",
                )
            ]
        )
        workspace.close()
    assert results[0] == results[1]


def test_undo_leaves_no_trace_that_blocks_importing_again(tmp_path: Path) -> None:
    chain = generate(tmp_path / "chain", stores=3, days=7)
    done = do_job(tmp_path, chain)
    with done.workspace as workspace:
        counted = "select (select count(*) from tenders), (select count(*) from matches where state = 'confirmed')"
        before = workspace.book.one_of(counted)
        changes = workspace.undo()
        assert changes.touches("tenders")
        assert workspace.book.one_of(counted) == (0, 0)
        again = workspace.imports.plan([chain.exports])
        assert again.new_rows == done.plan.new_rows
        workspace.imports.apply(again)
        workspace.reconcile()
        assert workspace.book.one_of(counted) == before
        assert workspace.check().good


def test_a_row_two_files_brought_survives_the_undo_of_one(tmp_path: Path) -> None:
    chain = generate(tmp_path / "chain", stores=3, days=7)
    bill = next(path for path in sorted(chain.exports.rglob("*All*.csv")) if path.stat().st_size > 20_000)
    lines = bill.read_text(encoding="utf-8-sig").splitlines()
    # The same bill downloaded for fewer trades: overlapping, with its own correct totals.
    rows = [line for line in lines[1:-2] if "`SUCCESS" in line][:5]
    amounts = [line.split(",") for line in rows]
    header = lines[0].split(",")

    def total(name: str) -> Decimal:
        return sum((Decimal(cells[header.index(name)].lstrip("`")) for cells in amounts), Decimal(0))

    summary = f"`{len(rows)},`{total('应结订单金额')},`0.00,`0.00,`{total('手续费')},`{total('订单金额')},`0.00"
    part = tmp_path / "part.csv"
    part.write_text("\r\n".join([lines[0], *rows, lines[-2], summary]) + "\r\n", encoding="utf-8")
    with Workspace.create(tmp_path / "a.chainbrain") as workspace:
        first = workspace.imports.apply(workspace.imports.plan([bill]))
        second = workspace.imports.plan([part])
        assert (second.files[0].counts.new, second.files[0].counts.seen) == (0, 5)
        workspace.imports.apply(second)
        workspace.undo(first.entry_id)
        kept = workspace.book.rows_of("select name from payments join source_files using (file_id)")
        assert kept == [("part.csv",)] * 5
        assert workspace.check().good


def test_the_command_line_does_the_same_job(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", str(tmp_path / "c"), "--stores", "3", "--days", "7"]) == 0
    book = str(tmp_path / "b.chainbrain")
    capsys.readouterr()
    assert main(["import", book, str(tmp_path / "c" / "exports"), "--dry-run", "--json"]) == 0
    planned = json.loads(capsys.readouterr().out)
    assert main(["import", book, str(tmp_path / "c" / "exports"), "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert [file["rows"] for file in planned["files"]] == [file["rows"] for file in done["files"]]
    assert {file["outcome"] for file in done["files"]} == {"imported"}
    assert main(["import", book, str(tmp_path / "c" / "exports"), "--json"]) == 0
    assert {file["outcome"] for file in json.loads(capsys.readouterr().out)["files"]} == {"already_imported"}
    assert main(["reconcile", book, "--json"]) == 0
    states = json.loads(capsys.readouterr().out)["states"]
    assert sum(row["rows"] for row in states if row["state"] == "matched") > 5000
    assert main(["status", book, "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert status["reconciled"] is True
    assert status["in_transit_proven"] is True
    for name in ("store-league", "differences", "in-transit", "matches"):
        for suffix in ("xlsx", "csv", "json"):
            assert main(["report", book, name, "--out", str(tmp_path / f"{name}.{suffix}")]) == 0
            assert (tmp_path / f"{name}.{suffix}").stat().st_size > 100
    assert main(["check", book]) == 0
    assert main(["pack", book, str(tmp_path / "all.zip")]) == 0
    assert main(["undo", book]) == 0
    assert main(["undo", book]) == 2
    assert main(["import", str(tmp_path / "nowhere" / "x.chainbrain"), str(tmp_path)]) == 2
    assert main(["import", book, str(tmp_path / "missing.csv")]) == 2


def test_a_full_disk_in_the_middle_leaves_the_book_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chain = generate(tmp_path / "chain", stores=3, days=7)
    with Workspace.create(tmp_path / "a.chainbrain") as workspace:
        plan = workspace.imports.plan([chain.exports])

        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("chainbrain.intake.room.attribution.refresh", full)
        with pytest.raises(OSError, match="No space"):
            workspace.imports.apply(plan)
        monkeypatch.undo()
        assert workspace.book.one_of("select count(*) from tenders") == (0,)
        assert workspace.history() == []
        workspace.imports.apply(plan)
        assert workspace.book.one_of("select count(*) > 0 from tenders") == (True,)
    shutil.rmtree(chain.directory)
