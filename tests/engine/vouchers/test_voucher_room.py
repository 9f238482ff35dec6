"""The vouchers of a book agree with its roll-forward; accounts and columns are words that can be taken back."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from acceptance_book import HereReader

from chainbrain import cli
from chainbrain.analytics.arrivals import arrivals
from chainbrain.demo.chain import generate
from chainbrain.errors import UserError
from chainbrain.importers import reading
from chainbrain.reports import voucher_files
from chainbrain.reports.vouchers import room_of
from chainbrain.vouchers.accounts import Account
from chainbrain.vouchers.layouts import LAYOUTS, Frame
from chainbrain.workspace import Workspace
from tests.engine.reconciliation.reconcile_book import DAY, World

MONTH = DAY.replace(day=1)


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("vouchers")
    generate(folder, stores=4, days=40)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "Reader", HereReader)
        with Workspace.create(folder / "a.chainbrain") as workspace:
            workspace.imports.apply(workspace.imports.plan([folder / "exports"]))
            workspace.reconcile()
            yield workspace


@pytest.fixture
def months(chain: Workspace) -> list[date]:
    info = chain.info()
    assert info.first_day and info.last_day
    return [info.first_day.replace(day=1), info.last_day.replace(day=1)]


def _world() -> World:
    world = World().store("S1").account("wechat", "1900000001", "S1")
    world.order("S1", "A1", "100.00", {"method": "wechat", "amount": "100.00", "reference": "T1"})
    world.order("S1", "A2", "60.00", {"method": "cash", "amount": "60.00"})
    return world.payment("T1", "100.00", fee="0.38").payment("T2", "8.00", fee="0.03")


def test_a_sale_proven_at_the_till_is_revenue_and_one_that_only_the_wallet_knows_waits() -> None:
    world = _world()
    world.reconcile()
    journal = room_of(world.book).journal(MONTH)
    lines = [(line.fact, line.role, line.debit, line.credit) for one in journal.vouchers for line in one.lines]
    assert ("receipts", "revenue", Decimal("0.00"), Decimal("100.00")) in lines
    assert ("unidentified", "suspense", Decimal("0.00"), Decimal("8.00")) in lines
    assert ("fees", "fees", Decimal("0.41"), Decimal("0.00")) in lines
    assert ("cash_sales", "cash", Decimal("60.00"), Decimal("0.00")) in lines
    assert all(one.debit == one.credit for one in journal.vouchers)


def test_money_on_its_way_moves_in_the_vouchers_as_in_the_roll_forward(chain: Workspace, months: list[date]) -> None:
    assert len(set(months)) == 2
    for month in months:
        moved: dict[str | None, Decimal] = defaultdict(Decimal)
        arrived: dict[str | None, Decimal] = defaultdict(Decimal)
        for one in chain.vouchers.journal(month).vouchers:
            assert one.debit == one.credit
            for line in one.lines:
                moved[line.channel] += line.debit - line.credit if line.role == "transit" else Decimal(0)
                arrived[line.channel] += line.debit if line.role == "bank" else Decimal(0)
        rolled: dict[str | None, Decimal] = defaultdict(Decimal)
        received: dict[str | None, Decimal] = defaultdict(Decimal)
        for row in arrivals(chain.book, month, (month + timedelta(days=31)).replace(day=1)):
            assert row.opening is not None and row.closing is not None and row.received is not None
            entered = row.opening if "arrivals.no_opening" in row.remarks else Decimal(0)
            rolled[row.channel] += row.closing - row.opening + entered
            received[row.channel] += row.received
        assert {key: value for key, value in received.items() if value} == {k: v for k, v in arrived.items() if v}
        assert dict(rolled) == {channel: moved[channel] for channel in rolled}


def test_all_that_the_till_took_is_entered_or_named_as_left_out(chain: Workspace, months: list[date]) -> None:
    for month in months:
        facts = chain.vouchers.facts(month)
        cash = sum(
            one.amount * (-1 if one.kind == "cash_refunds" else 1)
            for one in facts
            if one.kind in {"cash_sales", "cash_refunds", "card_cash"}
        )
        after = (month + timedelta(days=31)).replace(day=1)
        (till,) = chain.book.one_of(
            "select sum(t.amount) from base.tenders t join base.orders o on o.order_id = t.order_id "
            "where t.method = 'cash' and o.status <> 'cancelled' and o.business_day >= $first "
            "and o.business_day < $after",
            first=month, after=after,
        )  # fmt: skip
        assert cash == till
        reasons = {one.reason for one in chain.vouchers.journal(month).left_out}
        assert {"coupons", "stored_value_bonus", "till_only", "bank_other_out"} <= reasons


def test_an_account_is_a_word_that_can_be_taken_back_and_done_again(chain: Workspace, months: list[date]) -> None:
    def codes() -> set[str]:
        made = chain.vouchers.journal(months[0]).vouchers
        return {line.code for one in made for line in one.lines if line.role == "revenue"}

    assert codes() == {"5001"}
    chain.set_accounts([Account("revenue", "wechat", None, "500101", "微信收入")])
    assert codes() == {"5001", "500101"}
    chain.set_voucher_setting("chart", "general")
    assert codes() == {"6001", "500101"}
    chain.undo()
    chain.undo()
    assert codes() == {"5001"}
    chain.redo()
    assert codes() == {"5001", "500101"}
    chain.set_accounts([Account("revenue", "wechat", None, None, None)])
    assert codes() == {"5001"}
    for wrong, code in (
        (Account("x", None, None, "1", None), "role"),
        (Account("cash", None, None, "=1+1", None), "code"),
    ):
        with pytest.raises(UserError, match=f"vouchers.{code}"):
            chain.set_accounts([wrong])


@pytest.mark.parametrize("layout", [one.key for one in LAYOUTS])
def test_every_layout_is_a_table_whose_sums_are_those_of_the_vouchers(
    chain: Workspace, months: list[date], tmp_path: Path, layout: str
) -> None:
    made = chain.vouchers.journal(months[0]).vouchers
    path = tmp_path / "凭证.xlsx"
    lines = voucher_files.write_vouchers(path, chain.vouchers.layout(layout), made, Frame("记", "林会计"))
    book = openpyxl.load_workbook(path)
    assert (
        lines
        == sum(len(one.lines) for one in made)
        == sum(sheet.max_row - (2 if chain.vouchers.layout(layout).above else 1) for sheet in book)
    )
    for sheet, entity in zip(book, dict.fromkeys(one.entity for one in made), strict=True):
        shape = chain.vouchers.layout(layout)
        top = 2 if shape.above else 1
        assert [cell.value for cell in sheet[top]] == [header for header, _ in shape.columns]
        fields = [field for _, field in shape.columns]
        debit, code = fields.index("debit"), fields.index("code")
        rows = list(sheet.iter_rows(min_row=top + 1))
        assert sheet.title == entity and sheet.freeze_panes == f"A{top + 1}"
        assert sum(Decimal(str(row[debit].value)) for row in rows) == sum(
            one.debit for one in made if one.entity == entity
        )
        assert all(isinstance(row[code].value, str) and row[code].number_format == "@" for row in rows)


def test_columns_can_be_changed_and_taken_back(chain: Workspace, months: list[date]) -> None:
    chain.set_voucher_setting(
        "layout:kingdee_kis", '[["科目", "code"], ["借", "debit"], ["贷", "credit"], ["部门", "=01"]]'
    )
    layout = chain.vouchers.layout("kingdee_kis")
    assert layout.own and [header for header, _ in layout.columns] == ["科目", "借", "贷", "部门"]
    chain.undo()
    assert not chain.vouchers.layout("kingdee_kis").own
    with pytest.raises(UserError, match=r"vouchers\.columns_lack"):
        chain.set_voucher_setting("layout:kingdee_kis", '[["日期", "date"]]')
    with pytest.raises(UserError, match=r"vouchers\.column "):
        chain.set_voucher_setting("layout:kingdee_kis", '[["日期", "nonsense"]]')
    for field in ("code", "debit", "credit", "amount", "direction"):
        with pytest.raises(UserError, match=r"vouchers\.column_first"):
            chain.set_voucher_setting(
                "layout:kingdee_kis",
                f'[["科目", "code"], ["借", "debit"], ["贷", "credit"], ["又", "first:{field}"]]',
            )
    assert not chain.vouchers.layout("kingdee_kis").own


def test_the_command_writes_what_the_book_says_and_takes_a_filled_in_table(
    chain: Workspace, months: list[date], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "b.chainbrain"
    with Workspace.create(copy) as empty:
        assert empty.vouchers.journal(months[0]).vouchers == ()
    month = f"{months[0]:%Y-%m}"
    assert cli.main(["vouchers", str(copy), "--month", month]) == 0
    assert "没有可以做凭证的数据" in capsys.readouterr().out
    assert cli.main(["vouchers", str(copy)]) == 2
    assert cli.main(["vouchers", str(copy), "--month", month, "--out", str(tmp_path / "v.csv")]) == 2
    table = tmp_path / "科目.csv"
    assert cli.main(["vouchers", str(copy), "--accounts-out", str(table)]) == 0
    rows = list(csv.reader(table.open(encoding="utf-8-sig")))
    rows = [["revenue", "", "", "", "500199", "营业收入"] if row[0] == "revenue" else row for row in rows]
    with table.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)
    assert cli.main(["vouchers", str(copy), "--accounts", str(table), "--chart", "general"]) == 0
    assert "改了 1 个科目" in capsys.readouterr().out
    with Workspace.open(copy) as workspace:
        assert workspace.vouchers.accounts()["revenue", None, None].code == "500199"
