"""What the cards of an answer have in common."""

from chainbrain.expansion.programme import Answer
from ui.views.expansion.worded_card import USUAL, Padding, WordedCard


class AnswerCard(WordedCard):
    """A card that words one part of an answer."""

    def __init__(self, padding: Padding = USUAL) -> None:
        super().__init__(padding)
        self.answer: Answer | None = None

    def set_answer(self, answer: Answer | None) -> None:
        """Show another answer."""
        self.answer = answer
        self.retranslate()
