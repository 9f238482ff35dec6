"""A sum written out: words left, amounts right, a rule above each result, and why it is proven."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import figures
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.painting import rounded


@dataclass(frozen=True)
class ArithmeticLine:
    """One line of the sum.

    Attributes:
        text: words at the left.
        amount: yuan at the right, None leaves it empty.
        result: True draws a rule above and both sides in bold.
        state: token of the amount (``matched`` for 还差 0.00), empty is ink.
    """

    text: str
    amount: Decimal | None
    result: bool = False
    state: str = ""


class ArithmeticBlock(QWidget):
    """Shows a sum and one small line of proof below it."""

    _LINE = 24

    def __init__(self, lines: Sequence[ArithmeticLine] = (), proof: str = "") -> None:
        super().__init__()
        self._lines: tuple[ArithmeticLine, ...] = ()
        self._proof = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_lines(lines, proof)
        follow_theme(self._restyle)

    def set_lines(self, lines: Sequence[ArithmeticLine], proof: str = "") -> None:
        """Show another sum."""
        self._lines, self._proof = tuple(lines), proof
        said = [f"{line.text} {'' if line.amount is None else figures.money(line.amount)}" for line in self._lines]
        self.setAccessibleName("; ".join([*said, proof]))
        self._restyle()

    def hasHeightForWidth(self) -> bool:
        """The proof line wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return room for every line and the wrapped proof."""
        px = Theme.current().px
        return 2 * px(m.GAP_M) + len(self._lines) * px(self._LINE) + self._proof_height(width)

    def sizeHint(self) -> QSize:
        """Return a comfortable width."""
        width = self.width() or Theme.current().px(400)
        return QSize(Theme.current().px(400), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the least readable width."""
        return QSize(Theme.current().px(220), self.heightForWidth(Theme.current().px(220)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, lines and proof."""
        theme, painter = Theme.current(), QPainter(self)
        rounded(painter, QRectF(self.rect()), m.CELL_PAD, theme.color("canvas"), theme.color("line"))
        pad, height = theme.px(m.GAP), theme.px(self._LINE)
        top, right = theme.px(m.GAP_M), self.width() - pad
        vertical = Qt.AlignmentFlag.AlignVCenter
        for line in self._lines:
            row = QRectF(pad, top, right - pad, height)
            if line.result:
                painter.fillRect(QRectF(pad, top, right - pad, 1), theme.color("line2"))
            amount = "" if line.amount is None else figures.money(line.amount)
            painter.setFont(theme.font(Role.BODY, bold=line.result, figures=True))
            width = painter.fontMetrics().horizontalAdvance(amount)
            painter.setPen(theme.color(line.state or "ink"))
            painter.drawText(row, int(vertical | Qt.AlignmentFlag.AlignRight), amount)
            painter.setPen(theme.color("ink"))
            room = int(row.width() - width - theme.px(m.GAP))
            shown = painter.fontMetrics().elidedText(line.text, Qt.TextElideMode.ElideMiddle, room)
            painter.drawText(row, int(vertical | Qt.AlignmentFlag.AlignLeft), shown)
            top += height
        if self._proof:
            painter.setFont(theme.font(Role.SMALL))
            painter.setPen(theme.color("text2"))
            area = QRectF(pad, top + theme.px(m.GAP_XS), right - pad, self.height() - top)
            painter.drawText(area, int(Qt.TextFlag.TextWordWrap), self._proof)

    def _proof_height(self, width: int) -> int:
        if not self._proof:
            return 0
        theme = Theme.current()
        metrics = QFontMetrics(theme.font(Role.SMALL))
        box = metrics.boundingRect(
            0, 0, max(1, width - 2 * theme.px(m.GAP)), 10_000, int(Qt.TextFlag.TextWordWrap), self._proof
        )
        return box.height() + theme.px(m.GAP_XS)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
