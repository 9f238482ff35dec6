"""What the cash screen exports, as it stands there: company, payments, the day of the map, the level of receipts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ui.theme.translator import Language
from ui.views.parts.export import ExportButton

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms
    from ui.views.money.view import MoneyView

_REPORTS = ("cash", "receipts", "cash-plan", "cash-compare", "cash-ladder", "cash-replay", "money-map")


class MoneyExport(ExportButton):
    """Receipts to come and the plan of idle money are written as they stand on screen, the rest is worked out anew."""

    def __init__(self, view: MoneyView) -> None:
        self._view = view
        super().__init__(_REPORTS, self._shown)

    def write(self, name: str, path: Path) -> None:
        """Have a report written to ``path``; the suffix decides the format."""
        write, context = self._written_before(name, path), self.context
        if write is None or context is None:
            super().write(name, path)
            return
        self.set_busy(True)
        job = context.read(write, lambda _rows: self._written(path))
        job.finished.connect(lambda: self.set_busy(False))

    def _written_before(self, name: str, path: Path) -> Callable[[Rooms], int] | None:
        """How what stands on screen is written without being worked out again."""
        receipts, idle, language = self._view.receipts.found, self._view.ladder.idle, Language.current()
        if name == "receipts" and receipts is not None:
            return lambda rooms: rooms.reports.write_receipts((receipts,), path, language)
        if name == "cash-ladder" and idle is not None:
            return lambda rooms: rooms.reports.write_idle(idle, path, language)
        return None

    def _shown(self, name: str) -> Mapping[str, object]:
        view = self._view
        if name == "money-map":
            return view.map.filters()
        known = name != "cash-plan" and view.irregular.current == "known"
        return {"entity": view.entity.chosen, "payments": "known" if known else None}
