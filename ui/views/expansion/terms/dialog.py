"""Edits one list of a store row by row; nothing is taken before all of it can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from chainbrain.errors import UserError
from ui.messages import message, word
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.expansion.terms.lists import ColumnSpec, ListSpec
from ui.widgets import Choice, Grid, HBox, IconButton, Label, PrimaryButton, SecondaryButton, VBox, scaled

Row = Mapping[str, object]
_LEAST_ROWS = 2


class ListDialog(QDialog):
    """One line for each entry; a line left empty does not count. ``rows`` are as JSON has them."""

    def __init__(self, spec: ListSpec, rows: Sequence[Row], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec, self._taken = spec, [dict(row) for row in rows]
        self._heads = [Label(role=Role.SMALL, color="text2") for _ in spec.columns]
        self._lines: list[list[QLineEdit | Choice]] = []
        self._removers: list[IconButton] = []
        self._hint = Label(role=Role.SMALL, color="text2", wrap=True)
        self._fault = Label(role=Role.SMALL, color="difference", wrap=True)
        self._add, self._ok, self._cancel = SecondaryButton(), PrimaryButton(), SecondaryButton()
        content = QWidget()
        self._grid = Grid(content, spacing=(m.GAP_XS, 4))
        for number, (column, head) in enumerate(zip(spec.columns, self._heads, strict=True)):
            scaled(head, width=column.width)
            self._grid.addWidget(head, 0, number)
        for row in [*rows, *({} for _ in range(_LEAST_ROWS - len(rows)))]:
            self._append(row)
        self._add.clicked.connect(lambda: self._append({}, focus=True))
        self._ok.clicked.connect(self.take)
        self._cancel.clicked.connect(self.reject)
        buttons = HBox(spacing=m.GAP_S).add(self._add, 0, self._cancel, self._ok)
        box = VBox(self, (m.GAP_L, m.GAP_L, m.GAP_L, m.GAP), m.GAP_S)
        box.add(self._hint, content, self._fault, 0, buttons)
        # The dialog itself must have no least size of its own, or that of its lines would not count.
        scaled(self._hint, min_width=420)
        self.retranslate()

    @property
    def rows(self) -> list[dict[str, object]]:
        """What was taken last."""
        return self._taken

    @property
    def fault(self) -> str:
        """What is wrong, in words; empty when nothing is."""
        return self._fault.text()

    def cell(self, row: int, name: str) -> QLineEdit | Choice:
        """One field."""
        return self._lines[row][[column.name for column in self._spec.columns].index(name)]

    def take(self) -> None:
        """Close with what is typed, or say what cannot be read."""
        rows = [found for line in self._lines if (found := self._read(line))]
        try:
            self._spec.read(self._spec.name, rows)
        except UserError as problem:
            self._show(problem)
            return
        self._taken = rows
        self.accept()

    def retranslate(self) -> None:
        """Set every text."""
        title = word(f"expansion.input.{self._spec.name}")
        self.setWindowTitle(title)
        self._hint.setText(word(f"expansion.list.{self._spec.name}"))
        for column, head in zip(self._spec.columns, self._heads, strict=True):
            head.setText(word(f"expansion.column.{column.name}"))
        for line in self._lines:
            for column, cell in zip(self._spec.columns, line, strict=True):
                cell.setAccessibleName(f"{title} {word(f'expansion.column.{column.name}')}")
        for remover in self._removers:
            remover.setAccessibleName(self.tr("Remove this line"))
            remover.setToolTip(self.tr("Remove this line"))
        self._add.setText(self.tr("Add a line"))
        self._ok.setText(self.tr("Take over"))
        self._cancel.setText(self.tr("Cancel"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _append(self, row: Row, focus: bool = False) -> None:
        line = [_cell(column, row.get(column.name)) for column in self._spec.columns]
        number = self._grid.rowCount()
        for position, cell in enumerate(line):
            self._grid.addWidget(cell, number, position)
        remover = IconButton("trash")
        remover.clicked.connect(partial(self._remove, line, remover))
        self._grid.addWidget(remover, number, len(line))
        self._lines.append(line)
        self._removers.append(remover)
        if focus:
            self.retranslate()
            line[0].setFocus()

    def _remove(self, line: list[QLineEdit | Choice], remover: IconButton) -> None:
        self._lines.remove(line)
        self._removers.remove(remover)
        for widget in (*line, remover):
            widget.hide()
            widget.deleteLater()

    def _read(self, line: Sequence[QLineEdit | Choice]) -> dict[str, object]:
        found: dict[str, object] = {}
        typed = False
        for column, cell in zip(self._spec.columns, line, strict=True):
            if isinstance(cell, Choice):
                found[column.name] = cell.currentData()
            elif text := cell.text().strip():
                found[column.name], typed = text, True
        return found if typed else {}

    def _show(self, problem: UserError) -> None:
        path = str(problem.facts.get("field", ""))
        name = path.rsplit(".", 1)[-1] if "." in path else ""
        known = name in {column.name for column in self._spec.columns}
        line = path.partition("[")[2].partition("]")[0]
        field = word(f"expansion.column.{name}") if known else word(f"expansion.input.{self._spec.name}")
        if line.isdigit():
            field = self.tr("line {line}, {field}").format(line=int(line) + 1, field=field)
        self._fault.setText(message(problem.code, **{**problem.facts, "field": field}))


def _cell(column: ColumnSpec, value: object) -> QLineEdit | Choice:
    if column.choices:
        choice = Choice()
        for key in column.choices:
            choice.addItem(word(f"{column.vocabulary}.{key}"), key)
        choice.setCurrentIndex(max(choice.findData(str(value)), 0))
        scaled(choice, width=column.width)
        return choice
    text = "" if value is None else str(value)
    field = QLineEdit(text)
    scaled(field, width=column.width, height=m.CONTROL)
    return field
