"""The foot of the answer: the running sum at the left, what is open at the right, always in sight."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from chainbrain.reconciliation.deposits import Candidate
from chainbrain.reconciliation.evidence import Evidence
from ui import figures
from ui.messages import word
from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.views.reconcile.grouping import ZERO, Grouping
from ui.views.reconcile.items import STATES, ItemKind
from ui.views.reconcile.model import Detail
from ui.views.reconcile.sums import gap_told
from ui.widgets import scaled
from ui.widgets.states import DIFFERENCE, MATCHED, TIMING, look


def foot_line(
    detail: Detail, evidence: Evidence | None, candidate: Candidate | None, grouping: Grouping
) -> tuple[str, str, str]:
    """Return what was found in words, and state and words of what is missing.

    Args:
        detail: the shown line.
        evidence: the arithmetic that is shown.
        candidate: another answer under the keyboard.
        grouping: what is chosen to be put together.
    """
    item = detail.item
    if item.kind is ItemKind.TENDER and evidence is not None:
        told = translate("till {amount}").format(amount=figures.money(item.amount))
        gap = evidence.gap
        return told, DIFFERENCE if gap else TIMING, gap_told(gap)
    if item.kind is ItemKind.PAYOUT:
        return "", TIMING, f"{word(f'answer.{item.answer}')} {figures.money(item.amount)}"
    if item.moved is not None:
        words = translate("of another store {amount}").format(amount=figures.money(item.moved))
        return "", DIFFERENCE if item.open else MATCHED, words
    if item.kind is not ItemKind.BANK:
        amount = figures.money(item.amount)
        effect = translate("effect on the business {amount}").format(amount=amount)
        return "", (DIFFERENCE if item.open and item.amount else MATCHED), effect
    if grouping.payouts or len(grouping.lines) > 1:
        return _running(grouping)
    left = translate("bank 1 line {amount}").format(amount=figures.money(item.amount))
    if candidate is not None:
        missing, proven = candidate.gap, False
    elif evidence is not None:
        missing, proven = evidence.gap, evidence.state == "confirmed"
    else:
        if not item.open:
            return left, item.answer if item.answer in STATES else TIMING, ""
        return left, DIFFERENCE, translate("without a source {amount}").format(amount=figures.money(item.amount))
    found = translate("found {amount}").format(amount=figures.money(item.amount - missing))
    state = DIFFERENCE if missing else MATCHED if proven else TIMING
    return f"{left}    {found}", state, gap_told(missing)


def _running(grouping: Grouping) -> tuple[str, str, str]:
    """The running sum of a group."""
    bank = translate("bank %n line(s) {amount}", len(grouping.lines)).format(amount=figures.money(grouping.bank))
    found, gap = grouping.found, grouping.gap
    if not grouping.payouts:
        # Nothing is chosen by hand: what counts is what is suggested for the ticked lines.
        gap = sum(
            (item.gap if item.suggested and item.gap is not None else item.amount for item in grouping.lines), ZERO
        )
        found = grouping.bank - gap
        told = translate("suggested {amount}")
    else:
        told = translate("%n payout(s) {amount}", len(grouping.payouts))
    return f"{bank}    {told.format(amount=figures.money(found))}", DIFFERENCE if gap else TIMING, gap_told(gap)


class Foot(QWidget):
    """The running sum: 44 px, what was found at the left, what is missing at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._left, self._state, self._right = "", MATCHED, ""
        scaled(self, height=m.CARD_HEAD)
        follow_theme(self.update)

    @property
    def text(self) -> str:
        """What is missing."""
        return self._right

    def set_line(self, left: str, state: str, right: str) -> None:
        """Show another sum."""
        self._left, self._state, self._right = left, state, right
        self.setAccessibleName(f"{left} {right}".strip())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the rule above, both texts and the icon."""
        theme, style, painter = Theme.current(), look(self._state), QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("line2"))
        area = QRectF(self.rect()).adjusted(theme.px(m.GAP), 1, -theme.px(m.GAP), 0)
        middle, size = Qt.AlignmentFlag.AlignVCenter, theme.px(m.ICON_SMALL)
        painter.setFont(theme.font(Role.BODY, bold=True, figures=True))
        painter.setPen(theme.color(style.text))
        painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignRight), self._right)
        used = painter.fontMetrics().horizontalAdvance(self._right) + theme.px(m.CELL_PAD) + size
        box = QRectF(area.right() - used, area.center().y() - size / 2, size, size)
        paint_icon(painter, box, style.icon, theme.color(style.text))
        painter.setFont(theme.font(Role.BODY, figures=True))
        painter.setPen(theme.color("text2"))
        room = int(area.width() - used - theme.px(m.GAP))
        shown = painter.fontMetrics().elidedText(self._left, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignLeft), shown)
