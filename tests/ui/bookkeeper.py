"""A bookkeeper at the reconcile screen: clears what is open by real key presses, never with the mouse."""

from __future__ import annotations

from hands import CTRL, PLAIN, Hands, Key
from PySide6.QtCore import Qt

from ui.views.reconcile.items import Item
from ui.views.reconcile.view import ReconcileView


class Bookkeeper(Hands):
    """Says words on lines.

    Attributes:
        done: keys of the lines that left the work list, in order.
    """

    def __init__(self, view: ReconcileView) -> None:
        super().__init__(view)
        self.done: list[str] = []

    def accept(self) -> None:
        """Accept what is suggested."""
        self._leaves("accept", Key.Key_Return)

    def explain(self) -> None:
        """Write the line off, with a reason."""
        item = self.current()
        self._ask("write off", Key.Key_E)
        self.type("seen")
        self._leaves("write off", Key.Key_Return, item=item)

    def leave_out(self) -> None:
        """Leave the line out of the work."""
        item = self.current()
        self._ask("leave out", Key.Key_X)
        self.type("test")
        self._leaves("leave out", Key.Key_Return, item=item)

    def expect(self) -> None:
        """Expect the money on the proposed day."""
        item = self.current()
        self._ask("expect", Key.Key_T)
        self._leaves("expect", Key.Key_Return, item=item)

    def together(self, most: int) -> None:
        """Tick so many lines and decide about all of them."""
        lines = self.view.lines
        for _ in range(min(most, len(lines.items))):
            self.tick()
            if lines.table.currentIndex().row() < len(lines.model.rows) - 1:
                self.down()
        ticked = lines.ticked
        note = self.view.answer.note
        if any(item.suggested for item in ticked):
            self._leaves("decide about all", Key.Key_Return, CTRL, item=ticked[0])
        else:
            self.press("decide about all", Key.Key_Return, note.field.hasFocus, CTRL)
            self.type("seen")
            self._leaves("decide about all", Key.Key_Return, item=ticked[0])
        assert not set(lines.items) & set(ticked)
        self.done += [item.key for item in ticked[1:]]
        self.first(lines.table)

    def undo(self) -> None:
        """Take the last word back: its line is open again."""
        key = self.done.pop()
        self.press("undo", Key.Key_U, lambda: key in {item.key for item in self.view.lines.items})

    def find(self, text: str) -> int:
        """Search for something, go to the first line that is found, and let the search go again; how many fitted."""
        lines = self.view.lines
        self.press("search", Key.Key_Slash, lines.search.hasFocus, look=False)
        self.type(text)
        found = len(lines.model.rows)
        self.press("to the found", Key.Key_Return, lines.table.hasFocus)
        self.press("search", Key.Key_Slash, lines.search.hasFocus, look=False)
        self.press("empty the search", Key.Key_Delete, lambda: not lines.search.text(), look=False)
        self.press("to the lines", Key.Key_Return, lines.table.hasFocus)
        return found

    def match(self, lines: int) -> None:
        """Tick so many lines, choose the payout that is suggested for each, and match them all as one group."""
        view, start = self.view, self.view.lines.table.currentIndex().row()
        for number in range(lines):
            self.to_lines()
            while view.lines.table.currentIndex().row() < start + number:
                self.down()
            self.tick()
            self.to_candidates()
            self.choose_payout()
        ticked, gap = view.answer.grouping.lines, view.answer.grouping.gap
        if gap:
            self.press("match", Key.Key_Return, view.answer.note.field.hasFocus, CTRL)
            self.type("both")
            self._leaves("match", Key.Key_Return, item=ticked[0])
        else:
            self._leaves("match", Key.Key_Return, CTRL, item=ticked[0])
        assert not set(view.lines.items) & set(ticked)
        self.done += [item.key for item in ticked[1:]]
        self.to_lines()

    # ------------------------------------------------------------------ inside

    def _ask(self, what: str, key: Qt.Key) -> None:
        note = self.view.answer.note
        self.press(what, key, lambda: note.field.hasFocus() or note.day_field.hasFocus())

    def _leaves(self, what: str, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN, item: Item | None = None) -> None:
        gone = item or self.current()
        self.press(what, key, lambda: gone not in self.view.lines.items, modifier)
        self.done.append(gone.key)
