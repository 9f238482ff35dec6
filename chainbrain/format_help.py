"""Help beside each format: where its export is found, which file to choose, what to mind, what it is needed for.

Menus move with every release of a platform, so the places are hints. Formats that nobody has described in public have
an entry too, which says so: their tables go through the column mapping once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from chainbrain import texts
from chainbrain.importers.registry import FORMATS
from chainbrain.resources import resource


@dataclass(frozen=True)
class Help:
    """The help of one format in one language.

    Attributes:
        where: where in the platform's back office the export is found; a hint.
        file: which of the files to choose.
        mind: what to mind: how long it is kept, passwords, what damages it.
        use: what the file is needed for.
    """

    where: str
    file: str
    mind: tuple[str, ...]
    use: str


@dataclass(frozen=True)
class Format:
    """One format as a person sees it.

    Attributes:
        id: the format's name in reports.
        readable: whether files of it are recognised; the others go through the column mapping.
        confirmed: whether it was checked against real files.
        layouts: names of its layouts, where it has several.
        titles: its title by language.
        helps: its help by language.
    """

    id: str
    readable: bool
    confirmed: bool
    layouts: tuple[str, ...]
    titles: Mapping[str, str]
    helps: Mapping[str, Help]


@cache
def formats() -> tuple[Format, ...]:
    """All formats that are read, in the registry's order, then those that nobody has described.

    Raises:
        FileNotFoundError: a format that is read has no help.
    """
    known = tuple(
        _format(importer.format, importer.confirmed, tuple(layout.id for layout in importer.layouts if layout.id))
        for importer in FORMATS
    )
    read = {entry.id for entry in known}
    names = sorted(path.stem for path in resource("help", "formats").glob("*.json"))
    others = (_format(name, confirmed=False, layouts=()) for name in names if name not in read and _undescribed(name))
    return (*known, *others)


def format_of(name: str) -> Format | None:
    """The format of this name, with or without a layout behind it."""
    wanted = name.partition("/")[0]
    return next((entry for entry in formats() if entry.id == wanted), None)


def _format(name: str, confirmed: bool, layouts: tuple[str, ...]) -> Format:
    content = _content(name)
    titles = content.get("title") or {lang: texts.word(f"format.{name}", lang) for lang in texts.LANGUAGES}
    helps = {
        lang: Help(told["where"], told["file"], tuple(told["mind"]), told["use"])
        for lang in texts.LANGUAGES
        for told in (content[lang],)
    }
    return Format(name, not _undescribed(name), confirmed, tuple(dict.fromkeys(layouts)), titles, helps)


@cache
def _content(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(resource("help", "formats", f"{name}.json").read_text(encoding="utf-8"))
    return content


def _undescribed(name: str) -> bool:
    return _content(name).get("described") is False
