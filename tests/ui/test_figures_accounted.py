"""No figure without a way to its rows: every table column and chart of every screen opens, or says why it does not."""

from pathlib import Path

from figures_accounted import DRAWN, OPENED, PICTURES, REASONS
from PySide6.QtWidgets import QWidget

from ui.models.columns import Kind
from ui.views.registry import VIEWS
from ui.views.splits.view import SplitsView
from ui.views.stores import league_columns
from ui.widgets import DataTable

FIGURES = {Kind.MONEY, Kind.NUMBER, Kind.PERCENT, Kind.CHANGE, Kind.BAR, Kind.SPARK, Kind.RANGE}
# A legend names what the chart beside it draws.
LEGENDS = {"LinesLegend", "HeatLegend", "MapLegend"}
STRIPS = {"KpiStrip", "SumLines"}
SCREENS = [one for one in VIEWS if one.key not in {"settings", "gallery"}]


def owner(part: QWidget) -> str:
    """The class of the screen's own part that holds a widget."""
    above = part.parent()
    while above is not None and not type(above).__module__.startswith("ui.views"):
        above = above.parent()
    return type(above).__name__


def name_of(view: QWidget, table: DataTable) -> str:
    """The owner of a table, of several alike with its page."""
    if isinstance(view, SplitsView):
        page = next((key for key, one in view.tables.items() if one is table), "")
        if page:
            return f"SplitsView.{page}"
    return owner(table)


def test_every_figure_of_every_screen_opens_or_says_why_not(qtbot):
    # Columns that may be chosen are figures as well.
    every = league_columns.columns(lambda _line: False, lambda: None)
    columns = {("LeagueCard", column.key) for column in every if column.kind in FIGURES} - {("LeagueCard", "rank")}
    seen_pictures = set()
    for screen in SCREENS:
        view = screen.load()
        qtbot.addWidget(view)
        for table in view.findChildren(DataTable):
            name = name_of(view, table)
            columns |= {(name, column.key) for column in table.columns if column.kind in FIGURES}
        for part in view.findChildren(QWidget):
            kind = type(part).__name__
            chart = type(part).__module__.startswith("ui.charts") and kind not in LEGENDS
            if chart or kind in STRIPS:
                seen_pictures.add((owner(part), kind))
    listed = {(name, key) for both in (OPENED, REASONS) for name, keys in both.items() for key in keys}
    assert not columns - listed, "say in figures_accounted.py which test opens them, or why nothing does"
    assert not seen_pictures - {*PICTURES, *DRAWN}, "say which test opens their marks, or why nothing does"


def test_what_is_said_to_be_tested_is():
    folder = Path(__file__).parent
    for said in {*PICTURES.values(), *(test for keys in OPENED.values() for test in keys.values())}:
        file, _, name = said.partition("::")
        text = (folder / file).read_text(encoding="utf-8")
        assert not name or f"def {name}(" in text, said
    source = "\n".join(path.read_text(encoding="utf-8") for path in (folder.parents[1] / "ui").rglob("*.py"))
    owners = {name.partition(".")[0] for name in (*OPENED, *REASONS, *(who for who, _ in (*PICTURES, *DRAWN)))}
    assert not {name for name in owners if f"class {name}(" not in source}, "a part that is gone needs no word"
    both = {(name, key) for name, keys in OPENED.items() for key in keys} & {
        (name, key) for name, keys in REASONS.items() for key in keys
    }
    assert not both and all(len(why) > 15 for keys in REASONS.values() for why in keys.values())
