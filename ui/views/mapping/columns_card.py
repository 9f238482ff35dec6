"""The columns of the table: name, a value, what it is read as, and why that is proposed."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.mapped.sample import Sample
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.mapping.model import fields_of
from ui.views.mapping.parts import QuietChoice
from ui.views.mapping.words import field_hint, field_word, reason_words
from ui.widgets import ElidedLabel, HBox, Label, Rule, TitledCard, VBox, scaled


class _ColumnRow(QWidget):
    """One column; ``meant`` is called when a person says what it is."""

    def __init__(self, name: str, example: str, meant: Callable[[str, str], None]) -> None:
        super().__init__()
        self._column = name
        self._name = ElidedLabel(name, bold=True)
        self._example = ElidedLabel(example, role=Role.SMALL, color="text2")
        self._reason = Label(role=Role.SMALL, color="text3", wrap=True)
        self._hint = Label(role=Role.SMALL, color="text2", wrap=True)
        self.choice = QuietChoice()
        scaled(self.choice, width=148)
        self.choice.activated.connect(lambda _index: meant(self._column, self.choice.key))
        texts = VBox(spacing=0).add(self._name, self._example)
        row = HBox(spacing=m.GAP_M).add(texts, self.choice)
        row.setStretch(0, 1)
        lines = VBox(margins=(0, m.CELL_PAD, 0, m.CELL_PAD)).add(row, self._hint, self._reason)
        VBox(self).add(lines, Rule())

    @property
    def hint(self) -> str:
        """What the chosen field means, as shown."""
        return self._hint.text()

    def show_meaning(self, mapping: TableMapping, reason: str, unread: str, says: str) -> None:
        """Show what the column is read as."""
        field = mapping.columns.get(self._column, "")
        options = [("", unread), *((one, field_word(one)) for one in fields_of(mapping.kind))]
        self.choice.offer(options, field, field_hint)
        self.choice.setAccessibleName(says.format(column=self._column))
        self._name.set_color("ink" if field else "text3")
        hint = field_hint(field)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.choice.setAccessibleDescription(hint)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))


class ColumnsCard(TitledCard):
    """All columns in the order of the file; ``meant(column, field)`` when one was chosen."""

    meant = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(padding=(m.GAP, 0, m.GAP, m.GAP_S), spacing=0)
        self._rows: dict[str, _ColumnRow] = {}
        self._mapping: TableMapping | None = None
        self._sample: Sample | None = None

    @property
    def hints(self) -> Mapping[str, str]:
        """What every read column is said to mean, by name."""
        return {name: row.hint for name, row in self._rows.items() if row.hint}

    @property
    def choices(self) -> Mapping[str, QuietChoice]:
        """The choice of every column, by name."""
        return {name: row.choice for name, row in self._rows.items()}

    def show_sample(self, sample: Sample) -> None:
        """List the columns of another header."""
        self._sample = sample
        while self.body.count():
            item = self.body.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = {}
        for name in sample.header.places:
            example = next((row[name] for row in sample.rows if row.get(name)), "")
            self._rows[name] = _ColumnRow(name, example, self.meant.emit)
            self.add(self._rows[name])

    def show_mapping(self, mapping: TableMapping) -> None:
        """Show what every column is read as; a reason only where the proposal still stands."""
        self._mapping = mapping
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        mapping, sample = self._mapping, self._sample
        if mapping is None or sample is None:
            return
        self.set_title(self.tr("The columns"), self.tr("%n of them are read", "", len(mapping.columns)))
        for name, row in self._rows.items():
            reason = sample.suggestion.reason("column", name)
            stands = reason is not None and mapping.columns.get(name) == reason.value
            says = self.tr("What the column {column} is")
            row.show_meaning(mapping, reason_words(reason) if stands else "", self.tr("not read"), says)
