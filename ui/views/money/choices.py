"""What the cash screen is asked for in the bar above it: whose money, and which payments are taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker
from PySide6.QtWidgets import QComboBox

from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.views.money import words
from ui.widgets import Choice, Segmented, scaled

if TYPE_CHECKING:
    from chainbrain.cash.outlook import CashOutlook


_NARROWEST, _WIDEST = 120, 200


class EntityChoice(Choice):
    """All legal entities together, or one of them; hidden where there is one only.

    A long name leaves room for the bar; it stands whole in the list and in the tip.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        scaled(self, height=m.CONTROL, min_width=_NARROWEST, max_width=_WIDEST)
        self.currentTextChanged.connect(self.setToolTip)

    def set_outlook(self, outlook: CashOutlook | None) -> None:
        """Offer the entities of a forecast; the one that was chosen stays."""
        chosen = self.chosen
        names = [path.entity for path in outlook.paths] if outlook is not None else [None]
        if len(names) == 2:  # all of one is that one
            names = [None]
        with QSignalBlocker(self):
            self.clear()
            for name in names:
                self.addItem(words.entity_name(name), name)
            self.setCurrentIndex(max(0, self.findData(chosen)))
        self.setToolTip(self.currentText())
        widest = max((self.fontMetrics().horizontalAdvance(words.entity_name(name)) for name in names), default=0)
        self.view().setMinimumWidth(widest + Theme.current().px(2 * m.GAP_XL))
        self.setVisible(len(names) > 1)

    @property
    def chosen(self) -> str | None:
        """Whose money; nothing for all."""
        name = self.currentData()
        return str(name) if name is not None else None


class IrregularChoice(Segmented):
    """Whether payments that no plan knows are taken off."""

    def __init__(self) -> None:
        super().__init__()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.set_options([("past", self.tr("Unplanned ones, too")), ("known", self.tr("Known payments only"))])
        self.setAccessibleName(self.tr("Which payments are taken off"))
        self.setToolTip(
            self.tr("As the banks show them: steady ones on their days, others at their average of the past")
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
