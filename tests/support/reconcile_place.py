"""How tests work at the reconcile screen: a kind of work, a key, a menu entry, the counts."""

from PySide6.QtCore import Qt


def choose(place, leg, name):
    """Go to a kind of work by its leg and name."""
    view = place.view
    if view.tabs.current != leg:
        view.tabs.set_current(leg)
        view.tabs.changed.emit(leg)
        place.settle()
    group = next(entry.group for entry in view.work.entries if entry.group and entry.group.name == name)
    view.work.chosen.emit(group)
    place.settle()
    return group


def press(qtbot, place, key, modifier=Qt.KeyboardModifier.NoModifier):
    table = place.view.lines.table
    table.setFocus()
    qtbot.keyClick(table, key, modifier)
    place.settle()


def trigger(place, text):
    next(action for action in place.view.actions() if action.text() == text).trigger()
    place.settle()


def summary(place):
    return place.view.state.summary
