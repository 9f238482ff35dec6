"""The screens of every day, page by page: each control has a name, is reached by Tab in reading order, and is seen."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from fixtures_chain import copy_to
from PySide6.QtCore import QCoreApplication, QTimer
from reachable import against_reading, controls, known_as, said, tab_chain, too_small, unseen_focus

from ui.main_window import MainWindow
from ui.settings import UserSettings
from ui.theme.theme import Mode, Theme
from ui.theme.translator import Language

pytest_plugins = ("fixtures_chain",)

_PATIENCE_SECONDS = 60


@pytest.fixture
def window(qtbot, demo_book, tmp_path) -> Iterator[MainWindow]:
    shown = MainWindow(UserSettings())
    qtbot.addWidget(shown)
    shown.resize(1440, 900)
    shown.show()
    with qtbot.waitSignal(shown.session.opened, timeout=60_000):
        shown.open_book(copy_to(demo_book, tmp_path))
    yield shown
    shown.close()


def settle(window: MainWindow) -> None:
    """Let everything arrive that was asked for, what waits for a pause included."""
    end, quiet = time.monotonic() + _PATIENCE_SECONDS, 0
    while quiet < 2:
        assert time.monotonic() < end, "the window never came to rest"
        window.jobs.wait_idle(5_000)
        for _ in range(4):
            QCoreApplication.processEvents()
        waiting = [one for one in window.findChildren(QTimer) if one.isSingleShot() and one.isActive()]
        for one in waiting:
            one.stop()
            one.timeout.emit()
        quiet = quiet + 1 if window.jobs.is_idle() and not waiting else 0


def pages(window: MainWindow, statement: Path) -> Iterator[str]:
    """Turn to every page of the screens, one after the other."""
    turns: dict[str, dict[str, Callable[[], object]]] = {
        "overview": {},
        "money": {"more": partial(window.view("money").more.show_all, True)},
        "reconcile": {},
    }
    stores, expansion, imports = (window.view(key) for key in ("stores", "expansion", "imports"))
    turns["stores"] = {page: partial(stores.stores.show_page, page) for page in ("map", "industry", "table")}
    for card in (stores.change, stores.rhythm):
        turns["stores"] |= {f"by {tab}": partial(card._tabs.choose, tab) for tab, _name in card._tabs._options[1:]}
    turns["expansion"] = {
        page: partial(expansion.show_page, page) for page in ("programme", "area", "map", "past", "kept")
    }
    turns["imports"] = {"plan": partial(imports.accept_files, [statement])}
    for key, further in turns.items():
        window.navigate(key)
        settle(window)
        yield key
        for page, turn in further.items():
            turn()
            settle(window)
            yield f"{key}, {page}"


def test_every_control_has_a_name_is_reached_in_reading_order_is_large_enough_and_shows_its_focus(
    qtbot, window, demo_files
):
    settle(window)
    seen, found, known = 0, [], set()
    for page in pages(window, next(demo_files.rglob("门店档案*"))):
        qtbot.waitUntil(lambda: window.activateWindow() or window.isActiveWindow())
        parts, chain = controls(window), tab_chain(window)
        wrong = [f"nameless: {known_as(part, window)}" for part in parts if not said(part)]
        wrong += [f"unreached: {known_as(part, window)}" for part in parts if part not in chain]
        wrong += [f"against reading: {step}" for step in against_reading(chain, window)]
        wrong += [f"too small: {part}" for part in too_small(parts, window)]
        wrong += [f"focus unseen: {part}" for part in unseen_focus([p for p in chain if p not in known], window)]
        known |= set(chain)
        found += [f"{page}: {one}" for one in wrong]
        seen += len(parts)
        assert set(chain) <= set(parts), page
    assert not found, "\n".join(found)
    assert seen > 500  # of about twenty pages with the frame around them


def test_every_control_has_a_name_in_english_and_shows_its_focus_in_the_dark(qtbot, window, demo_files):
    Language.set("en")
    Theme.current().set(mode=Mode.DARK)
    settle(window)
    found, known = [], set()
    for page in pages(window, next(demo_files.rglob("门店档案*"))):
        qtbot.waitUntil(lambda: window.activateWindow() or window.isActiveWindow())
        new = [part for part in tab_chain(window) if part not in known]
        found += [f"{page}: nameless {known_as(part, window)}" for part in controls(window) if not said(part)]
        found += [f"{page}: focus unseen {part}" for part in unseen_focus(new, window)]
        known |= set(new)
    assert not found, "\n".join(found)
