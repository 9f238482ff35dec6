"""Taking an import back leaves the book as before; doing it again leaves it as it was then."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from acceptance_book import HereReader
from acceptance_tables import account, accounts, bank, stores
from closed_files import closed_workbook, closed_zip
from mapped_examples import BANK_SIGNED

from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.importers import reading
from chainbrain.importers.mapped.mapping import REVERSED
from chainbrain.intake.decisions import Decisions, RowPlace
from chainbrain.workspace import Workspace

GOLDEN = Path(__file__).parents[2] / "golden"

# What only grows: the history itself, what it remembers, and who was last up to date.
_GROWS = frozenset({"history", "history_files", "history_rows", "audit_log", "meta"})


def digest(workspace: Workspace) -> dict[str, tuple[int, object]]:
    """Rows and a sum over the content of every table of the book, but for the history."""
    found = {}
    for (table,) in workspace.book.rows_of(
        "select table_name from duckdb_tables() where schema_name = 'base' and not temporary order by table_name"
    ):
        if table not in _GROWS:
            found[table] = workspace.book.one_of(
                f"select count(*), sum(cast(hash(cast(t as varchar)) as hugeint)) from base.{table} t"
            )
    return found


def _orders(path: Path, rows: Sequence[tuple[str, str]]) -> Path:
    lines = [f"{number},S1,2026-03-01,2026-03-01 12:00:00,{amount},已完成" for number, amount in rows]
    path.write_text("\n".join(["订单号,门店编号,营业日期,下单时间,实收金额,订单状态", *lines, ""]), encoding="utf-8")
    return path


def _apply(here: Workspace, paths: Sequence[Path], decisions: Decisions | None = None) -> int:
    entry = here.imports.apply(here.imports.plan(paths, decisions=decisions or Decisions())).entry_id
    assert entry is not None
    return entry


@pytest.fixture
def chain(tmp_path: Path) -> list[Path]:
    """Master tables, two overlapping sources, an archive, a workbook, a statement."""
    return [
        stores(tmp_path, "S1 一号店", "S2 二号店"),
        accounts(tmp_path, account("微信", "1900000101", "S1")),
        GOLDEN / "alipay-merchant-trade" / "20880000000000000156_20260301.csv.zip",
        GOLDEN / "wechat-merchant-trade" / "ALL.csv",
        GOLDEN / "wechat-merchant-fundflow" / "basic.csv",
        GOLDEN / "meituan-waimai" / "2026.xlsx",
        GOLDEN / "chainbrain-stored-value" / "stored.csv",
        bank(tmp_path / "bank.csv", [("2026-03-01", "10.00", "客户", "货款"), ("2026-03-02", "-5.00", "房东", "租金")]),
        _orders(tmp_path / "orders.csv", [("A1", "1.00"), ("A2", "2.00")]),
    ]


def test_undo_leaves_the_book_as_before_and_redo_as_after(here: Workspace, chain: list[Path]) -> None:
    states = [digest(here)]
    entries = []
    for half in (chain[::2], chain[1::2]):
        entries.append(_apply(here, half))
        states.append(digest(here))
    assert all(states[-1][table][0] for table in ("payments", "orders", "bank_lines", "stores", "source_files"))
    for entry, state in zip(reversed(entries), states[-2::-1], strict=True):
        here.undo(entry)
        assert digest(here) == state
    for entry, state in zip(entries, states[1:], strict=True):
        here.redo(entry)
        assert digest(here) == state
    assert here.check().good
    history = {entry.entry_id: entry for entry in here.history()}
    assert [history[entry].undone_by for entry in entries] == [None, None]
    assert [entry.kind for entry in here.history(2)] == ["redo", "redo"]
    here.undo()
    assert digest(here) == states[1]
    here.redo()
    assert digest(here) == states[2]


def test_redo_decides_as_it_was_decided(here: Workspace, tmp_path: Path) -> None:
    _apply(here, [_orders(tmp_path / "1.csv", [("A1", "1.00"), ("A2", "2.00"), ("A3", "3.00")])])
    doubtful = _orders(tmp_path / "2.csv", [("A1", "1.10"), ("A2", "2.20"), ("A3", "3.30")])
    both = tmp_path / "both.csv"
    both.write_text("订单号,门店编号,营业日期,实收金额,支付方式,支付金额\nB1,S1,2026-03-01,18.00,微信,18.00\n")
    first, second = here.imports.plan([doubtful, both]).files
    rows = {RowPlace(first.file_id, 2): "new", RowPlace(first.file_id, 3): "same"}
    formats = {second.file_id: "chainbrain-tenders"}
    here.imports.apply(here.imports.decide_again(Decisions(rows=rows, formats=formats)))
    after = digest(here)
    here.undo()
    doubtful.unlink()
    here.redo()
    assert digest(here) == after


def test_redo_says_when_somebody_would_have_to_be_asked(here: Workspace, tmp_path: Path) -> None:
    path = _orders(tmp_path / "1.csv", [("A1", "1.00")])
    entry = _apply(here, [path])
    here.undo()
    _apply(here, [_orders(tmp_path / "2.csv", [("A1", "9.00")])])
    before = digest(here)
    with pytest.raises(UserError) as raised:
        here.redo(entry)
    assert (raised.value.code, raised.value.facts["rows"]) == ("history.redo_suspect", 1)
    here.undo()
    _apply(here, [path])
    with pytest.raises(UserError, match=r"history\.redo_imported"):
        here.redo(entry)
    assert digest(here) != before
    with pytest.raises(UserError, match=r"history\.not_redoable"):
        here.redo(entry + 100)


@pytest.mark.parametrize("decision", [None, "same", "new"])
def test_what_was_doubtful_is_not_written_unasked(here: Workspace, tmp_path: Path, decision: str | None) -> None:
    """Both imports taken back, and the later one done again first: nothing would be left that its row resembles."""
    first = _apply(here, [_orders(tmp_path / "1.csv", [("A1", "100.00")])])
    doubtful = _orders(tmp_path / "2.csv", [("A1", "99.00"), ("A2", "5.00")])
    file_id = here.imports.plan([doubtful]).files[0].file_id
    second = _apply(here, [doubtful], Decisions(rows={RowPlace(file_id, 2): decision} if decision else {}))
    after = digest(here)
    here.undo(second)
    here.undo(first)
    empty = digest(here)
    with pytest.raises(UserError) as raised:
        here.redo(second)
    assert (raised.value.code, raised.value.facts["rows"]) == ("history.redo_settled", 1)
    assert digest(here) == empty
    here.redo(first)
    here.redo(second)
    assert digest(here) == after
    assert here.check().good


def test_overlapping_imports_are_done_again_in_any_order(here: Workspace, tmp_path: Path) -> None:
    entries = [
        _apply(here, [_orders(tmp_path / f"{number}.csv", [(f"A{row}", "1.00") for row in (number, number + 1)])])
        for number in range(3)
    ]
    for undone, redone in ((entries, entries[::-1]), (entries[1:], entries[:0:-1]), ([entries[1]], [entries[1]])):
        for entry in undone:
            here.undo(entry)
        for entry in redone:
            here.redo(entry)
        assert here.book.rows_of("select order_no from base.orders order by 1") == [(f"A{row}",) for row in range(4)]
        assert here.check().good


def test_redo_reads_by_the_map_of_then(here: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_bytes(BANK_SIGNED.text.encode())
    here.save_mapping(BANK_SIGNED.mapping)
    entry = _apply(here, [path])
    lines = digest(here)["bank_lines"]
    here.undo(entry)
    here.save_mapping(BANK_SIGNED.altered(sign=REVERSED))
    here.redo(entry)
    assert digest(here)["bank_lines"] == lines
    here.undo(entry)
    here.remove_mapping(BANK_SIGNED.mapping.name)
    here.redo(entry)
    assert digest(here)["bank_lines"] == lines


def test_rules_and_days_are_done_again(here: Workspace) -> None:
    here.edit_rule("analytics.daypart.lunch", "11", date(2026, 1, 1))
    here.edit_holiday(date(2026, 5, 20), "holiday", "盘点")
    state = here.book.rows_of("select key, value from base.standing_rules order by all"), here.rules.holidays(2026)
    here.undo()
    here.undo()
    assert here.rules.holidays(2026) != state[1]
    here.redo()
    here.redo()
    assert (
        here.book.rows_of("select key, value from base.standing_rules order by all"),
        here.rules.holidays(2026),
    ) == state
    with pytest.raises(UserError, match=r"history\.nothing_to_redo"):
        here.redo()


def test_the_command_line_reads_as_told_undoes_and_redoes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reading, "Reader", HereReader)
    book, both = str(tmp_path / "a.chainbrain"), tmp_path / "both.csv"
    both.write_text("订单号,门店编号,营业日期,实收金额,支付方式,支付金额\nB1,S1,2026-03-01,18.00,微信,18.00\n")
    assert main(["import", book, str(both)]) == 3
    assert main(["import", book, str(both), "--format", "chainbrain-orders"]) == 0
    assert [main([command, book]) for command in ("undo", "redo")] == [0, 0]
    capsys.readouterr()
    assert main(["history", book, "--json"]) == 0
    entries = json.loads(capsys.readouterr().out)["entries"]
    assert [(entry["kind"], entry["undone_by"]) for entry in entries] == [("redo", None), ("undo", 3), ("import", None)]
    with Workspace.open(Path(book)) as workspace:
        assert workspace.book.rows_of("select order_no from orders") == [("B1",)]


@pytest.mark.parametrize("kind", ["zip", "xlsx"])
def test_redo_of_a_closed_file_asks_for_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    monkeypatch.setattr(reading, "Reader", HereReader)
    book = str(tmp_path / "a.chainbrain")
    if kind == "zip":
        bill = _orders(tmp_path / "till.csv", [("A1", "18.00")]).read_bytes()
        data = closed_zip({"till.csv": bill, "later.csv": bill.replace(b"A1", b"A2")}, "open sesame")
    else:
        data = closed_workbook(_workbook(tmp_path / "plain.xlsx"), "open sesame")
    closed, right, wrong = tmp_path / f"账单.{kind}", tmp_path / "right.txt", tmp_path / "wrong.txt"
    closed.write_bytes(data)
    right.write_text("open sesame\n")
    wrong.write_text("open onion\n")
    assert main(["import", book, str(closed), "--password-file", str(right)]) == 0
    assert main(["undo", book]) == 0
    capsys.readouterr()
    assert main(["redo", book]) == 2
    said = capsys.readouterr().err
    assert f"账单.{kind}" in said
    assert "有密码" in said
    assert "--password-file" in said
    assert main(["--lang", "en", "redo", book, "--password-file", str(wrong)]) == 2
    said = capsys.readouterr().err
    assert "None of the passwords opens" in said
    assert "--password-file" in said
    with Workspace.open(Path(book)) as workspace:
        assert workspace.book.one_of("select count(*) from orders") == (0,)
        assert [entry.kind for entry in workspace.history()] == ["undo", "import"]
    assert main(["redo", book, "--password-file", str(right)]) == 0
    with Workspace.open(Path(book)) as workspace:
        assert workspace.book.one_of("select count(*) from orders") == ((2 if kind == "zip" else 1),)


def _workbook(path: Path) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["订单号", "门店编号", "营业日期", "下单时间", "实收金额", "订单状态"])
    sheet.append(["A1", "S1", "2026-03-01", "2026-03-01 12:00:00", "18.00", "已完成"])
    book.save(path)
    return path.read_bytes()
