"""Which names of a map are written, and where: beside their points, over no other name and no other point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF

# Where a name is tried, as shares of its own width and height from the middle of its point: right first, as one reads.
_FARTHEST = 16
_SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (0.6, -1), (0.6, 1), (-0.6, -1), (-0.6, 1))


@dataclass(frozen=True)
class Wish:
    """A name that wants a place: its size in px, its point, the radius of that, and how much it matters."""

    key: str
    point: QPointF
    radius: float
    width: float
    height: float
    weight: float = 0.0


def placed(wishes: Sequence[Wish], area: QRectF, taken: Sequence[QRectF] = (), gap: float = 3.0) -> dict[str, QRectF]:
    """Return a box for every name that has room; those that matter most are placed first.

    Args:
        wishes: one for each name.
        area: where names may stand.
        taken: boxes that nothing may cover, such as the legend.
        gap: px between a point and its name.
    """
    dots = {
        one.key: QRectF(one.point.x() - one.radius, one.point.y() - one.radius, 2 * one.radius, 2 * one.radius)
        for one in wishes
    }
    found: dict[str, QRectF] = {}
    held = list(taken)
    for wish in sorted(wishes, key=lambda one: -one.weight):
        if not area.contains(wish.point):
            continue
        others = [box for key, box in dots.items() if key != wish.key]
        for side in _SIDES:
            box = _box(wish, side, gap)
            if area.contains(box) and not any(box.intersects(other) for other in (*held, *others)):
                found[wish.key] = box
                held.append(box)
                break
    return found


def clear_of(line: QLineF, size: QSizeF, area: QRectF, taken: Sequence[QRectF], gap: float = 3.0) -> QRectF:
    """Return the box of words about a line: on its middle where nothing lies there, else beside it, the nearest first.

    Where everything is taken it stands on the middle all the same.
    """
    middle, length = line.center(), line.length() or 1.0
    # Upwards first: below a line stand the names of its ends more often.
    across = QPointF(line.dy() / length, -line.dx() / length) * (-1 if line.dx() < 0 else 1)
    width, height = size.width(), size.height()
    boxes = []
    for steps in range(_FARTHEST):
        for side in (1, -1) if steps else (1,):
            at = middle + across * (side * steps * height / 2)
            boxes.append(QRectF(at.x() - width / 2, at.y() - height / 2, width, height))
    free = (box for box in boxes if area.contains(box) and not any(_near(box, gap).intersects(it) for it in taken))
    return next(free, boxes[0])


def _near(box: QRectF, gap: float) -> QRectF:
    return box.adjusted(-gap, -gap, gap, gap)


def _box(wish: Wish, side: tuple[float, float], gap: float) -> QRectF:
    across, down = side
    reach = wish.radius + gap
    left = wish.point.x() - wish.width / 2 + across * (wish.width / 2 + (reach if abs(across) == 1 else 0))
    top = wish.point.y() - wish.height / 2 + down * (wish.height / 2 + reach)
    return QRectF(left, top, wish.width, wish.height)
