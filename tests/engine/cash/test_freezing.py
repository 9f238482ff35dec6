"""A forecast that is frozen is held against the statements since: days, items, and what the difference is of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from chainbrain.cash.comparing import Comparison, paid_of
from chainbrain.cash.drafts import PlanText, read
from chainbrain.cash.freezing import FrozenDue
from chainbrain.cash.recurring import Outgoing
from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.lists import ListRoom
from chainbrain.workspace import Workspace

A, B = "甲公司", "乙公司"
NUMBERS = {A: "33050161872700000719", B: "33157820401410603"}
KNOWN_TO = date(2026, 10, 31)


def _line(workspace: Workspace, entity: str, day: date, amount: str, balance: str | None = None, **told: str) -> None:
    workspace.book.execute(
        "insert into base.bank_lines (bank_line_id, bank_account, posted_at, amount, balance, counterparty,"
        " counterparty_account, memo, file_id, line)"
        " values (uuid(), $number, $at, $amount, $balance, $payee, $other, $memo, uuid(), 1)",
        number=NUMBERS[entity], at=datetime(day.year, day.month, day.day, 9), amount=Decimal(amount),
        balance=None if balance is None else Decimal(balance), payee=told.get("payee"), other=told.get("other"),
        memo=told.get("memo"),
    )  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Two companies; A has wages and a rent to pay in November."""
    with Workspace.create(tmp_path / "book.chainbrain") as made:
        for entity, number in NUMBERS.items():
            made.book.execute(
                "insert into base.accounts (account_id, row_id, channel, merchant_no, legal_entity, bank_account,"
                " settlement_rule, file_id, line, entry_id)"
                " values (uuid(), uuid(), 'wechat', $number, $entity, $number, 'T1', uuid(), 1, 1)",
                number=number, entity=entity,
            )  # fmt: skip
        _line(made, A, KNOWN_TO, "-1.00", "100000.00")
        _line(made, B, KNOWN_TO, "-1.00", "20000.00")
        made.cash_desk.write(read(PlanText("2026-11-10", A, "工资", "30000", "每月")))
        made.cash_desk.write(read(PlanText("2026-11-12", A, "租金", "10000")))
        made.cash_desk.write(read(PlanText("2026-11-13", A, "税", "500")))
        made.cash_desk.freeze(" 十一月 ", made.cash.outlook(made.rules.calendar(), 30))
        yield made


def _later(workspace: Workspace) -> None:
    """November as it came: wages higher, the rent as it was, no tax, a repair, and money from B to A."""
    _line(workspace, A, date(2026, 11, 9), "-36000.00", payee="代发", memo="工资")
    _line(workspace, A, date(2026, 11, 12), "-10000.00", payee="置业")
    _line(workspace, A, date(2026, 11, 14), "-700.00", payee="维修")
    _line(workspace, A, date(2026, 11, 15), "2500.00", payee="客户")
    _line(workspace, A, date(2026, 11, 20), "5000.00", "60800.00", payee=B, other=NUMBERS[B])
    _line(workspace, B, date(2026, 11, 20), "-5000.00", "15000.00", payee=A, other=NUMBERS[A])


def _lines(workspace: Workspace, **filters: object) -> Decimal:
    with ListRoom(workspace.book).open("bank_lines", filters) as pages:
        return pages.total("amount")


def _adds_up(found: Comparison) -> None:
    assert found.parts is not None
    assert found.parts.total == found.known[-1].off


def test_what_was_foreseen_stays_and_what_came_stands_beside_it(workspace: Workspace) -> None:
    (freeze,) = workspace.cash.freezes()
    assert (freeze.name, freeze.known_to, freeze.with_irregular, len(freeze.digest)) == ("十一月", KNOWN_TO, True, 64)
    before = workspace.cash.compare()
    assert before.known == () and before.parts is None and before.known_to is None
    assert {one.state for one in before.dues} == {"waiting"}
    _later(workspace)
    # Another plan today changes nothing of what was foreseen then.
    workspace.cash_desk.write(read(PlanText("2026-11-25", A, "税", "99999")))
    found = workspace.cash.compare("十一月", A)
    assert [one.foreseen for one in found.days] == [one.foreseen for one in workspace.cash.compare(entity=A).days]
    assert found.known_to == date(2026, 11, 20) and len(found.known) == 20 and len(found.days) == 30
    told = {one.due.kind: (one.state, one.paid_on, one.paid) for one in found.dues}
    assert told["wages"] == ("other_amount", date(2026, 11, 9), Decimal("36000.00"))
    assert told["rent"] == ("paid", date(2026, 11, 12), Decimal("10000.00"))
    assert told["tax"] == ("not_seen", None, None)
    by_day = {one.foreseen.day: one for one in found.known}
    assert by_day[date(2026, 11, 9)].actual == Decimal("64000.00")
    assert by_day[date(2026, 11, 9)].off == Decimal("-36000.00") and by_day[date(2026, 11, 9)].inside is False
    assert by_day[date(2026, 11, 8)].off == 0 and by_day[date(2026, 11, 8)].inside is True
    # What came of a day or an item is in its bank lines.
    wages = next(one for one in found.dues if one.due.kind == "wages")
    assert _lines(workspace, ids=[wages.line_id]) == Decimal("-36000.00")
    day, before_day = by_day[date(2026, 11, 9)], by_day[date(2026, 11, 8)]
    own = {"accounts": list(found.accounts), "after": date(2026, 11, 10)}
    moved = day.actual - before_day.actual if day.actual is not None and before_day.actual is not None else None
    assert _lines(workspace, **own, first=date(2026, 11, 9)) == moved
    assert _lines(workspace, **own, first=KNOWN_TO + timedelta(days=1)) == day.off
    parts = found.parts
    assert parts is not None
    assert (parts.opening, parts.came, parts.planned) == (Decimal(0), Decimal("2500.00"), Decimal("-5500.00"))
    assert (parts.unplanned, parts.moved, parts.total) == (Decimal("-700.00"), Decimal("5000.00"), Decimal("1300.00"))
    _adds_up(found)
    # Of all together what own accounts sent each other is no difference.
    chain = workspace.cash.compare()
    _adds_up(chain)
    assert chain.parts is not None and (chain.parts.moved, chain.parts.total) == (Decimal(0), Decimal("-3700.00"))


def test_the_parts_are_the_difference_on_any_statements(workspace: Workspace) -> None:
    draw = Random(7)
    for number in range(40):
        entity = draw.choice((A, B))
        day = KNOWN_TO + timedelta(days=draw.randint(1, 40))
        amount = f"{draw.randint(-4000000, 4000000) / 100:.2f}"
        other = NUMBERS[A if entity == B else B] if number % 7 == 0 else "622848"
        _line(workspace, entity, day, amount, payee=f"人{number % 3}", other=other, memo=draw.choice(("工资", "货款")))
    for entity in (None, A, B):
        found = workspace.cash.compare(entity=entity)
        assert found.known
        _adds_up(found)
    # A line of an earlier day that comes later moves the opening, and the parts say so.
    _line(workspace, A, KNOWN_TO - timedelta(days=5), "-77.00")
    _adds_up(workspace.cash.compare(entity=A))


def test_a_payment_is_of_one_item_only() -> None:
    dues = [
        FrozenDue(date(2026, 11, day), A, "rent", Decimal(amount), None, False) for day, amount in ((5, 100), (7, 103))
    ]
    line = Outgoing("1", "n", date(2026, 11, 6), Decimal(102), "置业", "房租", None, 1)
    first, second = paid_of(dues, [line], {"n": A}, date(2026, 11, 30))
    assert (first.state, second.state) == ("paid", "not_seen")
    # Before its days are over nobody knows; money to be received is not traced.
    early = paid_of(dues, [], {"n": A}, date(2026, 11, 12))
    assert [one.state for one in early] == ["not_seen", "waiting"]
    income = FrozenDue(date(2026, 11, 5), A, "other", Decimal(-5), None, False)
    assert paid_of([income], [line], {"n": A}, date(2026, 11, 30))[0].state == "received"


def test_a_freeze_is_undone_and_its_name_is_free_again(workspace: Workspace) -> None:
    outlook = workspace.cash.outlook(workspace.rules.calendar(), 30)
    for name, code in (("十一月", "cash.freeze_twice"), ("  ", "cash.freeze_name")):
        with pytest.raises(UserError) as caught:
            workspace.cash_desk.freeze(name, outlook)
        assert caught.value.code == code
    same = workspace.cash.freezes()[0].digest
    workspace.undo()
    assert workspace.cash.freezes() == ()
    with pytest.raises(UserError) as caught:
        workspace.cash.compare()
    assert caught.value.code == "cash.none_frozen"
    with pytest.raises(UserError) as caught:
        workspace.cash.compare("十一月")
    assert (caught.value.code, caught.value.facts) == ("cash.no_freeze", {"name": "十一月"})
    workspace.redo()
    assert [one.digest for one in workspace.cash.freezes()] == [same]


def test_the_past_is_counted_back_as_far_as_every_account_is_known(workspace: Workspace) -> None:
    _later(workspace)
    days = workspace.cash.past(A)
    # The statements begin on the last of October.
    assert days[0].day == KNOWN_TO and days[-1].day == date(2026, 11, 20)
    balances = {one.day: one.balance for one in days}
    assert balances[date(2026, 11, 19)] == Decimal("55800.00") and balances[date(2026, 11, 20)] == Decimal("60800.00")
    chain = workspace.cash.past()
    assert chain[-1].balance == Decimal("75800.00") and chain[-2].balance == Decimal("75800.00")
    assert chain[0].balance == Decimal("120000.00")


def test_the_commands_keep_list_and_compare(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(workspace.path)
    _later(workspace)
    workspace.close()
    assert main(["cash-freeze", path]) == 0
    assert "十一月" in capsys.readouterr().out
    assert main(["--quiet", "cash-freeze", path, "十二月", "--no-irregular", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in told["freezes"]] == ["十二月", "十一月"]
    assert [one["with_irregular"] for one in told["freezes"]] == [False, True]
    assert main(["cash-compare", path, "十一月", "--entity", A]) == 0
    said = capsys.readouterr().out
    assert "+1,300.00" in said and "付了，金额不同" in said and "没看到付" in said and "20 天里有" in said
    assert main(["cash-compare", path, "十一月", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["off"] == "-3700.00"
    out = tmp_path / "compare.xlsx"
    assert main(["cash-compare", path, "十一月", "--out", str(out)]) == 0 and out.exists()
    assert main(["cash-compare", path, "没有"]) == 2
    assert main(["cash-compare", path, "十二月"]) == 0
    assert "暂时没有可对照的" in capsys.readouterr().out


def test_an_account_that_became_known_since_is_named_and_hides_no_day(workspace: Workspace) -> None:
    _later(workspace)
    before = workspace.cash.compare(entity=A)
    NUMBERS["C"] = "6222021001116245702"
    try:
        _line(workspace, "C", date(2026, 11, 5), "300.00", "300.00")
    finally:
        number = NUMBERS.pop("C")
    workspace.book.execute(
        "insert into base.accounts (account_id, row_id, channel, merchant_no, legal_entity, bank_account,"
        " settlement_rule, file_id, line, entry_id)"
        " values (uuid(), uuid(), 'wechat', $number, $entity, $number, 'T1', uuid(), 1, 1)",
        number=number, entity=A,
    )  # fmt: skip
    found = workspace.cash.compare(entity=A)
    assert found.new_accounts == (number,)
    assert [one.actual for one in found.known][: len(before.known)] == [one.actual for one in before.known]
    _adds_up(found)
