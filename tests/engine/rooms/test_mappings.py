"""Column maps of a book: kept, recognised, renamed, removed, taken back, carried to another book."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from mapped_examples import BANK_SIGNED, BANK_TWO_COLUMNS, EXAMPLES, SHOUQIANBA, TILL, Example

from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.intake.decisions import Decisions
from chainbrain.workspace import Workspace

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """One command; its status and what it printed."""

    def run_one(*arguments: object) -> tuple[int, str, str]:
        status = main(["--quiet", *map(str, arguments)])
        out, err = capsys.readouterr()
        return status, out, err

    return run_one


def _written(folder: Path, example: Example, name: str = "export.csv") -> tuple[Path, Path]:
    folder.mkdir(exist_ok=True)
    file, mapping = folder / name, folder / "map.json"
    file.write_text(example.text, encoding="utf-8")
    mapping.write_text(json.dumps(example.given, ensure_ascii=False), encoding="utf-8")
    return file, mapping


def _facts(workspace: Workspace, view: str) -> list[str]:
    return sorted(str(row) for row in workspace.book.rows_of(f"select * from {view}"))


def test_import_with_a_map_keeps_it_and_recognises_ever_after(tmp_path: Path, run: Run) -> None:
    book = tmp_path / "a.chainbrain"
    file, mapping = _written(tmp_path, BANK_SIGNED)
    status, out, _ = run("import", book, file, "--json")
    assert (status, json.loads(out)["files"][0]["outcome"]) == (3, "needs_mapping")
    status, out, _ = run("import", book, file, "--mapping", mapping, "--dry-run", "--json")
    (entry,) = json.loads(out)["files"]
    assert (status, entry["format"], entry["outcome"]) == (0, "mapped-table/村镇银行", "imported")
    with Workspace.open(book) as workspace:
        assert not workspace.mappings.saved()
    status, out, _ = run("import", book, file, "--mapping", mapping, "--json")
    (entry,) = json.loads(out)["files"]
    assert (status, entry["format"], entry["outcome"], entry["rows"]["new"]) == (
        0,
        "mapped-table/村镇银行",
        "imported",
        2,
    )
    later = tmp_path / "may.csv"
    later.write_text(BANK_SIGNED.text.replace("2026-04", "2026-05"), encoding="utf-8")
    status, out, _ = run("import", book, later, "--json")
    assert (status, json.loads(out)["files"][0]["outcome"]) == (0, "imported")
    with Workspace.open(book) as workspace:
        assert workspace.book.rows_of("select sum(amount), count(*) from bank_lines") == [(Decimal("215.80"), 4)]
        assert workspace.book.rows_of("select distinct format, layout from source_files") == [
            ("mapped-table", "村镇银行")
        ]
        (saved,) = workspace.mappings.saved()
        assert (saved.name, saved.files) == ("村镇银行", 2)
        # The same map again is no new step in the history.
        assert [entry.kind for entry in workspace.history()] == ["import", "import", "mapping_saved"]
        assert workspace.check().good


@pytest.mark.parametrize(
    ("given", "words"),
    [("{", "读不了"), ('{"version": 1}', "$.name"), (json.dumps({**BANK_SIGNED.given, "unit": "jiao"}), "$.unit")],
)
def test_a_wrong_map_is_wrong_usage(tmp_path: Path, run: Run, given: str, words: str) -> None:
    file, mapping = _written(tmp_path, BANK_SIGNED)
    mapping.write_text(given, encoding="utf-8")
    status, out, err = run("import", tmp_path / "a.chainbrain", file, "--mapping", mapping)
    assert (status, out) == (2, "")
    assert words in err
    assert not (tmp_path / "a.chainbrain").exists()


def test_a_map_does_not_touch_files_with_another_header(tmp_path: Path, run: Run) -> None:
    file, _ = _written(tmp_path, TILL)
    _, mapping = _written(tmp_path / "m", BANK_SIGNED)
    status, out, _ = run("import", tmp_path / "a.chainbrain", file, "--mapping", mapping, "--json")
    assert (status, json.loads(out)["files"][0]["outcome"]) == (3, "needs_mapping")


def test_wrong_sign_is_refused_with_both_figures(tmp_path: Path, run: Run) -> None:
    file, mapping = _written(tmp_path, Example(BANK_SIGNED.text, {**BANK_SIGNED.given, "sign": "reversed"}))
    status, out, _ = run("import", tmp_path / "a.chainbrain", file, "--mapping", mapping, "--json")
    (entry,) = json.loads(out)["files"]
    assert (status, entry["outcome"], entry["code"]) == (3, "refused", "import.control_total_differs")
    assert entry["facts"] == {"total": "可用余额", "stated": "1107.90", "summed": "960.00", "balance_line": "3"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_exported_maps_give_the_same_rows_in_another_book(tmp_path: Path, run: Run, name: str) -> None:
    """A map that went through a file reads as before: what the views say is the same."""
    example = EXAMPLES[name]
    file, mapping = _written(tmp_path, example)
    first, second, carried = tmp_path / "a.chainbrain", tmp_path / "b.chainbrain", tmp_path / "carried.json"
    run("import", first, file, "--mapping", mapping, "--accept-differences")
    assert run("mapping", first, "export", example.given["name"], "--out", carried)[0] == 0
    assert run("mapping", second, "add", carried)[0] == 0
    run("import", second, file, "--accept-differences")
    view = example.given["kind"]
    with Workspace.open(first) as one, Workspace.open(second) as other:
        rows = _facts(one, view)
        assert rows
        assert rows == _facts(other, view)
        assert one.mappings.standing() == other.mappings.standing()


@pytest.mark.parametrize("seed", range(2))
def test_columns_in_any_order_give_the_same_ids(tmp_path: Path, seed: int) -> None:
    lines = [line.split(";") for line in TILL.text.splitlines()]
    order = list(range(len(lines[0])))
    random.Random(seed).shuffle(order)
    ids = []
    for number, text in enumerate((TILL.text, "\n".join(";".join(line[at] for at in order) for line in lines) + "\n")):
        file = tmp_path / f"{number}.csv"
        file.write_text(text, encoding="utf-8")
        with Workspace.create(tmp_path / f"{number}.chainbrain") as workspace:
            workspace.save_mapping(TILL.mapping)
            workspace.imports.apply(workspace.imports.plan([file]))
            ids.append(workspace.book.rows_of("select tender_id, amount from tenders order by all"))
    assert len(ids[0]) == 4
    assert ids[0] == ids[1]


def test_payments_with_a_number_are_seen_again(tmp_path: Path) -> None:
    file, _ = _written(tmp_path, SHOUQIANBA)
    more = tmp_path / "more.csv"
    more.write_text(SHOUQIANBA.text.replace("三十八", "3800").replace("合计,,,,,,6200,23,\n", ""), encoding="utf-8")
    with Workspace.create(tmp_path / "a.chainbrain") as workspace:
        workspace.save_mapping(SHOUQIANBA.mapping)
        workspace.imports.apply(workspace.imports.plan([file], decisions=Decisions(accept_differences=True)))
        (plan,) = workspace.imports.plan([more]).files
        assert (plan.counts.new, plan.counts.seen, plan.counts.broken) == (1, 3, 0)


def test_every_write_can_be_taken_back(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "a.chainbrain") as workspace:
        workspace.save_mapping(BANK_SIGNED.mapping)
        workspace.save_mapping(BANK_SIGNED.altered(unit="fen"))
        assert workspace.mappings.named("村镇银行").unit == "fen"
        workspace.undo()
        assert workspace.mappings.named("村镇银行").unit == "yuan"
        workspace.rename_mapping("村镇银行", "村行")
        assert [saved.name for saved in workspace.mappings.saved()] == ["村行"]
        workspace.undo()
        workspace.remove_mapping("村镇银行")
        assert not workspace.mappings.saved()
        workspace.undo()
        assert [saved.name for saved in workspace.mappings.saved()] == ["村镇银行"]
        workspace.undo()
        assert not workspace.mappings.saved()
        assert workspace.check().good


def test_names_are_taken_once(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "a.chainbrain") as workspace:
        workspace.save_mapping(BANK_SIGNED.mapping)
        workspace.save_mapping(BANK_TWO_COLUMNS.mapping)
        with pytest.raises(UserError) as caught:
            workspace.rename_mapping("村镇银行", "农商行")
        assert caught.value.code == "mapping.name_taken"
        with pytest.raises(UserError) as caught:
            workspace.save_mapping(TILL.altered(name="农商行"))
        assert caught.value.code == "mapping.name_taken"
        with pytest.raises(UserError) as caught:
            workspace.remove_mapping("没有")
        assert caught.value.code == "mapping.not_found"
        assert [saved.name for saved in workspace.mappings.saved()] == ["农商行", "村镇银行"]


def test_the_list_and_the_other_actions(tmp_path: Path, run: Run) -> None:
    book = tmp_path / "a.chainbrain"
    _, mapping = _written(tmp_path, BANK_SIGNED)
    assert run("mapping", book, "add", mapping)[0] == 0
    assert "村镇银行" in run("mapping", book)[1]
    assert "银行流水" in run("mapping", book, "list")[1]
    listed = json.loads(run("mapping", book, "--json")[1])["mappings"]
    assert listed == [{**json.loads(json.dumps(listed[0])), "name": "村镇银行", "files": 0}]
    assert run("mapping", book, "rename", "村镇银行", "村行")[0] == 0
    assert run("mapping", book, "export", "村行", "--out", mapping)[0] == 2  # never written over
    assert run("mapping", book, "remove", "村行")[0] == 0
    assert run("mapping", book, "remove", "村行")[0] == 2
    assert "村镇银行 → 村行" in run("history", book)[1]


def test_a_proposal_becomes_a_file_that_a_person_completes(tmp_path: Path, run: Run) -> None:
    book, out = tmp_path / "a.chainbrain", tmp_path / "m.json"
    file, _ = _written(tmp_path, SHOUQIANBA, "收钱吧.csv")
    status, told, _ = run("mapping", book, "suggest", file, "--out", out)
    assert status == 3
    assert "商户号" in told
    assert run("mapping", book, "add", out)[0] == 2
    given = json.loads(out.read_text(encoding="utf-8"))
    given["fixed"]["merchant_no"] = "M1"
    out.write_text(json.dumps(given), encoding="utf-8")
    assert run("mapping", book, "add", out)[0] == 0
    status, told, _ = run("import", book, file, "--json")
    assert (status, json.loads(told)["files"][0]["rows"]["new"]) == (3, 3)


def test_files_are_recognised_again_once_their_map_is_saved(tmp_path: Path) -> None:
    file, _ = _written(tmp_path, BANK_SIGNED)
    with Workspace.create(tmp_path / "a.chainbrain") as workspace:
        assert [one.outcome for one in workspace.imports.plan([file]).files] == ["needs_mapping"]
        workspace.save_mapping(BANK_SIGNED.mapping)
        plan = workspace.imports.recognise()
        assert [one.outcome for one in plan.files] == ["imported"]
        workspace.imports.apply(plan)
        assert workspace.book.rows_of("select sum(amount) from bank_lines") == [(Decimal("107.90"),)]


NAMELESS = Example(BANK_SIGNED.text, {**BANK_SIGNED.given, "fixed": {}})


def _accounts(workspace: Workspace) -> list[tuple[object, ...]]:
    return workspace.book.rows_of("select bank_account, count(*), sum(amount) from bank_lines group by 1 order by 1")


def test_rows_without_an_account_are_seen_again_under_another_name_of_the_map(tmp_path: Path, run: Run) -> None:
    book = tmp_path / "a.chainbrain"
    file, _ = _written(tmp_path, NAMELESS)
    more, carried = tmp_path / "more.csv", tmp_path / "carried.json"
    more.write_text(NAMELESS.text + "2026-04-01 09:00:00\t80.00\t980.00\t丙公司\t货款\n", encoding="utf-8")
    with Workspace.create(book) as workspace:
        workspace.save_mapping(NAMELESS.altered())
        workspace.imports.apply(workspace.imports.plan([file]))
        workspace.rename_mapping("村镇银行", "村行")
        workspace.save_mapping(workspace.mappings.named("村行"))
        (plan,) = (opened := workspace.imports.plan([more])).files
        assert (plan.counts.new, plan.counts.seen) == (1, 2)
        workspace.imports.apply(opened)
        assert _accounts(workspace) == [("村镇银行", 3, Decimal("187.90"))]
        # Changed in the dialog, under yet another name.
        workspace.save_mapping(NAMELESS.altered(name="农商"), "村行")
        assert workspace.mappings.named("农商").identity == "村镇银行"
        # A new map under the old name is another account.
        workspace.save_mapping(Example("", {**BANK_TWO_COLUMNS.given, "name": "村镇银行"}).mapping)
        assert workspace.mappings.named("村镇银行").identity == "村镇银行 2"
    # A map that came from a file without the first name still finds it in the book.
    carried.write_text(json.dumps({**NAMELESS.given, "name": "农商"}, ensure_ascii=False), encoding="utf-8")
    last = tmp_path / "last.csv"
    last.write_text(more.read_text(encoding="utf-8") + "2026-03-31 09:00:00\t1.00\t900.00\t丁\t\n", encoding="utf-8")
    status, out, _ = run("import", book, last, "--mapping", carried, "--json")
    (entry,) = json.loads(out)["files"]
    assert (status, entry["rows"]["new"], entry["rows"]["seen"]) == (0, 1, 3)
    with Workspace.open(book) as workspace:
        assert _accounts(workspace) == [("村镇银行", 4, Decimal("188.90"))]
        assert workspace.check().good


def test_the_whole_way_of_an_unknown_table_and_of_its_map_to_another_book(tmp_path: Path, run: Run) -> None:
    """Suggested, completed by a person, kept, imported, reconciled, checked; the carried map gives the same rows."""
    first, second = tmp_path / "a.chainbrain", tmp_path / "b.chainbrain"
    out, carried, file = tmp_path / "m.json", tmp_path / "carried.json", tmp_path / "wallet.csv"
    file.write_text(
        "流水号,时间,类型,金额\nW00001,2026-04-01 10:00:00,收款,100.00\nW00002,2026-04-01 12:00:00,转账,30.00\n"
        "W00003,2026-04-01 13:00:00,提现,40.00\n",
        encoding="utf-8",
    )
    status, told, _ = run("mapping", first, "suggest", file, "--kind", "wallet_lines", "--out", out)
    assert status == 3
    assert "还没有说明 转账 是收还是支" in told
    given = json.loads(out.read_text(encoding="utf-8"))
    given["fixed"] = {"channel": "wechat", "merchant_no": "M1"}
    out.write_text(json.dumps(given), encoding="utf-8")
    status, _, err = run("mapping", first, "add", out)
    assert status == 2
    assert "转账" in err
    given["words"]["direction"]["转账"] = "out"
    out.write_text(json.dumps(given), encoding="utf-8")
    assert run("mapping", first, "add", out)[0] == 0
    assert run("mapping", first, "export", "wallet", "--out", carried)[0] == 0
    assert run("mapping", second, "add", carried)[0] == 0
    for book in (first, second):
        assert run("import", book, file)[0] == 0
        assert run("reconcile", book)[0] in (0, 3)
        assert run("check", book)[0] == 0
        with Workspace.open(book) as workspace:
            rows = workspace.book.rows_of("select external_id, kind, amount from wallet_lines order by 1")
        assert rows == [
            ("W00001", "payment", Decimal("100.00")),
            ("W00002", "transfer", Decimal("-30.00")),
            ("W00003", "withdrawal", Decimal("-40.00")),
        ]
