"""The component set: every screen is made of these parts."""

from chainbrain.amounts import parse_amount
from ui.widgets.arithmetic import ArithmeticBlock, ArithmeticLine
from ui.widgets.badge import Badge
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, DropDownButton, IconButton, LinkButton, PrimaryButton, SecondaryButton
from ui.widgets.card import Card, Pane, Rule, TitledCard
from ui.widgets.change_mark import ChangeMark
from ui.widgets.completeness import CellState, CompletenessMatrix, MatrixRow
from ui.widgets.drop_zone import DropFrame, DropZone, local_paths
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields import Choice, DayField
from ui.widgets.focus_ring import FocusRing
from ui.widgets.folding_tabs import FoldingTabs
from ui.widgets.key_strip import KeyStrip
from ui.widgets.kpi_strip import Kpi, KpiStrip
from ui.widgets.layout import Box, Gap, Grid, HBox, VBox, scaled
from ui.widgets.list_row import ListRow
from ui.widgets.money_input import MoneyInput
from ui.widgets.progress_strip import ProgressStrip, ThinBar
from ui.widgets.range_bar import RangeBar
from ui.widgets.section_header import SectionHeader
from ui.widgets.segmented import Segmented
from ui.widgets.state_bar import FourStateBar
from ui.widgets.table import DataTable
from ui.widgets.text import ElidedLabel, Label
from ui.widgets.total_row import TotalRow

__all__ = [
    "ArithmeticBlock",
    "ArithmeticLine",
    "Badge",
    "Banner",
    "Box",
    "Button",
    "Card",
    "CellState",
    "ChangeMark",
    "Choice",
    "CompletenessMatrix",
    "DataTable",
    "DayField",
    "DropDownButton",
    "DropFrame",
    "DropZone",
    "ElidedLabel",
    "EmptyState",
    "FocusRing",
    "FoldingTabs",
    "FourStateBar",
    "Gap",
    "Grid",
    "HBox",
    "IconButton",
    "KeyStrip",
    "Kpi",
    "KpiStrip",
    "Label",
    "LinkButton",
    "ListRow",
    "MatrixRow",
    "MoneyInput",
    "Pane",
    "PrimaryButton",
    "ProgressStrip",
    "RangeBar",
    "Rule",
    "SecondaryButton",
    "SectionHeader",
    "Segmented",
    "ThinBar",
    "TitledCard",
    "TotalRow",
    "VBox",
    "local_paths",
    "parse_amount",
    "scaled",
]
