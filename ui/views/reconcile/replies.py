"""What the reconcile screen says after a word, or when a key cannot do what it is for; no key is silent."""

from decimal import Decimal

from chainbrain.reconciliation.room import Decision
from ui import figures
from ui.theme.translator import translate


def done(decision: Decision) -> str:
    """Return what was done, with how many rows."""
    count = len(decision.members) or len(decision.subject_ids)
    words = {
        "match": translate("%n row(s) put together", count),
        "unmatch": translate("The match was taken apart; its rows are open again"),
        "split": translate("%n row(s) taken out of the group", count),
        "timing": translate("%n difference(s) expected on a day", count),
        "accept": translate("%n answer(s) accepted", count),
        "reject": translate("%n answer(s) turned down", count),
        "explain": translate("%n difference(s) explained", count),
        "exclude": translate("%n difference(s) left out", count),
        "reopen": translate("%n difference(s) open again", count),
    }
    return words[decision.verdict]


def taken_back(decision: Decision) -> str:
    """Return what was taken back."""
    return translate("The last decision was taken back: {what}").format(what=done(decision))


def ticked(count: int, amount: Decimal) -> str:
    """Return that every line with one answer only was ticked, and what accepts them."""
    words = translate(
        "%n line(s) with one answer only ticked, {amount} in all; Ctrl+Enter accepts them, Esc lets go", count
    )
    return words.format(amount=figures.money(amount, symbol=True))


def let_go() -> str:
    """Return that what was chosen and ticked is so no more."""
    return translate("Nothing is chosen or ticked any more")


def cannot(command: str) -> str:
    """Return why a command has nothing to work on."""
    words = {
        "accept": translate("Nothing is suggested here; choose payouts with Space and match them with Ctrl+Enter"),
        "ticked": translate("Nothing is ticked; Space ticks a line or chooses a payout"),
        "reject": translate("There is no answer here to turn down"),
        "explain": translate("There is no open difference here to explain"),
        "exclude": translate("There is no open difference here to leave out"),
        "timing": translate("There is no open difference here to expect on a day"),
        "reopen": translate("There is no decided difference here to open again"),
        "match": translate("A group needs a bank line and a payout; choose payouts with Space"),
        "apart": translate("No match holds here that could be taken apart"),
        "split": translate("Only a group has something to take out: go to the candidates with F6, stand on one of it"),
        "rows": translate("There are no rows behind this line"),
        "clear": translate("Nothing is chosen or ticked"),
    }
    return words.get(command, busy())


def busy() -> str:
    """Return that somebody has to wait."""
    return translate("Everything is being matched anew; one moment")
