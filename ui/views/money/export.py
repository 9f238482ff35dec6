"""What the cash screen exports, as it stands there: company, payments, the day of the map, the level of receipts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ui.theme.translator import Language
from ui.views.parts.export import ExportButton

if TYPE_CHECKING:
    from ui.views.money.view import MoneyView

_REPORTS = ("cash", "receipts", "cash-plan", "cash-compare", "cash-ladder", "cash-replay", "money-map")


class MoneyExport(ExportButton):
    """Receipts to come are written as they stand on screen, everything else is worked out by the engine."""

    def __init__(self, view: MoneyView) -> None:
        self._view = view
        super().__init__(_REPORTS, self._shown)

    def write(self, name: str, path: Path) -> None:
        """Have a report written to ``path``; the suffix decides the format."""
        found, context, language = self._view.receipts.found, self.context, Language.current()
        if name != "receipts" or found is None or context is None:
            super().write(name, path)
            return
        self.set_busy(True)
        job = context.read(
            lambda rooms: rooms.reports.write_receipts((found,), path, language), lambda _rows: self._written(path)
        )
        job.finished.connect(lambda: self.set_busy(False))

    def _shown(self, name: str) -> Mapping[str, object]:
        view = self._view
        if name == "money-map":
            return view.map.filters()
        known = name != "cash-plan" and view.irregular.current == "known"
        return {"entity": view.entity.chosen, "payments": "known" if known else None}
