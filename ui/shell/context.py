"""What the window hands to its screens when a book was opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.session import OpenBook
from ui.views.base import AppContext

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def context_of(window: MainWindow, book: OpenBook) -> AppContext:
    """Bind the book to the window's workers, notices and screens."""
    context = AppContext(
        workspace=book.workspace,
        rooms=book.rooms,
        info=book.info,
        jobs=window.jobs,
        settings=window.settings,
        navigate=window.navigate,
        notify=window.notices.tell,
        show_failure=window.show_failure,
        changed=window.records_changed,
        open_book=window.open_book,
        import_files=window.files.bring,
        undo=window.undo,
    )
    context.extras["inbox"] = window.inbox
    context.extras["hint_over"] = window.notices.leave
    return context
