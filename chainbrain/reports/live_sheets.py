"""Sheets whose figures are formulas: change an input and the answer follows; what the program says stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from itertools import accumulate
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from chainbrain import texts
from chainbrain.money import half_up
from chainbrain.reports.live_case import AMOUNTS, SHARES, LiveCase, Month
from chainbrain.reports.live_signs import side_of, turned

FONT: Final = "Microsoft YaHei"
_INPUT: Final = PatternFill("solid", start_color="FFF8E1")
_HEAD: Final = PatternFill("solid", start_color="EDEFF3")
GREY: Final = "5F687B"
MONEY, _SHARE, _COUNT = "#,##0.00;[Red]-#,##0.00", "0.00%", "0"
_PRECISE: Final = 50

# The inputs in their rows of the sheet, from the first on; the ramp stands beside them.
_ROWS: Final = (*AMOUNTS, *SHARES, "rent_free_months", "delay_months", "life_months")
FIRST: Final = 5
_RAMP: Final = 5
_COLUMNS: Final = (
    "number", "month", "ramp", "sales", "margin", "rent", "labour", "invested", "other", "loans", "cash",
    "cumulative", "factor", "present", "alone", "back", "side", "side_of_total",
)  # fmt: skip

# Working columns: on which side of nothing the cash of a month and the running total lie.
_SIDES: Final = ("Q", "R")
Values = dict[str, dict[str, Any]]


class LiveSheets:
    """Adds the sheets of planned cases to a workbook and remembers what their formulas come to."""

    def __init__(self, book: Workbook, lang: str) -> None:
        self._book, self._lang = book, lang
        self.values: Values = {}

    def add(self, case: LiveCase, number: int, several: bool) -> None:
        """Add the inputs and the months of a case; with several their sheets carry a number."""
        mark = f" {number}" if several else ""
        inputs = self._sheet(self._word("inputs") + mark)
        months = self._sheet(self._word("months") + mark)
        self._months(months, inputs.title, case)
        self._inputs(inputs, months.title, case)

    def _word(self, key: str) -> str:
        return texts.word(f"live.{key}", self._lang)

    def _sheet(self, title: str) -> Worksheet:
        sheet: Worksheet = self._book.create_sheet(title)
        sheet.sheet_properties.tabColor = "3F4CC0"
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        self.values[title] = {}
        return sheet

    def _put(self, sheet: Worksheet, at: str, value: Any, form: str = "General", *, comes_to: Any = None) -> None:
        """A cell; a formula with what it comes to."""
        cell = sheet[at]
        cell.value = value
        cell.number_format = form
        cell.font = Font(name=FONT, size=10)
        if comes_to is not None:
            self.values[sheet.title][at] = comes_to

    def _head(self, sheet: Worksheet, case: LiveCase, title: str, notes: list[str]) -> None:
        sheet["A1"] = f"{case.name} · {title}" if case.name else title
        sheet["A1"].font = Font(name=FONT, size=14, bold=True)
        sheet["A1"].data_type = "s"
        for row, note in enumerate(notes, start=2):
            sheet.cell(row, 1, note).font = Font(name=FONT, size=9, color=GREY)

    def _inputs(self, sheet: Worksheet, months: str, case: LiveCase) -> None:
        self._head(sheet, case, self._word("inputs"), [self._word("inputs_note"), self._word("other_note")])
        for at, key in (("A4", "input"), ("B4", "value"), ("D4", "ramp_month"), ("E4", "ramp"), ("G4", "answer"),
                        ("H4", "formula"), ("I4", "program"), ("J4", "apart")):  # fmt: skip
            self._title(sheet, at, self._word(key))
        plain = {"rent_free_months": case.rent_free, "delay_months": case.delay, "life_months": case.life}
        for row, key in enumerate(_ROWS, start=FIRST):
            self._put(sheet, f"A{row}", texts.word(f"expansion.input.{key}", self._lang))
            form = _SHARE if key in SHARES else _COUNT if key in plain else MONEY
            self._put(sheet, f"B{row}", plain.get(key, case.inputs.get(key)), form)
            if key != "life_months":
                self._typed(sheet, f"B{row}")
        for number, step in enumerate(case.ramp):
            self._put(sheet, f"D{_RAMP + number}", number + 1, _COUNT)
            self._put(sheet, f"E{_RAMP + number}", step, _SHARE)
            self._typed(sheet, f"E{_RAMP + number}")
        for row, (key, formula, form, comes_to) in enumerate(self._answers(months, case), start=FIRST):
            told = case.told[key]
            self._put(sheet, f"G{row}", self._word(key))
            self._put(sheet, f"H{row}", formula, form, comes_to=self._word("never") if comes_to is None else comes_to)
            sheet[f"H{row}"].font = Font(name=FONT, size=10, bold=True)
            shown = Decimal(told) if isinstance(told, str) else told
            self._put(sheet, f"I{row}", self._word("never") if shown is None else shown, form)
            known = shown is not None and comes_to is not None
            places = 6 if form == _SHARE else 2
            apart = round(comes_to - shown, places) if known else ""
            self._put(sheet, f"J{row}", f'=IF(AND(ISNUMBER(H{row}),ISNUMBER(I{row})),ROUND(H{row}-I{row},{places}),"")',
                      form, comes_to=apart)  # fmt: skip
        for letter, width in zip("ABCDEFGHIJ", (24, 16, 3, 10, 10, 3, 30, 18, 18, 12), strict=True):
            sheet.column_dimensions[letter].width = width
        sheet.page_setup.orientation = "landscape"

    def _answers(self, months: str, case: LiveCase) -> list[tuple[str, str, str, Any]]:
        """The answers: key, formula over the sheet of months, how it is written, what it comes to."""
        last = FIRST + case.life
        at = {key: f"'{months}'!${get_column_letter(place)}${FIRST}:${get_column_letter(place)}${last}"
              for place, key in enumerate(_COLUMNS, start=1)}  # fmt: skip
        cash = [month.cash for month in case.months]
        running = list(accumulate(cash))
        alone = list(accumulate(month.alone for month in case.months))
        back = next((n for n, total in enumerate(alone) if n >= case.since and round(total, 6) >= 0), None)
        row = {key: f"$B${FIRST + place}" for place, key in enumerate(_ROWS)}
        kept = _kept(row)
        values = case.inputs
        with localcontext(prec=_PRECISE):
            worth = sum((one * factor for one, factor in zip(cash, _factors(case), strict=True)), Decimal(0))
            left = (
                values["gross_margin"] - values["other_variable"] - values["platform"]
                - values["cannibalisation"] * values["contribution"]
            )  # fmt: skip
            even = (values["rent"] + values["labour"]) / left if left > 0 else None
        never = f'"{self._word("never")}"'
        found: list[tuple[str, str, str, Any]] = [
            ("npv", f"=ROUND(SUM({at['present']}),2)", MONEY, half_up(worth)),
            ("irr", _irr(months, case.life, at["cash"], never), _SHARE, case.told["irr"]),
            ("payback_month", f"=IFERROR(INDEX({at['number']},MATCH(1,{at['back']},0)),{never})", _COUNT, back),
            ("trough", f"=ROUND(MIN(0,MIN({at['cumulative']})),2)", MONEY, half_up(min([Decimal(0), *running]))),
            ("total", f"=ROUND(SUM({at['cash']}),2)", MONEY, half_up(running[-1])),
        ]
        # Steps of the rent and the like move the break-even; the formula knows none of them.
        if case.plain:
            formula = f"=IF({kept}>0,ROUND(({row['rent']}+{row['labour']})/{kept},2),{never})"
            found.append(("break_even_sales", formula, MONEY, None if even is None else half_up(even)))
        return found

    def _months(self, sheet: Worksheet, inputs: str, case: LiveCase) -> None:
        self._head(
            sheet, case, self._word("months"), [self._word("months_note" if case.plain else "months_note_fixed")]
        )
        # What no formula stands behind says so at its head: a banker must not take it for one.
        told = {*case.fixed, "other", "loans"}
        for place, key in enumerate(_COLUMNS, start=1):
            title = self._word(f"column.{key}") + (self._word("of_program") if key in told else "")
            self._title(sheet, f"{get_column_letter(place)}{FIRST - 1}", title)
            sheet.column_dimensions[get_column_letter(place)].width = 8 if place < 4 else 16
        sheet.freeze_panes = f"C{FIRST}"
        row = {key: f"'{inputs}'!$B${FIRST + place}" for place, key in enumerate(_ROWS)}
        ramp = f"'{inputs}'!$E${_RAMP}:$E${_RAMP + len(case.ramp) - 1}"
        kept = _kept(row)
        factors, running, alone = _factors(case), Decimal(0), Decimal(0)
        cash_side = total_side = 0
        for number, month in enumerate(case.months):
            at = FIRST + number
            running, alone = running + month.cash, alone + month.alone
            before = at - 1
            step = f"=IF(A{at}>{row['delay_months']},INDEX({ramp},MIN(A{at}-{row['delay_months']},{len(case.ramp)})),0)"
            cells: tuple[tuple[str, Any, str, Decimal | int], ...] = (
                ("C", step, _SHARE, month.ramp),
                ("D", f"={row['mature_monthly_sales']}*C{at}", MONEY, month.sales),
                ("E", f"=D{at}*{kept}", MONEY, month.margin),
                ("F", self._part(case, "rent", month, f"=IF(A{at}>{row['rent_free_months']},-{row['rent']},0)"), MONEY,
                 month.rent),
                ("G", self._part(case, "labour", month, f"=IF(A{at}>{row['delay_months']},-{row['labour']},0)"), MONEY,
                 month.labour),
                ("H", self._part(case, "invested", month, f"=IF(A{at}=0,-{row['capex']}-{row['deposit']},0)"
                                 f"+IF(A{at}={row['life_months']},{row['deposit']},0)"), MONEY, month.invested),
                ("K", f"=SUM(E{at}:J{at})", MONEY, month.cash),
                ("L", f"={f'L{before}+' if number else ''}K{at}", MONEY, running),
                ("M", f"=(1+{row['discount_rate']})^(-A{at}/12)", "0.000000", factors[number]),
                ("N", f"=K{at}*M{at}", MONEY, month.cash * factors[number]),
                ("O", f"={f'O{before}+' if number else ''}K{at}-J{at}", MONEY, alone),
                ("P", f"=IF(AND(A{at}>={case.since},ROUND(O{at},6)>=0),1,0)", _COUNT,
                 int(number >= case.since and round(alone, 6) >= 0)),
                ("Q", side_of("K", "Q", at, number), _COUNT, cash_side := turned(month.cash, cash_side)),
                ("R", side_of("L", "R", at, number), _COUNT, total_side := turned(running, total_side)),
            )  # fmt: skip
            self._put(sheet, f"A{at}", number, _COUNT)
            self._put(sheet, f"B{at}", month.label)
            self._put(sheet, f"I{at}", month.other, MONEY)
            self._put(sheet, f"J{at}", month.loans, MONEY)
            for letter, content, form, comes_to in cells:
                is_formula = isinstance(content, str)
                self._put(sheet, f"{letter}{at}", content, form, comes_to=comes_to if is_formula else None)
        for letter, part in (("I", "other"), ("J", "loans")):
            sheet.column_dimensions[letter].hidden = not any(getattr(month, part) for month in case.months)
        for letter in _SIDES:
            sheet.column_dimensions[letter].hidden = True
        sheet.page_setup.orientation = "landscape"
        sheet.print_title_rows = f"{FIRST - 1}:{FIRST - 1}"

    def _part(self, case: LiveCase, part: str, month: Month, formula: str) -> Any:
        """The formula of a part, or the program's figure where the plain formula is not its own."""
        return getattr(month, part) if part in case.fixed else formula

    def _title(self, sheet: Worksheet, at: str, text: str) -> None:
        cell = sheet[at]
        cell.value = text
        cell.font = Font(name=FONT, size=10, bold=True)
        cell.fill = _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")

    def _typed(self, sheet: Worksheet, at: str) -> None:
        sheet[at].fill = _INPUT
        sheet[at].border = Border(bottom=Side("thin", color="D9B44A"))


def _kept(row: Mapping[str, str]) -> str:
    """What stays of a yuan sold, as a formula over cells."""
    return (
        f"({row['gross_margin']}-{row['other_variable']}-{row['platform']}"
        f"-{row['cannibalisation']}*{row['contribution']})"
    )


def _irr(months: str, life: int, cash: str, never: str) -> str:
    """The rate where one at most would do, as ``rates.single_root`` tells: Excel gives any of several."""
    first, last = FIRST, FIRST + life
    cash_turns, total_turns = (
        f"INT(SUMXMY2('{months}'!${one}${first + 1}:${one}${last},'{months}'!${one}${first}:${one}${last - 1})/4)"
        for one in _SIDES
    )
    out_and_back = f"AND('{months}'!$R${first}<0,'{months}'!$R${last}>0,{total_turns}=1)"
    return f"=IF(OR({cash_turns}=1,{out_and_back}),IFERROR((1+IRR({cash},0.01))^12-1,{never}),{never})"


def _factors(case: LiveCase) -> list[Decimal]:
    with localcontext(prec=_PRECISE):
        base = 1 + case.inputs["discount_rate"]
        return [base ** (Decimal(-month.number) / 12) for month in case.months]
