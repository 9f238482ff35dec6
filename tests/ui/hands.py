"""The hands of a bookkeeper at the reconcile screen: real key presses, each timed until it has been answered."""

from __future__ import annotations

import time
from collections.abc import Callable

from answered_keys import Painted, Press, answered, until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.views.reconcile.items import Item
from ui.views.reconcile.pending import Word
from ui.views.reconcile.view import ReconcileView
from ui.widgets import DataTable

Key, CTRL, PLAIN = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


class Hands:
    """Press keys where the keyboard is, and remember how each was answered.

    They wait for the sum of a line before the next key, as a person does who looks at it, and never for a word to be
    kept: the next keys fall while it is written.

    Attributes:
        presses: every key press with its answer.
        shown: milliseconds until the sum of the line that is then current was on the screen.
        kept: milliseconds from a word until it was kept for good.
    """

    def __init__(self, view: ReconcileView) -> None:
        self.view = view
        self.presses: list[Press] = []
        self.shown: list[float] = []
        self.kept: list[float] = []
        self._sent: list[float] = []
        lines, answer = view.lines, view.answer
        watched: list[QWidget] = [lines.table.viewport(), answer.candidates.viewport(), answer.facts.viewport()]
        fields: list[QWidget] = [view.work, lines.search, answer.note.field, answer.note.day_field.lineEdit()]
        self._painted = Painted([*watched, *fields])
        view.decisions.writing.said.connect(self._said)

    # ------------------------------------------------------------------ keys

    def press(
        self,
        what: str,
        key: Qt.Key,
        seen: Callable[[], bool],
        modifier: Qt.KeyboardModifier = PLAIN,
        *,
        look: bool = True,
    ) -> None:
        """Press one key and wait for its answer; then look at the sum of the line."""
        writing = self.view.decisions.writing
        words, started = writing.pending.kept + writing.pending.unkept, time.perf_counter()
        busy = writing.pending.unkept > 0 or writing.job is not None
        self.presses.append(answered(what, key, modifier, seen, self._painted, busy=busy))
        told = writing.pending.kept + writing.pending.unkept - words
        self._sent += [started] * max(0, told)
        if look:
            until(lambda: not self.view.details.waiting)
            self.shown.append((time.perf_counter() - started) * 1000)

    def type(self, text: str) -> None:
        """Write into the field that has the keyboard, letter by letter."""
        for letter in text:
            field = self._focus()
            before = field.text()  # type: ignore[attr-defined]
            key = Key.Key_Space if letter == " " else Key(ord(letter.upper()))
            self.press("a letter", key, lambda field=field, before=before: field.text() != before, look=False)

    def down(self) -> None:
        """One line down."""
        table = self.view.lines.table
        row = table.currentIndex().row()
        self.press("down", Key.Key_Down, lambda: table.currentIndex().row() == row + 1)

    def up(self) -> None:
        """One line up."""
        table = self.view.lines.table
        row = table.currentIndex().row()
        self.press("up", Key.Key_Up, lambda: table.currentIndex().row() == row - 1)

    def first(self, table: DataTable) -> None:
        """The first row of a table; a key that would change nothing is not pressed."""
        if table.currentIndex().row() > 0:
            self.press("first", Key.Key_Home, lambda: table.currentIndex().row() == 0)

    def tick(self) -> None:
        """Tick the line under the keyboard."""
        item = self.current()
        self.press("tick", Key.Key_Space, lambda: item in self.view.lines.ticked, look=False)

    def choose_payout(self) -> None:
        """Choose the payout under the keyboard."""
        chosen = self.view.answer.grouping.payouts
        self.press("choose", Key.Key_Space, lambda: self.view.answer.grouping.payouts != chosen)

    def rest(self, seconds: float) -> None:
        """Drink tea: what was said is matched anew meanwhile, and the work goes on while that runs."""
        end = time.monotonic() + seconds
        until(lambda: time.monotonic() > end)

    def to_work(self) -> None:
        """Go to the list of work with F6."""
        self._to(self.view.work)

    def to_lines(self) -> None:
        """Go to the lines."""
        self._to(self.view.lines.table)

    def to_candidates(self) -> None:
        """Go to what the line could be."""
        self._to(self.view.answer.candidates)

    def go(self, leg: str, work: str) -> bool:
        """Go to a kind of work with the arrows; False when nothing of it is left."""
        view = self.view
        self.to_work()
        for _ in range(4):
            if view.tabs.current == leg:
                break
            before = view.tabs.current
            self.press("next leg", Key.Key_Right, lambda before=before: view.tabs.current != before)
        groups = [entry.group for entry in view.work.entries if entry.group is not None]
        wanted = next((group for group in groups if group.name == work), None)
        if wanted is None:
            return False
        if view.work.current != groups[0]:
            self.press("first work", Key.Key_Home, lambda: view.work.current == groups[0])
        for group in groups[1 : groups.index(wanted) + 1]:
            self.press("next work", Key.Key_Down, lambda group=group: view.work.current == group)
        until(lambda: view.lines.group == wanted)
        until(lambda: not view.details.waiting)
        self.to_lines()
        self.first(view.lines.table)
        return bool(view.lines.items)

    # ------------------------------------------------------------------ inside

    def current(self) -> Item:
        item = self.view.lines.current
        assert item is not None
        return item

    def _to(self, pane: QWidget) -> None:
        for _ in range(4):
            if pane.hasFocus():
                return
            before = self._focus()
            self.press("next pane", Key.Key_F6, lambda before=before: not before.hasFocus())
        raise AssertionError(f"F6 never came to {pane}")

    def _said(self, _word: Word) -> None:
        if self._sent:
            self.kept.append((time.perf_counter() - self._sent.pop(0)) * 1000)

    def _focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found
