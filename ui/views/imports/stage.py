"""What stands on the import screen: where files are dropped and listed at the left, one page at the right."""

from enum import Enum

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.views.imports.detail import DetailCard
from ui.views.imports.file_list import FileList
from ui.views.imports.history import HistoryPanel
from ui.views.imports.known_formats import KnownFormats
from ui.views.imports.places_line import PlacesLine
from ui.views.parts.board import NARROW_BELOW, Board, Cell, Column
from ui.views.parts.inbox_bar import InboxBar
from ui.views.places.panel import PlacesPanel
from ui.widgets import Card, DropZone, EmptyState, VBox

_NARROW_BELOW = 760
_LEAST, _LINE = 420, 44


class Page(Enum):
    """What the screen shows: nothing yet, a plan, what was written before, or what of it belongs to no store."""

    EMPTY = 0
    PLAN = 1
    HISTORY = 2
    PLACES = 3


class Stage(Board):
    """The parts and their places; once something is planned the drop zone leaves the room to it."""

    def __init__(self) -> None:
        super().__init__(_NARROW_BELOW)
        self._page = Page.EMPTY
        self.zone, self.files, self.known = DropZone(), FileList(), KnownFormats()
        self.inbox_bar = InboxBar()
        self.detail, self.history, self.empty = DetailCard(), HistoryPanel(), EmptyState()
        self.places, self.places_line = PlacesPanel(), PlacesLine()
        self._left, self._right = self._stack_left(), self._stack_right()
        self._whole = QWidget()
        self.known.filled.connect(self.order_tabs)
        VBox(self._whole, spacing=m.GAP_M).add(self.places_line, self._right).setStretch(1, 1)
        self._put()

    def _put(self) -> None:
        """Give every part its place; what belongs to no store needs the width and comes first without it."""
        places = self._page is Page.PLACES
        left = (
            Cell(self.zone, least=lambda: self.zone.least, gap=m.GAP_S),
            Cell(self.inbox_bar, least=24, gap=m.GAP_S),
            Cell(self._left, least=200, grows=1, stacked=220),
        )
        page = Cell(self._whole, least=self._least, grows=1, stacked=lambda: max(520, self._least()), first=places)
        self.set_narrow_below(NARROW_BELOW if places else _NARROW_BELOW)
        self.set_lines(((Column(left, width=328, narrowest=264), Column((page,))),))

    @property
    def page(self) -> Page:
        """What is shown."""
        return self._page

    def show_page(self, page: Page, *, planned: bool) -> None:
        """Show another page; without a plan there is none to show."""
        before = self._page
        self._page = Page.EMPTY if page is Page.PLAN and not planned else page
        self._right.setCurrentIndex(self._page.value)
        self._left.setCurrentIndex(1 if planned else 0)
        self.places_line.set_open(self._page is Page.PLACES)
        self.zone.set_slim(planned)
        if Page.PLACES in (before, self._page) and before is not self._page:
            self._put()
        else:
            self.arrange()

    def bring_page(self) -> None:
        """Scroll to the page: in a narrow window it stands below everything else."""
        self.bring(self._whole)

    def retranslate(self, *, planned: bool, reading: bool) -> None:
        """Set the texts that depend on what goes on."""
        self.zone.set_text(
            self.tr("Drop more files, folders or archives") if planned else self.tr("Drop files, folders or archives")
        )
        if reading:
            self.empty.set_texts(self.tr("Reading the files"), self.tr("Nothing is written before you confirm."))
        else:
            self.empty.set_texts(
                self.tr("No statements in this book yet"),
                self.tr(
                    "Drop what tills, wallets, delivery platforms and banks export. "
                    "You see row by row what would be added; nothing is written before you confirm."
                ),
                self.tr("Choose files\u2026"),
            )

    def _stack_left(self) -> QStackedWidget:
        card = Card(padding=(0, 0, 0, m.GAP_XS))
        card.add(self.files)
        stack = QStackedWidget()
        stack.addWidget(self.known)
        stack.addWidget(card)
        return stack

    def _stack_right(self) -> QStackedWidget:
        card = Card()
        card.add(self.empty)
        stack = QStackedWidget()
        for page in (card, self.detail, self.history, self.places):
            stack.addWidget(page)
        return stack

    def _least(self) -> float:
        """The height at which nothing of the page is squeezed, px at 100 %."""
        line = _LINE if self.places_line.isVisibleTo(self) else 0
        if self._page is not Page.PLAN:
            return _LEAST
        return max(_LEAST, line + self.detail.least_height() / Theme.current().scale)
