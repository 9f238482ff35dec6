"""How many stores a programme can afford, in one sentence, with its proof."""

from __future__ import annotations

from PySide6.QtCore import QEvent

from chainbrain.expansion.programme import Answer, sentence
from ui.messages import message
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets import Card, Label


class SentenceCard(Card):
    """How many stores can be afforded and what the next one would break; beneath it the proof."""

    def __init__(self) -> None:
        super().__init__(padding=(20, m.GAP_M, 20, m.GAP_M), spacing=2)
        self._answer: Answer | None = None
        self._edited, self._stores = False, 0
        self._sentence = Label(role=Role.FIGURE, wrap=True)
        self._note = Label(role=Role.SMALL, color="text2", wrap=True)
        self.add(0, self._sentence, self._note, 0)

    def set_answer(self, answer: Answer | None, edited: bool = False, stores: int = 0) -> None:
        """Show another answer; ``edited`` tells that it no longer belongs to the inputs."""
        self._answer, self._edited, self._stores = answer, edited, stores
        self.retranslate()

    @property
    def sentence(self) -> str:
        """The shown sentence."""
        return self._sentence.text()

    def retranslate(self) -> None:
        """Set every text."""
        answer = self._answer
        if answer is None:
            self._sentence.setText(self.tr("Which stores to open, when, and how many can be afforded"))
            ready = self.tr("Say what cash there is and what binds, then look for the best plan.")
            empty = self.tr("Work a store out under “One store” and add it here, or open a scenario with a programme.")
            self._note.setText(ready if self._stores else empty)
            return
        verdict = sentence.verdict(answer)
        self._sentence.setText(message(verdict.code, **verdict.facts))
        self._sentence.set_color("text3" if self._edited else "ink")
        proof = sentence.proof(answer)
        note = message(proof.code, **proof.facts) if answer.plan is not None else ""
        changed = self.tr("The inputs were changed; these figures are from before.")
        self._note.setText(changed if self._edited else note)
        self._note.set_color("timing" if self._edited else "text2")

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
