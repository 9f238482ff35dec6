"""The entries of the work list: what is left of one leg, in items to decide, and what is settled, in rows of files."""

from collections.abc import Iterable
from dataclasses import replace

from chainbrain.reconciliation.progress import Progress, together
from chainbrain.reconciliation.summary import StateSummary, WorkGroup
from ui.theme.translator import translate
from ui.views.reconcile.items import EXPECTED, LEFT_OUT, MONTH_END, OLDER, SETTLED, STATES, Group, group_of
from ui.views.reconcile.model import LEGS, State
from ui.views.reconcile.pending import Pending
from ui.views.reconcile.words import group_icon, group_title
from ui.views.reconcile.work_list import WorkEntry
from ui.widgets.states import look

_PARTS = {EXPECTED: "timing", LEFT_OUT: "excluded"}


def entries_of(
    summary: StateSummary, leg: str, older: Iterable[WorkGroup] = (), *, month: bool = False, unsure: bool = False
) -> list[WorkEntry]:
    """Return heads and groups of one leg.

    Args:
        summary: what there is.
        leg: the tab.
        older: what is left of the days before the chosen month.
        month: whether a month is chosen, at whose end something was on its way to the bank.
        unsure: whether something was said that is still to be counted by the book.
    """
    groups = summary.work_of(leg)
    entries = [WorkEntry(translate("To do (items)"), sum(found.count for found in groups), unsure=unsure)]
    for found in groups:
        if found.count:
            group = group_of(found)
            entries.append(WorkEntry(group_title(group), found.count, group, *group_icon(group)))
    if before := sum(found.count for found in older if found.leg == leg):
        # It is not of this month, so the head does not count it, but it is not settled by choosing a month.
        group = Group(leg, OLDER)
        entries.append(WorkEntry(group_title(group), before, group, "clock", "difference"))
    states, explained = summary.leg(leg), sum(found.settled for found in groups)
    expected, left_out = (sum(getattr(found, name) for found in groups) for name in ("expected", "excluded"))
    settled = [
        (Group(leg, "matched"), states.matched),
        (Group(leg, "timing"), states.timing),
        (Group(leg, EXPECTED), expected),
        (Group(leg, SETTLED), explained),
        (Group(leg, "excluded"), states.excluded),
        (Group(leg, LEFT_OUT), left_out),
    ]
    # Those that are part of the state above them are counted there.
    entries.append(WorkEntry(translate("Settled (rows)"), states.total - states.difference))
    for group, count in settled:
        if group.name in _PARTS and not count:
            continue
        style = look({SETTLED: "matched", **_PARTS}.get(group.name, group.name))
        icon = style.icon if group.name in STATES else "edit"
        entries.append(WorkEntry(group_title(group), count, group, icon, style.text))
    if month and leg == "bank":
        # Nobody waits for its count: it is added up from every movement once it is opened.
        group = Group(leg, MONTH_END)
        entries.append(WorkEntry(group_title(group), None, group, "clock", look("timing").text))
    return entries


def default_group(summary: StateSummary, leg: str) -> Group:
    """Return the first group with something left, otherwise what was decided."""
    found = next((group for group in summary.work_of(leg) if group.count), None)
    return group_of(found) if found is not None else Group(leg, SETTLED)


def first_leg(summary: StateSummary) -> str:
    """Return the leg to open: where most is missing, the bank first, since that is where money is seen."""
    order = ("bank", *LEGS)
    return next((leg for leg in order if any(group.count for group in summary.work_of(leg))), "bank")


def progress_now(state: State | None, pending: Pending, store: str | None) -> Progress:
    """How far a store (or all) and the month are, with what was said and the book does not show yet."""
    if state is None:
        return Progress(None, None)
    whole = together(one for one in state.progress if store is None or one.store_id == store)
    waiting = pending.summary(state.summary)
    count = min(whole.open, state.summary.open_count - waiting.open_count)
    amount = min(whole.open_amount, state.summary.open_amount - waiting.open_amount)
    return replace(
        whole, settled=whole.settled + count, open=whole.open - count, open_amount=whole.open_amount - amount
    )
