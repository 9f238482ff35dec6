"""What the user chose for this computer: language, theme, recent books."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QLocale, QSettings, QStandardPaths

_RECENT_MAX = 8


@dataclass(frozen=True)
class RecentBook:
    """A book opened before; ``note`` is what was known about it when it was closed."""

    path: Path
    opened_at: datetime
    store_count: int = 0
    last_day: str = ""
    demo: bool = False


def settings_file() -> Path:
    """Return the ini file, which ``CHAINBRAIN_CONFIG`` may move."""
    override = os.environ.get("CHAINBRAIN_CONFIG")
    if override:
        return Path(override)
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(place) / "ChainBrain" / "chainbrain.ini"


class UserSettings:
    """The ini file as typed properties; written at once."""

    def __init__(self, path: Path | None = None) -> None:
        self._store = QSettings(str(path or settings_file()), QSettings.Format.IniFormat)

    def _text(self, key: str, fallback: str) -> str:
        value = self._store.value(key, fallback)
        return value if isinstance(value, str) else fallback

    @property
    def language(self) -> str:
        """``zh`` or ``en``; before the first choice Chinese, unless the system speaks English."""
        system = "en" if QLocale.system().language() == QLocale.Language.English else "zh"
        # A machine without a language (C locale) is more often a Chinese shop's than not.
        if QLocale.system().name() in {"C", "en_US"} and not os.environ.get("LANG", "").startswith("en"):
            system = "zh"
        chosen = self._text("language", system)
        return chosen if chosen in {"zh", "en"} else "zh"

    @language.setter
    def language(self, value: str) -> None:
        self._store.setValue("language", value)

    @property
    def theme(self) -> str:
        """``light``, ``dark`` or ``system``."""
        chosen = self._text("theme", "system")
        return chosen if chosen in {"light", "dark", "system"} else "system"

    @theme.setter
    def theme(self, value: str) -> None:
        self._store.setValue("theme", value)

    @property
    def change_colours(self) -> str:
        """``red_up``, ``green_up`` or ``orange_blue``; the fallback follows the language."""
        fallback = "red_up" if self.language == "zh" else "green_up"
        chosen = self._text("change_colours", fallback)
        return chosen if chosen in {"red_up", "green_up", "orange_blue"} else fallback

    @change_colours.setter
    def change_colours(self, value: str) -> None:
        self._store.setValue("change_colours", value)

    @property
    def money_more(self) -> bool:
        """Whether the cash screen shows what it keeps folded away otherwise."""
        return self._text("money_more", "") == "yes"

    @money_more.setter
    def money_more(self, value: bool) -> None:
        self._store.setValue("money_more", "yes" if value else "")

    @property
    def scale(self) -> float:
        """Size of everything, 1.0 to 2.0."""
        try:
            return min(2.0, max(1.0, float(self._text("scale", "1.0"))))
        except ValueError:
            return 1.0

    @scale.setter
    def scale(self, value: float) -> None:
        self._store.setValue("scale", f"{value:.2f}")

    @property
    def recent(self) -> tuple[RecentBook, ...]:
        """Books opened before, newest first."""
        books = []
        for number in range(self._store.beginReadArray("recent")):
            self._store.setArrayIndex(number)
            book = self._recent_book()
            if book is not None:
                books.append(book)
        self._store.endArray()
        return tuple(books)

    def _recent_book(self) -> RecentBook | None:
        """The book at the present place of the list; nothing when somebody has spoilt its line."""
        path = self._text("path", "")
        try:
            opened_at = datetime.fromisoformat(self._text("opened_at", ""))
            stores = int(self._text("store_count", "0"))
        except ValueError:
            return None
        if not path:
            return None
        return RecentBook(Path(path), opened_at, stores, self._text("last_day", ""), self._text("demo", "") == "yes")

    def remember(self, book: RecentBook) -> None:
        """Put a book first in the list."""
        self._write_recent([book, *(old for old in self.recent if old.path != book.path)][:_RECENT_MAX])

    def forget(self, path: Path) -> None:
        """Take a book off the list."""
        self._write_recent([book for book in self.recent if book.path != path])

    def _write_recent(self, books: Sequence[RecentBook]) -> None:
        self._store.remove("recent")
        self._store.beginWriteArray("recent", len(books))
        for number, book in enumerate(books):
            self._store.setArrayIndex(number)
            self._store.setValue("path", str(book.path))
            self._store.setValue("opened_at", book.opened_at.isoformat(timespec="seconds"))
            self._store.setValue("store_count", str(book.store_count))
            self._store.setValue("last_day", book.last_day)
            self._store.setValue("demo", "yes" if book.demo else "")
        self._store.endArray()
        self._store.sync()

    def views(self, book: str) -> str:
        """Filters that were saved by name for one book, as they were written."""
        return str(self._views().get(book, ""))

    def set_views(self, book: str, text: str) -> None:
        """Keep the filters of one book."""
        self._store.setValue("views", json.dumps({**self._views(), book: text}, ensure_ascii=False))
        self._store.sync()

    def _views(self) -> dict[str, object]:
        """The filters of every book; nothing when somebody has spoilt the line."""
        try:
            found = json.loads(self._text("views", "{}"))
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def geometry(self) -> bytes:
        """Where the window stood, as Qt wrote it."""
        value = self._store.value("geometry", b"")
        return bytes(value.data()) if hasattr(value, "data") else b""

    @geometry.setter
    def geometry(self, value: bytes) -> None:
        self._store.setValue("geometry", value)
