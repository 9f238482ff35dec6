"""Several lines over the same positions, each with its own colour and dash; a gap stays one, a band may lie behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import figures
from ui.charts.plot import Plot
from ui.charts.scale import as_floats, nice_ticks
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.translator import translate
from ui.theme.type_roles import Role

Values = tuple[Decimal | float | None, ...]

_STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)


@dataclass(frozen=True)
class NamedLine:
    """One line: its name and a value per position, None where nothing is known."""

    name: str
    values: Values


@dataclass(frozen=True)
class Lines:
    """What the chart shows.

    Attributes:
        labels: one per position, in full, as said on hover.
        ticks: (position, short label) below the axis.
        lines: in the order of their colours.
        places: decimals of the figures said on hover.
        band: lower and upper edge behind the lines, with what it is called; empty edges draw none.
        unit_in_axis: whether the axis says 万; False when the title does.
        unit: written behind a figure on hover.
        zero: whether the axis starts at zero.
    """

    labels: tuple[str, ...]
    ticks: tuple[tuple[float, str], ...]
    lines: tuple[NamedLine, ...]
    places: int = 2
    band: tuple[Values, Values, str] = ((), (), "")
    unit_in_axis: bool = True
    unit: str = ""
    zero: bool = True


def line_look(place: int) -> tuple[QColor, Qt.PenStyle]:
    """The colour and dash of a line, never the colour alone."""
    return Theme.current().category(place), _STYLES[place % len(_STYLES)]


def twins(lines: Sequence[NamedLine]) -> list[int | None]:
    """For each line the first one before it that runs where it does; one of the two would hide the other."""
    places: dict[Values, int] = {}
    found: list[int | None] = []
    for place, line in enumerate(lines):
        first = places.setdefault(line.values, place)
        found.append(None if first == place else first)
    return found


class LinesChart(Plot):
    """Shows ``Lines``; ``chosen`` carries a position."""

    def __init__(self) -> None:
        self._shown: Lines | None = None
        super().__init__()
        # Half of the topmost tick's words stands above its line, which a low chart has no other room for.
        self.getPlotItem().layout.setContentsMargins(0, Theme.current().px(m.GAP_S), 0, 0)

    def set_data(self, shown: Lines | None) -> None:
        """Show other lines."""
        self._shown = shown
        self._cursor = -1
        self.redraw()

    def rows(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Return position and the value of every line, empty where nothing is known."""
        shown = self._shown
        if shown is None:
            return (), []
        heads = (translate("When"), *(line.name for line in shown.lines))
        cells: list[tuple[object, ...]] = [
            (label, *("" if line.values[place] is None else line.values[place] for line in shown.lines))
            for place, label in enumerate(shown.labels)
        ]
        return heads, cells

    def _draw(self) -> None:
        shown = self._shown
        if shown is None or not shown.labels:
            self._count = 0
            return
        lines = [as_floats(line.values) for line in shown.lines]
        low, high = as_floats(shown.band[0]), as_floats(shown.band[1])
        known = [value for line in (*lines, low, high) for value in line if value == value]  # noqa: PLR0124 - not NaN
        ticks = nice_ticks(min(known, default=0.0), max(known, default=1.0), zero=shown.zero)
        room = Theme.current().px(m.GAP)
        self._frame(len(shown.labels), ticks, shown.ticks, with_unit=shown.unit_in_axis, right_room=room)
        if low:
            self._band(low, high, "band")
        for place, (values, twin) in enumerate(zip(lines, twins(shown.lines), strict=True)):
            colour, style = line_look(place)
            # Where two lines are the same the later lies above: between its dashes the other one shows.
            self._curve(values, colour, 1.5, style, z=20 - place if twin is None else 20 + place)
            alone = [
                n for n, value in enumerate(values)
                if value == value  # noqa: PLR0124 - not NaN
                and (n == 0 or values[n - 1] != values[n - 1])
                and (n + 1 == len(values) or values[n + 1] != values[n + 1])
            ]  # fmt: skip
            # A day between two gaps has no line to lie on.
            for n in alone:
                self._dot(n, values[n], colour, radius=2)

    def _words(self, index: int) -> str:
        shown = self._shown
        if shown is None:
            return ""
        said = [shown.labels[index]]
        for line in shown.lines:
            value = line.values[index]
            words = translate("no data") if value is None else f"{figures.plain(value, shown.places)}{shown.unit}"
            said.append(f"{line.name} {words}")
        if shown.band[0]:
            low, high = shown.band[0][index], shown.band[1][index]
            if low is not None and high is not None:
                edges = f"{figures.plain(low, shown.places)} – {figures.plain(high, shown.places)}{shown.unit}"
                said.append(f"{shown.band[2]} {edges}")
        return "\n".join(said)


class LinesLegend(QWidget):
    """Name beside a piece of its line, as many in a row as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        follow_theme(self._restyle)

    def set_names(self, names: Sequence[str]) -> None:
        """Show other names, in the order of the lines."""
        self._names = tuple(names)
        self.setAccessibleName(translate(", ").join(names))
        self._restyle()

    def hasHeightForWidth(self) -> bool:
        """Fewer in a row need more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows."""
        rows = {place[0] for place in self._places(width)}
        return max(1, len(rows)) * Theme.current().px(m.BADGE)

    def sizeHint(self) -> QSize:
        """Return room for the rows at the present width."""
        return QSize(Theme.current().px(200), self.heightForWidth(self.width() or Theme.current().px(600)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw every name."""
        theme, painter = Theme.current(), QPainter(self)
        painter.setFont(theme.font(Role.SMALL))
        height, sample = theme.px(m.BADGE), theme.px(22)
        for place, (row, left, width) in enumerate(self._places(self.width())):
            colour, style = line_look(place)
            pen = QPen(colour, theme.scale * 2)
            pen.setStyle(style)
            painter.setPen(pen)
            middle = round((row + 0.5) * height)
            painter.drawLine(left, middle, left + sample, middle)
            painter.setPen(theme.color("text2"))
            box = QRectF(left + sample + theme.px(m.GAP_XS), row * height, width, height)
            text = painter.fontMetrics().elidedText(self._names[place], Qt.TextElideMode.ElideMiddle, int(box.width()))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)

    def _places(self, width: int) -> list[tuple[int, int, int]]:
        theme = Theme.current()
        metrics = QFontMetrics(theme.font(Role.SMALL))
        sample, gap = theme.px(22) + theme.px(m.GAP_XS), theme.px(m.GAP)
        places, row, left = [], 0, 0
        for name in self._names:
            room = min(metrics.horizontalAdvance(name) + 2, max(1, width - sample))
            if left and left + sample + room > width:
                row, left = row + 1, 0
            places.append((row, left, room))
            left += sample + room + gap
        return places

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
