"""The columns of the settlement habits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainbrain import habit_words, texts
from chainbrain.masking import login_masked, masked
from ui.models import Column, Kind
from ui.theme.translator import Language, translate
from ui.words import word

if TYPE_CHECKING:
    from chainbrain.reconciliation.habits import Habit


def columns() -> tuple[Column, ...]:
    """Return the columns; what is not known yet stays empty."""
    return (
        Column("channel", lambda: translate("Channel"), lambda row: word(f"channel.{row.channel}"), width=78),
        Column("merchant", lambda: translate("Merchant number"), merchant, width=118, whole=True),
        Column("store", lambda: translate("Store"), stores, Kind.KEY, width=92, tip=stores),
        Column("rule", lambda: translate("Arrives"), rule, width=104, whole=True),
        Column("cutoff", lambda: translate("Cut-off"), cutoff, width=76, whole=True),
        Column("fees", lambda: translate("How fees are taken"), fees, width=88, whole=True),
        Column("source", lambda: translate("Told by"), source, width=84, whole=True, tone=_tone),
        Column("votes", lambda: translate("Grounds"), votes, tip=votes, least=180),
        Column("other", lambda: translate("Next best"), other, Kind.MUTED, tip=other, least=180, optional=True),
        Column("merged", lambda: translate("Deposits"), merged, Kind.MUTED, width=138, tip=merged, optional=True),
        Column(
            "account", lambda: translate("Bank account"), lambda row: masked(row.bank_account), width=76, optional=True
        ),
    )


def merchant(habit: Habit) -> str:
    """Return the merchant number as it may be shown."""
    return login_masked(habit.merchant_no)


def stores(habit: Habit) -> str:
    """Return the stores it serves."""
    return texts.joined(habit.stores, Language.current())


def rule(habit: Habit) -> str:
    """Return when a settlement day arrives."""
    return habit_words.rule(habit.reading.rule, Language.current()) if habit.reading else ""


def cutoff(habit: Habit) -> str:
    """Return when a settlement day ends."""
    return habit_words.cutoff(habit.reading.cutoff, Language.current()) if habit.reading else ""


def fees(habit: Habit) -> str:
    """Return how fees are taken off."""
    return habit_words.fees(habit.reading.fees, Language.current()) if habit.reading else ""


def merged(habit: Habit) -> str:
    """Return whether days that arrive together come as one deposit."""
    return habit_words.merged(bool(habit.reading.merged), Language.current()) if habit.reading else ""


def source(habit: Habit) -> str:
    """Return who says so."""
    return word(f"habit_source.{habit_words.source(habit)}")


def votes(habit: Habit) -> str:
    """Return how many deposits agree."""
    return habit_words.votes(habit, Language.current()) if habit.reading else ""


def other(habit: Habit) -> str:
    """Return the best other reading."""
    return habit_words.other(habit, Language.current())


def _tone(habit: Habit) -> str:
    # A word that no deposit agrees with is worth a second look.
    return "timing" if habit.word is not None and not habit.votes else ""
