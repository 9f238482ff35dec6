"""The head of a planned file: recognised why, whose, what the book already has of it."""

import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from accessible_names import nameless
from imports_desk import choose, plan_of

from chainbrain.importers.plan import Coverage, FilePlan, HeaderFit, MemberReading, RowCounts
from chainbrain.intake.already import Already, Earlier
from ui.theme.translator import Language
from ui.views.imports import head_words
from ui.views.imports.head import FileHead
from ui.views.imports.view import ImportsView

pytest_plugins = ["fixtures_book"]


def a_plan(**changed) -> FilePlan:
    reading = MemberReading(
        Path("a.csv"), "a.csv", None, "0" * 64, "0" * 64, "read", "wechat-merchant-trade", "ALL", "gb18030",
        account_no="1900012345", first_day=date(2026, 10, 1), last_day=date(2026, 10, 31), row_count=11_077,
        coverage=(Coverage("wallet", "wechat", "1900012345", date(2026, 10, 1), date(2026, 10, 31)),),
        fit=HeaderFit(tuple("abc")),
    )  # fmt: skip
    return FilePlan("f", replace(reading, **changed), RowCounts(new=11_077), "imported")


@pytest.mark.parametrize(
    ("fit", "chinese", "english"),
    [
        (HeaderFit(tuple("abc")), "3 列表头全部吻合", "all 3 heads agree"),
        (
            HeaderFit(tuple("abc"), unused=("x", "y")),
            "按列名认出 3 列，文件里另有 2 列不用",
            "known by 3 column names, and 2 more in the file not used",
        ),
        (
            HeaderFit(tuple("ab"), ("c",)),
            "按列名认出 2 列，可有可无的少 1 列",
            "known by 2 column names, and 1 optional one lacking",
        ),
        (
            HeaderFit(tuple("ab"), by_shape=True),
            "没有表头，按每列的样子认出",
            "no heads; known by the shape of its cells",
        ),
        (HeaderFit(), "", ""),
    ],
)
def test_why_a_table_was_recognised_is_said_in_words(qapp, fit, chinese, english):
    assert head_words.why(fit) == chinese
    Language.set("en")
    assert head_words.why(fit) == english


def test_the_names_behind_the_numbers_are_there(qapp):
    fit = HeaderFit(("单号", "金额"), ("备注",), ("收银员",))
    assert head_words.why_in_full(fit) == "认出的列：单号、金额\n没有用的列：收银员\n文件里没有的列：备注"


def test_the_account_says_to_how_many_stores_it_goes(qapp):
    reading = a_plan().reading
    assert "商户号 1900012345 分到 24 店" in head_words.facts(reading, Already(stores=24))
    assert "商户号 1900012345 还没有对应门店" in head_words.facts(reading, Already(stores=0))
    assert "商户号 1900012345" in head_words.facts(reading, None)
    bank = replace(reading, coverage=(replace(reading.coverage[0], kind="bank"),))
    assert "账号 …2345" in head_words.facts(bank, None)
    assert "涉及 2 店" in head_words.facts(replace(reading, account_no=None), Already(stores=2))
    one_day = replace(reading, last_day=reading.first_day)
    assert head_words.facts(one_day, None)[0] == "2026-10-01"


def test_an_unconfirmed_form_and_a_missing_account_are_said(qapp):
    assert head_words.notes(a_plan(), None) == []
    notes = head_words.notes(a_plan(confirmed=False, facts={"account": "missing"}), None)
    assert [note.kind for note in notes] == [head_words.UNCONFIRMED, head_words.NO_ACCOUNT]
    assert notes[0].text == "格式未经真实样本确认"


def test_overlaps_name_the_earlier_files(qapp):
    at = datetime(2026, 10, 28, 9, 0)
    earlier = tuple(
        Earlier(f"{name}.csv", at, rows, 3, date(2026, 10, 1), date(2026, 10, 3))
        for name, rows in (("甲", 1204), ("乙", 7), ("丙", 1))
    )
    (note,) = head_words.notes(a_plan(), Already(earlier, 31, 3))
    assert note.text == (
        "与 10-28 导入的 甲.csv 重叠 3 天，1,204 行已有；与 10-28 导入的 乙.csv 重叠 3 天，7 行已有；另有 1 个文件；"
        "文件的 31 天里账本已有 3 天是齐的"
    )
    assert "丙.csv" in note.tip
    (note,) = head_words.notes(a_plan(first_day=None), Already(earlier[:1]))
    assert note.text == "与 10-28 导入的 甲.csv 重叠，1,204 行已有"
    (note,) = head_words.notes(a_plan(), Already((replace(earlier[0], imported_at=None),)))
    assert note.text == "和这次的 甲.csv 重叠，1,204 行已有"
    (note,) = head_words.notes(a_plan(), Already(imported=("甲.csv", at)))
    assert note.text.startswith("2026-10-28 09:00 已用 甲.csv")


def test_an_account_that_people_could_be_known_by_is_masked():
    phone, bank = "13800138000", "6222020200112345678"
    cover = Coverage("bank", None, bank, date(2026, 10, 1), date(2026, 10, 31))
    wallet = " ".join(head_words.facts(a_plan(account_no=phone).reading, None))
    assert "…8000" in wallet and phone not in wallet
    account = " ".join(head_words.facts(a_plan(account_no=bank, coverage=(cover,)).reading, None))
    assert "…5678" in account and bank not in account


def test_the_head_speaks_both_languages_and_forgets_the_file_before(qtbot):
    head = FileHead()
    qtbot.addWidget(head)
    head.show_plan(a_plan(confirmed=False), can_choose=True)
    head.set_already(Already(stores=24))
    assert "分到 24 店" in head.about and head.why == "3 列表头全部吻合"
    assert [line.note.kind for line in head.notes.lines] == [head_words.UNCONFIRMED]
    assert not nameless(head)
    Language.set("en")
    head.retranslate()
    assert "merchant 1900012345 for 24 stores" in head.about
    head.show_plan(replace(a_plan(), file_id="other"), can_choose=False)
    assert "24" not in head.about.replace("2026", "")
    assert head.notes.lines == ()


def test_a_second_export_says_what_it_shares_with_the_first(desk, reconciled_book, exports, tmp_path):
    place = desk(ImportsView, reconciled_book)
    lines = (exports / "收银" / "支付明细_直营_202610.csv").read_text("utf-8-sig").split("\n")
    again = tmp_path / "再导一次.csv"
    again.write_text("\n".join(lines[:120]), encoding="utf-8-sig")
    shutil.copy(exports / "档案" / "门店档案.xlsx", tmp_path)
    plan_of(place, again, tmp_path / "门店档案.xlsx")
    choose(place.view, "再导一次.csv")
    place.settle()
    head = place.view.stage.detail.head
    assert head.why.endswith("列表头全部吻合")
    assert [line.note.kind for line in head.notes.lines] == [head_words.OVERLAP]
    assert (
        "支付明细_直营_202610.csv 重叠" in head.notes.lines[0].note.text and "行已有" in head.notes.lines[0].note.text
    )
    choose(place.view, "门店档案.xlsx")
    place.settle()
    assert [line.note.kind for line in head.notes.lines] == [head_words.THERE]
