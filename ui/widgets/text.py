"""Texts with a role and a token, which follow the theme."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role


class Label(QLabel):
    """A text of one role and colour; ``figures`` gives digits the same width.

    Args:
        text: shown text.
        role: size and weight.
        color: token of the text.
        bold: overrides the role's weight.
        figures: tabular digits.
        wrap: breaks lines.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        color: str = "ink",
        *,
        bold: bool | None = None,
        figures: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._role, self._color, self._bold, self._figures = role, color, bold, figures
        self.setWordWrap(wrap)
        follow_theme(self._restyle)

    def set_color(self, color: str) -> None:
        """Change the token of the text."""
        self._color = color
        self._restyle()

    def _restyle(self) -> None:
        theme = Theme.current()
        self.setFont(theme.font(self._role, self._bold, self._figures))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.color(self._color))
        self.setPalette(palette)


class ElidedLabel(Label):
    """A one-line text that ends in … when there is no room; the full text is then its tooltip, or ``set_tip``."""

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        color: str = "ink",
        *,
        bold: bool | None = None,
        figures: bool = False,
    ) -> None:
        super().__init__(text, role, color, bold=bold, figures=figures)
        self._tip = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_tip(self, tip: str) -> None:
        """Say more than the text when the pointer rests on it."""
        self._tip = tip
        self.setToolTip(tip)

    def minimumSizeHint(self) -> QSize:
        """A few characters are enough."""
        return QSize(QFontMetrics(self.font()).averageCharWidth() * 4, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much of the text as fits."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        area = self.contentsRect()
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        if not self._tip and self.toolTip() != self.text() and text != self.text():
            self.setToolTip(self.text())
        painter.drawText(area, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), text)
