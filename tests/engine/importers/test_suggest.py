"""Proposals for unknown tables: kind, columns, unit and sign from names and contents, each with its reason."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from mapped_examples import BANK_SIGNED, BANK_TWO_COLUMNS, EXAMPLES, SHOUQIANBA, TILL
from openpyxl import Workbook

import chainbrain.importers
from chainbrain import texts
from chainbrain.errors import FileRefused
from chainbrain.importers.limits import Limits
from chainbrain.importers.mapped import mapping as m
from chainbrain.importers.mapped.look import look_at
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.mapped.sample import Look, Sample, TriedOut
from chainbrain.importers.mapped.suggest_reason import LIKELY, POSSIBLE, PROVEN


def _sample(tmp_path: Path, text: str, **look: object) -> Sample:
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    found = look_at(Look(path, **look), b"", Limits())  # type: ignore[arg-type]
    assert isinstance(found, Sample)
    return found


def _tried(tmp_path: Path, text: str, mapping: TableMapping) -> TriedOut:
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    found = look_at(Look(path, mapping=mapping), b"", Limits())
    assert isinstance(found, TriedOut)
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_proposal_is_what_a_person_would_make(tmp_path: Path, name: str) -> None:
    """Names, words and fixed values that the file does not hold are the person's part; all else is found."""
    example = EXAMPLES[name]
    proposal = _sample(tmp_path, example.text).suggestion.mapping
    wanted = example.mapping
    assert (proposal.kind, proposal.columns, proposal.header) == (wanted.kind, wanted.columns, wanted.header)
    assert (proposal.sign, proposal.unit, proposal.fee) == (wanted.sign, wanted.unit, wanted.fee)
    assert proposal.leave_out == wanted.leave_out
    assert proposal.words.items() <= {**wanted.words, **proposal.words}.items()


def test_a_running_balance_proves_the_sign(tmp_path: Path) -> None:
    for text in (BANK_SIGNED.text, BANK_TWO_COLUMNS.text):
        reason = _sample(tmp_path, text).suggestion.reason("sign")
        assert reason is not None
        assert (reason.certainty, reason.code) == (PROVEN, "suggest.balance_proves")
    turned = BANK_SIGNED.text.replace("\t-20.00", "\t20.00").replace("\t127.90", "\t-127.90")
    assert _sample(tmp_path, turned).suggestion.mapping.sign == m.REVERSED
    negative = BANK_TWO_COLUMNS.text.replace('"1,500.00"', '"-1,500.00"')
    assert _sample(tmp_path, negative).suggestion.mapping.sign == m.TWO_SIGNED
    broken = _sample(tmp_path, BANK_SIGNED.text.replace("1087.90", "1087.91")).suggestion.reason("sign")
    assert broken is not None
    assert (broken.certainty, broken.code) == (POSSIBLE, "suggest.balance_breaks")


def test_decimals_prove_yuan_and_whole_figures_prove_nothing(tmp_path: Path) -> None:
    yuan = _sample(tmp_path, TILL.text).suggestion.reason("unit")
    assert yuan is not None
    assert (yuan.value, yuan.certainty) == ("yuan", PROVEN)
    fen = _sample(tmp_path, SHOUQIANBA.text).suggestion.reason("unit")
    assert fen is not None
    assert (fen.value, fen.certainty) == ("fen", LIKELY)
    unclear = _sample(tmp_path, SHOUQIANBA.text.replace("total_amount", "金额")).suggestion
    assert unclear.mapping.unit == "yuan"
    assert (reason := unclear.reason("unit")) is not None
    assert (reason.certainty, reason.code) == (POSSIBLE, "suggest.unit_open")


def test_only_a_day_beyond_the_twelfth_tells_the_order(tmp_path: Path) -> None:
    assert _sample(tmp_path, BANK_TWO_COLUMNS.text).suggestion.mapping.dates is None
    for shown, order in (("13/04/2026", "day_first"), ("04/13/2026", "month_first")):
        found = _sample(tmp_path, BANK_TWO_COLUMNS.text.replace("03/04/2026", shown)).suggestion
        assert found.mapping.dates == order
        assert (reason := found.reason("dates")) is not None
        assert (reason.certainty, reason.facts["example"]) == (PROVEN, shown)


def test_a_net_amount_that_does_not_fit_is_not_proposed(tmp_path: Path) -> None:
    text = "流水号,交易时间,交易金额,手续费,到账金额\nL00001,2026-04-01 10:00:00,38.00,-0.23,37.77\n"
    found = _sample(tmp_path, text).suggestion
    assert (found.mapping.column("net"), found.mapping.fee) == ("到账金额", "charged_negative")
    assert (reason := found.reason("fee")) is not None
    assert reason.certainty == PROVEN
    other = _sample(tmp_path, text.replace("37.77", "35.00")).suggestion.mapping
    assert (other.column("net"), other.fee) == (None, "charged_negative")


def test_the_header_can_be_moved_and_the_kind_chosen(tmp_path: Path) -> None:
    text = "甲,乙,丙,丁,戊\n" + BANK_SIGNED.text.replace("\t", ",")
    assert _sample(tmp_path, text).header.row == 1
    moved = _sample(tmp_path, text, header_row=0)
    assert (moved.header.names, moved.lines[0]) == (("甲", "乙", "丙", "丁", "戊"), 2)
    chosen = _sample(tmp_path, text, kind="wallet_lines").suggestion
    assert (chosen.mapping.kind, chosen.mapping.column("occurred_at")) == ("wallet_lines", "记账时间")
    assert ("external_id",) in chosen.mapping.lacking()


def test_the_sheet_with_the_table_is_shown(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "说明"  # type: ignore[union-attr]
    book["说明"].append(["本表由系统导出"])
    sheet = book.create_sheet("流水")
    for line in BANK_SIGNED.text.splitlines():
        sheet.append(line.split("\t"))
    book.save(tmp_path / "a.xlsx")
    found = look_at(Look(tmp_path / "a.xlsx"), b"", Limits())
    assert isinstance(found, Sample)
    assert (found.sheets, found.sheet, found.lines) == (("说明", "流水"), "流水", (2, 3))
    assert found.rows[0]["变动金额"] == "-20.00"
    with pytest.raises(FileRefused) as caught:
        look_at(Look(tmp_path / "a.xlsx", sheet="说明"), b"", Limits())
    assert caught.value.code == "mapping.no_table"


def test_a_trial_shows_records_faults_and_sums(tmp_path: Path) -> None:
    found = _tried(tmp_path, SHOUQIANBA.text, SHOUQIANBA.mapping)
    assert (found.row_count, found.records, found.broken) == (4, 3, 1)
    assert (found.money_in, found.money_out, found.fee) == (Decimal("50.00"), Decimal("-12.00"), Decimal("0.23"))
    assert (found.first_day, found.last_day) == (date(2026, 4, 3), date(2026, 4, 3))
    assert [row.line for row in found.rows] == [3, 4, 5, 6, 7]
    assert found.rows[0].record is not None
    assert found.rows[0].record["amount"] == Decimal("38.00")
    assert found.rows[3].problem is not None
    assert found.rows[3].problem.code == "amount"
    assert (found.rows[4].record, found.rows[4].problem) == (None, None)
    assert _tried(tmp_path, BANK_SIGNED.text, BANK_SIGNED.mapping).balance is True
    assert _tried(tmp_path, BANK_SIGNED.text, BANK_SIGNED.altered(sign="reversed")).balance is False
    assert _tried(tmp_path, TILL.text, TILL.mapping).balance is None


def test_an_incomplete_map_can_be_tried_and_another_header_is_said(tmp_path: Path) -> None:
    draft = TableMapping("", "payments", SHOUQIANBA.mapping.header, {"total_amount": "amount"}, sign=m.WORDED)
    found = _tried(tmp_path, SHOUQIANBA.text.replace("三十八", "1"), draft)
    assert (found.records, found.broken) == (5, 0)
    with pytest.raises(FileRefused) as caught:
        _tried(tmp_path, TILL.text, SHOUQIANBA.mapping)
    assert caught.value.code == "mapping.other_header"


def test_states_that_are_no_sale_are_proposed_so_and_odd_ones_are_asked_for(tmp_path: Path) -> None:
    states = (
        "交易成功", "交易关闭", "已关闭", "支付失败", "待支付", "未支付", "支付中", "已完成", "未完成", "已支付",
        "冻结", "已退款",
    )  # fmt: skip
    rows = "".join(f"L{n:05},2026-04-01 10:{n:02}:00,5.00,{state}\n" for n, state in enumerate(states))
    found = _sample(tmp_path, f"流水号,交易时间,交易金额,交易状态\n{rows}", kind="payments").suggestion
    assert found.mapping.words["status"] == {
        "交易成功": "done", "已完成": "done", "已支付": "done",
        **dict.fromkeys(("交易关闭", "已关闭", "支付失败", "待支付", "未支付", "支付中", "未完成"), "cancelled"),
    }  # fmt: skip
    assert (reason := found.reason("words", "status")) is not None
    assert (reason.code, reason.facts["words"]) == ("suggest.words_open", ("冻结", "已退款"))
    assert "冻结、已退款" in texts.message(reason.code, "zh", **reason.facts)
    assert "冻结, 已退款" in texts.message(reason.code, "en", **reason.facts)


def test_the_direction_of_a_kind_is_proposed_where_it_has_one_and_asked_for_elsewhere(tmp_path: Path) -> None:
    text = (
        "流水号,时间,类型,金额\nW00001,2026-04-01 10:00:00,收款,100.00\nW00002,2026-04-01 11:00:00,保证金扣除,5.00\n"
        "W00003,2026-04-01 12:00:00,转账,30.00\nW00004,2026-04-01 13:00:00,提现,40.00\n"
    )
    found = _sample(tmp_path, text, kind="wallet_lines").suggestion
    assert found.mapping.sign == m.WORDED
    assert found.mapping.words["direction"] == {"收款": "in", "提现": "out"}
    assert (reason := found.reason("words", "direction")) is not None
    assert (reason.code, reason.facts["words"]) == ("suggest.way_open", ("保证金扣除", "转账"))
    assert found.mapping.undirected() == ("转账",)
    assert _tried(tmp_path, text, found.mapping).broken == 2


def test_every_proposal_can_be_worded() -> None:
    sources = Path(chainbrain.importers.__file__).parent.rglob("suggest*.py")
    codes = {code for path in sources for code in re.findall(r'"(suggest\.[a-z_]+[a-z])"', path.read_text("utf-8"))}
    codes |= {f"suggest.fee_{fee}" for fee in m.FEES} | {"suggest.name_known", "suggest.name_part"}
    codes |= {f"suggest.{sign}" for sign in (m.TWO_COLUMNS, m.TWO_SIGNED)}
    assert len(codes) > 20
    assert not codes - set(texts.catalogue("messages"))
    words = {f"mapping_field.{field}" for fields in m.FIELDS.values() for field in fields}
    words |= {f"mapping_sign.{sign}" for sign in m.SIGNS} | {f"mapping_unit.{unit}" for unit in m.UNITS}
    words |= {f"mapping_fee.{fee}" for fee in m.FEES} | {f"mapping_dates.{order}" for order in m.DATES}
    words |= {f"mapping_word.{code}" for codes in m.WORD_CODES.values() for code in codes}
    words |= {f"certainty.{sure}" for sure in (PROVEN, LIKELY, POSSIBLE)}
    assert not words - set(texts.catalogue("vocabulary"))


def test_a_member_of_an_archive_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")
        archive.writestr("bank.csv", BANK_SIGNED.text)
    found = look_at(Look(path, "bank.csv"), b"", Limits())
    assert isinstance(found, Sample)
    assert found.suggestion.mapping.kind == "bank_lines"
    with pytest.raises(FileRefused) as caught:
        look_at(Look(path, "other.csv"), b"", Limits())
    assert caught.value.code == "import.unreadable"
