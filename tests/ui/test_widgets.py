from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QWidget

from ui.jobs import Job
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.translator import Language
from ui.widgets import (
    ArithmeticBlock,
    ArithmeticLine,
    Badge,
    Banner,
    Card,
    CellState,
    ChangeMark,
    Choice,
    CompletenessMatrix,
    DayField,
    DropZone,
    EmptyState,
    FoldingTabs,
    FourStateBar,
    IconButton,
    KeyStrip,
    Kpi,
    KpiStrip,
    LinkButton,
    ListRow,
    MatrixRow,
    MoneyInput,
    PrimaryButton,
    ProgressStrip,
    RangeBar,
    SecondaryButton,
    SectionHeader,
    Segmented,
    TitledCard,
)
from ui.widgets.focus_ring import FocusRing
from ui.widgets.segmented import segment_widths
from ui.widgets.state_bar import _shares
from ui.widgets.states import DIFFERENCE, MATCHED, TIMING
from ui.widgets.table import DataTable
from ui.widgets.table_delegate import CellDelegate


def a_bar():
    bar = FourStateBar()
    bar.set_counts(1184, 41, 77, 6, total=1308)
    return bar


def a_sum():
    lines = [
        ArithmeticLine("应到账", Decimal("48109.98"), result=True),
        ArithmeticLine("还差", Decimal(0), True, MATCHED),
    ]
    return ArithmeticBlock(lines, "没有第二种凑法")


def a_matrix():
    matrix = CompletenessMatrix()
    matrix.set_rows(["1", "2", "3"], [MatrixRow("微信", (CellState.FULL, CellState.NEW, CellState.MISSING), 1)])
    return matrix


def a_strip():
    return KpiStrip([Kpi(str(n), "昨日实收", "¥297,054.79", Decimal("0.024"), "比可比日") for n in range(5)])


def a_range():
    bar = RangeBar()
    bar.set_range(-5, 20, 50, axis=(-10, 60))
    return bar


PARTS = {
    "badge": lambda: Badge(TIMING, "在途"),
    "banner": lambda: Banner(DIFFERENCE, "U 盘断开", "详情", closable=True),
    "bar": a_bar,
    "card": lambda: TitledCard("各店", "近 28 天", "列表"),
    "change": lambda: ChangeMark(Decimal("-0.077"), "比可比日"),
    "drop": lambda: DropZone("再拖入文件"),
    "empty": lambda: EmptyState("还没有银行流水", "拖进来就能对到账", "选择文件…"),
    "keys": lambda: KeyStrip([("S", "拆分")], framed=True),
    "kpi": a_strip,
    "matrix": a_matrix,
    "money": lambda: MoneyInput("元", "成熟月销"),
    "primary": lambda: PrimaryButton("确认导入", "import", "Ctrl ↵"),
    "progress": lambda: ProgressStrip("正在勾对", stays=True),
    "range": a_range,
    "row": lambda: ListRow("微信账单.csv", "交易账单", "11,077 行", icon_name="file"),
    "secondary": lambda: SecondaryButton("拆分"),
    "section": lambda: SectionHeader("可以导入", "6 个文件", banded=True),
    "segmented": lambda: Segmented([("day", "昨日"), ("week", "本周")]),
    "sum": a_sum,
}


def colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(image.height())}


@pytest.mark.parametrize("name", PARTS)
def test_every_part_paints_in_both_themes_and_at_150_percent(qtbot, name):
    part = PARTS[name]()
    qtbot.addWidget(part)
    part.resize(max(300, part.sizeHint().width()), part.sizeHint().height())
    part.show()
    light = part.grab().toImage()
    Theme.current().set(mode="dark")
    dark = part.grab().toImage()
    height = part.sizeHint().height()
    Theme.current().set(scale=1.5)
    assert len(colours(light)) > 1
    assert light != dark
    assert part.sizeHint().height() > height
    assert not part.grab().isNull()


@pytest.mark.parametrize(
    "name", [name for name in PARTS if name not in {"empty", "kpi", "money", "progress", "segmented", "matrix"}]
)
def test_painted_parts_tell_a_screen_reader_what_they_show(qtbot, name):
    part = PARTS[name]()
    qtbot.addWidget(part)
    assert part.accessibleName() or getattr(part, "text", str)()


def test_the_proof_of_the_bar_tells_when_rows_are_missing(qtbot):
    bar = a_bar()
    qtbot.addWidget(bar)
    assert "合计 1,308 = 全部行" in bar.accessibleName()
    bar.set_counts(1184, 41, 77, 5, total=1308)
    assert "合计 1,307，但共有 1,308 行" in bar.accessibleName()


@settings(max_examples=60)
@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=4))
def test_shares_fill_the_bar_and_none_vanishes(counts):
    widths = _shares(counts, 600, 4)
    assert sum(widths) == pytest.approx(600)
    assert min(widths) >= 4 - 1e-9


def test_money_input_reads_groups_and_words(qtbot):
    field = MoneyInput("元", "成熟月销")
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.changed) as caught:
        field.set_text("22万")
    assert caught.args == [Decimal(220_000)]
    assert (field.text(), field.fault()) == ("220,000", "")
    field.set_text("22万元x")
    assert field.fault() == "写成 220,000 或 22 万"
    assert field.value() == Decimal(220_000)
    Language.set("en")
    qtbot.waitUntil(lambda: field.fault() == "Write it like 220,000")
    field.set_text("-3")
    assert field.fault() == "At least 0"
    field.set_text("0.38")
    assert field.text() == "0.38"


def test_money_input_does_not_submit_twice(qtbot):
    field = MoneyInput("元")
    qtbot.addWidget(field)
    heard = []
    field.changed.connect(heard.append)
    field.set_text("5")
    field.set_text("5.0")
    assert heard == [Decimal(5)]


def test_segmented_moves_by_keyboard(qtbot):
    choice = Segmented([("day", "昨日"), ("week", "本周"), ("month", "本月")])
    qtbot.addWidget(choice)
    choice.show()
    heard = []
    choice.changed.connect(heard.append)
    for _ in range(3):
        qtbot.keyClick(choice, Qt.Key.Key_Right)
    qtbot.keyClick(choice, Qt.Key.Key_Left)
    assert heard == ["week", "month", "week"]
    assert choice.accessibleDescription() == "本周"


def test_folding_tabs_keep_the_chosen_one_in_sight_and_the_rest_in_a_menu(qtbot):
    tabs = FoldingTabs([(key, f"choice {key}") for key in "abcdefgh"])
    qtbot.addWidget(tabs)
    tabs.resize(tabs.sizeHint())
    tabs.show()
    assert tabs.folded == []
    tabs.resize(tabs.sizeHint().width() // 2, tabs.height())
    tabs.set_current("h")
    assert [key for key, _ in tabs.folded] == list("cdefg")
    heard = []
    tabs.changed.connect(heard.append)
    tabs.rest_menu().actions()[2].trigger()
    assert heard == ["e"]
    assert "h" in [key for key, _ in tabs.folded]
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert heard == ["e", "f"]
    qtbot.keyClick(tabs, Qt.Key.Key_Left)
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert heard[-1] == "a"


def test_folding_tabs_stand_closer_and_under_short_names_before_any_is_folded_away(qtbot):
    tabs = FoldingTabs()
    qtbot.addWidget(tabs)
    names = [(key, f"a long name {key}") for key in "abcde"]
    tabs.set_options(names, {key: f"name {key}" for key, _ in names})
    tabs.set_current("b")
    tabs.resize(tabs.sizeHint())
    tabs.show()
    whole = tabs.width()
    assert tabs.shown_words == [text for _, text in names]
    tabs.resize(whole - 10, tabs.height())
    assert tabs.shown_words == [text for _, text in names], "only the air beside them is less"
    tabs.resize(round(whole * 0.7), tabs.height())
    assert tabs.shown_words == [f"name {key}" for key in "abcde"]
    assert tabs.folded == []
    short = [(key, f"name {key}") for key in "abcde"]
    tabs.resize(sum(segment_widths(short, tabs._role(), m.GAP_XS)), tabs.height())
    assert tabs.folded == [], "they stand as close as they can before one goes"
    assert tabs.accessibleDescription() == "a long name b", "a screen reader says the whole name"
    assert tabs.sizeHint().width() == whole, "what it asks for does not follow from what it got"
    tabs.resize(tabs.minimumSizeHint())
    assert "name b" in tabs.shown_words
    assert [text for _, text in tabs.folded] == [text for key, text in names if key not in "b"]


def test_kpi_strip_opens_by_click_and_keyboard_and_wraps(qtbot):
    strip = a_strip()
    qtbot.addWidget(strip)
    strip.resize(1200, 92)
    strip.show()
    assert strip.heightForWidth(1200) == 92
    assert strip.heightForWidth(500) == 184
    with qtbot.waitSignal(strip.opened) as caught:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(700, 40))
    assert caught.args == ["2"]
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    with qtbot.waitSignal(strip.opened) as caught:
        qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert caught.args == ["3"]


def test_a_button_is_never_cut(qtbot):
    for kind in (PrimaryButton, SecondaryButton, LinkButton):
        button = kind("确认导入")
        qtbot.addWidget(button)
        for scale in (1.0, 1.5, 2.0):
            Theme.current().set(scale=scale)
            assert button.fontMetrics().horizontalAdvance(button.text()) <= button.sizeHint().width()


def test_the_focus_ring_surrounds_the_button(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    button = SecondaryButton("拆分", parent=window)
    button.move(40, 40)
    ring = FocusRing(window)
    window.resize(200, 120)
    window.show()
    ring.show_on(button)
    assert ring.geometry() == button.geometry().adjusted(-4, -4, 4, 4)
    button.move(60, 40)
    assert ring.geometry().left() == 56
    button.hide()
    assert ring.isHidden()


def test_files_dropped_on_the_zone(qtbot, tmp_path):
    zone = DropZone("drop")
    qtbot.addWidget(zone)
    zone.show()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "账单.csv")), QUrl("https://example.org/x")])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(zone.dropped) as caught:
        zone.dropEvent(event)
    assert caught.args == [[Path(tmp_path / "账单.csv")]]


def test_progress_follows_a_job_and_stops_it(qtbot, jobs):
    strip = ProgressStrip()
    qtbot.addWidget(strip)

    def work(report):
        step = 0
        while True:
            report(3, 5, f"step.{step}")
            step += 1

    job = Job(work)
    strip.follow(job, "正在勾对")
    jobs.start(job)
    with qtbot.waitSignal(job.progressed):
        pass
    assert strip.isVisible()
    with qtbot.waitSignal(job.cancelled):
        strip.stop()
    assert not strip.isVisible()


def test_icon_buttons_have_names_and_empty_states_act(qtbot):
    button = IconButton("dots", "命令")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("命令", "命令")
    empty = EmptyState("还没有", "拖进来", "选择文件…")
    qtbot.addWidget(empty)
    empty.show()
    with qtbot.waitSignal(empty.acted):
        qtbot.mouseClick(empty.findChild(PrimaryButton), Qt.MouseButton.LeftButton)


def test_fields_paint_their_chevron(qtbot):
    card = Card()
    qtbot.addWidget(card)
    choice, day = Choice(), DayField()
    choice.addItems(["a", "b"])
    card.add(choice, day)
    card.show()
    assert not card.grab().isNull()
    day.set_day(day.day().replace(year=2024, month=2, day=29))
    assert day.text() == "2024-02-29"


def test_a_day_grows_with_the_theme_while_it_is_shown(qtbot):
    day, scale = DayField(), Theme.current().scale
    qtbot.addWidget(day)
    day.show()
    before = day.lineEdit().font().pixelSize()
    try:
        Theme.current().set(scale=2 * scale)
        assert day.lineEdit().font().pixelSize() == day.font().pixelSize() > before
    finally:
        Theme.current().set(scale=scale)


def test_a_table_owns_what_draws_its_cells(qtbot):
    # Qt paints with nothing, and falls, when a delegate that only Python holds is collected before its view.
    table = DataTable()
    qtbot.addWidget(table)
    assert table.itemDelegate().parent() is table
    table.set_cells(CellDelegate())
    assert table.itemDelegate().parent() is table


def test_a_bar_of_states_that_lacks_room_cuts_words_and_no_count(qtbot):
    bar = FourStateBar()
    qtbot.addWidget(bar)
    bar.set_counts(219_708, 15, 122, 11_781, total=231_626)
    for width in (900, 420, 340, 300):
        bar.resize(width, 36)
        image = bar.grab()
        labels = [box for box, _ in bar._hits if box.top() == 0 and box.height() == 20]
        assert not image.isNull() and len(labels) == 4
        assert all(one.right() < other.left() for one, other in pairwise(labels))
        # The tick after the last one fits, too.
        assert labels[-1].right() + 16 <= width
