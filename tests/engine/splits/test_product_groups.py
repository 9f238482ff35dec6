"""A rule for a product group that no order item bears: told with the groups that are spelled like it, never refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainbrain import cli, texts
from chainbrain.product_groups import unknown
from chainbrain.workspace import Workspace

KNOWN = ("寄售酒水", "热菜", "饮品")
ITEMS = "门店编号,订单号,营业日期,商品类别,商品名称,数量,金额\nS1,D1,2026-03-01,寄售酒水,啤酒,1,10.00\n"
RULES = """规则名称,门店编号,渠道,商品类别,接收方,基数,方式,数值,生效日期
酒水寄售,,,寄售酒,酒厂,扣退款,比例,70%,2026-03-01
品牌费,,,,总部,扣退款,比例,5%,2026-03-01
"""


@pytest.mark.parametrize(
    ("category", "code", "near"),
    [
        (None, None, None),
        ("饮品", None, None),
        ("寄售酒", "split_hint.misspelt_group", ("寄售酒水",)),
        ("饮料", "split_hint.misspelt_group", ("饮品",)),
        ("门票", "split_hint.unknown_group", None),
    ],
)
def test_the_nearest_groups_are_named(category: str | None, code: str | None, near: tuple[str, ...] | None) -> None:
    found = unknown(category, KNOWN)
    assert (found.code if found else None) == code
    if near is not None:
        assert found is not None and found.facts["near"] == near
    if code == "split_hint.unknown_group":
        assert found is not None and found.facts["known"] == KNOWN


def test_without_order_items_it_is_said_that_they_lack() -> None:
    found = unknown("饮品", ())
    assert found is not None and found.code == "split_hint.no_items"
    assert "订单商品明细" in texts.message(found.code, "zh", **found.facts)


def test_a_table_of_rules_is_taken_with_a_note_and_one_rule_is_written_with_a_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, rules, items = tmp_path / "链.chainbrain", tmp_path / "分账规则.csv", tmp_path / "订单商品明细.csv"
    rules.write_text(RULES, encoding="utf-8")
    items.write_text(ITEMS, encoding="utf-8")
    with Workspace.create(book) as workspace:
        plan = workspace.imports.plan([rules, items])
        assert [file.outcome for file in plan.files] == ["imported", "imported"]
        (note,) = [note for file in plan.files for note in file.notes]
        assert (note.code, note.facts) == ("split_hint.misspelt_group", {"group": "寄售酒", "near": ("寄售酒水",)})
        workspace.imports.apply(plan)
        assert len(workspace.splits.rules()) == 2
    words = ["--name", "酒水", "--receiver", "酒商", "--value", "10%", "--way", "比例", "--basis", "扣退款"]
    assert cli.main(["split-rule", str(book), *words, "--group", "寄售酒氺", "--from", "2026-04-01"]) == 0
    said = capsys.readouterr().out
    assert "寄售酒水" in said
    with Workspace.open(book) as workspace:
        assert {rule.category for rule in workspace.splits.rules()} == {None, "寄售酒", "寄售酒氺"}
