"""The sentence that answers the screen, and what must be true for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from chainbrain.expansion.result import ScenarioResult
from ui import figures
from ui.messages import message
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.expansion import words
from ui.views.expansion.worded_card import WordedCard
from ui.views.parts.scroller import Scroller
from ui.widgets import Card, Label, VBox

_JOINER = "\u2060"


class ResultCard(WordedCard):
    """A card that words one part of a result."""

    def __init__(self) -> None:
        super().__init__()
        self.result: ScenarioResult | None = None

    def set_result(self, result: ScenarioResult | None) -> None:
        """Show another result."""
        self.result = result
        self.retranslate()


class VerdictCard(Card):
    """One sentence answers the screen; when inputs were changed it says so."""

    def __init__(self) -> None:
        super().__init__(padding=(20, m.GAP_M, 20, m.GAP_M), spacing=2)
        self._result: ScenarioResult | None = None
        self._edited = False
        self._sentence = Label(role=Role.FIGURE, wrap=True)
        self._note = Label(role=Role.SMALL, color="text2", wrap=True)
        self.add(0, self._sentence, self._note, 0)

    def set_result(self, result: ScenarioResult | None, edited: bool = False) -> None:
        """Show another verdict; ``edited`` tells that it no longer belongs to the inputs."""
        self._result, self._edited = result, edited
        self.retranslate()

    @property
    def sentence(self) -> str:
        """The shown sentence."""
        return self._sentence.text()

    def retranslate(self) -> None:
        """Set every text."""
        result = self._result
        if result is None:
            self._sentence.setText(self.tr("What one more store would bring"))
            self._note.setText(self.tr("Check the inputs at the left, then work it out."))
            return
        self._sentence.setText(words.verdict_sentence(result))
        self._sentence.set_color("text3" if self._edited else "ink")
        changed = self.tr("The inputs were changed; these figures are from before.")
        self._note.setText(changed if self._edited else words.verdict_note(result))
        self._note.set_color("timing" if self._edited else "text2")

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class ConditionsCard(ResultCard):
    """What must be true for the plan to hold, and what to know about the figures."""

    def __init__(self) -> None:
        super().__init__()
        content = QWidget()
        self._lines = VBox(content, spacing=m.GAP_XS)
        self._labels = [Label(role=Role.SMALL, color="text2", wrap=True) for _ in range(16)]
        for label in self._labels:
            self._lines.add(label)
        self._lines.add(0)
        self.add(Scroller(content))
        self.retranslate()

    @property
    def lines(self) -> list[str]:
        """The shown lines."""
        return [label.text().replace(_JOINER, "") for label in self._labels if label.text()]

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("What must be true"))
        texts = self._texts(self.result) if self.result else []
        for number, label in enumerate(self._labels):
            text, assumption = texts[number] if number < len(texts) else ("", False)
            # A minus never stands alone at the end of a line.
            label.setText(text.replace(figures.MINUS, figures.MINUS + _JOINER))
            label.set_color("timing" if assumption else "text2")
            label.setVisible(bool(text))

    def _texts(self, result: ScenarioResult) -> list[tuple[str, bool]]:
        base, needed = result.base, result.must_be_true
        texts: list[tuple[str, bool]] = []
        if needed.npv_is_zero is not None:
            text = self.tr("Mature monthly sales of at least {sales}, or the present value is negative.")
            texts.append((text.format(sales=figures.money(needed.npv_is_zero, symbol=True)), False))
        if needed.pays_back_within_life is not None:
            text = self.tr("At least {sales} to get the money back within the life.")
            texts.append((text.format(sales=figures.money(needed.pays_back_within_life, symbol=True)), False))
        if base.break_even_sales is not None:
            text = self.tr("Rent and labour are earned from {sales} a month.")
            texts.append((text.format(sales=figures.money(base.break_even_sales, symbol=True)), False))
        plan = self.tr("As planned: present value {npv}, payback in month {month}, deepest point {trough}.")
        never = self.tr("never")
        texts.append(
            (
                plan.format(
                    npv=figures.money(base.npv, symbol=True),
                    month=base.payback_month if base.payback_month is not None else never,
                    trough=figures.money(base.trough, symbol=True),
                ),
                False,
            )
        )
        # The first note repeats the sales needed; the others say how far the figures can be trusted.
        texts += [
            (message(note.code, **note.facts), True)
            for note in result.notes
            if note.code not in {"expansion.note.sales_may_fall", "expansion.note.sales_must_rise"}
        ]
        return texts
