"""A bookkeeper at the reconcile screen: clears what is open by real key presses, never with the mouse."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.views.reconcile.view import ReconcileView

Key, CTRL, PLAIN = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
_PATIENCE = 60.0
_TURNS = 170


def silence(exports: Path, *names: str) -> None:
    """Take payer and batch out of the statements of one bank: most of its deposits can then only be suggested.

    Args:
        exports: every file of the chain.
        names: further payers to be left out.
    """
    statements = sorted(exports.rglob("建设银行*.csv"))
    assert statements
    for path in statements:
        text = path.read_text(encoding="gb18030")
        text = re.sub(r"(微信支付提现|美团外卖结算款{})[^,]*".format("|支付宝提现" * bool(names)), "转账", text)
        for name in ("财付通支付科技有限公司", "北京三快在线科技有限公司", *names):
            text = text.replace(name, "")
        path.write_text(text, encoding="gb18030", newline="")


class Bookkeeper:
    """Presses keys where the keyboard is; remembers how long each was answered for, and which lines are done.

    Attributes:
        answered: milliseconds from each key press until its handler returned and the window had painted.
        shown: milliseconds until the sum of the line that is then current was on the screen.
        kept: milliseconds from a word until it was kept for good.
        done: keys of the lines that left the work list, in order.
    """

    def __init__(self, view: ReconcileView) -> None:
        self.view = view
        self.answered: list[float] = []
        self.shown: list[float] = []
        self.kept: list[float] = []
        self.done: list[str] = []

    # ------------------------------------------------------------------ keys

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN, *, look: bool = True) -> None:
        """Press one key; look at the answer before the next."""
        pending = self.view.decisions.writing.pending
        before = pending.kept
        started = time.perf_counter()
        QTest.keyClick(self._focus(), key, modifier)
        QCoreApplication.processEvents()
        self.answered.append((time.perf_counter() - started) * 1000)
        if not look:
            return
        self._until(lambda: not self.view.details.waiting)
        self.shown.append((time.perf_counter() - started) * 1000)
        if pending.unkept:
            self._until(lambda: not pending.unkept)
            self.kept.append((time.perf_counter() - started) * 1000)
        assert pending.kept >= before or key == Key.Key_U

    def type(self, text: str) -> None:
        """Write a reason, letter by letter."""
        for letter in text:
            self.press(Key(ord(letter.upper())))

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
        self.to_work()
        for _ in range(4):
            if self.view.tabs.current == leg:
                break
            self.press(Key.Key_Right)
        groups = [entry.group for entry in self.view.work.entries if entry.group is not None]
        wanted = next((group for group in groups if group.name == work), None)
        if wanted is None:
            return False
        self.press(Key.Key_Home)
        for _ in range(groups.index(wanted)):
            self.press(Key.Key_Down)
        self._until(lambda: self.view.lines.group == wanted)
        self._until(lambda: not self.view.details.waiting)
        self.to_lines()
        self.press(Key.Key_Home)
        return bool(self.view.lines.items)

    # ------------------------------------------------------------------ words

    def accept(self) -> None:
        """Accept what is suggested."""
        self._leaves(lambda: self.press(Key.Key_Return))

    def explain(self) -> None:
        """Write the line off, with a reason."""
        self._leaves(lambda: (self.press(Key.Key_E), self.type("seen"), self.press(Key.Key_Return)))

    def leave_out(self) -> None:
        """Leave the line out of the work."""
        self._leaves(lambda: (self.press(Key.Key_X), self.type("test"), self.press(Key.Key_Return)))

    def expect(self) -> None:
        """Expect the money on the proposed day."""
        self._leaves(lambda: (self.press(Key.Key_T), self.press(Key.Key_Return)))

    def together(self, most: int) -> None:
        """Tick so many lines and decide about all of them."""
        lines = self.view.lines
        for _ in range(min(most, len(lines.items))):
            self.press(Key.Key_Space, look=False)
            self.press(Key.Key_Down, look=False)
        ticked = [item.key for item in lines.ticked]
        self.press(Key.Key_Return, CTRL)
        if not self.view.answer.note.isHidden():
            self.type("seen")
            self.press(Key.Key_Return)
        assert not {item.key for item in lines.items} & set(ticked)
        self.done += ticked
        if lines.items:
            self.press(Key.Key_Home)

    def undo(self) -> None:
        """Take the last word back and say that its line is open again."""
        self.press(Key.Key_U)
        self.done.pop()

    def match(self, lines: int) -> None:
        """Tick so many lines, choose the first free payout of each, and match them all as one group."""
        view, start = self.view, self.view.lines.table.currentIndex().row()
        for number in range(lines):
            self.to_lines()
            while view.lines.table.currentIndex().row() < start + number:
                self.press(Key.Key_Down)
            self.press(Key.Key_Space)
            self.to_candidates()
            self.press(Key.Key_Home)
            self.press(Key.Key_Space)
        ticked = [item.key for item in view.answer.grouping.lines]
        gap = view.answer.grouping.gap
        self.press(Key.Key_Return, CTRL)
        if gap:
            self.type("both")
            self.press(Key.Key_Return)
        assert not {item.key for item in view.lines.items} & set(ticked)
        self.done += ticked
        self.to_lines()

    # ------------------------------------------------------------------ inside

    def _leaves(self, keys: Callable[[], object]) -> None:
        item = self.view.lines.current
        assert item is not None
        keys()
        assert item not in self.view.lines.items, f"{item} stays"
        self.done.append(item.key)

    def _to(self, pane: QWidget) -> None:
        for _ in range(4):
            if pane.hasFocus():
                return
            self.press(Key.Key_F6)
        raise AssertionError(f"F6 never came to {pane}")

    def _focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def _until(self, true: Callable[[], bool]) -> None:
        end = time.monotonic() + _PATIENCE
        while not true():
            assert time.monotonic() < end, "no answer came"
            QCoreApplication.processEvents()
            time.sleep(0.001)
        # What the answer itself sets off.
        for _ in range(2):
            QCoreApplication.processEvents()


def clear(keeper: Bookkeeper, wanted: int, one_by_one: int = _TURNS) -> None:
    """Do an hour's work: clear so many lines, of every kind that is open.

    Args:
        keeper: who does it.
        wanted: how many lines.
        one_by_one: from so many of a kind on the rest is ticked and decided together.
    """
    if keeper.go("bank", "single") or keeper.go("bank", "several"):
        keeper.accept()
        keeper.undo()
        assert keeper.view.lines.current is not None
        keeper.match(2)
        keeper.match(3)
    by_work: dict[tuple[str, str], tuple[Callable[[], None], ...]] = {
        ("bank", "single"): (keeper.accept,),
        ("bank", "several"): (keeper.accept,),
        ("bank", "no_candidate"): (keeper.explain,),
        ("bank", "late"): (keeper.expect, keeper.explain),
        ("bank", "bank_amount"): (keeper.explain,),
        ("till", "till_only"): (keeper.explain, keeper.expect),
        ("till", "wallet_only"): (keeper.explain,),
        ("till", "duplicate"): (keeper.leave_out,),
        ("till", "refund"): (keeper.explain,),
        ("till", "amount"): (keeper.explain,),
        ("till", "store"): (keeper.explain,),
        ("till", "cash"): (keeper.explain,),
        ("till", "stored_value"): (keeper.explain,),
        ("ledger", "fee"): (keeper.explain,),
        ("payout", "commission"): (keeper.explain,),
    }
    for (leg, work), words in by_work.items():
        if len(keeper.done) >= wanted or not keeper.go(leg, work):
            continue
        group = keeper.view.lines.group
        for turn in range(_TURNS):
            if len(keeper.done) >= wanted or keeper.view.lines.group != group or not keeper.view.lines.items:
                break
            if turn >= one_by_one and work in ("single", "till_only", "wallet_only"):
                keeper.together(min(20, wanted - len(keeper.done)))
                continue
            words[turn % len(words)]()
            if turn == 1:
                keeper.undo()
