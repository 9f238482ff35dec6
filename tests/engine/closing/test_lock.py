"""Sign-off and lock: who may sign, what stays as it was signed, and how a change after it is refused or recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from chainbrain import cli
from chainbrain.closing import integrity
from chainbrain.closing.lock import CloseRefused
from chainbrain.errors import DecisionRefused, UserError
from chainbrain.intake.places import Placement
from chainbrain.reconciliation.room import Decision
from chainbrain.splits import drafts
from chainbrain.splits.drafts import RuleText
from chainbrain.splits.rules import SplitRule
from chainbrain.workspace import Workspace
from tests.engine.closing.closing_book import AUGUST, SEPTEMBER, Chain, M, an_august
from tests.engine.reconciliation.reconcile_book import at, ident, yuan


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Chain]:
    made = an_august(tmp_path / "链.chainbrain")
    yield made
    made.workspace.close()


def a_difference(chain: Chain, code: str) -> str:
    ((found,),) = chain.book.rows_of(
        "select cast(difference_id as varchar) from base.differences where code = $code", code=code
    )
    return str(found)


def test_a_month_is_signed_by_a_name_with_what_is_missing_accepted_for_a_reason(chain: Chain) -> None:
    room = chain.workspace.closing
    shown = room.board(AUGUST)
    assert [(step.number, step.key) for step in shown.steps][:2] == [(0, "completeness"), (1, "till")]
    assert shown.step("vat").state == "not_used"
    assert shown.step("splits").not_used_because == "close.no_such_data"
    assert (shown.step("cash").open_count, shown.step("cash").open_amount) == (1, yuan("8.50"))
    assert not shown.month.closed
    assert "cash" in shown.acceptable
    with pytest.raises(CloseRefused, match=r"close\.needs_reason") as refused:
        chain.workspace.close_month(AUGUST, "林会计")
    assert {one.accepted_as for one in refused.value.missing} == set(shown.acceptable)
    with pytest.raises(UserError, match=r"close\.no_name"):
        chain.workspace.close_month(AUGUST, " ", "x", shown.acceptable)
    assert room.signer() is None
    entry = chain.workspace.close_month(AUGUST, "林会计", "短款已谈", shown.acceptable).entry_id
    state = room.month(AUGUST)
    assert (state.state, state.version, state.signed_by, state.reason) == ("closed", 1, "林会计", "短款已谈")
    assert state.accepted == shown.acceptable
    assert room.signer() == "林会计"
    (newest, *_) = chain.workspace.history()
    assert (newest.entry_id, newest.kind, newest.facts["signed_by"]) == (entry, "close", "林会计")
    assert room.figures(AUGUST) == room.reckoned(AUGUST)
    assert room.board(AUGUST).done == room.board(AUGUST).used
    assert chain.sound()
    with pytest.raises(UserError, match=r"close\.already"):
        chain.workspace.close_month(AUGUST, "林会计", "x", shown.acceptable)


def test_the_board_is_told_with_everything_that_stands_in_the_way(
    chain: Chain, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chain.cash("-1234.50", date(2026, 8, 21), "周杰").reconciled()
    chain.workspace.close()
    assert cli.main(["close", str(tmp_path / "链.chainbrain"), "--month", "2026-08"]) == 0
    assert "- 现金长短款：2 笔未处理，¥1,243.00" in capsys.readouterr().out


def royalty(since: date) -> SplitRule:
    return drafts.read(RuleText("品牌费", "总部", "gross", "ratio", "5%", valid_from=since))


def test_words_and_undoing_that_would_move_a_closed_month_are_refused_what_was_carried_is_not(chain: Chain) -> None:
    chain.sale("P9", "70.00", date(2026, 9, 2)).reconciled().closed(AUGUST)
    workspace = chain.workspace
    before = workspace.closing.figures(AUGUST)
    short = a_difference(chain, "D10")
    with pytest.raises(DecisionRefused, match=r"close\.subject_closed") as refused:
        workspace.decide("difference", [short], "explain", "谈过")
    assert refused.value.facts["month"] == "2026-08"
    with pytest.raises(UserError, match=r"close\.subject_closed"):
        workspace.desk.say(Decision("difference", (short,), "explain", "谈过"))
    ((match_id,),) = chain.book.rows_of(
        "select cast(m.match_id as varchar) from base.matches m join base.match_members i on i.match_id = m.match_id "
        "join base.bank_lines b on b.bank_line_id = i.record_id where b.external_id = 'BW1'"
    )
    with pytest.raises(DecisionRefused, match=r"close\.subject_closed"):
        workspace.decide("match", [match_id], "unmatch")
    with pytest.raises(UserError, match=r"close\.entry_closed"):
        workspace.undo(1)
    for refuse in (
        lambda: workspace.edit_holiday(date(2026, 8, 20), "holiday", "停业"),
        lambda: workspace.edit_rule("fee.wechat", "0.006", date(2026, 8, 1)),
        lambda: workspace.set_split_rule(royalty(date(2026, 8, 31))),
        # what begins long before says the month that it would move
        lambda: workspace.edit_rule("fee.wechat", "0.006", date(1999, 1, 1)),
    ):
        with pytest.raises(UserError, match=r"close\.day_closed") as closed:
            refuse()
        assert closed.value.facts == {"month": "2026-08", "first": date(2026, 9, 1)}
    workspace.set_split_rule(royalty(date(2026, 9, 1)))
    # the withdrawal that was on its way over the end belongs to September
    ((carried,),) = chain.book.rows_of(
        "select cast(m.match_id as varchar) from base.matches m join base.match_members i on i.match_id = m.match_id "
        "join base.bank_lines b on b.bank_line_id = i.record_id where b.external_id = 'BW2'"
    )
    workspace.decide("match", [carried], "unmatch")
    assert workspace.closing.figures(AUGUST) == before


def test_a_late_file_counts_in_the_next_open_month_and_every_roll_forward_closes(chain: Chain) -> None:
    chain.closed(AUGUST)
    room = chain.workspace.closing
    before, closing = room.figures(AUGUST), room.transit(AUGUST)
    chain.batch("late")
    chain.sale("P8", "88.00", date(2026, 8, 20), file="late").sale("P9", "70.00", date(2026, 9, 2), file="late")
    chain.cash("-3.00", date(2026, 8, 21), "吴婷", file="late")
    chain.reconciled()
    assert room.figures(AUGUST) == before
    (august,), (september,) = closing.channels, room.transit(SEPTEMBER).channels
    assert september.opening == august.closing
    assert (september.prior.gross, september.prior.fees) == (yuan("88.00"), yuan("0.33"))
    assert (september.month.gross, september.month.received) == (yuan("70.00"), yuan("600.00"))
    assert august.gap == september.gap == 0
    assert september.closing == august.closing + yuan("87.67") + yuan("69.73") - yuan("600.00")
    assert [(one.day, one.over) for one in room.cash(SEPTEMBER).shifts] == [(date(2026, 8, 21), yuan("-3.00"))]
    assert [one.day for one in room.cash(AUGUST).shifts] == [date(2026, 8, 4)]
    assert [(one.code, one.prior) for one in room.differences(SEPTEMBER) if one.code == "D10"] == [("D10", True)]
    figures = {one.key: one.amount for one in room.reckoned(SEPTEMBER)}
    assert figures["store", "S1", "wechat", "prior_gross"] == yuan("88.00")
    assert chain.sound()


def test_an_open_month_again_gives_a_second_version_that_compares_figure_by_figure(chain: Chain) -> None:
    chain.closed(AUGUST)
    workspace, room = chain.workspace, chain.workspace.closing
    first = room.figures(AUGUST)
    with pytest.raises(UserError, match=r"close\.reopen_reason"):
        workspace.reopen_month(AUGUST, "老板", "")
    with pytest.raises(UserError, match=r"history\.not_undoable"):
        workspace.undo(room.month(AUGUST).entry_id)
    workspace.reopen_month(AUGUST, "老板", "漏了一张账单")
    assert (room.month(AUGUST).state, room.month(AUGUST).reason) == ("reopened", "漏了一张账单")
    chain.batch("late")
    chain.sale("P8", "88.00", date(2026, 8, 20), file="late").reconciled().closed(AUGUST, "王会计")
    assert room.month(AUGUST).version == 2
    moved = {(one.section, one.subject, one.detail, one.part): one.moved for one in room.compare(AUGUST, 1, 2)}
    assert moved["transit", "wechat", "month", "gross"] == yuan("88.00")
    assert moved["transit", "wechat", "balance", "closing"] == yuan("87.67")
    assert ("bank", "62220001", "", "book") not in moved
    assert room.figures(AUGUST, 1) == first
    old, new = room.versions(AUGUST)
    assert (old.reopened_by, old.reopened_for, new.reopened_by) == ("老板", "漏了一张账单", None)
    assert new.content_hash != old.content_hash
    assert chain.sound()
    with pytest.raises(UserError, match=r"close\.no_version"):
        room.compare(AUGUST, 1, 3)


def test_months_close_in_order_and_open_again_from_the_last(chain: Chain) -> None:
    chain.sale("P9", "70.00", date(2026, 9, 2)).reconciled()
    with pytest.raises(CloseRefused, match=r"close\.refused") as refused:
        chain.workspace.close_month(SEPTEMBER, "林会计", "x", ("completeness", "bank", "till"))
    assert [one.code for one in refused.value.missing] == ["close.earlier_open"]
    chain.closed(AUGUST).closed(SEPTEMBER)
    with pytest.raises(UserError, match=r"close\.later_closed") as later:
        chain.workspace.reopen_month(AUGUST, "老板", "改")
    assert later.value.facts["later"] == "2026-09"
    chain.workspace.reopen_month(SEPTEMBER, "老板", "改")
    chain.workspace.reopen_month(AUGUST, "老板", "改")
    assert [one.state for one in chain.workspace.closing.months()] == ["reopened", "reopened"]


def test_what_came_since_the_last_reconciliation_must_be_matched_before_signing(chain: Chain) -> None:
    chain.batch("more")
    with pytest.raises(CloseRefused) as refused:
        chain.workspace.close_month(AUGUST, "林会计", "x", chain.workspace.closing.board(AUGUST).acceptable)
    assert [one.code for one in refused.value.missing] == ["close.not_reconciled"]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("update base.payments set amount = amount + 1 where external_id = 'P1'", "health.month_facts"),
        ("delete from base.cash_counts", "health.month_facts"),
        ("update base.stores set name = '别的店'", "health.month_facts"),
        ("update base.accounts set fee_rate = 0.006", "health.month_facts"),
        ("update base.split_rules set rate = 0.5", "health.month_facts"),
        ("delete from base.split_rule_words", "health.month_facts"),
        ("update base.placements set store_code = 'S9'", "health.month_facts"),
        ("update base.month_figures set amount = amount + 1 where section = 'transit'", "health.month_kept"),
        ("update base.month_closes set signed_by = '别人'", "health.month_kept"),
        ("update base.matches set state = 'revoked' where kind = 'settlement_bank'", "health.month_matches"),
    ],
)
def test_a_change_forced_into_the_file_is_found(tmp_path: Path, statement: str, found: str) -> None:
    path = tmp_path / "链.chainbrain"
    chain = an_august(path)
    chain.insert(
        "split_rules", name="品牌", receiver="品牌", basis="gross", way="ratio", rate=yuan("0.05"),
        row_id=ident("rule"), file_id=chain.file("files"), line=chain.line(), entry_id=1,
    )  # fmt: skip
    rule = RuleText("管理费", "督导", "gross", "ratio", "1%", valid_from=AUGUST)
    chain.workspace.set_split_rule(drafts.read(rule), accept=True)
    chain.workspace.place([Placement("S1", code="旧S1")])
    chain.reconciled().closed(AUGUST)
    assert chain.sound()
    chain.workspace.close()
    with duckdb.connect(str(path)) as other:
        other.execute(statement)
        other.execute("checkpoint")
    with Workspace.open(path) as workspace:
        bad = {one.code: one.facts for one in workspace.check().findings if one.code.startswith("health.month")}
    assert found in bad
    assert bad[found]["month"] == "2026-08"


def test_a_table_that_a_later_program_keeps_as_well_accuses_no_older_close(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain.closed(AUGUST)
    chain.book.execute("create table base.month_later (entry_id bigint, what varchar)")
    monkeypatch.setitem(integrity.KEPT, "month_later", "what")
    assert chain.workspace.closing.verify() == ()
    ((entry,),) = chain.book.rows_of("select entry_id from base.month_closes")
    chain.book.execute("insert into base.month_later values ($entry, 'x')", entry=entry)
    assert [one.kind for one in chain.workspace.closing.verify()] == ["kept"]


def test_a_later_run_begins_with_the_matches_of_closed_months(chain: Chain) -> None:
    """Without the lock a second deposit of the same amount and day would make both of them doubtful."""
    chain.closed(AUGUST)
    kept = chain.book.rows_of("select match_id, kind, stage from base.month_matches order by all")
    chain.batch("late")
    chain.book.execute(
        "insert into base.bank_lines by name select * replace (gen_random_uuid() as bank_line_id, "
        "'BW1x' as external_id, cast($file as uuid) as file_id, 999 as line) "
        "from base.bank_lines where external_id = 'BW1'",
        file=chain.file("late"),
    )
    chain.reconciled()
    held = chain.book.rows_of(
        "select k.match_id, m.kind, m.stage from base.month_matches k join base.matches m on m.match_id = k.match_id "
        "where m.state = 'confirmed' order by all"
    )
    assert held == kept
    assert len(kept) >= 4
    assert chain.sound()


def test_a_word_on_where_rows_belong_moves_none_of_a_closed_month(chain: Chain) -> None:
    """Rows that came after the close count in the next month, wherever they belong; those before it stay."""
    chain.store("S2").closed(AUGUST)
    held = chain.workspace.closing.figures(AUGUST)
    account = Placement("S2", channel="wechat", merchant_no=M, terminal_no="T9")
    chain.batch("late")
    chain.payment("L1", "10.00", terminal="T9", when=at(day=date(2026, 8, 20)), file="late")
    chain.reconciled().workspace.place([account])
    chain.workspace.undo()
    for word in (
        Placement("S2", channel="wechat", merchant_no=M),
        Placement("S2", channel="wechat", merchant_no=M, valid_from=date(2026, 8, 31)),
    ):
        with pytest.raises(UserError, match=r"close\.day_closed") as refused:
            chain.workspace.place([word])
        assert (refused.value.facts["month"], refused.value.facts["first"]) == ("2026-08", SEPTEMBER)
    assert chain.workspace.places.standing() == ()
    chain.workspace.place([Placement("S2", channel="wechat", merchant_no=M, valid_from=SEPTEMBER)])
    assert chain.workspace.closing.figures(AUGUST) == held
    assert chain.sound()


def test_a_till_s_number_of_a_closed_month_keeps_its_store_until_the_month_is_opened_again(chain: Chain) -> None:
    chain.store("S2").closed(AUGUST)
    with pytest.raises(UserError, match=r"close\.day_closed"):
        chain.workspace.place([Placement("S2", code="S1")])
    chain.workspace.place([Placement("S2", code="S1", valid_from=SEPTEMBER)])
    chain.workspace.undo()
    chain.workspace.reopen_month(AUGUST, "老板", "记错了店")
    chain.workspace.place([Placement("S2", code="S1")])


@pytest.mark.parametrize("kind", ["ledger_lines", "store_costs", "order_items"])
def test_what_a_store_owes_costs_and_sold_in_a_closed_month_stays_with_it(chain: Chain, kind: str) -> None:
    common = {"store_code": "旧1", "amount": yuan("500"), "file_id": chain.file("files"), "line": chain.line()}
    rows = {
        "ledger_lines": {"ledger_line_id": ident("ledger"), "day": date(2026, 8, 5), "kind": "penalty"},
        "store_costs": {"store_cost_id": ident("cost"), "month": AUGUST, "subject": "rent"},
        "order_items": {
            "order_item_id": ident("item"), "order_id": ident("order"), "order_no": "A1", "category": "饮品",
            "business_day": date(2026, 8, 5),
        },
    }  # fmt: skip
    chain.store("S2").insert(kind, **common, **rows[kind])
    chain.reconciled().closed(AUGUST)
    with pytest.raises(UserError, match=r"close\.day_closed"):
        chain.workspace.place([Placement("S2", code="旧1")])
    chain.workspace.place([Placement("S2", code="旧1", valid_from=SEPTEMBER)])
