"""Writes a plan to the book, and takes an entry back again."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from chainbrain.changes import Changes
from chainbrain.importers.plan import ImportPlan
from ui.views.base import AppContext
from ui.views.imports.progress_pane import ProgressPane
from ui.views.imports.words import files_text, rows_text
from ui.words import message


@dataclass(frozen=True)
class Written:
    """What the last import of this sitting brought."""

    files: int
    rows: int


class Writer(QObject):
    """The writing side of the screen; ``written`` after a plan went into the book."""

    written = Signal()

    def __init__(self, progress: ProgressPane, parent: QObject) -> None:
        super().__init__(parent)
        self._progress = progress
        self._context: AppContext | None = None
        self._last: Written | None = None

    @property
    def last(self) -> Written | None:
        """What was written last, as long as the next step is to match it."""
        return self._last

    def use(self, context: AppContext) -> None:
        """Write to this book from now on."""
        self._context = context
        self._last = None

    def forget(self) -> None:
        """The next step is no longer to match what was written last."""
        self._last = None

    def apply(self, plan: ImportPlan) -> None:
        """Write what the plan shows."""
        context = self._context
        if context is None or self._progress.busy or not plan.writable:
            return
        job = context.write(
            lambda workspace, report: workspace.imports.apply(plan, report),
            lambda changes: self._applied(context, plan, changes),
            self.tr("Writing"),
        )
        self._progress.follow(job)

    def undo(self, entry_id: int | None) -> None:
        """Take an entry back."""
        context = self._context
        if context is None or self._progress.busy:
            return
        job = context.write(
            lambda workspace, report: workspace.undo(entry_id, report),
            lambda changes: self._undone(context, changes),
            self.tr("Taking it back"),
        )
        self._progress.follow(job)

    def redo(self, entry_id: int) -> None:
        """Do an entry again that was taken back; its files come from the safe."""
        context = self._context
        if context is None or self._progress.busy:
            return
        job = context.write(
            lambda workspace, report: workspace.redo(entry_id, report),
            lambda changes: self._redone(context, entry_id, changes),
            self.tr("Doing it again"),
        )
        self._progress.follow(job)

    def _applied(self, context: AppContext, plan: ImportPlan, changes: Changes) -> None:
        self._last = Written(len(plan.writable), plan.new_rows)
        self.written.emit()
        words = self.tr("Written: {rows} from {files}")
        entry_id = changes.entry_id
        told = [message(note.code, **note.facts) for file in plan.writable for note in file.notes]
        written = words.format(rows=rows_text(plan.new_rows), files=files_text(len(plan.writable)))
        context.notify(
            "matched",
            " ".join([written, *dict.fromkeys(told)]),
            self.tr("Undo"),
            lambda: self.undo(entry_id),
        )
        context.changed(changes)

    def _undone(self, context: AppContext, changes: Changes) -> None:
        self._last = None
        context.notify("matched", self.tr("Taken back. The files can be imported again at any time."))
        context.changed(changes)

    def _redone(self, context: AppContext, entry_id: int, changes: Changes) -> None:
        self._last = None
        context.notify("matched", self.tr("Done again, as it was."), self.tr("Undo"), lambda: self.undo(entry_id))
        context.changed(changes)
