"""Where the blocks, labels and ribbons of money from sources through states to accounts stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from ui.theme import metrics as m
from ui.theme.theme import Theme

_NODE, _THINNEST, HEAD = 10, 3, 24
LEFT, _LEFT_NARROW, RIGHT, _STATE, _ROOMY = 208, 140, 176, 288, 960
# Accounts stand together at the head: their ribbons then pass above the labels of the other states.
_SLOTS, _GAPS, _SPREAD = (24, 22, 40), (8, 4, 10), (28, 6, 0)


@dataclass(frozen=True)
class Node:
    """One block with its label.

    Attributes:
        key: handed to ``chosen``.
        column: 0 sources, 1 states, 2 accounts.
        value: yuan; below 0 it has a label and no block.
        shown: the amount as it is written beside it.
        token: the colour of the block.
        second: a smaller line below the name, in the last column.
        loud: written in the colour of a fault.
        about: what hovering says.
    """

    key: str
    column: int
    name: str
    value: Decimal
    shown: str
    token: str
    second: str = ""
    loud: bool = False
    about: str = ""


@dataclass(frozen=True)
class Ribbon:
    """Money between two nodes; ``about`` is what hovering says, ``key`` is handed to ``chosen``."""

    key: str
    source: str
    target: str
    value: Decimal
    token: str
    about: str
    loud: bool = False


@dataclass(frozen=True)
class Laid:
    """Blocks and labels of nodes and shapes of ribbons, by their keys."""

    boxes: Mapping[str, QRectF] = field(default_factory=dict)
    labels: Mapping[str, QRectF] = field(default_factory=dict)
    paths: Mapping[str, QPainterPath] = field(default_factory=dict)


def lay_out(nodes: Sequence[Node], ribbons: Sequence[Ribbon], width: int, height: int) -> Laid:
    """Place everything in so much room, px on screen."""
    px = Theme.current().px
    room = max(1.0, height - px(HEAD) - px(m.GAP_XS))
    columns = [[one for one in nodes if one.column == number] for number in range(3)]
    scale = _scale(columns, room)
    left = px(LEFT if width >= px(_ROOMY) else _LEFT_NARROW)
    right = width - px(RIGHT)
    # The labels of the states end before the accounts begin.
    places = (left, max(left + px(80), min(left + (right - left) * 0.56, right - px(_STATE))), right)
    boxes: dict[str, QRectF] = {}
    labels: dict[str, QRectF] = {}
    for number, column in enumerate(columns):
        y = float(px(HEAD))
        slots = [max(_thick(one.value, scale), float(px(_SLOTS[number]))) for one in column]
        spare = max(0.0, room - sum(slots) - px(_GAPS[number]) * max(0, len(slots) - 1))
        gap = px(_GAPS[number]) + min(spare / max(1, len(slots) - 1), float(px(_SPREAD[number])))
        for node, slot in zip(column, slots, strict=True):
            thick = _thick(node.value, scale)
            top = y if thick >= slot else y + (slot - thick) / 2
            boxes[node.key] = QRectF(places[number], top, px(_NODE), thick)
            labels[node.key] = _label_box(places, y, slot, node, width)
            y += slot + gap
    return Laid(boxes, labels, _shapes(nodes, ribbons, boxes, scale))


def _label_box(places: tuple[float, ...], top: float, slot: float, node: Node, width: int) -> QRectF:
    px, column = Theme.current().px, node.column
    if column == 0:
        return QRectF(0, top, places[0] - px(m.GAP_S), slot)
    x = places[column] + px(_NODE) + px(m.GAP_S)
    if column == 1:
        # The name of a thick block stands at its head.
        return QRectF(x, top, px(300), min(slot, px(26)))
    return QRectF(x, top, width - x, max(slot, px(40)) if not node.second else slot)


def _thick(value: Decimal, scale: float) -> float:
    if value <= 0:
        return 0.0
    return max(float(value) * scale, float(Theme.current().px(_THINNEST)))


def _scale(columns: list[list[Node]], room: float) -> float:
    """The px of one yuan with which the fullest column just fits."""
    px = Theme.current().px
    most = max((float(sum(max(one.value, Decimal(0)) for one in column)) for column in columns), default=0.0)
    low, high = 0.0, room / most if most > 0 else 0.0
    for _ in range(24):
        middle = (low + high) / 2
        needed = max(
            sum(max(_thick(one.value, middle), px(_SLOTS[number])) for one in column)
            + px(_GAPS[number]) * max(0, len(column) - 1)
            for number, column in enumerate(columns)
        )
        low, high = (middle, high) if needed <= room else (low, middle)
    return low


def _shapes(
    nodes: Sequence[Node], ribbons: Sequence[Ribbon], boxes: Mapping[str, QRectF], scale: float
) -> dict[str, QPainterPath]:
    """The shape of every ribbon: on each block in the order of the blocks on the other side."""
    out: dict[str, float] = {}
    into: dict[str, float] = {}
    order = {node.key: number for number, node in enumerate(nodes)}
    starts: dict[str, float] = {}
    for one in sorted(ribbons, key=lambda one: (order[one.source], order[one.target])):
        starts[one.key] = out.get(one.source, 0.0)
        out[one.source] = starts[one.key] + float(one.value) * scale
    shapes: dict[str, QPainterPath] = {}
    for one in sorted(ribbons, key=lambda one: (order[one.target], order[one.source])):
        end = into.get(one.target, 0.0)
        thick = float(one.value) * scale
        into[one.target] = end + thick
        a, b = boxes[one.source], boxes[one.target]
        shapes[one.key] = _ribbon(
            QPointF(a.right(), a.top() + starts[one.key]), QPointF(b.left(), b.top() + end), max(thick, 0.6)
        )
    return shapes


def _ribbon(start: QPointF, end: QPointF, thick: float) -> QPainterPath:
    bend = (end.x() - start.x()) * 0.5
    path = QPainterPath(start)
    path.cubicTo(start.x() + bend, start.y(), end.x() - bend, end.y(), end.x(), end.y())
    path.lineTo(end.x(), end.y() + thick)
    path.cubicTo(end.x() - bend, end.y() + thick, start.x() + bend, start.y() + thick, start.x(), start.y() + thick)
    path.closeSubpath()
    return path
