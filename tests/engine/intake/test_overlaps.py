"""Rows without a number of their own: a true repeat, the same row exported again, or what nobody can tell."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_tables import bank

from chainbrain.importers.plan import FilePlan
from chainbrain.intake.decisions import Decisions
from chainbrain.workspace import Workspace

Row = tuple[str, str, str]
DAY_1 = [("现金", f"{number}.00", f"2026-03-01 12:{number:02d}:00") for number in range(1, 9)]
DAY_2 = [("现金", f"{number}.50", f"2026-03-02 12:{number:02d}:00") for number in range(1, 9)]
COFFEE = ("现金", "25.00", "2026-03-01 12:03:30")


def _tenders(path: Path, rows: Sequence[Row], store: str = "S1", encoding: str = "utf-8") -> Path:
    lines = [f"T,{store},{method},{amount},{at}" for method, amount, at in rows]
    path.write_bytes("\n".join(["订单号,门店编号,支付方式,支付金额,支付时间", *lines, ""]).encode(encoding))
    return path


def _counts(plan: FilePlan) -> tuple[int, int, int]:
    return plan.counts.new, plan.counts.seen, plan.counts.suspect


def _import(here: Workspace, *paths: Path) -> list[tuple[int, int, int]]:
    """Import one after the other; new, seen, suspect of each."""
    found = []
    for path in paths:
        plan = here.imports.plan([path])
        found.append(_counts(plan.files[0]))
        here.imports.apply(plan)
    return found


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param([COFFEE] * 3 + DAY_1, [], [(11, 0, 0), (0, 0, 0)], id="three equal coffees stay three"),
        pytest.param(DAY_1, DAY_1[::-1], [(8, 0, 0), (0, 8, 0)], id="the same rows in another order"),
        pytest.param([COFFEE] * 3 + DAY_1, DAY_1 + [COFFEE] * 3, [(11, 0, 0), (0, 11, 0)], id="with repeats"),
        pytest.param(DAY_1[:6], DAY_1[4:] + DAY_2, [(6, 0, 0), (10, 2, 0)], id="until one hour, from one hour on"),
        pytest.param(DAY_1[:5] + DAY_2, DAY_1, [(13, 0, 0), (3, 5, 0)], id="half a day, then the day"),
        pytest.param(DAY_1, DAY_1[2:5], [(8, 0, 0), (0, 3, 0)], id="the day, then some hours"),
        pytest.param([COFFEE, COFFEE], [COFFEE], [(2, 0, 0), (0, 0, 1)], id="one equal row alone proves nothing"),
        pytest.param([COFFEE] * 2, [COFFEE] * 2, [(2, 0, 0), (0, 0, 2)], id="not even a whole file of one row"),
        pytest.param(
            [*DAY_1[:2], COFFEE, COFFEE], [COFFEE, *DAY_1[4:]], [(4, 0, 0), (4, 0, 1)], id="cut between equal rows"
        ),
        pytest.param(
            [*DAY_1[::2], COFFEE], [*DAY_1[1::2], COFFEE], [(5, 0, 0), (4, 0, 1)], id="two halves with an equal row"
        ),
        pytest.param(
            [*DAY_1, COFFEE], [*DAY_1, COFFEE, COFFEE], [(9, 0, 0), (1, 9, 0)], id="a day that holds one more"
        ),
        pytest.param(
            [*DAY_1, COFFEE, COFFEE], [*DAY_1[:4], COFFEE], [(10, 0, 0), (0, 4, 1)], id="a part that holds one less"
        ),
        pytest.param(
            [*DAY_1, COFFEE, *DAY_2], [*DAY_2, COFFEE], [(17, 0, 0), (0, 9, 0)], id="a day vouches for its neighbour"
        ),
    ],
)  # fmt: skip
def test_what_two_files_of_one_till_add(
    here: Workspace,
    tmp_path: Path,
    first: list[Row],
    second: list[Row],
    *,
    expected: list[tuple[int, int, int]],
    together: bool,
) -> None:
    paths = [_tenders(tmp_path / "a.csv", first), _tenders(tmp_path / "b.csv", second, encoding="gb18030")]
    if together:
        plan = here.imports.plan(paths)
        assert [_counts(file) for file in plan.files] == expected
        here.imports.apply(plan)
    else:
        assert _import(here, *paths) == expected
    assert here.book.one_of("select count(*) from tenders") == (sum(new for new, _, _ in expected),)
    assert here.check().good


def test_another_store_vouches_for_nothing(here: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "both.csv"
    other = [("现金", "1.00", "2026-03-01 09:00:00")]
    text = (
        _tenders(tmp_path / "S1.csv", DAY_1).read_text()
        + _tenders(tmp_path / "S2.csv", other, "S2").read_text().split("\n", 1)[1]
    )
    path.write_text(text)
    again = tmp_path / "again.csv"
    again.write_text(text + "T,S2,现金,7.00,2026-03-05 09:00:00\n")
    assert _import(here, path, again) == [(9, 0, 0), (1, 8, 1)]


def test_a_reencoded_file_is_seen_as_a_whole(here: Workspace, tmp_path: Path) -> None:
    rows = [COFFEE, COFFEE, ("现金", "9.00", "2026-03-02 08:00:00")]
    one, other = _tenders(tmp_path / "a.csv", rows), _tenders(tmp_path / "b.csv", rows[::-1], encoding="gb18030")
    assert _import(here, one, other) == [(3, 0, 0), (0, 3, 0)]


def test_a_balance_is_as_good_as_a_number(here: Workspace, tmp_path: Path) -> None:
    lines = [("2026-03-01", "10.00", "客户", "货款")] * 3
    first = bank(tmp_path / "a.csv", lines[:2], opening="100.00")
    second = bank(tmp_path / "b.csv", lines[:2], opening="110.00")
    assert _import(here, first, second) == [(2, 0, 0), (1, 1, 0)]
    assert here.book.rows_of("select balance from bank_lines order by balance") == [
        (Decimal("110.00"),),
        (Decimal("120.00"),),
        (Decimal("130.00"),),
    ]


def test_undoing_either_of_two_overlapping_files_leaves_the_rows_of_the_other(here: Workspace, tmp_path: Path) -> None:
    early, late = [COFFEE] * 2 + DAY_1, DAY_1 + [COFFEE] * 3 + DAY_2
    paths = [_tenders(tmp_path / "a.csv", early), _tenders(tmp_path / "b.csv", late)]
    content = "select method, amount, paid_at, count(*) from tenders group by all order by all"
    for undone, left in ((0, late), (1, early)):
        entries = [here.imports.apply(here.imports.plan([path])).entry_id for path in paths]
        here.undo(entries[undone])
        assert here.book.one_of("select count(*), count(distinct tender_id) from tenders") == (len(left), len(left))
        both = here.book.rows_of(content)
        here.undo(entries[1 - undone])
        assert here.book.rows_of("select 1 from tenders union all select 1 from base.sightings") == []
        here.imports.apply(here.imports.plan([paths[1 - undone]]))
        assert here.book.rows_of(content) == both
        here.undo()


def test_a_taken_repeat_is_known_to_the_next_export(here: Workspace, tmp_path: Path) -> None:
    _import(here, _tenders(tmp_path / "a.csv", [COFFEE, DAY_1[0]]))
    here.imports.apply(
        here.imports.plan([_tenders(tmp_path / "b.csv", [COFFEE])], decisions=Decisions(accept_suspect=True))
    )
    whole = _tenders(tmp_path / "c.csv", [COFFEE, COFFEE, *DAY_1])
    assert _import(here, whole) == [(7, 3, 0)]
    assert here.book.one_of(
        "select count(*) from base.sightings s join base.tenders t on t.tender_id = s.record_id"
    ) == (3,)
    assert here.check().good


def test_a_suspect_row_names_its_cell(here: Workspace, tmp_path: Path) -> None:
    _import(here, _tenders(tmp_path / "a.csv", [COFFEE, COFFEE]))
    plan = here.imports.plan([_tenders(tmp_path / "b.csv", [COFFEE])])
    (problem,) = plan.files[0].problems
    assert (problem.line, problem.column, problem.value, problem.code, problem.state) == (
        2, "order_no", "T", "repeat_or_overlap", "suspect",
    )  # fmt: skip
