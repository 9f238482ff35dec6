"""The payment list: amounts of the ledger, every check, the file for the bank, and lists that are kept until undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from chainbrain import cli
from chainbrain.errors import UserError
from chainbrain.ledger.payments import PaymentList
from chainbrain.ledger.words import LedgerEntry
from chainbrain.workspace import Workspace

MONTH, DAY = date(2026, 8, 1), date(2026, 9, 5)
CODE, BAD_CODE = "91350100M000100Y43", "91350100M000100Y44"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "a.chainbrain") as made:
        for store in ("F1", "F2", "F3"):
            made.book.execute(
                "insert into base.stores (code, name, ownership, day_cutoff, row_id, file_id, line, entry_id)"
                " values ($code, $name, 'franchise', time '00:00:00', uuid(), uuid(), 1, 1)",
                code=store, name=f"{store}店",
            )  # fmt: skip
        yield made


def _owes(workspace: Workspace, store: str, amount: str, day: date = date(2026, 8, 20)) -> None:
    workspace.ledger_desk.write(LedgerEntry(store, day, "other", Decimal(amount)))


def _payee(workspace: Workspace, name: str, account: str, code: str | None = CODE, since: date | None = None) -> None:
    workspace.book.execute(
        "insert into base.payees"
        " (payee, holder, account_no, bank, credit_code, valid_from, row_id, file_id, line, entry_id)"
        " values ($payee, $payee || '公司', $account, '建设银行', $code, $since, uuid(), uuid(), 1, 1)",
        payee=name, account=account, code=code, since=since,
    )  # fmt: skip


def _due(workspace: Workspace, day: date = DAY, account: str | None = None) -> PaymentList:
    return workspace.payments.due(MONTH, day, account)


def _codes(due: PaymentList) -> dict[str, list[str]]:
    return {line.store: [check.code for check in line.checks] for line in due.lines}


def test_balances_are_due_less_what_was_paid_since_and_debts_are_not(workspace: Workspace) -> None:
    _owes(workspace, "F1", "500.00")
    _owes(workspace, "F2", "-80.00")
    _owes(workspace, "F3", "90.00")
    for store, amount in (("F1", "120.00"), ("F3", "90.00")):
        workspace.ledger_desk.write(LedgerEntry(store, date(2026, 9, 2), "paid", Decimal(amount)))
    due = _due(workspace)
    assert [(line.store, line.due, line.amount) for line in due.lines] == [("F1", Decimal("500.00"), Decimal("380.00"))]
    assert [(one.store, one.closing) for one in due.owing] == [("F2", Decimal("-80.00"))]


def test_what_a_store_pays_later_adds_nothing_and_a_balance_that_fell_since_is_told(workspace: Workspace) -> None:
    _owes(workspace, "F1", "500.00")
    _payee(workspace, "F1", "33157820401410603")
    for kind, amount in (("purchase", "450.00"), ("received", "150.00")):
        workspace.ledger_desk.write(LedgerEntry("F1", date(2026, 9, 2), kind, Decimal(amount)))
    (line,) = _due(workspace).lines
    assert (line.amount, line.paid_since) == (Decimal("500.00"), Decimal("0.00"))
    facts = (("month", "2026-09"), ("balance", "200.00"))
    assert [(one.code, one.facts) for one in line.checks] == [("over_now", facts), ("first_time", ())]


def test_a_month_without_anything_due_says_so(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace.close()
    assert cli.main(["payments", str(tmp_path / "a.chainbrain"), "--month", "2027-02"]) == 0
    assert "2027-02 没有往来账" in capsys.readouterr().out


def test_a_payment_without_a_known_account_stays_off_whatever_is_accepted(workspace: Workspace) -> None:
    _owes(workspace, "F1", "500.00")
    due = _due(workspace)
    assert (_codes(due), due.going(["no_payee"])) == ({"F1": ["no_payee"]}, ())


@pytest.mark.parametrize(
    ("account", "code", "found", "goes"),
    [
        ("33157820401410603", CODE, ["first_time"], True),
        ("33157820401410603", BAD_CODE, ["first_time", "credit_code"], True),
        ("6222021234567890128", None, ["first_time"], True),
        ("6222021234567890129", None, ["first_time", "card_digit"], False),
        ("6222021234567890129", CODE, ["first_time"], True),
    ],
)
def test_check_digits(workspace: Workspace, account: str, code: str | None, found: list[str], *, goes: bool) -> None:
    _owes(workspace, "F1", "500.00")
    _payee(workspace, "F1", account, code)
    due = _due(workspace)
    assert (_codes(due), bool(due.going()), bool(due.going(["card_digit"]))) == ({"F1": found}, goes, True)


def test_the_file_holds_what_goes_as_text_and_exact_amounts(workspace: Workspace, tmp_path: Path) -> None:
    _owes(workspace, "F1", "1234567.80")
    _owes(workspace, "F2", "20.00")
    _payee(workspace, "F1", "0012345678901234567")
    path = tmp_path / "pay.xlsx"
    workspace.ledger_desk.make_list(_due(workspace), path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["序号", "收款户名", "收款账号", "开户行", "金额", "用途", "付款日期"],
        [
            "1",
            "F1公司",
            "0012345678901234567",
            "建设银行",
            1234567.8,
            "2026-08 往来结算 F1",
            datetime(DAY.year, DAY.month, DAY.day),
        ],
    ]
    plain = tmp_path / "pay.csv"
    workspace.ledger_desk.make_list(
        _due(workspace), plain, accepted=["duplicate"], columns="账号=收款账号，Amount,户名=holder"
    )
    assert plain.read_text(encoding="utf-8-sig").split() == ["账号,金额,户名", "0012345678901234567,1234567.80,F1公司"]


def test_a_second_list_of_the_same_payment_is_told_until_the_first_is_undone(
    workspace: Workspace, tmp_path: Path
) -> None:
    _owes(workspace, "F1", "500.00")
    _payee(workspace, "F1", "33157820401410603")
    workspace.ledger_desk.make_list(_due(workspace), tmp_path / "a.csv")
    (made,) = workspace.payments.made()
    assert (made.month, made.pays_on, made.total, made.file) == (MONTH, DAY, Decimal("500.00"), "a.csv")
    due = _due(workspace)
    assert (_codes(due), due.going()) == ({"F1": ["duplicate"]}, ())
    with pytest.raises(UserError) as refused:
        workspace.ledger_desk.make_list(due, tmp_path / "b.csv")
    assert (refused.value.code, (tmp_path / "b.csv").exists()) == ("payments.nothing", False)
    workspace.undo()
    assert (workspace.payments.made(), _codes(_due(workspace))) == ((), {"F1": ["first_time"]})
    workspace.redo()
    assert _codes(_due(workspace)) == {"F1": ["duplicate"]}


def test_what_a_list_has_already_is_held_in_every_later_list_until_it_was_paid(
    workspace: Workspace, tmp_path: Path
) -> None:
    """The balance of the next month, or of the same one after a late line, has the listed sum in it."""
    _owes(workspace, "F1", "500.00")
    _payee(workspace, "F1", "33157820401410603")
    workspace.ledger_desk.make_list(_due(workspace), tmp_path / "a.csv")
    _owes(workspace, "F1", "7.00", date(2026, 8, 21))
    _owes(workspace, "F1", "20.00", date(2026, 9, 3))
    for month, amount in ((MONTH, "507.00"), (date(2026, 9, 1), "527.00")):
        due = workspace.payments.due(month, DAY)
        (line,) = due.lines
        assert (line.amount, line.holds, due.going()) == (Decimal(amount), ("duplicate",), ())
        assert dict(line.checks[0].facts)["amount"] == "500.00"
    workspace.ledger_desk.write(LedgerEntry("F1", date.today(), "paid", Decimal("500.00")))
    (line,) = workspace.payments.due(date(2026, 9, 1), DAY).lines
    assert (line.amount, line.holds) == (Decimal("27.00"), ())


def test_a_payment_listed_on_a_day_says_so_and_one_made_on_that_day_ends_it(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _owes(workspace, "F1", "500.00")
    _payee(workspace, "F1", "33157820401410603")
    workspace.close()
    book, file = tmp_path / "a.chainbrain", tmp_path / "pay.csv"
    command = ["payments", str(book), "--month", "2026-08"]
    assert cli.main([*command, "--on", "2026-09-07", "--out", str(file)]) == 0
    assert "2026-09-07 付" in capsys.readouterr().out
    assert file.read_text(encoding="utf-8-sig").splitlines()[1].endswith("2026-09-07")
    assert cli.main([*command, "--on", "2026-09-08", "--out", str(tmp_path / "again.csv")]) == 2
    assert cli.main(command) == 3
    assert "已出单：第 1 份清单 2026-09-07 付 500.00 元" in capsys.readouterr().out
    assert cli.main([*command, "--on", "7.9."]) == 2
    with Workspace.open(book) as again:
        assert [one.pays_on for one in again.payments.made()] == [date(2026, 9, 7)]
        # The list was made today, for a day that is over: what was paid on that day is paid.
        again.ledger_desk.write(LedgerEntry("F1", date(2026, 9, 7), "paid", Decimal("200.00")))
        (line,) = again.payments.due(MONTH, DAY).lines
        assert (line.amount, dict(line.checks[0].facts)["amount"]) == (Decimal("300.00"), "300.00")
        again.ledger_desk.write(LedgerEntry("F1", date(2026, 9, 7), "paid", Decimal("300.00"), "第二笔"))
        assert again.payments.due(MONTH, DAY).lines == ()


@pytest.mark.parametrize("day", [DAY, date(2026, 9, 1)])
def test_what_was_paid_before_a_list_was_made_does_not_pay_it_on_whatever_day_it_is(
    workspace: Workspace, tmp_path: Path, day: date
) -> None:
    """The sum listed is what the payment of 09-02 had left; a list for a day before that is as good as any."""
    _owes(workspace, "F1", "500.00")
    _payee(workspace, "F1", "33157820401410603")
    workspace.ledger_desk.write(LedgerEntry("F1", date(2026, 9, 2), "paid", Decimal("300.00")))
    workspace.ledger_desk.make_list(_due(workspace, day), tmp_path / "a.csv")
    (line,) = _due(workspace).lines
    assert (line.amount, line.holds) == (Decimal("200.00"), ("duplicate",))
    assert dict(line.checks[0].facts)["amount"] == "200.00"
    workspace.ledger_desk.write(LedgerEntry("F1", date(2026, 9, 6), "paid", Decimal("150.00")))
    (line,) = _due(workspace).lines
    assert (line.amount, dict(line.checks[0].facts)["amount"]) == (Decimal("50.00"), "50.00")


def test_what_was_paid_beyond_a_list_does_not_pay_the_next_one(workspace: Workspace, tmp_path: Path) -> None:
    _owes(workspace, "F1", "100.00")
    _payee(workspace, "F1", "33157820401410603")
    workspace.ledger_desk.make_list(_due(workspace, date(2026, 9, 1)), tmp_path / "a.csv")
    _owes(workspace, "F1", "600.00", date(2026, 8, 21))
    workspace.ledger_desk.write(LedgerEntry("F1", date(2026, 9, 2), "paid", Decimal("400.00")))
    assert _codes(_due(workspace)) == {"F1": []}
    workspace.ledger_desk.make_list(_due(workspace, date(2026, 9, 1)), tmp_path / "b.csv")
    (line,) = _due(workspace).lines
    assert (line.amount, line.holds) == (Decimal("300.00"), ("duplicate",))
    assert dict(line.checks[0].facts) == {"list": "2", "day": "2026-09-01", "amount": "300.00"}
    workspace.ledger_desk.write(LedgerEntry("F1", date(2026, 9, 3), "paid", Decimal("290.00")))
    (line,) = _due(workspace).lines
    assert (line.amount, dict(line.checks[0].facts)["amount"]) == (Decimal("10.00"), "10.00")


@pytest.mark.parametrize(("before", "listed"), [(True, "200.00"), (False, "500.00")])
def test_an_imported_payment_pays_the_lists_that_were_made_before_its_file_came(
    workspace: Workspace, tmp_path: Path, listed: str, *, before: bool
) -> None:
    _owes(workspace, "F1", "500.00")
    _payee(workspace, "F1", "33157820401410603")
    table = tmp_path / "往来明细.csv"
    table.write_text("日期,门店编号,类型,金额,单号\r\n2026-09-02,F1,付款,300.00,K1\r\n", encoding="utf-8-sig")
    if before:
        workspace.imports.apply(workspace.imports.plan([table]))
    due = _due(workspace, date(2026, 9, 1))
    assert due.total() == Decimal(listed)
    workspace.ledger_desk.make_list(due, tmp_path / "a.csv")
    if not before:
        workspace.imports.apply(workspace.imports.plan([table]))
    (line,) = _due(workspace).lines
    assert (line.amount, line.holds, dict(line.checks[0].facts)["amount"]) == (
        Decimal("200.00"), ("duplicate",), "200.00",
    )  # fmt: skip


def test_what_is_accepted_counts_against_the_balance(workspace: Workspace) -> None:
    _owes(workspace, "F1", "500.00")
    _payee(workspace, "F1", "6222021234567890129", None)
    workspace.book.execute(
        "insert into base.bank_lines (bank_line_id, bank_account, posted_at, amount, balance, file_id, line)"
        " values (uuid(), '5719', timestamp '2026-09-01', 1, 499.99, uuid(), 1)"
    )
    due = _due(workspace, account="5719")
    assert due.checks() == ()
    assert [one.code for one in due.checks(["card_digit"])] == ["over_balance"]


def test_an_account_that_changed_since_the_last_list_is_told_with_both(workspace: Workspace, tmp_path: Path) -> None:
    _owes(workspace, "F1", "500.00")
    _payee(workspace, "F1", "33157820401410603")
    workspace.ledger_desk.make_list(_due(workspace), tmp_path / "a.csv")
    workspace.ledger_desk.write(LedgerEntry("F1", date.today(), "paid", Decimal("500.00")))
    _owes(workspace, "F1", "1.00", date(2026, 8, 21))
    _payee(workspace, "F1", "33157820401410999", since=date(2026, 9, 1))
    assert _codes(_due(workspace, date(2026, 8, 31))) == {"F1": []}
    (line,) = _due(workspace).lines
    (check,) = line.checks
    assert (check.code, dict(check.facts)["before"], dict(check.facts)["now"]) == (
        "account_changed", "F1公司 …0603", "F1公司 …0999",
    )  # fmt: skip
    assert (line.goes(), line.goes(["account_changed"])) == (False, True)


def test_the_balance_of_the_paying_account_is_held_against_the_sum_or_unknown(workspace: Workspace) -> None:
    _owes(workspace, "F1", "500.00")
    _payee(workspace, "F1", "33157820401410603")
    assert [one.code for one in _due(workspace).checks()] == ["no_account"]
    assert [one.code for one in _due(workspace, account="5719").checks()] == ["balance_unknown"]
    for line, (day, balance) in enumerate((("2026-09-01", "500.00"), ("2026-09-04", "499.99"))):
        workspace.book.execute(
            "insert into base.bank_lines (bank_line_id, bank_account, posted_at, amount, balance, file_id, line)"
            " values (uuid(), '57 19', cast($day as timestamp), 1, $balance, uuid(), $line)",
            day=day, balance=Decimal(balance), line=line,
        )  # fmt: skip
    assert _due(workspace, date(2026, 9, 1), "5719").checks() == ()
    due = _due(workspace, account="5719")
    assert ([one.code for one in due.checks()], due.balance) == (["over_balance"], Decimal("499.99"))


def test_the_balance_of_a_statement_with_the_newest_line_first_is_that_of_its_newest(workspace: Workspace) -> None:
    _owes(workspace, "F1", "500.00")
    _payee(workspace, "F1", "33157820401410603")
    lines = (("2026-09-04", "-300.00", "200.00"), ("2026-09-04", "100.00", "500.00"), ("2026-09-01", "0.01", "400.00"))
    for line, (day, amount, balance) in enumerate(lines, 1):
        workspace.book.execute(
            "insert into base.bank_lines (bank_line_id, bank_account, posted_at, amount, balance, file_id, line) values"
            " (uuid(), '5719', cast($day as timestamp), $amount, $balance, cast(md5('one file') as uuid), $line)",
            day=day, amount=Decimal(amount), balance=Decimal(balance), line=line,
        )  # fmt: skip
    due = _due(workspace, account="5719")
    assert ([one.code for one in due.checks()], due.balance) == (["over_balance"], Decimal("200.00"))


@pytest.mark.parametrize(
    ("name", "columns", "code"),
    [("a.txt", None, "payments.suffix"), ("a.csv", "账号", "payments.columns"), ("no/a.csv", None, "report.no_folder")],
)
def test_what_cannot_be_written_keeps_no_list(
    workspace: Workspace, tmp_path: Path, name: str, columns: str | None, code: str
) -> None:
    _owes(workspace, "F1", "500.00")
    _payee(workspace, "F1", "33157820401410603")
    with pytest.raises(UserError) as refused:
        workspace.ledger_desk.make_list(_due(workspace), tmp_path / name, columns=columns)
    assert (refused.value.code, workspace.payments.made()) == (code, ())
    assert not any(path.suffix in {".txt", ".csv"} for path in tmp_path.iterdir())


def _statement(workspace: Workspace, *lines: tuple[str, str]) -> None:
    for number, (amount, balance) in enumerate(lines):
        workspace.book.execute(
            "insert into base.bank_lines (bank_line_id, bank_account, posted_at, amount, balance, file_id, line)"
            " values (uuid(), '5719', timestamp '2026-09-01', $amount, $balance, uuid(), $line)",
            amount=Decimal(amount), balance=Decimal(balance), line=number,
        )  # fmt: skip


@pytest.mark.parametrize("turn", [1, -1])
def test_the_balance_of_a_day_without_times_is_its_end_however_the_statement_is_sorted(
    workspace: Workspace, turn: int
) -> None:
    _statement(workspace, *[("100", "600"), ("-50", "550"), ("7", "557")][::turn])
    assert _due(workspace, account="5719").balance == Decimal("557.00")


def test_a_balance_that_can_be_two_things_is_unknown(workspace: Workspace) -> None:
    _statement(workspace, ("100", "600"), ("1", "70"))
    assert _due(workspace, account="5719").balance is None
