"""Statements that came into the watched folder: planned by themselves, said once, never written by themselves."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from chainbrain.importers.plan import ImportPlan
from ui.views.base import AppContext
from ui.views.imports.planner import Planner
from ui.views.imports.progress_pane import ProgressPane
from ui.views.parts.inbox import InboxWatch


class Arrivals(QObject):
    """Joins the watched folder with the plan."""

    def __init__(self, planner: Planner, progress: ProgressPane, parent: QObject) -> None:
        super().__init__(parent)
        self._planner, self._progress = planner, progress
        self._context: AppContext | None = None
        self._watch: InboxWatch | None = None
        self._announces = False
        planner.dropped.connect(self._dropped)

    @property
    def watch(self) -> InboxWatch | None:
        """The watched folder, where the window has one."""
        return self._watch

    @property
    def waiting(self) -> tuple[Path, ...]:
        """Files that nobody has dealt with yet."""
        return self._watch.waiting if self._watch is not None else ()

    def use(self, context: AppContext) -> None:
        """Take the open book."""
        watch = context.extras.get("inbox")
        self._context, self._announces = context, False
        self._watch = watch if isinstance(watch, InboxWatch) else None

    def plan(self, paths: Sequence[Path]) -> None:
        """Read what came; beside an open plan only say so."""
        context = self._context
        if context is None:
            return
        if self._planner.plan is None and not self._progress.busy:
            self._announces = True
            self._planner.add(paths)
            return
        words = self.tr("%n new file(s) in the watched folder", "", len(paths))
        context.notify("timing", words, self.tr("Read them too"), self.plan_waiting)

    def plan_waiting(self) -> None:
        """Read everything that waits together with what is planned."""
        self._planner.add(self.waiting)

    def announced(self, plan: ImportPlan) -> bool:
        """Say what came by itself; False when all of it is in the book already, so that there is nothing to show."""
        if not self._announces:
            return True
        self._announces = False
        fresh = {file.reading.path for file in plan.files if file.outcome != "already_imported"}
        if not fresh:
            self._planner.drop()
            return False
        if self._context is not None:
            context = self._context
            words = self.tr("%n new file(s) read from the watched folder; nothing is written yet", "", len(fresh))
            context.notify("timing", words, self.tr("Look at them"), lambda: context.navigate("imports"))
        return True

    def _dropped(self, paths: Sequence[Path]) -> None:
        self._announces = False
        if self._watch is not None:
            self._watch.dealt_with(paths)
