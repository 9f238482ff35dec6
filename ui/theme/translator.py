"""Translations from flat JSON catalogues, so that a text is added by adding one line."""

import json
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QTranslator

from chainbrain.resources import resource

Catalogue = dict[str, str | list[str]]


def read_catalogue(folder: Path) -> Catalogue:
    """Merge every file of one language; two files must not disagree about a text."""
    merged: Catalogue = {}
    for path in sorted(folder.glob("*.json")):
        for source, text in json.loads(path.read_text(encoding="utf-8")).items():
            if merged.setdefault(source, text) != text:
                raise ValueError(f"{path.name}: two translations of {source!r}")
    return merged


class JsonTranslator(QTranslator):
    """A translator over ``resources/i18n/<language>/*.json``; contexts do not matter."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._texts = read_catalogue(resource("i18n", language))

    def isEmpty(self) -> bool:
        """Say that there is something to translate; Qt drops empty translators."""
        return False

    def translate(
        self, context: str | bytes, source: str | bytes, disambiguation: str | bytes | None = None, n: int = -1
    ) -> str:
        """Return the text of ``source``; a list holds the forms for one and for many."""
        key = source.decode() if isinstance(source, bytes) else source
        text = self._texts.get(key)
        if text is None:
            return None  # type: ignore[return-value]  # null lets Qt fall back to the source text
        if isinstance(text, list):
            return text[0] if n == 1 else text[-1]
        return text


class Language:
    """The language of the window, switched while it runs."""

    CHINESE, ENGLISH = "zh", "en"
    _folders: ClassVar[dict[str, str]] = {CHINESE: "zh_CN", ENGLISH: "en"}
    _translator: JsonTranslator | None = None
    _code = ENGLISH

    @classmethod
    def current(cls) -> str:
        """Return ``zh`` or ``en``."""
        return cls._code

    @classmethod
    def set(cls, code: str) -> None:
        """Install the catalogue of ``code``; every widget then gets a LanguageChange event."""
        fresh = JsonTranslator(cls._folders[code])
        cls._code = code
        if cls._translator is not None:
            QCoreApplication.removeTranslator(cls._translator)
        cls._translator = fresh
        QCoreApplication.installTranslator(fresh)


def marked(source: str) -> str:
    """Mark a text for the catalogue that is translated later, where it is shown."""
    return source


def translate(source: str, n: int = -1) -> str:
    """Translate a text outside a QObject."""
    return QCoreApplication.translate("", source, None, n)
