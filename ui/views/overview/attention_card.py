"""The card of what needs a hand: its lines, what can be claimed back, and why there is no line."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from chainbrain.analytics.attention import Attention
from ui import figures
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.overview.attention_list import AttentionList
from ui.views.overview.model import OverviewData
from ui.views.overview.words import attention_words
from ui.views.parts.scroller import Scroller
from ui.widgets import EmptyState, Label, TitledCard

_LEAST_SHOWN, _MOST_SHOWN = 3, 10


class AttentionCard(TitledCard):
    """``acted`` asks for what was explained, ``mend_wanted`` for what has to be done before there are lines."""

    mend_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self.list, self.empty, self.stack = AttentionList(), EmptyState(), QStackedWidget()
        self._scroll = Scroller(self.list)
        self._claim_words, self._claim = Label(role=Role.SMALL, color="text2"), Label(bold=True, figures=True)
        self.stack.addWidget(self._scroll)
        self.stack.addWidget(self.empty)
        self.head_right.add(self._claim_words, self._claim)
        self.add(self.stack)
        self.empty.acted.connect(self.mend_wanted)

    def full_height(self) -> float:
        """Return the height at which every item shows, up to ten, in px at 100 %."""
        return m.CARD_HEAD + m.ROW_ATTENTION * min(max(len(self.list.items), _LEAST_SHOWN), _MOST_SHOWN) + 3

    def set_data(self, data: OverviewData | None, names: Mapping[str, str]) -> None:
        """Show what was read, and set every text; ``names`` are short names of stores by number."""
        self.list.setAccessibleName(self.tr("Needs a hand"))
        attention = data.attention if data else None
        items = attention.items if attention else ()
        note = self.tr("%n item(s), by amount", "", len(items)) if items else ""
        words = data.unusual_words if data else ()
        self.set_title(self.tr("Needs a hand"), note, self.tr("%n explained", "", len(words)) if words else "")
        self._show_claims(attention)
        if data is not None and data.stale:
            self.empty.set_texts(
                self.tr("Not reconciled yet"),
                self.tr("What needs a hand is known once the rows have been matched."),
                self.tr("To reconciliation"),
            )
        else:
            self.empty.set_texts(
                self.tr("Nothing needs a hand"), self.tr("Every row is matched, on its way as agreed, or set apart.")
            )
        of_chain = attention.of_chain if attention else lambda _item: False
        self.list.set_items([attention_words(item, names, of_chain=of_chain(item)) for item in items])
        self.stack.setCurrentWidget(self._scroll if items or attention is None else self.empty)

    def _show_claims(self, attention: Attention | None) -> None:
        """What can be claimed back for the stores shown; what belongs to no store stands beside it."""
        own = attention.claimable if attention else None
        beside = attention.claimable_of_chain if attention else None
        words = self.tr("to claim back") if own or beside else ""
        if beside:
            words = self.tr("to claim back, besides {amount} of the whole chain")
            words = words.format(amount=figures.money(beside, symbol=True))
        self._claim_words.setText(words)
        self._claim.setText(figures.money(own, symbol=True) if own is not None and words else "")
