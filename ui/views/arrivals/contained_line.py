"""The line of receipts that an opening balance has in it already."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from chainbrain import openings
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets import ElidedLabel, HBox, LinkButton
from ui.words import enumerated, message


class ContainedLine(QWidget):
    """Hidden while there are none; ``button`` shows their rows."""

    def __init__(self) -> None:
        super().__init__()
        self.button, self._words = LinkButton(role=Role.BODY), ElidedLabel(color="timing")
        HBox(self, spacing=m.GAP_S).add(self._words, self.button)

    @property
    def words(self) -> str:
        """What is said; empty where there are none."""
        return self._words.text()

    def set_found(self, found: Sequence[openings.Contained]) -> None:
        """Say which, and set every text."""
        by_channel = openings.by_channel(found)
        self.setVisible(bool(by_channel))
        self._words.setText(enumerated(message(openings.CODE, **openings.facts(one)) for one in by_channel))
        self.button.setText(self.tr("Show the rows"))
