"""The sheet of a chain's planned cash by formulas, over the sheets of the stores that it opens."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from chainbrain import texts
from chainbrain.reports.live_case import LiveCase
from chainbrain.reports.live_chain import LiveChain, running
from chainbrain.reports.live_sheets import FIRST, FONT, GREY, MONEY, LiveSheets


class ChainSheets(LiveSheets):
    """The sheets of stores, and of the chain with them."""

    def add_chain(self, chain: LiveChain, cases: Sequence[LiveCase]) -> None:
        """Add the months of the chain; the stores of the sheets before bring their cash."""
        sheet = self._sheet(self._word("chain"))
        sheet["A1"] = self._word("chain")
        sheet["A1"].font = Font(name=FONT, size=14, bold=True)
        sheet.cell(2, 1, self._word("chain_note")).font = Font(name=FONT, size=9, color=GREY)
        self._put(sheet, "A4", texts.word("expansion.programme_input.chain.opening_cash", self._lang))
        self._put(sheet, "B4", chain.opening, MONEY)
        self._typed(sheet, "B4")
        heads = [self._word("column.month"), texts.word("expansion.programme_input.chain.monthly_cash", self._lang)]
        heads += [case.name for case in cases] + [
            self._word(f"column.{key}") + self._word("of_program") for key in ("loans", "closed")
        ]
        heads.append(self._word("chain_cash"))
        for place, head in enumerate(heads, start=1):
            self._title(sheet, f"{get_column_letter(place)}6", head)
            sheet[f"{get_column_letter(place)}6"].data_type = "s"
            sheet.column_dimensions[get_column_letter(place)].width = 16
        stores, totals = running(chain, cases)
        lent, closed, whole = (get_column_letter(len(heads) - back) for back in (2, 1, 0))
        for number, month in enumerate(chain.months):
            at = 7 + number
            self._put(sheet, f"A{at}", month)
            self._put(sheet, f"B{at}", chain.planned[number], MONEY)
            self._typed(sheet, f"B{at}")
            for place, (case, paid) in enumerate(zip(cases, chain.paid, strict=True), start=3):
                mark = f" {place - 2}" if len(cases) > 1 else ""
                cash = f"'{self._word('months')}{mark}'!$K${FIRST}:$K${FIRST + case.life}"
                inside = 0 <= number - paid <= case.life
                content = f"=INDEX({cash},{number - paid + 1})" if inside else 0
                brought = stores[number][place - 3]
                cell = f"{get_column_letter(place)}{at}"
                self._put(sheet, cell, content, MONEY, comes_to=brought if inside else None)
            self._put(sheet, f"{lent}{at}", chain.loans[number], MONEY)
            self._put(sheet, f"{closed}{at}", chain.closed[number], MONEY)
            before = f"{whole}{at - 1}" if number else "$B$4"
            self._put(sheet, f"{whole}{at}", f"={before}+SUM(B{at}:{closed}{at})", MONEY, comes_to=totals[number])
        sheet.freeze_panes = "B7"
        sheet.page_setup.orientation = "landscape"
