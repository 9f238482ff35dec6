"""What is chosen on a screen, kept by name for each book on this computer: period, store, and the like."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QInputDialog

from ui.settings import UserSettings
from ui.theme.translator import translate
from ui.views.base import AppContext, View
from ui.views.parts.view_menu import ViewMenu

_WHOSE = ("store", "map_store", "entity")
"""Choices that a book may have lost since: nothing is shown in their stead without a word."""


def say_gone(context: AppContext, name: str, gone: Sequence[str]) -> None:
    """Tell that a saved view was of stores, companies or accounts that are not there, and what is shown instead."""
    words = translate("“{name}” was of {what}, which is not there: all are shown instead.")
    context.notify("timing", words.format(name=name, what=translate(", ").join(gone)))


@dataclass(frozen=True)
class SavedPlace:
    """A name and what ``View.place`` returned; nothing of this kind is shipped."""

    name: str
    place: Mapping[str, str]
    shipped: bool = False

    @property
    def title(self) -> str:
        """Its name."""
        return self.name


class SavedPlaces:
    """The named places of one screen and book, beside the named filters of the reconcile screen."""

    def __init__(self, settings: UserSettings, book: Path, screen: str) -> None:
        self._settings, self._key = settings, f"{book}|{screen}"

    def all(self) -> tuple[SavedPlace, ...]:
        """Return them in the order of their making."""
        try:
            found = json.loads(self._settings.views(self._key) or "[]")
            return tuple(
                SavedPlace(str(one["name"]), {str(key): str(value) for key, value in one["place"].items()})
                for one in found
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            # Somebody has spoilt the line: nothing but choices is lost.
            return ()

    def keep(self, name: str, place: Mapping[str, str]) -> None:
        """Save under a name; one of the same name gives way."""
        self._write([*(one for one in self.all() if one.name != name), SavedPlace(name, dict(place))])

    def rename(self, name: str, new_name: str) -> None:
        """Call one something else; another of that name gives way."""
        others = [one for one in self.all() if one.name != new_name or name == new_name]
        self._write([SavedPlace(new_name, one.place) if one.name == name else one for one in others])

    def remove(self, name: str) -> None:
        """Forget one."""
        self._write([one for one in self.all() if one.name != name])

    def _write(self, places: list[SavedPlace]) -> None:
        kept = [{"name": one.name, "place": dict(one.place)} for one in places]
        self._settings.set_views(self._key, json.dumps(kept, ensure_ascii=False))


class PlacesMenu(ViewMenu):
    """The button in the top bar of a screen: save what is chosen, call it back, rename, remove."""

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._view = view
        self._places: SavedPlaces | None = None
        self._context: AppContext | None = None
        # It stands in the top bar, and its commands in the screen: it goes with the screen.
        view.destroyed.connect(self.deleteLater)
        self.chosen.connect(self._recall)
        self.saving.connect(self._ask_name)
        self.renaming.connect(self._ask_new_name)
        self.removing.connect(lambda one: self.remove(one.name))

    def use(self, context: AppContext) -> None:
        """Offer what was saved for this book."""
        self._context = context
        self._places = SavedPlaces(context.settings, context.info.path, self._view.key)
        self.set_views(self._places.all(), None)

    def save(self, name: str) -> None:
        """Keep what is chosen on the screen under a name; an empty one changes nothing."""
        if self._places is not None and name.strip():
            self._places.keep(name.strip(), self._view.place())
            self._offer(name.strip())

    def rename(self, name: str, new_name: str) -> None:
        """Call one something else; an empty name changes nothing."""
        if self._places is not None and new_name.strip():
            self._places.rename(name, new_name.strip())
            self._offer(new_name.strip())

    def remove(self, name: str) -> None:
        """Forget one."""
        if self._places is not None:
            self._places.remove(name)
            self._offer("")

    def _offer(self, name: str) -> None:
        if self._places is not None:
            found = self._places.all()
            self.set_views(found, next((one for one in found if one.name == name), None))

    def _recall(self, one: SavedPlace) -> None:
        self._offer(one.name)
        self._view.take_place(one.place)
        now = self._view.place()
        gone = [one.place[key] for key in _WHOSE if one.place.get(key) and now.get(key) != one.place[key]]
        if gone and self._context is not None:
            say_gone(self._context, one.name, gone)

    def _ask_name(self) -> None:
        self._ask(translate("Save these filters as"), "", self.save)

    def _ask_new_name(self, one: SavedPlace) -> None:
        title = translate("Rename {name} to").format(name=one.name)
        self._ask(title, one.name, partial(self.rename, one.name))

    def _ask(self, title: str, start: str, said: object) -> None:
        dialog = QInputDialog(self._view.window())
        dialog.setWindowTitle(title)
        dialog.setLabelText(title)
        dialog.setTextValue(start)
        dialog.setOkButtonText(translate("Save") if not start else translate("Rename"))
        dialog.setCancelButtonText(translate("Cancel"))
        dialog.textValueSelected.connect(said)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
