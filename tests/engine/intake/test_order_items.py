"""订单商品明细 on its way into the book: what is the same again, what contradicts, and the import taken back."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

from chainbrain.intake.decisions import Decisions, RowPlace
from chainbrain.workspace import Workspace

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "chainbrain-order-items" / "items.csv"
HEAD = "门店编号,订单号,营业日期,商品类别,商品名称,数量,金额"


def _items(path: Path, *rows: str) -> Path:
    path.write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    return path


def test_the_rows_of_a_product_are_one_record_and_every_row_is_accounted_for(here: Workspace, tmp_path: Path) -> None:
    plan = here.imports.plan([Path(shutil.copy(GOLDEN, tmp_path))])
    counts = plan.files[0].counts
    assert (counts.new, counts.broken, counts.total) == (6, 3, 9)
    here.imports.apply(plan)
    assert here.book.rows_of(
        "select store_id, category, item, quantity, amount, line from main.order_items "
        "where order_no = 'DD202611010001' order by line"
    ) == [
        ("S1", "饮品", "拿铁", Decimal("2.000"), Decimal("60.00"), 2),
        ("S1", "寄售酒水", "精酿啤酒", Decimal("3.000"), Decimal("40.00"), 3),
    ]  # fmt: skip
    assert here.check().good


def test_an_overlapping_export_brings_only_what_is_not_there_yet(here: Workspace, tmp_path: Path) -> None:
    first = ("S1,A1,2026-11-01,饮品,拿铁,1,30.00", "S1,A1,2026-11-01,寄售酒水,,1,20.00")
    here.imports.apply(here.imports.plan([_items(tmp_path / "a.csv", *first)]))
    plan = here.imports.plan([_items(tmp_path / "b.csv", *first, "S1,A2,2026-11-02,饮品,拿铁,1,31.00")])
    assert (plan.files[0].counts.new, plan.files[0].counts.seen) == (1, 2)
    here.imports.apply(plan)
    assert here.book.one_of("select count(*), sum(amount) from main.order_items") == (3, Decimal("81.00"))
    here.undo()
    assert here.book.one_of("select count(*) from main.order_items") == (2,)
    here.undo()
    assert here.book.one_of("select count(*) from main.order_items") == (0,)
    assert here.check().good


def test_another_group_or_amount_of_a_known_product_is_asked_about(here: Workspace, tmp_path: Path) -> None:
    rows = ("S1,A1,2026-11-01,饮品,拿铁,1,30.00", "S1,A1,2026-11-01,饮品,清酒,1,20.00")
    here.imports.apply(here.imports.plan([_items(tmp_path / "a.csv", *rows)]))
    changed = ("S1,A1,2026-11-01,饮品,拿铁,1,28.00", "S1,A1,2026-11-01,寄售酒水,清酒,1,20.00")
    plan = here.imports.plan([_items(tmp_path / "b.csv", *changed)])
    assert (plan.files[0].counts.new, plan.files[0].counts.suspect) == (0, 2)
    told = {
        one.field: (one.file, one.known) for row in here.imports.preview(plan.files[0], 0, 9) for one in row.differing
    }
    assert told == {"amount": ("28.00", "30.00"), "category": ("寄售酒水", "饮品")}


def test_one_product_in_two_groups_of_an_order_is_two_records(here: Workspace, tmp_path: Path) -> None:
    rows = ("S1,A1,2026-11-01,寄售酒水,青岛啤酒,1,40.00", "S1,A1,2026-11-01,饮品,青岛啤酒,1,20.00")
    for name in ("a.csv", "b.csv"):
        plan = here.imports.plan(
            [_items(tmp_path / name, *rows, *(["S1,A2,2026-11-02,饮品,茶,1,9.00"] * (name > "a.csv")))]
        )
        assert plan.files[0].counts.suspect == 0
        here.imports.apply(plan)
    assert here.book.rows_of("select category, part, whole from base.order_groups order by whole, part") == [
        ("饮品", Decimal("9.00"), Decimal("9.00")),
        ("饮品", Decimal("20.00"), Decimal("60.00")),
        ("寄售酒水", Decimal("40.00"), Decimal("60.00")),
    ]


def test_the_products_of_an_order_wait_together_for_the_one_that_is_asked_about(
    here: Workspace, tmp_path: Path
) -> None:
    here.imports.apply(here.imports.plan([_items(tmp_path / "a.csv", "S1,A1,2026-11-01,饮品,拿铁,1,30.00")]))
    rows = (
        "S1,A1,2026-11-01,饮品,拿铁,1,28.00",
        "S1,A1,2026-11-01,寄售酒水,清酒,1,20.00",
        "S1,A2,2026-11-01,饮品,茶,1,9.00",
    )
    plan = here.imports.plan([_items(tmp_path / "b.csv", *rows)])
    assert (plan.files[0].counts.new, plan.files[0].counts.suspect) == (1, 2)
    here.imports.apply(plan)
    assert here.book.rows_of("select order_no, category, amount from base.order_items order by all") == [
        ("A1", "饮品", Decimal("30.00")), ("A2", "饮品", Decimal("9.00")),
    ]  # fmt: skip
    here.undo()
    plan = here.imports.plan([tmp_path / "b.csv"])
    asked = RowPlace(plan.files[0].file_id, 2)
    plan = here.imports.plan([tmp_path / "b.csv"], decisions=Decisions(rows={asked: "same"}))
    assert (plan.files[0].counts.new, plan.files[0].counts.seen) == (2, 1)
    here.imports.apply(plan)
    assert here.book.rows_of("select order_no, category, amount from base.order_items order by all") == [
        ("A1", "寄售酒水", Decimal("20.00")), ("A1", "饮品", Decimal("30.00")), ("A2", "饮品", Decimal("9.00")),
    ]  # fmt: skip
