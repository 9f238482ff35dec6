"""The formats that a file fits equally well: a person says which one it is."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.imports.meanings import candidate_title, meaning_of
from ui.widgets import Label, ListRow, VBox


class Candidates(QWidget):
    """One line per format with what its rows would mean; ``chosen(str)`` carries the candidate."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._candidates: tuple[str, ...] = ()
        self._current = ""
        self._question = Label(role=Role.SMALL, color="text2", wrap=True)
        self._list = VBox()
        self._rows: list[ListRow] = []
        head = VBox(margins=(m.GAP, 0, m.GAP, m.GAP_S)).add(self._question)
        VBox(self, (0, 0, 0, m.GAP_S)).add(head, self._list)
        self.retranslate()

    @property
    def rows(self) -> tuple[ListRow, ...]:
        """The shown lines."""
        return tuple(self._rows)

    def show_candidates(self, candidates: Sequence[str], current: str | None) -> None:
        """Offer these; ``current`` is how the file is read now, if a person has said so."""
        self._candidates, self._current = tuple(candidates), current or ""
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self._question.setText(self.tr("The heads fit several tables equally well. Which one did you export?"))
        if len(self._rows) != len(self._candidates):
            self._make_rows()
        for row, candidate in zip(self._rows, self._candidates, strict=True):
            now = candidate == self._current
            row.set_texts(
                candidate_title(candidate),
                meaning_of(candidate),
                self.tr("read like this now") if now else self.tr("Read it like this"),
            )
            row.set_selected(now)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _make_rows(self) -> None:
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [ListRow(" ", " ") for _ in self._candidates]
        for number, row in enumerate(self._rows):
            row.clicked.connect(lambda at=number: self.chosen.emit(self._candidates[at]))
            self._list.addWidget(row)
