"""Commands: what they print, how they end, and that a fault never shows a bare traceback."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from chainbrain.cli import main
from chainbrain.workspace import Workspace


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commands") / "demo"
    assert main(["--quiet", "demo", str(folder), "--stores", "3", "--days", "7"]) == 0
    return folder


def test_the_demo_does_the_whole_job(chain: Path) -> None:
    assert (chain / "demo.chainbrain").is_file()
    assert {path.name for path in (chain / "reports").iterdir()} >= {
        "store-league.xlsx",
        "differences.xlsx",
        "new-store.json",
    }
    with Workspace.open(chain / "demo.chainbrain") as workspace:
        assert workspace.info().is_demo
        assert workspace.info().reconciled


def test_a_demo_is_not_written_over(chain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", str(chain), "--stores", "3", "--days", "7"]) == 2
    assert "没有覆盖" in capsys.readouterr().err


def test_the_worked_example_comes_out_on_the_command_line(
    chain: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = {
        "name": "例", "capex": 450000, "deposit": 60000, "life_months": 36,
        "ramp": ["50%", "60%", "70%", "80%", "85%", "90%", "95%", "100%"],
        "mature_monthly_sales": 220000, "gross_margin": "62%", "other_variable": "8%", "platform": "6%", "rent": 22000,
        "labour": 46000, "discount_rate": "10%", "cannibalisation": "0%", "contribution": "48%",
    }  # fmt: skip
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(scenario, ensure_ascii=False), encoding="utf-8")
    assert main(["expand", str(chain / "demo.chainbrain"), str(path), "--json"]) == 0
    base = json.loads(capsys.readouterr().out)["base"]
    assert base["month_1"] == "-15200.00"
    assert base["trough"] == "-529840.00"
    assert base["payback_month"] == 19
    assert base["npv"] == "532053.18"
    path.write_text(json.dumps({**scenario, "cannibalisation": "15%"}), encoding="utf-8")
    assert main(["expand", str(chain / "demo.chainbrain"), str(path)]) == 0
    shown = capsys.readouterr().out
    assert "64,405.16" in shown
    assert "31" in shown


def test_a_programme_comes_out_on_the_command_line(
    chain: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = {
        "capex": 450000, "deposit": 60000, "ramp": [50, 100], "mature_monthly_sales": 230000, "gross_margin": "62%",
        "other_variable": "8%", "platform": "6%", "rent": 22000, "labour": 46000,
    }  # fmt: skip
    programme = {
        "first_month": "2026-12", "months": 4, "paths": 200, "store": store, "limits": {"cash_floor": "60万"},
        "chain": {"opening_cash": "150万", "correlation": "0%", "monthly_cash": 0, "worse_by": 0},
        "candidates": [{"name": "深圳湾店"}, {"name": "坪山店", "capex": "60万"}],
    }  # fmt: skip
    path = tmp_path / "programme.json"
    path.write_text(json.dumps({"programme": programme}, ensure_ascii=False), encoding="utf-8")
    assert main(["expand", str(chain / "demo.chainbrain"), str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in found["plan"]] == ["深圳湾店"]
    assert found["left"][0]["breach"]["limit"] in ("floor", "tail")
    assert min(float(month["p10"]) for month in found["cash"]) >= 600_000
    assert main(["expand", str(chain / "demo.chainbrain"), str(path)]) == 0
    assert "可开 1 家，第 2 家（坪山店）会在" in capsys.readouterr().out
    programme["candidates"] = [{"name": "深圳湾店", "rent": "many"}]
    path.write_text(json.dumps({"programme": programme}, ensure_ascii=False), encoding="utf-8")
    assert main(["expand", str(chain / "demo.chainbrain"), str(path)]) == 2
    assert "candidates[0].rent" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "words"), [("{not json", "不是 JSON"), ('{"capex": "many"}', "capex"), (None, "读不了")]
)
def test_a_bad_scenario_is_worded(
    chain: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None, words: str
) -> None:
    path = tmp_path / "scenario.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert main(["expand", str(chain / "demo.chainbrain"), str(path)]) == 2
    assert words in capsys.readouterr().err


def test_decisions_come_from_a_table_and_can_be_undone(
    chain: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = chain / "demo.chainbrain"
    # The ids are those of the exported list.
    assert main(["report", str(book), "differences", "--out", str(tmp_path / "listed.csv")]) == 0
    with (tmp_path / "listed.csv").open(encoding="utf-8-sig", newline="") as listed:
        found = [(row["差异编号"],) for row in csv.DictReader(listed) if row["状态"] == "待处理"][:2]
    table = tmp_path / "decisions.csv"
    table.write_text(
        "subject,id,verdict,note\n" + "".join(f"difference,{row[0]},explain,已问过\n" for row in found), "utf-8-sig"
    )
    assert main(["decide", str(book), str(table)]) == 0
    state = "select count(*) from differences where state = 'explained' and note = '已问过'"
    with Workspace.open(book) as workspace:
        assert workspace.book.one_of(state) == (2,)
    assert main(["undo", str(book)]) == 0
    with Workspace.open(book) as workspace:
        assert workspace.book.one_of(state) == (0,)
    capsys.readouterr()
    assert main(["history", str(book)]) == 0
    told = capsys.readouterr().out
    assert "处理差异" in told and "已说明 2 笔" in told and "已问过" in told and "explain" not in told
    for spoilt in ("a,b\n1,2\n", "subject,id,verdict\ndifference\n"):
        table.write_text(spoilt, "utf-8")
        assert main(["decide", str(book), str(table)]) == 2
    # One line that cannot be decided: none of the others is, either.
    table.write_text(
        f"subject,id,verdict,note\ndifference,{found[0][0]},explain,已问过\ndifference,x,exclude,\n", "utf-8"
    )
    assert main(["decide", str(book), str(table)]) == 2
    with Workspace.open(book) as workspace:
        assert workspace.book.one_of(state) == (0,)


def test_a_group_is_put_together_from_a_table(chain: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, table = chain / "demo.chainbrain", tmp_path / "decisions.csv"
    everything = (
        "select record_type, record_id, leg, state, match_id, reason, due_on from row_states order by all",
        "select * from differences order by all",
    )
    with Workspace.open(book) as workspace:
        before = [workspace.book.rows_of(query) for query in everything]
        proven = [
            str(number)
            for (number,) in workspace.book.rows_of(
                "select match_id from matches m where kind = 'settlement_bank' and state = 'confirmed' and exists "
                "(select 1 from match_members x where x.match_id = m.match_id and x.record_type = 'wallet_line') "
                "order by match_id limit 3"
            )
        ]
        withdrawals, lines = (
            [
                str(number)
                for (number,) in workspace.book.rows_of(
                    "select x.record_id from matches m join match_members x on x.match_id = m.match_id "
                    "where cast(m.match_id as varchar) in (select unnest($proven::varchar[])) "
                    "and x.record_type = $kind order by m.match_id",
                    kind=kind,
                    proven=proven,
                )
            ]
            for kind in ("wallet_line", "bank_line")
        )
    header = "对象,编号,处理,原因,组,预计日期\n"
    rows = "".join(f"wallet_line,{number},match,,甲,\n" for number in withdrawals[:2])
    rows += f"bank_line,{lines[2]},match,,甲,\n"
    bad = {
        rows: (2, "请写明原因"),
        f"{rows}bank_line,{lines[0]},match,,,\n": (5, "是哪一组"),
        f"{rows}payment,{lines[0]},match,,甲,\n": (5, "不能放进银行勾对"),
        f"{rows}bank_line,{withdrawals[0]},match,已核对,甲,\n": (5, "没有编号为"),
        f"{rows}bank_line,{lines[2]},match,已核对,甲,\n": (5, "写了两次"),
        f"match,nobody,unmatch,,,\n{rows}": (2, "没有编号为 nobody"),
        "difference,x,timing,,,明天\n": (2, "不是日期"),
        "difference,x,explain,,,\n": (2, "写明原因"),
        "difference,x,explain,y,,2026-10-01\n": (2, "只有 timing"),
        "difference,x,exclude,,,\n": (2, "都要写明原因"),
        f"bank_line,{lines[2]},split,,nothing,\n": (2, "不是成立的勾对"),
        f"{rows}bank_line,{lines[1]},match,已核对,甲,\n": (4, "请先撤开那一组"),
    }
    for text, (line, words) in bad.items():
        table.write_text(header + text, "utf-8-sig")
        assert main(["decide", str(book), str(table)]) == 2
        told = capsys.readouterr().err
        assert f"第 {line} 行：" in told and words in told and "都没有写入" in told, text
    with Workspace.open(book) as workspace:
        assert workspace.book.one_of("select count(*) from base.decided_members") == (0,)
        assert [workspace.book.rows_of(query) for query in everything] == before
    # What is proven is taken apart first, in the same table.
    apart = "".join(f"match,{number},unmatch,,,\n" for number in proven)
    group = f"{rows}bank_line,{lines[1]},match,银行合并入账，尾差待查,甲,\n"
    table.write_text(header + apart + group, "utf-8-sig")
    assert main(["decide", str(book), str(table)]) == 0
    with Workspace.open(book) as workspace:
        ((match,),) = workspace.book.rows_of("select cast(match_id as varchar) from matches where stage = 'by_hand'")
        assert len(workspace.reconciliation.group(match)) == 4
        assert workspace.check().good
    table.write_text(header + f"bank_line,{lines[1]},split,只留一笔,{match},\n", "utf-8-sig")
    assert main(["decide", str(book), str(table)]) == 0
    with Workspace.open(book) as workspace:
        ((smaller,),) = workspace.book.rows_of(
            "select cast(match_id as varchar) from matches where stage = 'by_hand' and state = 'confirmed'"
        )
        assert len(workspace.reconciliation.group(smaller)) == 3
        assert workspace.check().good
        for _ in range(3):
            workspace.undo()
        assert [workspace.book.rows_of(query) for query in everything] == before


def test_a_report_without_arguments_says_how(chain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--list"]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in ("store-league", "differences", "in-transit", "matches"))
    assert main(["report", str(chain / "demo.chainbrain")]) == 2
    assert main(["report", str(chain / "demo.chainbrain"), "nothing", "--out", str(chain / "x.xlsx")]) == 2
    assert main(["report", str(chain / "demo.chainbrain"), "matches", "--out", str(chain / "x.docx")]) == 2


def test_a_fault_of_ours_is_worded_and_kept(
    chain: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("as if")

    monkeypatch.setattr("chainbrain.database.health.check", broken)
    assert main(["check", str(chain / "demo.chainbrain")]) == 1
    told = capsys.readouterr().err
    assert "ZeroDivisionError: as if" in told
    assert "Traceback" not in told
    kept = Path(next(word for word in told.replace("，", " ").split() if word.endswith(".txt")))
    assert "Traceback" in kept.read_text(encoding="utf-8")
    kept.unlink()


def test_english_is_complete_on_the_command_line(chain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("status", "history", "check", "reconcile"):
        assert main(["--lang", "en", command, str(chain / "demo.chainbrain")]) == 0
    shown = capsys.readouterr().out
    left = [line for line in shown.splitlines() if any("\u4e00" <= char <= "\u9fff" for char in line)]
    # A person's own note stays in the language in which it was written.
    notes = ("已问过", "只留一笔", "银行合并入账，尾差待查")
    assert [line for line in left if not any(note in line for note in notes)] == []


def test_the_engine_alone_starts_without_qt() -> None:
    script = (
        "import sys, chainbrain.cli; sys.exit(any(name.startswith(('PySide6', 'pyqtgraph')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_dry_run_leaves_no_book_behind(chain: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "new.chainbrain"
    assert main(["import", str(book), str(chain / "exports"), "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["files"]
    assert list(tmp_path.iterdir()) == []


def test_a_disk_in_trouble_is_no_fault_of_the_program(
    chain: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "somewhere")

    monkeypatch.setattr("chainbrain.database.health.check", full)
    assert main(["check", str(chain / "demo.chainbrain")]) == 2
    told = capsys.readouterr().err
    assert "磁盘满了" in told
    assert "somewhere" in told
