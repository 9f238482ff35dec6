"""What the line above a split table says."""

from __future__ import annotations

from datetime import timedelta

from ui import figures
from ui.theme.translator import translate
from ui.views.splits.figures_of import Told
from ui.views.splits.pages import nothing_said
from ui.words import message


def hint_of(key: str, month: Told, *, empty: bool) -> str:
    """Return what is to be known of a page before it is read.

    Args:
        key: of the page.
        month: what was read, of the month on screen.
        empty: whether its table has no row.
    """
    if key == "moved" and month.moved.rows:
        return message("cli.splits_moved", **month.moved.facts)
    if empty:
        return nothing_said(key)
    if key == "findings":
        return translate("Enter or S writes off with a reason, T waits. ChainBrain never moves money.")
    if key == "soon":
        return _counted_from(month)
    if key == "collected":
        return translate(
            "Collecting for others and paying on needs a licence; let the channel split or pay the store itself."
        )
    if key == "unreckoned":
        return translate(
            "A base without VAT needs the kind of taxpayer in the list of stores, a product group the table "
            "of order items; until then these are in no sum. Enter opens the orders."
        )
    return translate("Computed and checked; ChainBrain never moves money.")


def _counted_from(told: Told) -> str:
    soon = told.soon
    day = soon[0].released_on - timedelta(days=soon[0].days)
    words = translate("Counted from {day}, the last day of the data.")
    if any(one.assumed for one in soon):
        words = translate(
            "Counted from {day}, the last day of the data. Where the list of accounts does not say whether a "
            "number is an ordinary or a platform merchant, the shorter time counts."
        )
    return words.format(day=figures.day(day, True))
