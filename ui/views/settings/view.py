"""Settings: looks, the open book, dated rules, holidays."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain.changes import Changes
from ui.theme import metrics as m
from ui.views.base import AppContext, View
from ui.views.parts.scroller import Scroller
from ui.views.settings.book_page import BookPage
from ui.views.settings.holidays_page import HolidaysPage
from ui.views.settings.looks_page import LooksPage
from ui.views.settings.rules_page import RulesPage
from ui.widgets import Segmented, VBox

_LOOKS, _BOOK, _RULES, _HOLIDAYS = "looks", "book", "rules", "holidays"


class SettingsView(View):
    """Four pages behind tabs in the top bar."""

    key = "settings"
    icon_name = "settings"

    def __init__(self) -> None:
        super().__init__()
        self._tabs = Segmented()
        self.looks, self.book, self.rules, self.holidays = LooksPage(), BookPage(), RulesPage(), HolidaysPage()
        self._pages: dict[str, QWidget] = {
            # Lists scroll by themselves; these pages do not, and a large scale leaves them little height.
            _LOOKS: Scroller(self.looks),
            _BOOK: Scroller(self.book),
            _RULES: self.rules,
            _HOLIDAYS: self.holidays,
        }
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        VBox(self, (m.SCREEN_SIDE, m.SCREEN_TOP, m.SCREEN_SIDE, m.SCREEN_BOTTOM)).addWidget(self._stack)
        self._tabs.changed.connect(self.show_page)
        self.looks.gallery_wanted.connect(self._open_gallery)
        self.retranslate()

    def title(self) -> str:
        """Return the name of the screen."""
        return self.tr("Settings")

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book."""
        super().set_workspace(context)
        self.looks.set_context(context)
        self.book.set_context(context)
        self.rules.set_context(context)
        self.holidays.set_context(context)

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the pages again that show what moved."""
        self.book.refresh()
        if changes is None or changes.touches("rules"):
            self.rules.refresh()
            self.holidays.refresh()

    def open_with(self, **filters: object) -> None:
        """Show the page asked for."""
        page = filters.get("page")
        if isinstance(page, str) and page in self._pages:
            self._tabs.set_current(page)
            self.show_page(page)

    def top_bar_widgets(self) -> tuple[list[QWidget], list[QWidget]]:
        """Return the tabs."""
        return [self._tabs], []

    def show_page(self, key: str) -> None:
        """Show one page."""
        self._stack.setCurrentWidget(self._pages[key])

    def retranslate(self) -> None:
        """Set the texts of the tabs; each page words itself."""
        self._tabs.setAccessibleName(self.tr("Settings"))
        self._tabs.set_options(
            (
                (_LOOKS, self.tr("Looks")),
                (_BOOK, self.tr("Book")),
                (_RULES, self.tr("Rules")),
                (_HOLIDAYS, self.tr("Holidays")),
            )
        )

    def _open_gallery(self) -> None:
        if self.context is not None:
            self.context.navigate("gallery")
