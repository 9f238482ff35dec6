"""The dialog for a table no importer knows: what its columns are, shown live, kept in the book."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from chainbrain.changes import Changes
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.mapped.mapping_json import LONGEST_NAME
from chainbrain.importers.mapped.sample import Sample, TriedOut
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.views.base import AppContext
from ui.views.mapping.columns_card import ColumnsCard
from ui.views.mapping.head import Head
from ui.views.mapping.looker import Found, Looker
from ui.views.mapping.model import free_name, name_for, start_of, tidied, with_column, with_fixed, with_word
from ui.views.mapping.result_card import ResultCard
from ui.views.mapping.table_card import TableCard
from ui.views.mapping.words import lacking_words
from ui.views.parts.scroller import Scroller
from ui.widgets import HBox, Label, Pane, PrimaryButton, SecondaryButton, VBox, scaled

_SIZE = QSize(1360, 840)
_OF_PARENT = 0.96
# One pane of the form; below this width of the dialog the two panes stand below each other.
_PANE, _STACK_BELOW = 348, 1160


class MappingDialog(QDialog):
    """Maps one table; ``saved(name)`` once the map stands in the book, before the dialog closes.

    Args:
        context: the open book.
        path: the file.
        member: which member of an archive.
        parent: the window that waits.
    """

    saved = Signal(str)

    def __init__(
        self, context: AppContext, path: Path, member: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._context, self._path = context, path
        self._file_name = f"{path.name}!{member}" if member else path.name
        self._sample: Sample | None = None
        self._mapping: TableMapping | None = None
        self._kept_name = ""
        self._unreadable = False
        self._taken: frozenset[str] = frozenset()
        self._replaces: str | None = None
        self._looker = Looker(context, path, member, self)
        self.head = Head(self._file_name)
        self.table_card, self.columns_card, self.result_card = TableCard(), ColumnsCard(), ResultCard()
        self.name = QLineEdit()
        self._name_label, self._lacking = Label(color="text2"), Label(color="timing", wrap=True)
        self._cancel, self.save_button = SecondaryButton(), PrimaryButton()
        self._build()
        self._connect()
        self.retranslate()
        self.resize(self._wanted_size(parent))
        self._follow()
        self._looker.sample()

    def _build(self) -> None:
        form = QWidget()
        self._form = HBox(form, (0, 0, m.GAP_S, 0), m.GAP).add(self.table_card, self.columns_card)
        for card in (self.table_card, self.columns_card):
            self._form.setAlignment(card, Qt.AlignmentFlag.AlignTop)
            scaled(card, width=_PANE)
        self._left = Scroller(form)
        middle = HBox(margins=(m.GAP_L, m.GAP, m.GAP_L, m.GAP), spacing=m.GAP_S).add(self._left, self.result_card)
        middle.setStretch(1, 1)
        foot = Pane("surface")
        self.name.setMaxLength(LONGEST_NAME)
        scaled(self.name, height=m.CONTROL, width=200)
        row = HBox(foot, (m.GAP_L, 0, m.GAP_L, 0), m.GAP_S).add(
            self._name_label, self.name, self._lacking, self._cancel, self.save_button
        )
        row.setStretch(2, 1)
        scaled(foot, height=m.ACTION_BAR)
        outer = VBox(self).add(self.head, middle, foot)
        outer.setStretch(1, 1)
        scaled(self, min_width=720, min_height=420)

    def _connect(self) -> None:
        self._looker.sampled.connect(self._sampled)
        self._looker.tried.connect(self._tried)
        self._looker.failed.connect(self._not_read)
        self.head.moved.connect(self._move_header)
        self.head.sheet_chosen.connect(lambda sheet: self._looker.sample(sheet=sheet))
        self.columns_card.meant.connect(self._column_meant)
        self.table_card.kind_chosen.connect(self._kind_chosen)
        self.table_card.part_chosen.connect(self._part_chosen)
        self.table_card.fixed.connect(lambda field, value: self._change(with_fixed(self._map(), field, value)))
        self.table_card.told.connect(lambda field, said, code: self._change(with_word(self._map(), field, said, code)))
        self.name.textChanged.connect(self._named)
        self._cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save)

    @property
    def mapping(self) -> TableMapping | None:
        """The map as it stands; nothing while the table is being looked at."""
        return self._mapping

    @property
    def lacking(self) -> str:
        """What keeps the map from being saved, in words."""
        return self._lacking.text()

    def save(self) -> None:
        """Keep the map in the book, when it is complete."""
        mapping = self._mapping
        if mapping is None or not self.save_button.isEnabled():
            return
        self.save_button.setEnabled(False)
        kept, replaces = tidied(mapping), self._replaces
        job = self._context.write(
            lambda workspace, _report: workspace.save_mapping(kept, replaces), self._saved, self.tr("Saving the map")
        )
        job.failed.connect(lambda _failure: self._follow())

    def done(self, result: int) -> None:
        """Let the reading process go."""
        self._looker.close()
        super().done(result)

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("Map the columns of {file}").format(file=self._file_name))
        self._name_label.setText(self.tr("Name of the map"))
        self.name.setAccessibleName(self.tr("Name of the map"))
        self._cancel.setText(self.tr("Cancel"))
        self.save_button.setText(self.tr("Save and recognise"))
        self.save_button.set_hint("Ctrl \u21b5")
        for part in (self.head, self.table_card, self.columns_card, self.result_card):
            part.retranslate()
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the panes of the form when they leave too little room for the rows."""
        super().resizeEvent(event)
        stacked = self.width() < Theme.current().px(_STACK_BELOW)
        self._form.setDirection(HBox.Direction.TopToBottom if stacked else HBox.Direction.LeftToRight)
        scaled(self._left, width=_PANE + m.GAP if stacked else 2 * _PANE + m.GAP + m.GAP)

    # ------------------------------------------------------------------ answers
    def _sampled(self, found: Found) -> None:
        self._sample = found.sample
        self._taken = found.taken
        self._replaces = found.like[0].name if found.like else None
        usual = self._replaces or free_name(name_for(self._path), found.taken)
        like = () if self._looker.look.kind else found.like
        self._mapping = start_of(found.sample, like, self._kept_name or usual)
        self.head.show_sample(found.sample)
        self.columns_card.show_sample(found.sample)
        self.name.setText(self._mapping.name)
        self._unreadable = False
        self._show()
        # New inputs are not on screen before the next turn of the event loop, and cannot take the focus earlier.
        QTimer.singleShot(0, self, self._focus_first)

    def _focus_first(self) -> None:
        unread = next((choice for choice in self.columns_card.choices.values() if not choice.key), None)
        last = self.save_button if self.save_button.isEnabled() else unread
        wanted = self.table_card.first_wanted() or last
        if wanted is not None:
            wanted.setFocus()

    def _tried(self, tried: TriedOut) -> None:
        if self._mapping is not None:
            self._unreadable = not tried.records
            self.result_card.show_trial(self._mapping, tried)
            self._follow()

    def _not_read(self, words: str) -> None:
        if self._sample is None:
            self._mapping = None
        self.result_card.show_failure(words)
        self._follow()

    def _saved(self, changes: Changes) -> None:
        name = self._map().name.strip()
        if changes.kinds:
            self._context.changed(changes)
        self.saved.emit(name)
        self.accept()

    # ------------------------------------------------------------------ changes
    def _map(self) -> TableMapping:
        assert self._mapping is not None  # every signal comes from a part that shows a map
        return self._mapping

    def _change(self, mapping: TableMapping) -> None:
        self._mapping = mapping
        self._show()

    def _show(self) -> None:
        sample, mapping = self._sample, self._mapping
        if sample is None or mapping is None:
            return
        self.table_card.show_mapping(sample, mapping)
        self.columns_card.show_mapping(mapping)
        self._follow()
        self._looker.try_out(mapping)

    def _follow(self) -> None:
        mapping = self._mapping
        for part in (self._left, self.name, self._name_label):
            part.setVisible(mapping is not None)
        open_dates = self._sample is not None and self._sample.suggestion.reason("dates") is not None
        lacking = ""
        if mapping is not None:
            lacking = lacking_words(mapping, dates_open=open_dates, unreadable=self._unreadable, taken=self._taken)
        self._lacking.setText(lacking)
        self.save_button.setEnabled(mapping is not None and not lacking)

    def _named(self, text: str) -> None:
        if self._mapping is not None:
            self._mapping = replace(self._mapping, name=text)
            self._kept_name = text.strip()
            self._follow()

    def _column_meant(self, column: str, field: str) -> None:
        self._change(with_column(self._map(), column, field))

    def _kind_chosen(self, kind: str) -> None:
        look = self._looker.look
        self._looker.sample(sheet=look.sheet, row=look.header_row, rows=look.header_rows, kind=kind)

    def _part_chosen(self, part: str, value: Any) -> None:
        self._change(replace(self._map(), **{part: value}))

    def _move_header(self, row: int, rows: int) -> None:
        self._looker.sample(sheet=self._looker.look.sheet, row=row, rows=rows)

    def _wanted_size(self, parent: QWidget | None) -> QSize:
        px = Theme.current().px
        wanted = QSize(px(_SIZE.width()), px(_SIZE.height()))
        return wanted if parent is None else wanted.boundedTo(parent.window().size() * _OF_PARENT)
