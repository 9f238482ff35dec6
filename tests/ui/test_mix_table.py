"""The table of channels, dayparts and means of payment: its heads, what gives way where room lacks, its total."""

from decimal import Decimal

import pytest

from chainbrain.analytics.mix import Mix, Paid, Part
from chainbrain.analytics.periods import Change
from ui.views.stores.mix_table import MixTable

NOTHING = Change(None, None)


def part(key, receipts, orders, change=NOTHING):
    amount = Decimal(receipts)
    return Part(key, amount, orders, amount / orders, Decimal(0), amount / 400, change)


CHANNELS = Mix(
    "channel",
    (part("in_store", "300.00", 6, Change(Decimal(300), Decimal(200))), part("meituan", "100.00", 2)),
    Decimal("400.00"),
)
METHODS = Mix(
    "method", (part("wechat", "300.00", 6), part("cash", "100.00", 3)), Decimal("400.00"), Paid(8, Decimal(400))
)


@pytest.fixture
def table(qtbot):
    made = MixTable()
    qtbot.addWidget(made)
    made.resize(620, 300)
    made.show()
    return made


def heads(made):
    columns = made.table.columns
    return [one.title() for n, one in enumerate(columns) if not made.table.isColumnHidden(n)]


def test_channels_are_compared_and_means_of_payment_are_not(table):
    table.set_mix(CHANNELS, "channel")
    assert heads(table) == ["渠道", "实收 元", "订单数", "客单价", "占比", "", "比对照日"]
    assert table._total.accessibleName() == "合计 400.00 8 50.00 100.0%"
    assert table.table.model().index(0, 6).data() == "+50.0%"
    table.set_mix(METHODS, "method")
    assert heads(table) == ["支付方式", "付款 元", "笔数", "每笔", "占比", ""]
    assert table._total.accessibleName() == "付款合计 400.00 8 100.0%" and table._beside.isVisible()
    table.set_mix(None, "daypart")
    assert heads(table)[0] == "时段" and not table._total.isVisible() and table.table.model().rowCount() == 0


def test_where_room_lacks_bars_go_first_and_nothing_is_cut(qtbot, table):
    table.set_mix(CHANNELS, "channel")
    for width, gone in ((620, set()), (500, {"bar"}), (420, {"bar", "orders"})):
        table.resize(width, 300)
        qtbot.waitUntil(lambda wide=width: table.table.viewport().width() == wide)
        columns = table.table.columns
        assert {one.key for n, one in enumerate(columns) if table.table.isColumnHidden(n)} == gone
        shown = [table.table.columnWidth(n) for n in range(len(columns))]
        assert sum(shown) <= width and not table.table.horizontalScrollBar().isVisible()
    # The total stands right below the last line.
    assert table._total.y() - table.table.geometry().bottom() <= 2
    assert table.table.height() <= table.table.content_height() + 1


def test_every_line_shows_before_any_room_is_left_empty(qtbot, table):
    lines = tuple(part(f"p{number}", "40.00", 2) for number in range(6))
    table.set_mix(Mix("channel", lines, Decimal("240.00")), "channel")
    qtbot.waitUntil(lambda: table.table.height() >= table.table.content_height())
    assert not table.table.verticalScrollBar().isVisible()


def test_a_line_opens_by_its_key(table):
    table.set_mix(METHODS, "method")
    seen = []
    table.opened.connect(lambda *said: seen.append(said))
    table.table.row_activated.emit(table.table.model().rows[1])
    assert seen == [("method", "cash")]
