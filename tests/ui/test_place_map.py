"""The map of places: true distances, round rings, names that do not collide, what mouse and keys do."""

import math
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter
from PySide6.QtTest import QSignalSpy

from chainbrain.expansion.places import Datum, Place, distance_km
from ui.charts import map_paint
from ui.charts.map_data import Kind, MapData, Ring, Shade, Spot
from ui.charts.map_field import Field
from ui.charts.map_projection import Projection, circle, distance_words
from ui.charts.place_map import PlaceMap

HANGZHOU = (30.2741, 120.1551)


def spots(count, *, step=0.01):
    return tuple(
        Spot(f"S{n:03}", f"门店{n}", HANGZHOU[0] + step * (n % 7), HANGZHOU[1] + step * (n // 7), size=float(n))
        for n in range(count)
    )


@pytest.fixture
def place_map(qtbot):
    widget = PlaceMap()
    qtbot.addWidget(widget)
    widget.resize(600, 400)
    widget.show()
    return widget


@pytest.mark.parametrize("latitude", [0.0, 22.5, 30.27, 45.0])
def test_a_kilometre_is_as_long_in_every_direction(latitude):
    view = Projection(latitude, 120.0, 100.0, 800, 600)
    for corner in circle(latitude, 120.0, 2.0):
        way = view.point(*corner) - QPointF(400, 300)
        assert math.hypot(way.x(), way.y()) == pytest.approx(200.0, abs=0.1)
        far = distance_km(Place(latitude, 120.0, Datum.WGS84), Place(*corner, Datum.WGS84))
        assert far == pytest.approx(2.0, abs=1e-9)


def test_the_scale_bar_is_true_and_round():
    view = Projection(*HANGZHOU, 37.0, 800, 600)
    km, length = view.scale_bar(110)
    assert (km, length) == (2, 74.0)
    west, east = view.degrees(QPointF(400 - length / 2, 300)), view.degrees(QPointF(400 + length / 2, 300))
    assert distance_km(Place(*west, Datum.WGS84), Place(*east, Datum.WGS84)) == pytest.approx(km, rel=1e-6)


def test_zooming_keeps_what_lies_under_the_mouse():
    view = Projection(*HANGZHOU, 37.0, 800, 600)
    at = QPointF(120, 90)
    before = view.degrees(at)
    after = view.zoomed(3.0, at).point(*before)
    assert (after.x(), after.y()) == pytest.approx((120, 90), abs=0.2)


def test_one_store_has_its_surroundings():
    view = Projection.fitted([HANGZHOU], 600, 400, 40)
    assert view.px_a_km == pytest.approx(160)


def test_distances_are_said_as_people_say_them():
    assert [distance_words(km) for km in (0.0304, 0.9994, 0.9996, 1.54, 153.4)] == [
        "30 m",
        "999 m",
        "1.0 km",
        "1.5 km",
        "153 km",
    ]


def test_names_lie_over_no_other_name_and_no_other_point(place_map):
    place_map.set_data(MapData(spots(60, step=0.002)))
    boxes = place_map.named()
    assert 3 < len(boxes) < 60
    placed = list(boxes.items())
    for number, (key, box) in enumerate(placed):
        assert QRectF(place_map.rect()).contains(box)
        assert not any(box.intersects(other) for _, other in placed[number + 1 :])
        assert not box.contains(place_map.place_of(key))


@pytest.mark.parametrize("step", [0.0005, 0.002, 0.05])
def test_the_distance_and_rings_lie_over_no_name_and_no_point(place_map, step):
    near = spots(5, step=step)
    far = Spot("F", "远店", HANGZHOU[0] + 0.3, HANGZHOU[1] + 0.3)
    place_map.set_data(MapData((*near, far), (Ring(*HANGZHOU, 3.0, "3 km"),)))
    for key in ("S001", "S002"):
        place_map._pick(key)
    view, ground = place_map.view, place_map._ground()
    words = place_map._distance_box(view)
    ring = map_paint.ring_label(place_map.data.rings[0], view, ground)
    assert ground.contains(words) and not any(words.contains(place_map.place_of(one.key)) for one in near)
    assert not any(box.intersects(words) or box.intersects(ring) for box in place_map.named().values())


def test_a_click_chooses_the_next_measures_and_a_double_click_opens(place_map, qtbot):
    place_map.set_data(MapData(spots(3, step=0.02)))
    chosen, opened = QSignalSpy(place_map.chosen), QSignalSpy(place_map.opened)
    for key in ("S000", "S002"):
        qtbot.mouseClick(place_map, Qt.MouseButton.LeftButton, pos=place_map.place_of(key).toPoint())
    assert [chosen.at(n)[0] for n in range(2)] == ["S000", "S002"]
    one, other, km = place_map.measured
    assert (one, other) == ("S000", "S002")
    assert km == pytest.approx(0.04 * 111.195, abs=0.001)
    assert "距门店0 4.4 km" in place_map.accessibleDescription()
    qtbot.mouseDClick(place_map, Qt.MouseButton.LeftButton, pos=place_map.place_of("S002").toPoint())
    assert opened.at(0)[0] == "S002"
    qtbot.mouseClick(place_map, Qt.MouseButton.LeftButton, pos=QPointF(5, 5).toPoint())
    assert place_map.current == ""
    assert place_map.measured is None


def test_keys_walk_open_zoom_and_show_all(place_map, qtbot):
    place_map.set_data(MapData(spots(3, step=0.02)))
    opened, whole = QSignalSpy(place_map.opened), place_map.view
    qtbot.keyClick(place_map, Qt.Key.Key_Down)
    qtbot.keyClick(place_map, Qt.Key.Key_Return)
    assert opened.at(0)[0] == "S000"
    qtbot.keyClick(place_map, Qt.Key.Key_Plus)
    assert place_map.view.px_a_km == pytest.approx(whole.px_a_km * 1.5)
    qtbot.keyClick(place_map, Qt.Key.Key_Home)
    assert place_map.view == whole


def test_dragging_moves_and_the_room_follows_until_then(place_map, qtbot):
    place_map.set_data(MapData(spots(3, step=0.02)))
    place_map.resize(900, 400)
    assert all(place_map.rect().contains(place_map.place_of(one.key).toPoint()) for one in place_map.data.spots)
    before = place_map.place_of("S001")
    qtbot.mousePress(place_map, Qt.MouseButton.LeftButton, pos=QPointF(10, 10).toPoint())
    qtbot.mouseMove(place_map, QPointF(60, 40).toPoint())
    place_map.mouseMoveEvent(_dragged(QPointF(110, 70)))
    qtbot.mouseRelease(place_map, Qt.MouseButton.LeftButton, pos=QPointF(110, 70).toPoint())
    moved = place_map.place_of("S001") - before
    assert moved.x() > 40
    assert moved.y() > 20


def _dragged(point):
    left = Qt.MouseButton.LeftButton
    return QMouseEvent(QMouseEvent.Type.MouseMove, point, point, left, left, Qt.KeyboardModifier.NoModifier)


def test_values_colour_rings_are_drawn_and_the_picture_goes_out(place_map, tmp_path):
    plain = place_map.grab().toImage()
    ring = Ring(*HANGZHOU, 1.0, "1 km")
    some = tuple(
        Spot(f"S{n}", f"店{n}", HANGZHOU[0], HANGZHOU[1] + n / 100, kind, value, shown="+1.0%")
        for n, (kind, value) in enumerate(
            [(Kind.OWN, -0.1), (Kind.OWN, 0.2), (Kind.CANDIDATE, None), (Kind.CLOSED, None), (Kind.RIVAL, None)]
        )
    )
    data = MapData(some, (ring,), Shade.CHANGE, "-20%", "+20%", kinds={Kind.OWN: "门店", Kind.CANDIDATE: "候选店"})
    place_map.set_data(data)
    drawn = place_map.grab().toImage()
    assert drawn != plain
    place_map.set_data(MapData(some, (), Shade.KIND), keep=True)
    assert place_map.grab().toImage() != drawn
    assert place_map.export_picture(tmp_path / "map.png")
    assert (tmp_path / "map.png").stat().st_size > 1000
    heads, rows = place_map.rows()
    assert heads == ("名称", "纬度", "经度", "数字")
    assert rows[1] == ("店1", HANGZHOU[0], HANGZHOU[1] + 0.01, "+1.0%")


def surface(values, blank=()):
    """A row of patches of 0.01° eastwards from the middle, and unknown ones to their west."""
    north, east = HANGZHOU
    return Field(
        latitude=np.full(len(values), north), longitude=east + 0.01 * np.arange(len(values)), values=np.array(values),
        blank=(np.full(len(blank), north), np.array([east - 0.01 * n for n in blank])), cell=(0.01, 0.01), most=0.5,
        low="0%", high="50%", unknown="没有数据", about=lambda n: f"第 {n} 块",
    )  # fmt: skip


@pytest.mark.parametrize("closer", [1, 20])
def test_the_ground_is_coloured_by_its_value_and_where_nothing_is_known_it_is_hatched(place_map, closer):
    """Both ways of drawing, small patches as one picture and large ones by themselves, give the same colours."""
    field = surface([0.5, 0.0, 0.25], blank=(2,))
    spot = Spot("S", "", HANGZHOU[0] + 0.05, HANGZHOU[1])
    place_map.set_data(MapData((spot,), field=field))
    view = Projection(*HANGZHOU, 4.0 * closer, place_map._ground().width(), place_map._ground().height())
    place_map._view = view
    picture = place_map.grab().toImage()

    def strength(east):
        """How far from the ground's own colour, in the channel that a blue takes most from."""
        at = view.point(HANGZHOU[0], HANGZHOU[1] + east) + QPointF(1, 1)
        return 255 - picture.pixelColor(at.toPoint()).red()

    full, nothing, half = strength(0.0), strength(0.01), strength(0.02)
    assert full > half > nothing
    assert place_map.ground_words(view.point(HANGZHOU[0], HANGZHOU[1] + 0.02)) == "第 2 块"
    # Nothing known is neither a value nor the ground beside the surface.
    assert place_map.ground_words(view.point(HANGZHOU[0], HANGZHOU[1] - 0.02)) == "没有数据"
    assert place_map.ground_words(view.point(HANGZHOU[0], HANGZHOU[1] - 0.04)) == ""


def test_a_sea_of_cells_without_data_is_hatched_as_one_picture(place_map):
    north, east = (one.ravel() for one in np.meshgrid(np.arange(200) * 0.001, np.arange(200) * 0.001))
    field = replace(surface([0.5]), blank=(HANGZHOU[0] + north, HANGZHOU[1] + east), cell=(0.001, 0.001))
    picture = QImage(200, 200, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    view = Projection(HANGZHOU[0] + 0.1, HANGZHOU[1] + 0.1, 20.0, 200, 200)
    painter = QPainter(picture)
    # One call for each of the 40 000 would hold the window up for as long as it takes.
    with patch.object(QPainter, "fillRect", side_effect=AssertionError("cell by cell")):
        field.paint(painter, view, QRectF(0, 0, 200, 200))
    painter.end()
    drawn = sum(picture.pixelColor(x, y).alpha() > 0 for x in range(80, 120) for y in range(80, 120))
    assert drawn == 40 * 40 / 8, "every eighth px is a line, the ground shows between"


def test_what_was_gone_to_stays_in_the_picture_when_the_room_changes(place_map):
    data = MapData((*spots(3, step=0.001), Spot("far", "远店", HANGZHOU[0] + 2, HANGZHOU[1])))
    place_map.set_data(data)
    place_map.show_only(frozenset({"S000", "S001", "S002"}))
    near = place_map.view.px_a_km
    place_map.resize(900, 700)
    # Larger, and still fitted to the three: not to everything, and not left at the size of before.
    assert place_map.view.px_a_km > near
    place_map.show_all()
    assert place_map.view.px_a_km < near
