"""The choice of stores: groups from the menu, several from a list with a search, kept and called back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from chainbrain import sounds
from chainbrain.analytics.store_groups import StoreGroup
from ui.theme.translator import Language
from ui.views.overview.view import OverviewView
from ui.views.parts.store_choice import StoreChoice
from ui.views.parts.store_scope import ALL_STORES, StoreEntry, StoreScope, kept_scope, reported
from ui.views.stores.view import StoresView

pytest_plugins = ("fixtures_chain",)


def entry(number, name, city="", **kinds):
    groups = tuple(StoreGroup(kind, value) for kind, value in {"city": city, **kinds}.items() if value)
    return StoreEntry(number, name, groups)


ENTRIES = (
    entry("S1", "湖滨店", "杭州", format="商场店", ownership="own"),
    entry("S2", "西湖路店", "杭州", format="街边店", ownership="franchise"),
    entry("S3", "江北店", "宁波", format="商场店", ownership="own"),
    entry("S4", "新店", ownership="own"),
)


@pytest.fixture
def choice(qtbot):
    made = StoreChoice()
    qtbot.addWidget(made)
    made.set_entries(ENTRIES)
    made.show()
    made.heard = []
    made.changed.connect(lambda: made.heard.append(made.scope))
    return made


def actions(menu):
    """Every entry of the menu and of those below it, by its text."""
    menu.aboutToShow.emit()
    found = {}
    for action in menu.actions():
        if action.menu() is not None:
            found |= {f"{action.text()} › {text}": inner for text, inner in actions(action.menu()).items()}
        elif not action.isSeparator():
            found[action.text()] = action
    return found


def test_the_menu_offers_what_divides_the_stores(choice):
    offered = actions(choice.menu())
    assert list(offered) == [
        "全部门店  4",
        "业态 › 商场店  2",
        "业态 › 街边店  1",
        "经营方式 › 加盟  1",
        "经营方式 › 直营  3",
        "选几家店…",
        "未填城市  1 › 新店",
        "宁波  1 › 江北店",
        "杭州  2 › 杭州全部  2",
        "杭州  2 › 湖滨店",
        "杭州  2 › 西湖路店",
    ]
    offered["经营方式 › 直营  3"].trigger()
    assert choice.heard == [StoreScope("ownership", ("own",))] and choice.text() == "直营 · 3 店"
    assert choice.city is None
    actions(choice.menu())["杭州  2 › 杭州全部  2"].trigger()
    assert choice.text() == "杭州 · 2 店" and choice.city == "杭州"
    actions(choice.menu())["宁波  1 › 江北店"].trigger()
    assert choice.scope.store == "S3" and choice.text() == "江北店" and choice.city == "宁波"
    actions(choice.menu())["全部门店  4"].trigger()
    assert choice.scope == StoreScope() and choice.text() == "全部门店 4" and choice.city is None
    assert len(choice.heard) == 4


def test_what_all_stores_share_is_not_offered(choice):
    choice.set_entries([entry("S1", "一店", "杭州", region="浙北"), entry("S2", "二店", "杭州", region="浙北")])
    assert list(actions(choice.menu())) == ["全部门店  2", "选几家店…", "一店", "二店"]
    choice.set_entries([entry("S1", "一店", "杭州")])
    assert list(actions(choice.menu())) == ["全部门店  1", "一店"]


def test_several_stores_are_ticked_found_by_sound_and_shown(qtbot, choice):
    sounds.learn()
    actions(choice.menu())["选几家店…"].trigger()
    picker = choice.picker
    assert picker.isVisible() and not picker.apply.isEnabled()
    QTest.keyClicks(picker.search, "xihu")
    shown = [item.text() for item in picker._items() if not item.isHidden()]
    assert shown == ["西湖路店  S2"]
    QTest.mouseClick(picker.every, Qt.MouseButton.LeftButton)
    assert picker.every.text() == "全不选"
    picker.search.clear()
    picker.list.item(0).setCheckState(Qt.CheckState.Checked)
    QTest.mouseClick(picker.apply, Qt.MouseButton.LeftButton)
    assert choice.scope == StoreScope.some(("S2", "S1")) and choice.text() == "2 店"
    assert choice.toolTip() == "湖滨店\n西湖路店" and choice.city == "杭州" and len(choice.heard) == 1
    choice.pick_some()
    assert [item.text()[-2:] for item in picker._items()][:2] == ["S1", "S2"], "what is ticked stands first"
    QTest.mouseClick(picker.every, Qt.MouseButton.LeftButton)
    QTest.mouseClick(picker.apply, Qt.MouseButton.LeftButton)
    assert choice.scope == StoreScope(), "all of them are the chain"


@pytest.mark.parametrize(
    "scope", [StoreScope(), StoreScope.some(("S1",)), StoreScope.some(("S1", "S,2")), StoreScope("city", ("杭州",))]
)
def test_a_choice_is_kept_and_called_back(scope):
    assert StoreScope.of_place(scope.place) == scope
    assert kept_scope({"scope": scope.place}) == scope
    assert kept_scope({"store": "S9"}) == StoreScope.some(("S9",)) and kept_scope({}) == StoreScope()


@pytest.mark.parametrize("place", ["[", "S1", "[1]", '["city"]', '["street","x"]', '["stores"]', '["stores",1]', "{}"])
def test_a_spoilt_choice_is_all_stores(place):
    assert StoreScope.of_place(place) == StoreScope()


def test_a_report_is_of_the_group_by_its_name():
    filters = {"first": None, "stores": ("S1", "S2")}
    assert reported(filters, StoreScope("city", ("杭州",))) == {"group": "city=杭州"}
    assert reported(filters, StoreScope.some(("S1", "S2"))) == {"stores": ("S1", "S2")}
    assert reported({"stores": None}, StoreScope()) == {}
    assert ALL_STORES.numbers is None and not ALL_STORES.in_part


def shown(qtbot, context, view):
    qtbot.addWidget(view)
    view.resize(1240, 848)
    view.show()
    view.set_workspace(context)
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        view.refresh()
    return view


def test_both_screens_show_the_figures_of_a_group_and_write_them(qtbot, context, heard):
    overview = shown(qtbot, context, OverviewView())
    city = overview.data.stores.entries[0].city
    scope = StoreScope("city", (city,))
    with qtbot.waitSignal(overview._loader.loaded, timeout=30_000):
        overview._stores._pick(scope)
    numbers = overview.data.stores.numbers
    assert 0 < len(numbers) < 3 and overview.data.stores.in_part
    engine = context.workspace.analytics
    assert overview.data.strip.receipts.value == engine.strip(overview.data.period, numbers).receipts.value
    report = context.workspace.reports.make("overview", **overview._report("overview"))
    assert f"城市 {city}" in report.notes("zh")
    stores = shown(qtbot, context, StoresView())
    with qtbot.waitSignals([stores._loader.loaded, stores._details.change_loader.loaded], timeout=30_000):
        stores.open_with(scope=scope)
    assert {row.store_id for row in stores.data.league.rows} == set(numbers)
    assert stores.change._scope.isVisible() and stores.change._scope.current == "all"
    receipts = stores.data.league.total.receipts
    qtbot.waitUntil(lambda: stores.change.found.now == receipts, timeout=30_000)
    assert stores._choice.text() == f"{city} · {len(numbers)} 店"
    league = context.workspace.reports.make("store-league", **stores._report("store-league"))
    assert set(league.main.rows["store_id"]) == set(numbers)
    # A store beyond them is shown among all of them.
    other = next(one.store_id for one in overview.data.stores.entries if one.store_id not in numbers)
    with qtbot.waitSignals([stores._loader.loaded, stores._details.change_loader.loaded], timeout=30_000):
        stores.open_with(store=other)
    assert stores._choice.scope == StoreScope() and stores.league.store == other and not heard.notices


def test_what_is_asked_for_last_counts_while_figures_are_read(qtbot, context, heard):
    view = shown(qtbot, context, StoresView())
    cities = {entry.city: entry.store_id for entry in view.data.stores.entries}
    (first, _), (second, other) = list(cities.items())[:2]
    scope = StoreScope("city", (first,))
    # A store beyond a choice that is still being read: all are shown, and it is chosen.
    view.take_place({"scope": scope.place})
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        view.open_with(store=other)
    assert not view.data.stores.in_part and view.league.store == other and not heard.notices
    # Other stores than those of the chosen one: nothing stays chosen.
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        view.open_with(scope=scope)
    assert view.league.store == "" and view.data.stores.scope == scope
    assert view.stores.benchmarks._title.text() + view.stores.benchmarks._note.text() != ""
    # What is written is of the stores on screen, not of a choice still being read.
    view._choice._pick(StoreScope("city", (second,)))
    assert view._report("store-league")["group"] == f"city={first}"
    qtbot.waitUntil(lambda: view.data.stores.scope.values == (second,), timeout=30_000)
    assert view._report("store-league")["group"] == f"city={second}"
    assert context.jobs.wait_idle(10_000)


def test_the_words_follow_the_language_and_the_book(qtbot, context):
    view = shown(qtbot, context, StoresView())
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        view.open_with(scope=StoreScope("ownership", (ownership_of(view),)))
    words = view._choice.words
    assert view.change._all == view.rhythm._all == view.stores._all == words and "店" in words
    Language.set(Language.ENGLISH)
    try:
        assert view._choice.words != words
        qtbot.waitUntil(lambda: {view.change._all, view.rhythm._all, view.stores._all} == {view._choice.words})
    finally:
        Language.set(Language.CHINESE)
    view.set_workspace(context)
    assert view.change._all == view.stores._all == "" and not view._choice._entries and not view._choice.isEnabled()


def ownership_of(view):
    return next(group.value for group in view.data.stores.entries[0].groups if group.kind == "ownership")


def test_the_menu_is_built_when_it_opens_and_leaves_nothing_behind(qtbot, choice):
    for _ in range(5):
        actions(choice.menu())
        QTest.qWait(0)
    below = choice.menu().findChildren(QMenu)
    assert len(below) == 2 + 3


def test_a_choice_that_is_gone_is_said_and_all_are_shown(qtbot, context, heard):
    view = shown(qtbot, context, OverviewView())
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        view.take_place({"scope": StoreScope("city", ("不在",)).place})
    assert view._stores.scope == StoreScope() and not view.data.stores.in_part
    assert heard.notices == [("timing", "这段时间没有不在的门店：现在显示的是全部门店。")]
    known = view.data.stores.entries[0].store_id
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        view.take_place({"scope": StoreScope.some((known, "S099")).place})
    assert view._stores.scope == StoreScope.some((known,)) and len(heard.notices) == 2
    assert heard.notices[1][1] == "这段时间没有这些门店：S099；现在显示的是其余几家。"
    assert view.place()["store"] == known


def test_the_choice_goes_from_screen_to_screen(qtbot, context, heard):
    overview, stores = shown(qtbot, context, OverviewView()), shown(qtbot, context, StoresView())
    stores.hide()
    city = overview.data.stores.entries[0].city
    with qtbot.waitSignal(overview._loader.loaded, timeout=30_000):
        overview._stores._pick(StoreScope("city", (city,)))
    scope = overview._stores.scope
    assert scope.group is not None
    with qtbot.waitSignal(stores._loader.loaded, timeout=30_000):
        stores.show()
    assert stores.data.stores.scope == scope and stores._choice.scope == scope
    overview.hide()
    with qtbot.waitSignal(stores._loader.loaded, timeout=30_000):
        stores._choice._pick(StoreScope())
    with qtbot.waitSignal(overview._loader.loaded, timeout=30_000):
        overview.show()
    assert overview.data.stores.scope == StoreScope()
    # Shown once more without another choice, nothing is read again.
    overview.hide()
    overview.show()
    assert not overview._loader.running


def test_what_belongs_to_no_store_is_marked_beside_a_choice_and_is_no_part_of_its_claims(qtbot, context):
    view = shown(qtbot, context, OverviewView())
    engine, last = context.workspace.analytics, view.data.period.last
    whole = engine.attention(last)
    assert not whole.in_part and whole.claimable_of_chain == 0
    stores = [entry.store_id for entry in view.data.stores.entries]
    parts = [engine.attention(last, (store,)) for store in stores]
    assert len({one.claimable_of_chain for one in parts}) == 1
    assert sum(one.claimable for one in parts) + parts[0].claimable_of_chain == whole.claimable > 0
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        view._stores._pick(StoreScope.some((stores[0],)))
    titles = [item.title for item in view._attention.list.items]
    marked = [item for item in view.data.attention.items if not item.stores]
    assert marked and sum(title.startswith("全连锁 · ") for title in titles) == len(marked)
    beside = view.data.attention.claimable_of_chain
    assert (f"另有全连锁 ¥{beside:,.2f}" in view._attention._claim_words.text()) == bool(beside)


def test_what_is_exported_is_what_the_cards_show(qtbot, context):
    view = shown(qtbot, context, OverviewView())
    make = context.workspace.reports.make
    transit = view.data.transit
    report = make("in-transit", **view._report("in-transit"))
    assert (report.first, report.after) == (transit.period.first, transit.period.after)
    found = make("differences", **view._report("differences"))
    counted = sum(item.count for item in view.data.attention.items if item.differences)
    assert found.main.rows.height == counted > 0
