"""Above the form: the file, its sheet, and the row in which the names stand."""

from PySide6.QtCore import Signal

from chainbrain.importers.mapped.sample import Sample
from ui import figures
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.mapping.parts import QuietChoice
from ui.widgets import ElidedLabel, HBox, IconButton, Label, Pane, Segmented, VBox, scaled


class Head(Pane):
    """``moved(row, rows)`` when the header was moved, ``sheet_chosen(sheet)`` when another sheet was chosen."""

    moved = Signal(int, int)
    sheet_chosen = Signal(str)

    def __init__(self, file_name: str) -> None:
        super().__init__()
        self._sample: Sample | None = None
        self._title = ElidedLabel(file_name, role=Role.TITLE)
        self._about = ElidedLabel(role=Role.SMALL, color="text2")
        self._row = Label(color="text2", figures=True)
        self.sheet = QuietChoice()
        self.up, self.down = IconButton("chevron_left", framed=True), IconButton("chevron_right", framed=True)
        self.rows = Segmented()
        scaled(self.sheet, width=160)
        scaled(self, height=m.SUMMARY_BAND)
        texts = VBox(spacing=m.GAP_XS).add(self._title, self._about)
        row = HBox(self, (m.GAP_L, m.GAP_S, m.GAP_L, m.GAP_S), m.GAP_S).add(
            texts, self.sheet, self._row, self.up, self.down, self.rows
        )
        row.setStretch(0, 1)
        self.sheet.activated.connect(lambda _index: self.sheet_chosen.emit(self.sheet.key))
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.rows.changed.connect(self._rows_chosen)
        self.retranslate()

    def show_sample(self, sample: Sample) -> None:
        """Show where the header stands."""
        self._sample = sample
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.up.set_name(self.tr("Header one row up"))
        self.down.set_name(self.tr("Header one row down"))
        self.rows.set_options((("1", self.tr("one row")), ("2", self.tr("two rows"))))
        self.rows.setAccessibleName(self.tr("Rows of the header"))
        self.sheet.setAccessibleName(self.tr("Sheet"))
        sample = self._sample
        for part in (self.up, self.down, self.rows):
            part.setEnabled(sample is not None)
        self.sheet.setVisible(sample is not None and len(sample.sheets) > 1)
        self._about.setText(self.tr("Map it once; tables with the same header are recognised from then on"))
        if sample is None:
            self._row.setText(self.tr("Looking for the header\u2026"))
            return
        header = sample.header
        self.sheet.offer([(sheet, sheet) for sheet in sample.sheets], sample.sheet or "")
        self._row.setText(self.tr("Header in row {row}").format(row=figures.plain(header.row + 1)))
        self.up.setEnabled(header.row > 0)
        self.down.setEnabled(header.row < sample.last_header_row)
        self.rows.set_current(str(header.height))

    def _move(self, step: int) -> None:
        if self._sample is not None:
            self.moved.emit(self._sample.header.row + step, self._sample.header.height)

    def _rows_chosen(self, key: str) -> None:
        if self._sample is not None:
            # The lower row of two carries the names, so the header grows upwards, or downwards from the first row.
            row = self._sample.header.row
            self.moved.emit(max(row, int(key) - 1), int(key))
