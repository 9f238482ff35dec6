"""The card of the books that were opened before."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal

from ui import figures
from ui.settings import RecentBook
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.type_roles import Role
from ui.views.start.rows import empty
from ui.widgets import Label, ListRow, TitledCard, VBox

_SHOWN = 3


class RecentCard(TitledCard):
    """The newest first; ``book_wanted(path)`` when one is clicked, ``acted`` for another one."""

    book_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 1), spacing=0)
        self._books: tuple[RecentBook, ...] = ()
        self._rows = VBox()
        self.body.addLayout(self._rows)
        self.add(0)

    def set_books(self, books: Sequence[RecentBook]) -> None:
        """Show these."""
        self._books = tuple(books)
        self._fill()

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("Recent books"), action=self.tr("Open another…"))
        self._fill()

    def _fill(self) -> None:
        empty(self._rows)
        if not self._books:
            nothing = Label(self.tr("No book yet. The first files you drop make one."), Role.SMALL, "text2", wrap=True)
            nothing.setContentsMargins(*(Theme.current().px(m.GAP) for _ in range(4)))
            self._rows.addWidget(nothing)
            return
        for number, book in enumerate(self._books[:_SHOWN]):
            row = ListRow(
                book.path.name,
                self._about(book),
                _when(book.opened_at),
                icon_name="file",
                height=60,
                ruled=number + 1 < len(self._books[:_SHOWN]),
            )
            row.set_selected(number == 0)
            row.setToolTip(str(book.path))
            row.clicked.connect(lambda path=book.path: self.book_wanted.emit(path))
            self._rows.addWidget(row)

    def _about(self, book: RecentBook) -> str:
        stores = self.tr("%n store(s)", "", book.store_count)
        if book.demo:
            return self.tr("{stores}, demo data").format(stores=stores)
        if book.last_day:
            return self.tr("{stores}, data to {day}").format(stores=stores, day=book.last_day)
        return stores


def _when(moment: datetime) -> str:
    if moment.date() == datetime.now().date():
        return moment.strftime("%H:%M")
    return figures.day(moment.date(), year=moment.year != datetime.now().year)
