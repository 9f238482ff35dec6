"""What is missing before there is anything to reconcile, and the one button that gets it."""

from enum import Enum

from ui.theme.translator import translate
from ui.views.reconcile.model import State


class Lack(Enum):
    """Why there are no panes to show."""

    NOTHING_READ = 0
    FILES = 1
    RECONCILIATION = 2
    LEG = 3


def lack_of(state: State | None, leg: str) -> Lack | None:
    """Return what is missing for one leg, None when nothing is."""
    if state is None:
        return Lack.NOTHING_READ
    if not state.imported:
        return Lack.FILES
    if not state.reconciled:
        return Lack.RECONCILIATION
    return None if leg in state.legs else Lack.LEG


def words_of_lack(lack: Lack, leg: str) -> tuple[str, str, str]:
    """Return what is missing, what it brings, and the words of the button."""
    match lack:
        case Lack.NOTHING_READ:
            return "", "", ""
        case Lack.FILES:
            return (
                translate("Nothing to reconcile yet"),
                translate("Drop what tills, wallets and banks export; every row then finds its counterpart."),
                translate("To import"),
            )
        case Lack.RECONCILIATION:
            return (
                translate("Imported, not reconciled yet"),
                translate("Every row is matched by its number; what is only likely waits for your word."),
                translate("Reconcile now"),
            )
    titles = {
        "till": (
            translate("No till files yet"),
            translate("Drop order and payment lists of your tills; they are matched with the wallets one by one."),
        ),
        "ledger": (
            translate("No wallet ledgers yet"),
            translate(
                "Drop fund bills of WeChat or account bills of Alipay; they prove what the wallets really moved."
            ),
        ),
        "bank": (
            translate("No bank statements yet"),
            translate("Drop them here and every deposit is traced back to the days it pays for."),
        ),
        "payout": (
            translate("No delivery platform bills yet"),
            translate("Drop their bills; commissions and payouts are then recomputed row by row."),
        ),
    }
    return *titles[leg], translate("To import")
