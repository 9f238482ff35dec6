"""What the preview says of a row beyond its amount, and where the rows of each state begin."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from chainbrain.importers.plan import FilePlan
from chainbrain.intake.decisions import Decisions, RowPlace
from chainbrain.workspace import Workspace

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "bank-corporate"
HEAD = "订单号,门店编号,营业日期,下单时间,实收金额,订单状态"


def _orders(path: Path, *amounts: str) -> Path:
    lines = [f"A{n},S1,2026-03-01,2026-03-01 12:00:00,{amount},已完成" for n, amount in enumerate(amounts, 1)]
    path.write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")
    return path


def test_a_bank_line_names_the_other_party_and_the_memo(here: Workspace, tmp_path: Path) -> None:
    file = here.imports.plan([Path(shutil.copy(GOLDEN / "icbc_02.csv", tmp_path))]).files[0]
    first, second = here.imports.preview(file, 0, 10)
    assert (first.store, first.memo, second.store, second.memo) == (
        "北京三快在线科技有限公司",
        "美团外卖 90001",
        None,
        "短信费",
    )


@pytest.mark.parametrize(("name", "at", "timed"), [
    ("icbc_02.csv", datetime(2026, 3, 1), False),
    ("bocom.csv", datetime(2026, 3, 1, 9), True),
])  # fmt: skip
def test_only_a_file_that_states_times_has_timed_rows(
    here: Workspace, tmp_path: Path, name: str, at: datetime, timed: bool
) -> None:
    file = here.imports.plan([Path(shutil.copy(GOLDEN / name, tmp_path))]).files[0]
    shown = here.imports.preview(file, 0, 10)
    assert shown[0].at == at
    assert {row.timed for row in shown} == {timed}


def _begins(here: Workspace, file: FilePlan) -> dict[str, int | None]:
    return {state: here.imports.preview_first(file, state) for state in ("broken", "suspect", "new", "seen")}


def _seen_in_pages(here: Workspace, file: FilePlan) -> dict[str, int | None]:
    states = [row.state for row in here.imports.preview(file, 0, 100)]
    return {state: states.index(state) if state in states else None for state in ("broken", "suspect", "new", "seen")}


def test_rows_of_a_state_begin_where_the_pages_show_them(here: Workspace, tmp_path: Path) -> None:
    here.imports.apply(here.imports.plan([_orders(tmp_path / "known.csv", "1.00", "2.00", "3.00", "4.00")]))
    (file,) = here.imports.plan([_orders(tmp_path / "doubt.csv", "1.10", "2.20", "3.30", "4.00", "5.00", "x")]).files
    assert _begins(here, file) == _seen_in_pages(here, file) == {"broken": 0, "suspect": 1, "new": 4, "seen": 5}
    words = {2: "same", 3: "new", 4: "leave"}
    decided = Decisions(rows={RowPlace(file.file_id, line): word for line, word in words.items()})
    (file,) = here.imports.decide_again(decided).files
    assert _begins(here, file) == _seen_in_pages(here, file) == {"broken": 0, "suspect": 3, "new": 2, "seen": 1}
    (file,) = here.imports.decide_again(Decisions(accept_suspect=True)).files
    assert _begins(here, file) == _seen_in_pages(here, file) == {"broken": 0, "suspect": None, "new": 1, "seen": 5}
