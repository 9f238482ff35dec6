"""What a person says of unusual days: asks, writes, and shows what was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from chainbrain.analytics.attention import Item
from chainbrain.analytics.unusual import UnusualWord
from chainbrain.changes import Changes
from ui.theme.translator import translate
from ui.views.base import AppContext
from ui.views.overview.explain_dialog import ExplainDialog
from ui.views.overview.explained_dialog import ExplainedDialog
from ui.views.overview.words import attention_words

if TYPE_CHECKING:
    from chainbrain.workspace import Workspace


class UnusualWords(QObject):
    """Writes to the open book; every word is one entry of the history.

    Args:
        screen: above which the questions stand.
    """

    def __init__(self, screen: QWidget) -> None:
        super().__init__(screen)
        self._screen = screen
        self.context: AppContext | None = None

    def ask(self, item: Item, names: Mapping[str, str]) -> ExplainDialog | None:
        """Ask about an unusual day, and keep the answer."""
        store, day = item.filters.get("store"), item.last_day
        if not store or day is None:
            return None
        words = attention_words(item, names)
        dialog = ExplainDialog(words.title, day, item.remark, self._screen.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.answered.connect(lambda note, until: self._keep(store, day, note, until))
        dialog.open()
        return dialog

    def show(self, words: Sequence[UnusualWord], names: Mapping[str, str]) -> ExplainedDialog:
        """Show everything that was said."""
        dialog = ExplainedDialog(words, names, self._screen.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.taken_back.connect(self._take_back)
        dialog.open()
        return dialog

    def _keep(self, store: str, day: date, note: str, until: date | None) -> None:
        self._write(
            lambda workspace: workspace.unusual_desk.say(store, day, note, until), translate("The day is explained")
        )

    def _take_back(self, word: UnusualWord) -> None:
        self._write(
            lambda workspace: workspace.unusual_desk.take_back(word.store_id, word.day),
            translate("The alarms of this store stand again"),
        )

    def _write(self, write: Callable[[Workspace], Changes], text: str) -> None:
        context = self.context
        if context is None:
            return

        def done(changes: Changes) -> None:
            context.notify("matched", text, translate("Undo"), context.undo)
            context.changed(changes)

        context.write(lambda workspace, _report: write(workspace), done, text)
