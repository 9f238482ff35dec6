"""The key figures of a month's close, and the words of its signature."""

from __future__ import annotations

from chainbrain.closing.months import MonthState
from chainbrain.closing.steps import Board
from ui import figures
from ui.theme.translator import translate
from ui.views.close.words import rate_words
from ui.widgets import Kpi
from ui.words import word


def kpis(board: Board) -> list[Kpi]:
    """Return what is open, how far it is, how much matched by itself, how long it took, how the month stands."""
    days = translate("%n day(s)", board.days) if board.days is not None else "—"
    before = translate("%n day(s) last month", board.days_before) if board.days_before is not None else ""
    amounts = rate_words(int(board.amount_matched * 100), int(board.amount_compared * 100))
    done = translate("{done} of {used}").format(done=board.done, used=board.used)
    rows = rate_words(board.rows_matched, board.rows_compared)
    month = board.month
    return [
        Kpi("open", translate("Open amount"), figures.money(board.open_amount, symbol=True)),
        Kpi("done", translate("Done"), done, note=translate("steps with data")),
        Kpi("matched", translate("Matched by itself"), rows, note=translate("by amount {rate}").format(rate=amounts)),
        Kpi("days", translate("Days to close"), days, note=before),
        Kpi("state", f"{month.month:%Y-%m}", word(f"month_state.{month.state}"), note=month.signed_by or ""),
    ]


def signed_words(month: MonthState) -> str:
    """Return who signed a closed month and when; nothing for an open one."""
    if not month.closed or month.signed_at is None:
        return ""
    return translate("Signed by {name}, {at}, version {version}").format(
        name=month.signed_by, at=figures.moment(month.signed_at), version=month.version
    )
