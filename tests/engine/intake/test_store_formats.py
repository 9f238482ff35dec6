"""What kind of store it is and the tier of its city: the owner's words, kept as written, nothing where nobody said."""

from __future__ import annotations

from pathlib import Path

from chainbrain.workspace import Workspace

HEAD = "门店编号,门店名称,城市,坐标系,纳税人类型"


def _import(workspace: Workspace, path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    workspace.imports.apply(workspace.imports.plan([path]))


def _stores(workspace: Workspace) -> list[tuple[object, ...]]:
    return workspace.book.rows_of("select store_id, format, city_tier from main.stores order by store_id")


def test_words_are_kept_as_written_and_the_later_table_counts(here: Workspace, tmp_path: Path) -> None:
    _import(here, tmp_path / "a.csv", f"{HEAD},业态,城市等级\nF01,步行街店,佛山,,,街边店,二线\nF02,新城店,佛山,,,,\n")
    assert _stores(here) == [("F01", "街边店", "二线"), ("F02", None, None)]
    _import(here, tmp_path / "b.csv", f"{HEAD},店型\nF02,新城店,佛山,,,商场店\n")
    assert _stores(here) == [("F01", "街边店", "二线"), ("F02", "商场店", None)]


def test_a_row_without_the_columns_keeps_the_id_it_had_before_there_were_any(here: Workspace, tmp_path: Path) -> None:
    _import(here, tmp_path / "a.csv", f"{HEAD}\nF01,步行街店,佛山,,\nF02,万象城店,佛山,,一般纳税人\n")
    ids = here.book.rows_of("select code, cast(row_id as varchar) from base.stores order by code")
    # Written by a version that did not know the columns.
    assert ids == [
        ("F01", "07d996b2-a34d-c336-898b-69472ed7e871"),
        ("F02", "593bcca7-79c6-e641-2e22-5e63a35d862b"),
    ]
