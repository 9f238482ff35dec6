"""Scenarios are kept whole, come out the same again, are compared, and are held against the store that came of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from expansion_examples import WORKED_JSON, D, OwnChain

from chainbrain import facts
from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.expansion import frozen, kept
from chainbrain.expansion.own_stores import template
from chainbrain.workspace import Workspace

FIRST = date(2026, 1, 1)
FEW = {**WORKED_JSON, "paths": 300}
PROGRAMME: dict[str, Any] = {
    "first_month": "2027-01", "months": 8, "paths": 200,
    "chain": {"opening_cash": 2_000_000, "monthly_cash": 50_000, "worse_by": 20_000},
    "limits": {"cash_floor": 600_000, "openings_per_month": 1},
    "store": {key: value for key, value in WORKED_JSON.items() if key != "name"},
    "candidates": [{"name": "甲"}, {"name": "乙", "mature_monthly_sales": 260_000}],
}  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small chain: six mature stores, one that opened in May and lacks its last days of June."""
    place = tmp_path_factory.mktemp("kept") / "kept.chainbrain"
    with Workspace.create(place) as workspace:
        chain = OwnChain(FIRST, 181)
        chain.book = workspace.book
        for number in range(6):
            chain.steady(f"S{number}", 6_000 + 500 * number)
        opened = date(2026, 4, 10)
        days = [day for day in chain.days if day >= opened and day != date(2026, 6, 20)]
        chain.store("NEW", dict.fromkeys(days, D(5_000)), opened)
        chain.done()
        costs = [
            (subject, D(amount)) for subject, amount in (("rent", 21_000), ("wages", 47_000), ("materials", 55_000))
        ]
        workspace.book.append("base.store_costs", _costs([("NEW", date(2026, 5, 1), *one) for one in costs]))
    return place


@pytest.fixture
def book(path: Path) -> Iterator[Workspace]:
    """The book open; what a test writes it takes back."""
    with Workspace.open(path) as workspace:
        before = len(workspace.history())
        yield workspace
        for _ in range(sum(one.undoable and one.undone_by is None for one in workspace.history()[: -before or None])):
            workspace.undo()


def _costs(rows: list[tuple[str, date, str, Any]]) -> pl.DataFrame:
    nowhere = "00000000-0000-0000-0000-00000000000"
    return pl.DataFrame(
        [
            {
                "store_cost_id": f"{nowhere}{number}", "store_code": store, "month": month, "subject": subject,
                "amount": amount, "note": None, "file_id": f"{nowhere}0", "sheet": None, "line": number,
            }
            for number, (store, month, subject, amount) in enumerate(rows)
        ],
        schema_overrides={"amount": pl.Decimal(18, 2), "note": pl.String, "sheet": pl.String},
    )  # fmt: skip


def test_what_own_stores_said_comes_back_as_it_was(book: Workspace) -> None:
    said = template(book.book)
    assert said.mature and said.openings
    assert frozen.read(frozen.written(said)) == said
    assert frozen.read(frozen.written(None)) is None
    broken = json.loads(frozen.written(said))
    del broken["mature"]
    with pytest.raises(UserError) as refused:
        frozen.read(json.dumps(broken))
    assert refused.value.code == "scenario.other_template"


@pytest.mark.parametrize("given", [FEW, {"name": "乙店", **{k: FEW[k] for k in ("capex", "gross_margin", "labour")}}])
def test_a_kept_store_comes_out_the_same_again_whatever_the_book_says_by_then(
    book: Workspace, given: dict[str, Any]
) -> None:
    book.scenario_desk.keep(" 稳  健 ", book.expansion.work_out(given))
    book.book.execute("update base.daily_sales set amount = amount * 2, list_amount = list_amount * 2")
    facts.sold(book.book)
    try:
        (one,) = book.expansion.kept()
        assert one.name == "稳 健" and one.seed == 20_260_101
        assert kept.again(one).same
        # A figure that moved is told by its place, then and now.
        figures = json.loads(json.dumps(one.figures))
        figures["base"]["npv"] = "1.00"
        moved = kept.again(kept.Kept(**{**vars(one), "figures": figures})).moved
        assert "inputs" in figures and figures["inputs"][0]["input"] == "mature_monthly_sales"
        del figures["inputs"][0]  # what only the version of now says is no difference
        moved = kept.again(kept.Kept(**{**vars(one), "figures": figures})).moved
        assert [(each.path, each.then, each.now) for each in moved] == [
            ("base.npv", "1.00", one.figures["base"]["npv"])
        ]
    finally:
        book.book.execute("update base.daily_sales set amount = amount / 2, list_amount = list_amount / 2")
        facts.sold(book.book)


def test_names_are_given_once_changed_taken_and_undone(book: Workspace) -> None:
    desk, worked = book.scenario_desk, book.expansion.work_out(FEW)
    assert desk.keep("甲案", worked).touches("scenarios")
    for name, code in (("甲案", "scenario.twice"), ("  ", "scenario.no_name"), ("长" * 61, "scenario.long_name")):
        with pytest.raises(UserError) as refused:
            desk.keep(name, worked)
        assert refused.value.code == code
    before = book.expansion.find("甲案")
    desk.rename("甲案", "乙案")
    after = book.expansion.find("乙案")
    assert (after.scenario_id, after.figures, after.at) == (before.scenario_id, before.figures, before.at)
    desk.remove("乙案")
    assert book.expansion.kept() == ()
    assert book.undo().touches("scenarios")
    assert [one.name for one in book.expansion.kept()] == ["乙案"]
    book.undo()
    assert [one.name for one in book.expansion.kept()] == ["甲案"]
    with pytest.raises(UserError) as missing:
        desk.remove("乙案")
    assert missing.value.code == "scenario.not_kept"


def test_scenarios_side_by_side(book: Workspace) -> None:
    for name, change in (("甲案", {}), ("乙案", {"rent": 18_000, "spreads": {"labour": [40_000, 50_000]}})):
        book.scenario_desk.keep(name, book.expansion.work_out({**FEW, **change}))
    found = book.expansion.compare(["甲案", "乙案"])
    assert {line.path: line.values for line in found.inputs} == {
        ("rent",): ("22000.00", "18000.00"),
        ("spreads", "labour"): (None, ["40000.00", "50000.00"]),
    }
    base = next(line for line in found.figures if line.path == ("base_npv",))
    assert base.values == tuple(book.expansion.find(name).figures["base"]["npv"] for name in ("甲案", "乙案"))
    assert base.differs and D(base.values[1]) > D(base.values[0])
    first, second = found.cash
    assert first.months == tuple(str(number) for number in range(37)) and first.p50[0] == second.p50[0] < 0
    for names, code in (
        (["甲案"], "scenario.compare_how_many"),
        (["甲案", "甲案"], "scenario.compare_twice"),
        (["甲案", "丙案"], "scenario.not_kept"),
    ):
        with pytest.raises(UserError) as refused:
            book.expansion.compare(names)
        assert refused.value.code == code


def test_programmes_are_kept_with_every_store_and_compared(book: Workspace) -> None:
    for name, change in (("稳", {}), ("快", {"candidates": [{"name": "甲"}, {"name": "丙"}]})):
        book.scenario_desk.keep(name, book.expansion.work_out({"programme": {**PROGRAMME, **change}}))
    one = book.expansion.find("稳")
    assert kept.again(one).same and set(one.figures["stores"]) == {"甲", "乙"}
    found = book.expansion.compare(["稳", "快"])
    assert {line.path: line.values for line in found.inputs} == {
        ("candidate", "乙"): (True, False), ("candidate", "丙"): (False, True),
    }  # fmt: skip
    told = {line.path[0]: line.values for line in found.figures if len(line.path) == 1}
    assert told["openings"] == tuple(book.expansion.find(name).figures["openings"] for name in ("稳", "快"))
    assert told["lowest_p10"][0] == min((month["p10"] for month in one.figures["cash"]), key=D)
    book.scenario_desk.keep("单", book.expansion.work_out(FEW))
    with pytest.raises(UserError) as refused:
        book.expansion.compare(["稳", "单"])
    assert refused.value.code == "scenario.compare_kinds"
    with pytest.raises(UserError) as which:
        book.scenario_desk.link("稳", "NEW", date(2026, 4, 1))
    assert which.value.code == "scenario.which_candidate"


def test_the_plan_beside_what_came_tells_its_gaps(book: Workspace) -> None:
    book.scenario_desk.keep("甲案", book.expansion.work_out(FEW))
    with pytest.raises(UserError) as unlinked:
        book.expansion.follow("甲案")
    assert unlinked.value.code == "scenario.not_linked"
    book.scenario_desk.link("甲案", "NEW", date(2026, 4, 10))
    found = book.expansion.follow("甲案")
    april, may, june, july = found.months[:4]
    planned = book.expansion.find("甲案").figures["simulation"]["months"]
    assert f"{may.sales.p50:.2f}" == planned[1]["sales"]["p50"] and len(found.months) == 36
    assert april.partial and april.place is None and april.came is not None
    assert (april.came.days, april.came.of, april.came.sales) == (21, 21, D("105000.00"))
    assert may.came is not None and may.came.sales == D("155000.00") and may.place == "within"
    # The wallets' bills are not there, so fees are not known; nor is what is left after them.
    assert (may.came.rent, may.came.labour, may.came.fees, may.came.contribution) == (D(21_000), D(47_000), None, None)
    assert may.came.lacking == ("fees",)
    assert june.came is not None and (june.came.days, june.came.of, june.came.sales) == (29, 30, None)
    assert june.came.so_far == D("145000.00") and june.place is None
    assert june.came.lacking == ("sales", "fees", "materials", "rent", "wages")
    assert july.came is None and [one.number for one in found.fitting] == [2]
    assert found.verdict.code == "scenario.follow.within_more" and found.verdict.facts["count"] == "1"
    book.scenario_desk.unlink("甲案")
    assert book.expansion.links() == ()


def test_a_store_that_may_be_late_is_held_against_months_in_which_it_sells(book: Workspace) -> None:
    book.scenario_desk.keep("准时", book.expansion.work_out(FEW))
    book.scenario_desk.keep("可能迟", book.expansion.work_out({**FEW, "delay_months": 2}))
    kept_months = book.expansion.find("可能迟").figures["simulation"]["months"]
    # Before it opened a path in ten might still wait in the third month; now it is known that it did not.
    assert kept_months[2]["sales"]["p10"] == "0.00"
    for name in ("准时", "可能迟"):
        book.scenario_desk.link(name, "NEW", date(2026, 4, 10))
    sure, late = (book.expansion.follow(name).months for name in ("准时", "可能迟"))
    assert (late[0].number, late[0].month, len(late)) == (3, sure[0].month, len(sure) - 2)
    assert [one.sales for one in late] == [one.sales for one in sure[:-2]]
    assert late[0].sales.p10 > 0


def test_the_plan_of_a_store_of_a_programme_has_the_taxes_of_its_months(book: Workspace) -> None:
    tax = {"tax": "sales", "rate": "10%", "from": "2027-01", "to": "2027-12", "source": "假设"}
    one = {"name": "甲", "must": True, "earliest": "2027-03", "latest": "2027-03", "paths": 300}
    for name, more in (("无税", {}), ("有税", {"taxes": [tax], "opening_month": "2035-01"})):
        asked = {**PROGRAMME, "candidates": [{**one, **more}]}
        book.scenario_desk.keep(name, book.expansion.work_out({"programme": asked}))
        book.scenario_desk.link(name, "NEW", date(2026, 4, 10), "甲")
    free, taxed = (book.expansion.follow(name).months for name in ("无税", "有税"))
    paid = [free[number].cash.p50 - month.cash.p50 for number, month in enumerate(taxed)]
    # Planned for March 2027: ten months of the tax.
    assert all(amount > 0 for amount in paid[:10]) and not any(paid[10:])
    assert [month.sales for month in free] == [month.sales for month in taxed]
    # What the plan holds and the cash that came does not is told beside the two columns.
    said = book.expansion.follow("有税")
    assert said.aside == ("taxes",) and said.notes[0].facts == {"parts": ("follow_aside.taxes",)}
    assert book.expansion.follow("无税").notes[0].code == "scenario.follow.alone"


def test_the_same_on_the_command_line(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(FEW), encoding="utf-8")
    where = str(path)
    assert main(["expand-list", where]) == 0
    assert main(["expand-keep", where, "甲案"]) == 2
    assert main(["expand-keep", where, "甲案", str(file)]) == 0
    assert main(["expand-keep", where, "乙案", str(file)]) == 0
    assert main(["expand-keep", where, "乙案", "--rename", "丙案"]) == 0
    capsys.readouterr()
    assert main(["expand-list", where, "--check", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)["scenarios"]
    assert {one["name"]: one["same"] for one in said} == {"甲案": True, "丙案": True}
    assert main(["expand-compare", where, "甲案", "丙案"]) == 0
    assert "输入完全一样" in capsys.readouterr().out
    out = tmp_path / "side.xlsx"
    assert main(["expand-compare", where, "甲案", "丙案", "--out", str(out)]) == 0 and out.stat().st_size > 5_000
    assert main(["expand-link", where, "甲案", "--store", "NEW"]) == 2
    assert main(["expand-link", where, "甲案", "--store", "NOBODY", "--opened", "2026-04"]) == 2
    assert main(["expand-link", where, "甲案", "--store", "NEW", "--opened", "2026-04"]) == 0
    capsys.readouterr()
    assert main(["expand-follow", where, "甲案"]) == 0
    told = capsys.readouterr().out
    assert "29/30" in told and "155,000.00" in told and "渠道账单" in told
    assert main(["expand-follow", where, "甲案", "--out", str(tmp_path / "follow.pdf")]) == 0
    assert main(["expand-link", where, "甲案"]) == 0
    for name in ("甲案", "丙案"):
        assert main(["expand-keep", where, name, "--remove"]) == 0
    capsys.readouterr()
    assert main(["expand-list", where, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"scenarios": []}
