"""The words of the close: what is missing, what a step still needs, where it is mended."""

from __future__ import annotations

from decimal import Decimal

from chainbrain.closing.steps import BLOCKED, NOT_USED, TO_DO, Missing, Step, Where
from ui import figures
from ui.theme.translator import translate
from ui.words import message, word

PAGES = {"import": "imports", "reconcile": "reconcile", "splits": "splits", "ledger": "splits", "close": "close"}
"""The screen of each place that the engine names."""

LOOKS = {"done": "matched", TO_DO: "timing", "blocked": "excluded", NOT_USED: "excluded"}


def missing_words(missing: Missing) -> str:
    """Return one thing that is missing as a sentence."""
    return message(missing.code, **missing.facts)


def go_words(where: Where | None) -> str:
    """Return the verb of the place where something is mended."""
    page = where.page if where else "close"
    return {
        "import": translate("Add files"),
        "reconcile": translate("To reconciliation"),
        "splits": translate("To splits"),
        "ledger": translate("To splits"),
    }.get(page, translate("Look"))


def progress_words(step: Step) -> str:
    """Return how a step stands in a few characters."""
    if step.state == TO_DO and step.open_count:
        return translate("%n open", step.open_count)
    return translate("Waits its turn") if step.state == BLOCKED else word(f"close_state.{step.state}")


def rate_words(part: int, whole: int) -> str:
    """Return a share; one that is not all never shows as 100 %."""
    if not whole:
        return "—"
    share = Decimal(part) / Decimal(whole)
    shown = min(share, Decimal("0.9999")) if part < whole else share
    return figures.percent(shown, 2)
