"""The reconcile screen on a real small book: counts that meet, sums that end, finding one's way."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

from accessible_names import nameless
from PySide6.QtCore import Qt
from reconcile_place import choose, press, summary

from chainbrain.closing.months import MonthState
from ui import figures
from ui.views.reconcile.items import EXPECTED, LEFT_OUT, SETTLED, Group, ItemKind, Period
from ui.views.reconcile.model import LEGS, _in_work, load_detail
from ui.views.reconcile.own_sums import own_sum
from ui.views.reconcile.reading import every_row, read_items, row_of
from ui.views.reconcile.sums import arithmetic
from ui.views.reconcile.view import ReconcileView
from ui.views.reconcile.words import headline

pytest_plugins = ["fixtures_book"]


# ------------------------------------------------------------------ what is shown


def test_the_band_proves_its_sum_and_the_work_adds_up(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    view = place.view
    assert view.tabs.current == "bank"
    groups = summary(place).work_of("bank")
    open_amount = sum((group.amount for group in groups), Decimal(0))
    assert view.band.hero == figures.money(open_amount, symbol=True)
    states = summary(place).leg("bank")
    assert f"合计 {states.total} = 全部行" in view.band.findChild(type(view.band._bar)).accessibleName()
    assert view.badge_count() == summary(place).open_count > 0
    assert not nameless(view)


def test_every_kind_of_work_lists_exactly_what_it_counts(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    rooms = place.context.rooms
    counted = 0
    for found in summary(place).work:
        items = read_items(rooms, Group(found.leg, found.work, found.codes), Period(), None)
        assert len(items) == found.count, found
        if found.work not in {"single", "several", "no_candidate", "bank_amount"}:
            assert sum((abs(item.amount) for item in items), Decimal(0)) == found.amount, found
        counted += len(items)
    assert counted == summary(place).open_count
    for leg in LEGS:
        for name, part in ((SETTLED, "settled"), (EXPECTED, "expected"), (LEFT_OUT, "excluded")):
            count = sum(getattr(group, part) for group in summary(place).work_of(leg))
            assert len(read_items(rooms, Group(leg, name), Period(), None)) == count


def test_every_sum_ends_in_the_difference_itself(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    for found in summary(place).work:
        if not found.count:
            continue
        choose(place, found.leg, found.work)
        detail = place.view.answer.detail
        lines = arithmetic(detail)
        gap = lines[-1]
        effect = detail.item.gap if found.work == "bank_amount" else detail.item.amount
        less, more = {"split": ("多分", "少分"), "fee": ("多扣", "少扣"), "rate_change": ("多扣", "少扣")}.get(
            found.leg if found.leg == "split" else found.work, ("少", "多")
        )
        if found.work == "no_candidate":
            assert gap.text == "没有来源"
        elif found.work != "commission":
            assert gap.text == (less if effect < 0 else more if effect else "还差"), found
        assert gap.result and gap.amount >= 0, "no sign contradicts the word"
        if detail.item.amount and found.work not in {"no_candidate", "bank_amount"}:
            assert gap.amount == abs(detail.item.amount), found
        if found.work in {"till_only", "wallet_only"}:
            assert [line.text for line in lines[:2]] == ["收银", "钱包"], found
        if len(lines) == 3:
            came = lines[1].amount if found.leg == "split" else -lines[1].amount
            assert abs(lines[0].amount + came) == abs(gap.amount), found
        assert headline(detail)[2]


def test_a_proven_answer_is_teal_and_ends_in_nothing(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "bank", "matched")
    detail = place.view.answer.detail
    assert detail.evidence.state == "confirmed"
    assert headline(detail)[1:] == ("matched", "已证实")
    last = arithmetic(detail)[-1]
    assert (last.amount, last.state) == (Decimal("0.00"), "matched")
    assert place.view.answer.verdicts() == (), "what holds is taken apart on purpose only"
    assert next(button.text() for button in place.view.answer.buttons.shown) == "撤开…"


def test_a_fee_is_shown_as_agreed_and_as_charged(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "ledger", "fee")
    lines = arithmetic(place.view.answer.detail)
    assert [line.text for line in lines] == ["按合同应扣", "实际扣了", "多扣"]
    assert lines[1].amount - lines[0].amount == -lines[2].amount < 0
    assert place.view.answer.detail.evidence is None, "the sale itself is beyond doubt"


def test_a_split_that_is_not_as_agreed_says_what_was_due_and_what_went_out(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    rooms = place.context.rooms
    group = next(found for found in summary(place).work if found.leg == "split")
    findings = {one.difference_id: one for one in rooms.splits.findings()}
    proven = 0
    for item in read_items(rooms, Group("split", group.work, group.codes), Period(), None):
        lines, found = arithmetic(load_detail(rooms, item)), findings[item.key]
        assert lines[-1].amount == abs(found.effect)
        if found.due is not None and found.done is not None and item.record_type != "payment":
            told = [line.amount for line in lines[:-1] if not line.result]
            assert (told[0], -sum(told[1:])) == (found.due, found.done), found
            proven += 1
    assert proven


def test_a_payment_out_lacks_nothing_and_is_told_as_one(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    view = place.view
    choose(place, "bank", "excluded")
    assert {item.amount < 0 for item in view.lines.items} == {True}
    assert [column.title() for column in view.lines.model.columns][2] == "收款方"
    assert view.answer.detail.candidates == () and "差" not in view.answer.foot
    assert [line.amount for line in arithmetic(view.answer.detail)] == [view.lines.current.amount]
    choose(place, "bank", "no_candidate")
    assert [column.title() for column in view.lines.model.columns][2] == "付款方"


def test_the_rows_behind_a_difference_stand_side_by_side(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "till", "amount")
    facts = {fact.key: fact for fact in place.view.answer.facts.facts.rows}
    assert len(facts["amount"].values) == 2
    assert facts["amount"].differs
    assert not facts["file"].differs, "two files are no contradiction"


def test_a_drawer_is_counted_out_and_a_late_payout_is_taken_apart(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "till", "cash")
    drawer, answer = place.view.lines.items[0], place.view.answer
    assert "应有" in answer.sum.accessibleName() and figures.money(drawer.amount) in answer.sum.accessibleName()
    facts = {fact.key: fact.values[0] for fact in answer.facts.facts.rows}
    assert facts["cashier"] and facts["counted"] and facts["file"]
    choose(place, "bank", "late")
    late = place.view.lines.current
    lines = own_sum(answer.detail)
    at_bank = next(n for n, line in enumerate(lines) if line.text == "银行入账")
    parts = lines[: at_bank - 1]
    assert parts and sum(line.amount for line in parts) == lines[at_bank - 1].amount == -late.amount
    assert lines[-1].amount == late.amount
    names = {fact.name for fact in answer.facts.facts.rows}
    assert {"文件"} <= names


def test_a_sale_of_another_store_tells_how_much_was_paid_where(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "till", "store")
    item, answer = place.view.lines.current, place.view.answer
    till, wallet = answer.detail.records[:2]
    assert (item.store, item.other) == (till.cells["store_id"], wallet.cells["store_id"]) and item.store != item.other
    assert item.moved == wallet.cells["amount"] and figures.money(item.moved) in answer.foot
    assert not item.amount, "the chain as a whole lost nothing"


def test_a_duplicate_stands_beside_the_row_it_repeats(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "till", "duplicate")
    detail = place.view.answer.detail
    own, twin = detail.records[:2]
    assert own.cells["amount"] == twin.cells["amount"] and own != twin
    assert twin.cells["match_id"] is not None and own.cells["match_id"] is None


def test_the_screen_opens_on_the_month_that_is_being_closed(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    view = place.view
    assert view.months.text() == "2026-10" and view.badge_count() == view.state.open_count
    # What another screen points at may stand in any month.
    wanted = view.lines.items[-1]
    view.open_with(difference=wanted.difference_id)
    place.settle()
    assert view.months.period == Period() and view.lines.current.key == wanted.key
    # A choice is kept when the book is read anew.
    view.refresh()
    place.settle()
    assert view.months.period == Period()


def test_the_month_being_closed_follows_the_closed_ones():
    def rooms(*closed):
        return SimpleNamespace(
            closing=SimpleNamespace(months=lambda: [MonthState(month, "closed") for month in closed])
        )

    months = (date(2026, 11, 1), date(2026, 10, 1), date(2026, 9, 1))
    assert _in_work(rooms(), months) == months[0]
    assert _in_work(rooms(months[2]), months) == months[1], "days of the next month come in before this one is closed"
    assert _in_work(rooms(*months), months) is None
    assert _in_work(rooms(), ()) is None


def test_what_was_on_its_way_at_month_end_agrees_with_the_report(desk, reconciled_book, monkeypatch):
    opened = []
    monkeypatch.setattr("ui.views.reconcile.chosen.open_list", lambda *given, **_named: opened.append(given[2:]))
    place = desk(ReconcileView, reconciled_book)
    view, rooms = place.view, place.context.rooms
    kept = view.work.current
    choose(place, "bank", "month_end")
    ((name, filters),) = opened
    assert view.work.current == kept, "the list stands in a window of its own"
    pages = rooms.lists.open(name, filters)
    listed = sum(row_of(name, row)["amount"] for row in every_row(pages))
    pages.close()
    assert listed == sum(one.closing for one in rooms.closing.transit(view.months.period.first).channels) > 0
    # Of the whole book there is no such end.
    view.months.choose(None)
    view.months.changed.emit()
    place.settle()
    assert "month_end" not in {entry.group.name for entry in view.work.entries if entry.group}


def test_a_hint_goes_once_what_it_asks_for_is_done(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    over = []
    place.context.extras["hint_over"] = lambda: over.append(True)
    press(qtbot, place, Qt.Key.Key_Down)
    assert not over
    press(qtbot, place, Qt.Key.Key_Space)
    assert place.view.lines.ticked and over


def test_a_month_lists_what_it_counts_and_what_is_left_from_before(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    view, rooms = place.view, place.context.rooms
    whole = {(one.leg, one.work): one.count for one in summary(place).work}
    # The book knows one month; the choice takes any first day.
    month = view.state.months[0] + timedelta(days=27)
    view.months.choose(month)
    view.months.changed.emit()
    place.settle()
    period = view.months.period
    for found in summary(place).work:
        items = read_items(rooms, Group(found.leg, found.work, found.codes), period, None)
        assert len(items) == found.count and all(period.first <= item.day < period.after for item in items), found
    older = sum(one.count for one in view.state.older)
    assert older + summary(place).open_count == sum(whole.values()), "nothing vanishes by choosing a month"
    assert older
    choose(place, "bank", "older")
    left = sum(one.count for one in view.state.older if one.leg == "bank")
    assert len(view.lines.items) == left > 0 and all(item.day < month for item in view.lines.items)


def test_what_is_on_its_way_lists_every_row_it_counts(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    view = place.view
    choose(place, "bank", "timing")
    assert len(view.lines.items) == summary(place).leg("bank").timing > 0
    payout = next(item for item in view.lines.items if item.kind is ItemKind.PAYOUT)
    assert view.lines.choose(payout.key)
    place.settle()
    lines = own_sum(view.answer.detail)
    assert lines[-1].amount == -payout.amount and not view.answer.verdicts()
    choose(place, "bank", "matched")
    states = summary(place).leg("bank")
    rest = states.matched - len(view.lines.items)
    assert f"{figures.plain(rest)} 行勾对" in view.lines._note.text()


def test_the_band_counts_the_rows_of_the_chosen_store(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    view = place.view
    choose(place, "till", "till_only")
    whole = summary(place).leg("till").total
    totals = []
    for store in view.stores.values:
        view.stores.choose(store)
        view.stores.changed.emit()
        place.settle()
        totals.append(summary(place).leg("till").total)
    assert all(totals) and sum(totals) <= whole and max(totals) < whole


def test_a_gap_leads_to_the_difference_of_its_payout(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "bank", "bank_amount")
    detail = place.view.answer.detail
    assert detail.difference_id is not None and detail.item.code in {"D08", "D12"}
    assert detail.evidence.gap == detail.item.gap
    assert place.view.answer.candidates.current.match_id == detail.item.match_id
    assert "explain" in place.view.answer.verdicts()


def test_settled_rows_of_other_legs_open_as_a_list(desk, reconciled_book, monkeypatch):
    opened = []
    monkeypatch.setattr("ui.views.reconcile.chosen.open_list", lambda *given, **_named: opened.append(given[2:]))
    place = desk(ReconcileView, reconciled_book)
    choose(place, "till", "matched")
    name, filters = opened[0]
    assert name == "tenders" and filters["state"] == "matched" and filters["leg"] == "till"


# ------------------------------------------------------------------ what is missing


def test_an_empty_book_leads_to_import(desk):
    place = desk(ReconcileView)
    assert place.view.empty.accessibleName() == "还没有可对的账"
    assert not place.view.panes.isVisible() and not place.view.band.isVisible()
    place.view.empty.acted.emit()
    assert place.gone_to == [("imports", {})]


def test_an_imported_book_is_reconciled_from_here(desk, imported_book):
    place = desk(ReconcileView, imported_book)
    assert place.view.empty.accessibleName() == "已导入，还没对账"
    place.view.empty.acted.emit()
    place.settle()
    assert place.view.panes.isVisible()
    assert place.told[-1][1].startswith("对完了")
    assert not place.view.progress.isVisible()


def test_files_that_came_later_are_announced(desk, exports, tmp_path):
    place = desk(ReconcileView)
    imports = place.workspace.imports
    imports.apply(imports.plan([exports / "收银", exports / "微信支付"]))
    place.workspace.reconcile()
    place.view.refresh()
    place.settle()
    assert not place.view.stale.isVisible()
    place.view.tabs.changed.emit("bank")
    place.settle()
    assert place.view.empty.accessibleName() in {"还没有银行流水"} or place.view.panes.isVisible()
    imports.apply(imports.plan([exports / "银行", exports / "档案"]))
    place.view.refresh()
    place.settle()
    assert place.view.stale.isVisible()
    place.view.stale.acted.emit()
    place.settle()
    assert not place.view.stale.isVisible()


def test_a_leg_without_rows_says_what_it_needs(desk, exports):
    place = desk(ReconcileView)
    imports = place.workspace.imports
    imports.apply(imports.plan([exports / "收银"]))
    place.workspace.reconcile()
    place.view.refresh()
    place.settle()
    for leg, title in {
        "ledger": "还没有钱包资金流水",
        "bank": "还没有银行流水",
        "payout": "还没有外卖平台账单",
    }.items():
        place.view.tabs.set_current(leg)
        place.view.tabs.changed.emit(leg)
        place.settle()
        assert place.view.empty.accessibleName() == title
        assert not place.view.keys.isVisible()
