"""Sends words to the desk the moment they are said; one reconciliation follows behind for all that need it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from chainbrain.changes import Changes
from ui.jobs import Failure, Job
from ui.views.base import AppContext
from ui.views.reconcile.pending import Pending, Word

if TYPE_CHECKING:
    from chainbrain.desk import Desk, Said

# So long nobody pressed a key: then what was said is matched anew, and the figures of every screen are read again.
QUIET_MS = 1_200
# What moves counts that nobody can tell before the book was matched anew is not left standing so long.
UNSURE_MS = 150
_MOVED = frozenset({"matches", "differences", "row_states"})


class Writing(QObject):
    """Keeps what is said.

    ``said(Word)`` when a word is kept for good, ``refused(Word, Failure)`` when it is not;
    ``taken_back(Said | None, Word | None)`` when one was undone: None when there was none to undo, no word when it was
    said elsewhere; ``following(Job)`` when a reconciliation begins behind.
    """

    said = Signal(object)
    refused = Signal(object, object)
    taken_back = Signal(object, object)
    following = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.pending = Pending()
        self._context: AppContext | None = None
        self._words: list[Word] = []
        self._due = 0
        self._job: Job | None = None
        self._hold: Callable[[], bool] = bool
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._catch_up)

    @property
    def said_here(self) -> bool:
        """Whether something was said on this screen that can be taken back."""
        return bool(self._words)

    @property
    def due(self) -> bool:
        """Whether something that was said is still to be matched anew."""
        return self._due > 0

    @property
    def stuck(self) -> bool:
        """Whether matching anew was stopped or failed, so that somebody has to ask for it."""
        return self._due > 0 and self._job is None and not self._quiet.isActive()

    @property
    def job(self) -> Job | None:
        """The reconciliation that runs behind."""
        return self._job

    def use(self, context: AppContext) -> None:
        """Write into this book from now on."""
        self._context, self.pending, self._words, self._due, self._job = context, Pending(), [], 0, None
        self._quiet.stop()

    def hold_while(self, busy: Callable[[], bool]) -> None:
        """Leave the figures alone while somebody is in the middle of a sentence."""
        self._hold = busy

    def pressed(self) -> None:
        """Somebody is at work: what has to follow waits a little longer."""
        if self._quiet.isActive():
            self._quiet.start(self._pause)

    def send(self, word: Word) -> None:
        """Keep a word; its lines have left their list already."""
        context = self._context
        if context is None:
            return
        self.pending.add(word)
        self._words.append(word)

        def say(desk: Desk) -> Said:
            found = desk.say(word.decision)
            # Known here before the window hears of it: the next word may be that this one is taken back.
            word.entry_id = found.entry_id
            return found

        def written(found: Said) -> None:
            self.pending.keep(word, found.entry_id, settled=found.settled)
            self._note(found)
            self.said.emit(word)

        context.say(say, written, lambda failure: self._refused(word, failure))

    def take_back(self) -> Word | None:
        """Take the last word back; returns it when it was said here, so that its lines come back at once."""
        context = self._context
        if context is None:
            return None
        word = self._words.pop() if self._words else None
        if word is not None:
            self.pending.take_back(word)
        else:
            self.pending.take_back_unknown()

        def undo(desk: Desk) -> Said | None:
            # Words are kept in the order in which they were said: its own entry is known by now.
            entry = word.entry_id if word is not None else desk.newest()
            return desk.take_back(entry) if entry else None

        def undone(found: Said | None) -> None:
            if word is not None and found is not None:
                word.entry_id = found.entry_id
            if found is not None:
                self._note(found)
            self.taken_back.emit(found, word)

        def kept(failure: Failure) -> None:
            if word is not None:
                self.pending.drop(word)
            self._quiet.start(QUIET_MS)
            context.show_failure(failure)

        context.say(undo, undone, kept)
        return word

    def waits(self, entry_id: int) -> None:
        """Words of an earlier time, up to this entry, are still to be matched anew."""
        if self._job is None and not self._due:
            self._due = entry_id
            self._quiet.start(QUIET_MS)

    def catch_up(self) -> None:
        """Match anew now what was said."""
        self._quiet.stop()
        self._catch_up()

    @property
    def _pause(self) -> int:
        return UNSURE_MS if self.pending.unsure else QUIET_MS

    def _note(self, found: Said) -> None:
        if not found.settled:
            self._due = max(self._due, found.entry_id)
        self._quiet.start(self._pause)

    def _refused(self, word: Word, failure: Failure) -> None:
        self.pending.drop(word)
        if word in self._words:
            self._words.remove(word)
        self.refused.emit(word, failure)
        if self._context is not None:
            self._context.show_failure(failure)

    def _catch_up(self) -> None:
        context = self._context
        if context is None:
            return
        if self._hold():
            self._quiet.start(QUIET_MS)
            return
        if self._due and self._job is None:
            job = context.write(
                lambda workspace, report: workspace.follow(report), self._followed, self.tr("Matching what you decided")
            )
            self._job = job
            job.finished.connect(lambda: self._ended(job))
            self.following.emit(job)
        context.changed(Changes(_MOVED))

    def _followed(self, changes: Changes) -> None:
        newest = changes.entry_id or 0
        self.pending.followed(newest)
        if self._due <= newest:
            self._due = 0
        # What is read now is shown when nobody is in the middle of a sentence.
        self._quiet.start(0 if not self._due else QUIET_MS)

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
