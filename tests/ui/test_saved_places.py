"""Places of a screen by name, and back and forward through the screens."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from chainbrain.analytics.periods import Period
from ui.settings import UserSettings
from ui.shell.trail import Trail
from ui.views.base import View
from ui.views.parts.period import PeriodChoice
from ui.views.parts.saved_places import PlacesMenu, SavedPlaces
from ui.views.parts.store_scope import StoreScope
from ui.views.reconcile.view import ReconcileView
from ui.views.stores.view import StoresView

pytest_plugins = ("fixtures_chain",)


class Shelf(View):
    """A screen with one choice and something to scroll."""

    key = "shelf"

    def __init__(self):
        super().__init__()
        self.chosen, self.taken = "week", []
        self.text = QPlainTextEdit("\n".join(str(n) for n in range(200)), self)
        self.text.resize(200, 100)

    def place(self):
        return {"period": self.chosen}

    def take_place(self, place):
        self.taken.append(dict(place))
        self.chosen = place["period"]


@pytest.fixture
def shelf(qtbot):
    view = Shelf()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    return view


def test_a_place_is_saved_called_back_renamed_and_removed(shelf, tmp_path):
    context = SimpleNamespace(settings=UserSettings(), info=SimpleNamespace(path=tmp_path / "book.chainbrain"))
    menu = PlacesMenu(shelf)
    menu.use(context)
    menu.save("每周看")
    shelf.chosen = "month"
    menu.save("每月看")
    menu.save("  ")
    kept = SavedPlaces(context.settings, context.info.path, "shelf")
    assert [(one.name, dict(one.place)) for one in kept.all()] == [
        ("每周看", {"period": "week"}),
        ("每月看", {"period": "month"}),
    ]
    menu.chosen.emit(kept.all()[0])
    assert shelf.taken == [{"period": "week"}]
    assert menu.current is not None
    assert menu.current.title == "每周看"
    menu.rename("每周看", "周一看")
    menu.remove("每月看")
    assert [one.name for one in kept.all()] == ["周一看"]
    assert SavedPlaces(context.settings, context.info.path, "stores").all() == ()
    assert SavedPlaces(context.settings, tmp_path / "other.chainbrain", "shelf").all() == ()
    context.settings.set_views(f"{context.info.path}|shelf", "[{]")
    assert kept.all() == ()


def test_a_place_of_a_store_that_is_gone_says_so(shelf, tmp_path):
    told = []
    context = SimpleNamespace(
        settings=UserSettings(),
        info=SimpleNamespace(path=tmp_path / "book.chainbrain"),
        notify=lambda kind, text: told.append((kind, text)),
    )
    menu = PlacesMenu(shelf)
    menu.use(context)
    kept = SavedPlaces(context.settings, context.info.path, "shelf")
    kept.keep("老店", {"period": "week", "store": "S099"})
    menu.chosen.emit(kept.all()[0])
    assert told == [("timing", "“老店”里的 S099 已经没有了，现在显示的是全部。")]
    kept.keep("老店", {"period": "week", "store": ""})
    menu.chosen.emit(kept.all()[0])
    assert len(told) == 1


def test_the_reconcile_screen_goes_back_to_its_leg_work_month_and_store(qtbot, context, heard):
    view = ReconcileView()
    qtbot.addWidget(view)
    view.resize(1240, 848)
    view.show()
    view.set_workspace(context)
    with qtbot.waitSignal(view._state_loader.loaded, timeout=30_000):
        view.refresh()
    first, month = dict(view.place()), view.months.values[0]
    store = view.stores.values[1]
    place = first | {"leg": "till", "work": "cash", "month": f"{month:%Y-%m}", "store": store, "text": ""}
    with qtbot.waitSignal(view._state_loader.loaded, timeout=30_000):
        view.take_place(place)
    assert dict(view.place()) | {"line": place["line"]} == place and view.stores.store == store and heard.notices == []
    with qtbot.waitSignal(view._state_loader.loaded, timeout=30_000):
        view.take_place(place | {"store": "S099"})
    assert view.stores.store is None and "S099" in heard.notices[0][1]
    assert context.jobs.wait_idle(10_000)


def test_the_store_screen_says_that_a_store_is_gone(qtbot, context, heard):
    view = StoresView()
    qtbot.addWidget(view)
    view.resize(1240, 848)
    view.show()
    view.set_workspace(context)
    with qtbot.waitSignals([view._loader.loaded, view._details.rhythm_loader.loaded], timeout=30_000):
        view.take_place({"period": "month", "store": "S099", "page": ""})
    assert view.stores.store == "" and "S099" in heard.notices[0][1]


def test_a_period_is_called_back_by_name_or_by_its_days(qtbot):
    choice = PeriodChoice("month", ("week", "month"))
    qtbot.addWidget(choice)
    assert choice.place == "month"
    choice.take_place("2026-10-03/2026-10-09")
    assert choice.wanted == Period(date(2026, 10, 3), date(2026, 10, 10))
    assert choice.place == "2026-10-03/2026-10-09"
    choice.take_place("last_12_months")
    assert choice.place == "2026-10-03/2026-10-09"
    choice.take_place("2026-10-09/2026-10-03")
    assert choice.place == "2026-10-03/2026-10-09"
    choice.take_place("week")
    assert choice.wanted == "week"


def test_back_and_forward_keep_what_was_chosen_and_scrolled(qtbot, shelf):
    other = Shelf()
    qtbot.addWidget(other)
    views = {"shelf": shelf, "other": other}
    trail = Trail(views.__getitem__, shelf)
    trail.arrived("shelf", shelf)
    assert not trail.can_go_back
    shelf.text.verticalScrollBar().setValue(40)
    trail.arrived("other", other)
    shelf.chosen = "month"
    shelf.text.verticalScrollBar().setValue(0)
    trail.back()
    assert (shelf.chosen, shelf.text.verticalScrollBar().value()) == ("week", 40)
    assert (trail.can_go_back, trail.can_go_on) == (False, True)
    # What is read later fills the list anew: it is scrolled once more.
    shelf.text.verticalScrollBar().setValue(3)
    trail.settle()
    assert shelf.text.verticalScrollBar().value() == 40
    trail.forward()
    assert (trail.can_go_back, trail.can_go_on) == (True, False)
    trail.back()
    trail.arrived("other", other)
    assert not trail.can_go_on
    trail.clear()
    assert not trail.can_go_back


def test_the_store_screen_goes_back_to_its_period_store_and_page(qtbot, context):
    view = StoresView()
    qtbot.addWidget(view)
    view.resize(1240, 848)
    view.show()
    view.set_workspace(context)
    with qtbot.waitSignals([view._loader.loaded, view._details.rhythm_loader.loaded], timeout=30_000):
        view.refresh()
    store = view.data.league.rows[1].store_id
    first = view.data.span.last - timedelta(days=6)
    place = {"period": f"{first.isoformat()}/{view.data.span.last.isoformat()}", "store": store, "page": "map"}
    two = [row.store_id for row in view.data.league.rows[:2]]
    place |= {"scope": StoreScope.some(two).place}
    with qtbot.waitSignals([view._loader.loaded, view._details.rhythm_loader.loaded], timeout=30_000):
        view.take_place(place)
    assert dict(view.place()) == place
    assert view.data.period.days == 7
    assert [row.store_id for row in view.data.league.rows] == two
    assert view.stores.map_card.panel.map.current == store
