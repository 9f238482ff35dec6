"""The sentence that answers a trade area, and the lines on which it rests."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from chainbrain.expansion.areas import notes
from ui.messages import message
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.expansion.area.card import AreaAnswer, AreaCard
from ui.views.parts.scroller import Scroller
from ui.widgets import Card, HBox, Label, LinkButton, VBox


class AreaSentence(Card):
    """What own neighbours lose; ``taken(share)`` carries the middle value, ``export_asked`` wants a file."""

    taken = Signal(object)
    export_asked = Signal()

    def __init__(self) -> None:
        super().__init__(padding=(20, m.GAP_M, 20, m.GAP_M), spacing=2)
        self._answer: AreaAnswer | None = None
        self._sentence = Label(role=Role.FIGURE, wrap=True)
        self._note = Label(role=Role.SMALL, color="text2", wrap=True)
        self.take, self.export = LinkButton(), LinkButton()
        row = HBox(spacing=m.GAP)
        row.addWidget(self._note, 1)
        row.add(self.take, self.export)
        self.add(0, self._sentence, row, 0)
        self.take.clicked.connect(lambda: self.taken.emit(self.share))
        self.export.clicked.connect(self.export_asked)
        self.retranslate()

    @property
    def share(self) -> Decimal | None:
        """What may be taken over as the share lost by own stores; None when it is not known."""
        found = self._answer.study.cannibalisation if self._answer else None
        return found[1] if found else None

    @property
    def sentence(self) -> str:
        """The shown sentence."""
        return self._sentence.text()

    def set_answer(self, answer: AreaAnswer | None) -> None:
        """Show another answer."""
        self._answer = answer
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        answer = self._answer
        self.take.setText(self.tr("Take it over as an assumption of the store"))
        self.export.setText(self.tr("Write to a file…"))
        self.take.setVisible(self.share is not None)
        self.export.setVisible(answer is not None)
        if answer is None:
            self._sentence.setText(self.tr("What a site draws, and what it takes from own stores"))
            self._note.setText(self.tr("Choose a candidate or type coordinates with their datum."))
            return
        first = notes.of_study(answer.study)[0]
        self._sentence.setText(message(first.code, **first.facts))
        new = answer.study.new
        said = self.tr("The new store draws {share} of the people within {km} km.")
        self._note.setText(said.format(share=notes.percent(new.after), km=f"{answer.study.wish.reach_km:g}"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class BasisCard(AreaCard):
    """On what the figures rest, and what they cannot know."""

    def __init__(self) -> None:
        super().__init__(padding=(m.GAP, 0, m.GAP_S, m.GAP_S))
        self._text = Label(color="text2", wrap=True)
        content = QWidget()
        VBox(content, (0, 0, m.GAP_S, 0)).add(self._text, 0)
        self.add(Scroller(content))
        self.retranslate()

    @property
    def words(self) -> str:
        """What is said."""
        return self._text.text()

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("On what it rests"))
        said: tuple[notes.Note, ...] = ()
        if self.answer is not None:
            said = (*notes.of_study(self.answer.study)[1:], *notes.of_analogues(self.answer.analogues))
        self._text.setText("\n".join(message(one.code, **one.facts) for one in said))
