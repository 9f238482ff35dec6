"""Which rows the figures of the store screen lead to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from chainbrain import change_words
from chainbrain.analytics.periods import Period
from ui.theme.translator import Language
from ui.views.base import AppContext
from ui.views.listing.window import open_list
from ui.views.stores.behind import behind
from ui.views.stores.details import Details
from ui.views.stores.ranked import RankedStores

_SET_APART = frozenset({"new", "closed", "gap", "calendar"})
_BY_DAY = _SET_APART | {"orders", "mix", "price"}
"""Steps whose rows are days of stores: what sets them apart, or that they can be compared."""


class Leads:
    """Opens lists of the shown period and the chosen store above a screen.

    Args:
        above: the widget above which lists open.
        stores: which store is chosen.
        details: why receipts changed, and when it is busy.
        period: what is shown; nothing before the first figures.
    """

    def __init__(
        self, above: QWidget, stores: RankedStores, details: Details, period: Callable[[], Period | None]
    ) -> None:
        self.context: AppContext | None = None
        self._above, self._stores, self._details, self._period = above, stores, details, period
        change, rhythm = details.change, details.rhythm
        self._change, self._rhythm = change, rhythm
        stores.figure_opened.connect(self.open_figure)
        change.opened.connect(self._open_step)
        change.part_opened.connect(self._open_change_part)
        change.import_wanted.connect(self._import)
        rhythm.hour_opened.connect(self._open_hour)
        rhythm.part_opened.connect(self._open_part)

    def open_figure(self, store: str, key: str, *, channel: bool = False) -> None:
        """Open the rows that a figure of a store was made from, of all shown stores by an empty number."""
        row, period = self._stores.row(store), self._period()
        shown = self._details.shown(all_stores=True)
        if row is None or period is None:
            return
        month = self._stores.wall_month if not row.store_id else None
        found = behind(row, key, period, shown, channel=channel, wall_month=month)
        if found is not None and self.context is not None:
            open_list(self.context, self._above, *found)

    def _open_step(self, key: str) -> None:
        found = self._change.found
        if found is None:
            return
        period, stores = found.period, self._details.explained
        if key in _BY_DAY:
            # Day by day beside the day compared with: those that a step sets apart, or those that can be compared.
            state = key if key in _SET_APART else None
            days = {"first": period.first, "after": period.after, "shift": period.shift}
            # What is set apart is called by its step: those days cannot be compared.
            apart = (change_words.step_name(step, Language.current()) for step in found.steps if step.key == state)
            self._titled("like_days", next(apart, ""), {**days, "stores": stores, "state": state})
            return
        if key in {"gained", "lost"}:
            channels = [name for step in found.steps if step.key == key for name in step.names]
            days = {"first": period.first, "after": period.after, "shift": period.shift}
            self._open("like_channels", stores=stores, channels=channels, **days)
            return
        shown = period.base if key == "before" else period
        self._open("orders", stores=stores, first=shown.first, after=shown.after, sold=True)

    def _open_change_part(self, key: str) -> None:
        found = self._change.found
        if found is None:
            return
        # A part adds up the days that can be compared: both sides of them are shown, and no other day.
        rows: dict[str, object] = {found.by: key} if key else {"lacks_items": True}
        period = found.period
        days = {"first": period.first, "after": period.after, "shift": period.shift}
        self._open(f"like_{found.by}s", stores=self._details.explained, **days, **rows)

    def _open_hour(self, weekday: int, hour: int) -> None:
        days = self._rhythm.period or self._period()
        if days is not None:
            shown = {"first": days.first, "after": days.after, "weekday": weekday, "hour": hour}
            self._open("orders", stores=self._details.shown(), sold=True, **shown)

    def _open_part(self, by: str, key: str) -> None:
        stores = self._details.shown()
        if by == "channel":
            self._open("orders", stores=stores, channel=key, sold=True)
        elif by == "method":
            self._open("tenders", stores=stores, channel=key, sold=True)
        else:
            self._open("orders", stores=stores, daypart=key, sold=True)

    def _import(self) -> None:
        if self.context is not None:
            self.context.navigate("imports")

    def _open(self, name: str, **filters: object) -> None:
        self._titled(name, "", filters)

    def _titled(self, name: str, title: str, filters: Mapping[str, object]) -> None:
        if self.context is not None:
            period = self._period()
            days = {"first": period.first, "after": period.after} if period else {}
            open_list(self.context, self._above, name, {**days, **filters}, title=title)
