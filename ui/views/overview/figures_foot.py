"""Below the key figures: what of the receipts is no new money, and why nearer days are not compared with."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from chainbrain.analytics.prepaid import Prepaid
from ui import figures
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.widgets import ElidedLabel, HBox, KpiStrip, Label, LinkButton, VBox

STORED_VALUE, COUPON = "stored_value", "coupon"
_HEIGHT = 24


class FiguresFoot(QWidget):
    """One line, hidden while it says nothing; ``opened`` carries the means of payment whose rows are wanted."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.links = {STORED_VALUE: LinkButton(), COUPON: LinkButton()}
        self._lead, self._end = (Label(role=Role.SMALL, color="text2") for _ in range(2))
        self._compared = ElidedLabel(role=Role.SMALL, color="text2", figures=True)
        line = HBox(self, (m.GAP, m.GAP_XS, m.GAP, 0), m.GAP_XS)
        line.add(self._lead, *self.links.values(), self._end)
        line.addSpacing(Theme.current().px(m.GAP_M))
        line.add(self._compared)
        for method, link in self.links.items():
            link.clicked.connect(lambda _on=False, method=method: self.opened.emit(method))
        self.set_content(None, "")

    def set_content(self, prepaid: Prepaid | None, compared: str) -> None:
        """Show what was paid before, and what is said of the comparison."""
        amounts = {
            STORED_VALUE: (translate("from stored value {amount}"), prepaid.stored_value if prepaid else 0),
            COUPON: (translate("with coupons {amount}"), prepaid.coupons if prepaid else 0),
        }
        for method, (text, amount) in amounts.items():
            self.links[method].setText(text.format(amount=figures.money(amount, symbol=True)) if amount else "")
            self.links[method].setVisible(bool(amount))
        some = any(amount for _text, amount in amounts.values())
        self._lead.setText(translate("Of the receipts paid"))
        self._end.setText(translate("which is no new money"))
        for word in (self._lead, self._end):
            word.setVisible(some)
        self._compared.setText(compared)
        self.setVisible(some or bool(compared))
        self.updateGeometry()

    @property
    def spoken(self) -> str:
        """The whole line as shown."""
        links = [link.text() for link in self.links.values() if not link.isHidden()]
        said = [label.text() for label in (self._lead, self._end, self._compared) if not label.isHidden()]
        return " ".join([*said[:1], *links, *said[1:]] if links else said).strip()


class FiguresBlock(QWidget):
    """The key figures with the line below them; as high as both need."""

    def __init__(self, strip: KpiStrip, foot: FiguresFoot) -> None:
        super().__init__()
        self._strip, self._foot = strip, foot
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        VBox(self).add(strip, foot)

    def heightForWidth(self, width: int) -> int:
        """Return the height of the figures and, where it says something, of the line."""
        foot = 0 if self._foot.isHidden() else Theme.current().px(_HEIGHT)
        return self._strip.heightForWidth(width) + foot

    def sizeHint(self) -> QSize:
        """Return the figures in one line."""
        hint = self._strip.sizeHint()
        return QSize(hint.width(), self.heightForWidth(hint.width()))
