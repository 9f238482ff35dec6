"""Scenarios and results between the screen and files that somebody names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from chainbrain.errors import UserError
from chainbrain.expansion.field_names import worded
from ui.jobs import Failure
from ui.theme.translator import Language
from ui.views.expansion import files
from ui.views.parts.file_names import ending_in

_JSON = "*.json"


class ScenarioFiles(QObject):
    """``one(Scenario)`` or ``programme(mapping)`` was read; ``saved(Path)``, or ``failed(Failure)`` in words."""

    one = Signal(object)
    programme = Signal(object)
    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent

    def ask_open(self, title: str) -> None:
        """Ask which file, then read it."""
        chosen, _filter = QFileDialog.getOpenFileName(self._window, title, "", _JSON)
        if chosen:
            self.open(Path(chosen))

    def open(self, path: Path) -> None:
        """Read a scenario of either kind."""
        try:
            programme = files.read_programme(path)
            scenario = None if programme is not None else files.read(path)
        except UserError as problem:
            self.refuse(problem)
            return
        if programme is not None:
            self.programme.emit(programme)
        else:
            self.one.emit(scenario)

    def ask_save(self, title: str, name: str, content: Callable[[], Mapping[str, object] | None]) -> None:
        """Ask where to, then write."""
        start = f"{name or self.tr('Scenario')}.json"
        chosen, _filter = QFileDialog.getSaveFileName(self._window, title, start, _JSON)
        if chosen:
            self.save(ending_in(".json", chosen), content())

    def save(self, path: Path, content: Mapping[str, object] | None) -> None:
        """Write what there is."""
        if content is None:
            return
        try:
            files.save(path, content)
        except UserError as problem:
            self.refuse(problem)
            return
        self.saved.emit(path)

    def refuse(self, problem: UserError) -> None:
        """Tell a fault with the fields in words."""
        self.failed.emit(Failure.of(worded(problem, Language.current())))
