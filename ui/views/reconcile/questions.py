"""What is asked before a word is written: one sentence, and the word on the button that answers it."""

from decimal import Decimal

from ui import figures
from ui.theme.translator import translate
from ui.views.reconcile.sums import gap_told

Question = tuple[str, str]


def why(verdict: str, count: int) -> Question:
    """Return the question about a verdict on so many differences."""
    if verdict == "timing":
        return translate("Expect %n difference(s) on this day", count), translate("Expect")
    if verdict == "explain":
        return translate("Explain %n difference(s): it is understood", count), translate("Explain")
    if verdict == "reject":
        return translate("Turn down a match that holds; its rows are open again"), translate("Not this one")
    return translate("Leave %n difference(s) out of the books' work", count), translate("Exclude")


def match(gap: Decimal) -> Question:
    """Return the question about a group in which a gap is left."""
    return translate("Match with {gap}, noted as explained").format(gap=gap_told(gap)), translate("Match")


def take_out(gap: Decimal) -> Question:
    """Return the question about a member without which a gap is left."""
    words = translate("Take out; then it is {gap}, noted as explained").format(gap=gap_told(gap))
    return words, translate("Take out")


def apart(deposited: Decimal) -> Question:
    """Return the question about taking a match apart."""
    words = translate("Take the match of the deposit of {amount} apart; its rows are open again")
    return words.format(amount=figures.money(deposited)), translate("Take apart")
