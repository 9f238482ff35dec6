"""What a person decides about a plan: single rows, single files, formats; what is shown is what is written."""

from __future__ import annotations

import time
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_wallets import wx_sale, wx_text

from chainbrain import row_words
from chainbrain.commands import files
from chainbrain.commands.console import Console
from chainbrain.errors import Cancelled, UserError
from chainbrain.importers.plan import Differing, ImportPlan
from chainbrain.intake import staged
from chainbrain.intake.decisions import Decisions, RowPlace
from chainbrain.workspace import Workspace


def _orders(path: Path, rows: Sequence[tuple[str, str]]) -> Path:
    lines = [f"{number},S1,2026-03-01,2026-03-01 12:00:00,{amount},已完成" for number, amount in rows]
    path.write_text("\n".join(["订单号,门店编号,营业日期,下单时间,实收金额,订单状态", *lines, ""]), encoding="utf-8")
    return path


@pytest.fixture
def doubtful(here: Workspace, tmp_path: Path) -> ImportPlan:
    """Three orders that the book has with other amounts (lines 2 to 4), and a new one."""
    known = _orders(tmp_path / "known.csv", [("A1", "1.00"), ("A2", "2.00"), ("A3", "3.00")])
    here.imports.apply(here.imports.plan([known]))
    rows = [("A1", "1.10"), ("A2", "2.20"), ("A3", "3.30"), ("A4", "4.00")]
    return here.imports.plan([_orders(tmp_path / "doubtful.csv", rows)])


def test_each_row_is_written_as_it_was_decided(here: Workspace, doubtful: ImportPlan) -> None:
    (file,) = doubtful.files
    assert (file.counts.new, file.counts.suspect) == (1, 3)
    rows = {RowPlace(file.file_id, 2): "new", RowPlace(file.file_id, 3): "same", RowPlace(file.file_id, 4): "leave"}
    plan = here.imports.decide_again(Decisions(rows=rows))
    (file,) = plan.files
    assert (file.counts.new, file.counts.seen, file.counts.suspect, plan.new_rows) == (2, 1, 1, 2)
    assert [problem.line for problem in file.problems] == [4]
    shown = [(row.line, row.state, row.decision, row.code) for row in here.imports.preview(file, 0, 10)]
    assert shown == [
        (2, "new", "new", "differs_from_book"),
        (3, "seen", "same", "differs_from_book"),
        (4, "suspect", "leave", "differs_from_book"),
        (5, "new", None, None),
    ]
    entry = here.imports.apply(plan).entry_id
    amounts = here.book.rows_of("select amount from orders where order_no in ('A1', 'A2', 'A3', 'A4') order by amount")
    assert [amount for (amount,) in amounts] == [Decimal(text) for text in ("1.00", "1.10", "2.00", "3.00", "4.00")]
    assert here.book.rows_of("select line, code, decision from base.left_out_rows order by line") == [
        (2, "differs_from_book", "new"),
        (3, "differs_from_book", "same"),
        (4, "differs_from_book", "leave"),
    ]
    assert here.book.rows_of("select new_rows, seen_rows, suspect_rows from base.source_files where new_rows = 2") == [
        (2, 1, 1)
    ]
    facts = here.history(1)[0].facts
    assert (facts["new"], facts["same"]) == (1, 1)
    assert here.check().good
    here.undo(entry)
    assert here.book.one_of("select count(*) from orders") == (3,)
    assert here.book.rows_of("select 1 from base.left_out_rows union all select 1 from base.sightings") == []


def test_a_contradicting_row_carries_both_amounts(
    here: Workspace, doubtful: ImportPlan, capsys: pytest.CaptureFixture[str]
) -> None:
    (file,) = doubtful.files
    assert [problem.differing for problem in file.problems] == [
        (Differing("amount", new, old),) for new, old in (("1.10", "1.00"), ("2.20", "2.00"), ("3.30", "3.00"))
    ]
    assert [row.differing for row in here.imports.preview(file, 0, 10)][1:] == [
        (Differing("amount", "2.20", "2.00"),), (Differing("amount", "3.30", "3.00"),), (),
    ]  # fmt: skip
    (told,) = files.as_json(doubtful)["files"]
    assert told["problems"][0]["differing"] == [{"field": "amount", "file": "1.10", "known": "1.00"}]
    for lang, words in (("zh", "金额：账本 1.00，文件 1.10"), ("en", "Amount: book 1.00, file 1.10")):
        files.tell(doubtful, Console(lang), dry_run=True)
        said = capsys.readouterr().err
        assert words in said
        assert "A1" in said
        assert "order_no" not in said


def test_two_files_that_contradict_each_other_are_told_apart_from_the_book(here: Workspace, tmp_path: Path) -> None:
    paths = [_orders(tmp_path / f"{n}.csv", [("A1", amount)]) for n, amount in enumerate(("1.00", "1.10"))]
    (_, later) = here.imports.plan(paths).files
    (problem,) = later.problems
    assert (problem.code, problem.differing) == ("differs_from_file", (Differing("amount", "1.10", "1.00"),))
    assert row_words.differences(problem.code, problem.differing, "zh") == "金额：另一个文件 1.00，这个文件 1.10"


def test_a_row_may_be_left_when_the_others_are_taken(here: Workspace, doubtful: ImportPlan) -> None:
    place = RowPlace(doubtful.files[0].file_id, 3)
    plan = here.imports.decide_again(Decisions(accept_suspect=True, rows={place: "leave"}))
    assert (plan.new_rows, plan.files[0].counts.suspect) == (3, 1)
    assert here.imports.decide_again(Decisions()).new_rows == 1
    with pytest.raises(UserError, match=r"import\.plan_outdated"):
        here.imports.apply(plan)


def test_deciding_about_rows_compares_nothing_again(
    here: Workspace, doubtful: ImportPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staged, "compare", lambda *_: pytest.fail("compared again"))
    place = RowPlace(doubtful.files[0].file_id, 2)
    assert here.imports.decide_again(Decisions(rows={place: "new"})).new_rows == 2


def test_a_decision_on_a_large_file_is_counted_at_once(here: Workspace, tmp_path: Path) -> None:
    many = [(f"N{number}", "9.00") for number in range(20_000)]
    here.imports.apply(here.imports.plan([_orders(tmp_path / "known.csv", many)]))
    plan = here.imports.plan([_orders(tmp_path / "again.csv", [(number, "9.10") for number, _ in many])])
    (file,) = plan.files
    here.imports.preview(file, 0, 256)
    spent = []
    for line in range(2, 7):
        started = time.process_time()
        plan = here.imports.decide_again(Decisions(rows={RowPlace(file.file_id, line): "new"}))
        page = here.imports.preview(plan.files[0], 0, 256)
        spent.append(time.process_time() - started)
        assert (plan.new_rows, [row.line for row in page if row.decision]) == (1, [line])
    assert min(spent) < 0.2


def test_a_differing_file_is_taken_alone_and_marked(here: Workspace, tmp_path: Path) -> None:
    paths = []
    for number in (1, 2):
        path = tmp_path / f"{number}.csv"
        text = wx_text([wx_sale(f"42000018{number:020d}", f"X{number}", "2026-03-10 12:00:00", "9.90", "0.06")])
        path.write_text(text.replace("`9.90,`0.00,`0,", "`9.80,`0.00,`0,", 1), encoding="utf-8")
        paths.append(path)
    plan = here.imports.plan(paths)
    assert [file.code for file in plan.files] == ["import.control_total_differs"] * 2
    plan = here.imports.decide_again(Decisions(take=frozenset({plan.files[1].file_id})))
    assert [file.outcome for file in plan.files] == ["refused", "imported"]
    here.imports.apply(plan)
    assert here.book.rows_of("select name, control_total from source_files") == [("2.csv", "differs")]
    assert here.history(1)[0].facts["differing"] == 1


def test_a_file_left_out_leaves_its_rows_to_the_others(here: Workspace, tmp_path: Path) -> None:
    one = _orders(tmp_path / "1.csv", [("A1", "1.00"), ("A2", "2.00")])
    two = _orders(tmp_path / "2.csv", [("A2", "2.00"), ("A3", "3.00")])
    plan = here.imports.plan([one, two])
    assert [file.counts.new for file in plan.files] == [2, 1]
    plan = here.imports.decide_again(Decisions(leave_out=frozenset({plan.files[0].file_id})))
    assert [(file.outcome, file.code, file.counts.new) for file in plan.files] == [
        ("left_out", "import.left_out", 0),
        ("imported", None, 2),
    ]
    here.imports.apply(plan)
    assert here.book.one_of("select count(*) from orders") == (2,)
    assert here.history(1)[0].facts["left_out"] == 1


def test_a_file_between_formats_is_read_as_the_one_chosen(here: Workspace, tmp_path: Path) -> None:
    both = tmp_path / "both.csv"
    both.write_text("订单号,门店编号,营业日期,实收金额,支付方式,支付金额\nA1,1001,2026-03-01,18.00,微信,18.00\n")
    plan = here.imports.plan([_orders(tmp_path / "1.csv", [("B1", "1.00")]), both])
    file = plan.files[1]
    assert (file.outcome, file.reading.candidates) == ("ambiguous", ("chainbrain-orders", "chainbrain-tenders"))
    for name, kind in (("chainbrain-orders", "orders"), ("chainbrain-tenders", "tenders")):
        plan = here.imports.decide_again(Decisions(formats={file.file_id: name}))
        chosen = plan.files[1]
        assert [one.outcome for one in plan.files] == ["imported", "imported"]
        assert (chosen.file_id, chosen.reading.format, chosen.reading.read_as) == (file.file_id, name, name)
        assert chosen.reading.candidates == file.reading.candidates
        assert list(chosen.reading.staged) == [kind]
    assert here.imports.decide_again(Decisions()).files[1].outcome == "ambiguous"
    with pytest.raises(UserError, match=r"import\.not_a_candidate"):
        here.imports.decide_again(Decisions(formats={file.file_id: "bank-corporate"}))
    here.imports.apply(here.imports.decide_again(Decisions(formats={file.file_id: "chainbrain-orders"})))
    assert here.book.rows_of("select order_no from orders order by 1") == [("A1",), ("B1",)]


def test_a_choice_whose_reading_was_stopped_is_not_taken_for_read(here: Workspace, tmp_path: Path) -> None:
    """Asked again for the same format, the file is read as that: not written as what was chosen before."""
    both = tmp_path / "both.csv"
    both.write_text("订单号,门店编号,营业日期,实收金额,支付方式,支付金额\nA1,1001,2026-03-01,18.00,微信,18.00\n")
    (file,) = here.imports.plan([both]).files
    here.imports.decide_again(Decisions(formats={file.file_id: "chainbrain-orders"}))
    tenders = Decisions(formats={file.file_id: "chainbrain-tenders"})

    def stop(_done: int, _total: int, _label: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        here.imports.decide_again(tenders, stop)
    (again,) = here.imports.decide_again(tenders).files
    assert again.reading.format == "chainbrain-tenders"
    here.imports.apply(here.imports.decide_again(tenders))
    assert here.book.one_of("select count(*) from orders") == (0,)
    assert here.book.one_of("select count(*) from tenders") == (1,)


def test_an_undo_in_between_outdates_the_plan(here: Workspace, doubtful: ImportPlan) -> None:
    here.undo()
    with pytest.raises(UserError, match=r"import\.plan_outdated"):
        here.imports.apply(doubtful)
    plan = here.imports.decide_again(Decisions())
    assert (plan.new_rows, plan.files[0].counts.suspect) == (4, 0)


def test_pages_of_the_preview_follow_each_other(here: Workspace, tmp_path: Path) -> None:
    (file,) = here.imports.plan([_orders(tmp_path / "1.csv", [(f"A{n:03d}", "1.00") for n in range(700)])]).files
    pages = [here.imports.preview(file, first, 256) for first in (0, 256, 512, 768)]
    assert [row.key for page in pages for row in page] == [f"A{n:03d}" for n in range(700)]
    assert [len(page) for page in pages] == [256, 256, 188, 0]


def test_a_line_of_two_records_is_shown_once_by_its_payment(here: Workspace) -> None:
    bill = Path(__file__).parents[2] / "golden" / "wechat-personal" / "2026-03.csv"
    (file,) = here.imports.plan([bill]).files
    shown = here.imports.preview(file, 0, 100)
    assert [row.line for row in shown] == list(range(18, 30))
    assert here.imports.preview_count(file) == file.counts.total == 12
    paged = [here.imports.preview(file, first, 5) for first in (0, 5, 10, 15)]
    assert [row for page in paged for row in page] == shown
    here.imports.apply(here.imports.plan([bill]))
    types = dict(here.book.rows_of("select line, 'payment' from base.payments where kind = 'payment' order by line"))
    assert types
    assert {row.line: row.record_type for row in shown if row.line in types} == types
