"""The band above the panes: the open difference, what is left, and how all rows divide."""

from decimal import Decimal

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from chainbrain.reconciliation.progress import Progress
from chainbrain.reconciliation.summary import LegStates, StateSummary
from ui import figures
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets import ElidedLabel, FourStateBar, HBox, Label, VBox, scaled
from ui.widgets.progress_strip import ThinBar


class Band(QWidget):
    """Shows one leg of a ``StateSummary``; ``state_chosen`` carries one of the four states."""

    state_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._summary: StateSummary | None = None
        self._leg = ""
        self._label, self._hero = Label(role=Role.SMALL, color="text2"), Label(role=Role.HERO, figures=True)
        self._left, self._rest = (ElidedLabel(role=Role.SMALL, color="text2") for _ in range(2))
        self._progress, self._way = ElidedLabel(role=Role.SMALL, color="text2"), ThinBar()
        self._bar = FourStateBar()
        self._bar.chosen.connect(self.state_chosen)
        hero = VBox().add(self._label, self._hero)
        words = VBox().add(0, self._left, self._rest, self._progress, self._way, 6)
        box = HBox(self, (m.SCREEN_SIDE, m.GAP_S, m.SCREEN_SIDE, m.GAP_S), m.GAP_L)
        box.addLayout(hero)
        box.addLayout(words, 7)
        box.addWidget(self._bar, 14)
        scaled(self, height=m.SUMMARY_BAND)
        scaled(self._bar, max_width=560)
        follow_theme(self.update)

    @property
    def hero(self) -> str:
        """The open difference as shown."""
        return self._hero.text()

    @property
    def progress(self) -> str:
        """How far the chosen store and month are, in words."""
        return self._progress.text()

    def show_progress(self, whole: Progress, place: str) -> None:
        """Say how far it is.

        Args:
            whole: what there was, what is settled and what is left.
            place: the chosen store and month in words.
        """
        if whole.done:
            words = self.tr("{place}: all {count} done").format(place=place, count=figures.plain(whole.found))
        elif whole.found:
            words = self.tr("{settled} of {found} done; {open} left, {amount}: {place}").format(
                place=place,
                settled=figures.plain(whole.settled),
                found=figures.plain(whole.found),
                open=figures.plain(whole.open),
                amount=figures.money(whole.open_amount, symbol=True),
            )
        else:
            words = self.tr("{place}: nothing to settle").format(place=place)
        self._progress.setText(words)
        self._progress.set_color("matched" if whole.done else "text2")
        self._way.set_share(whole.settled / whole.found if whole.found else 1.0)

    @property
    def words(self) -> str:
        """What is left, in words."""
        return f"{self._left.text()} {self._rest.text()}".strip()

    def show_leg(self, summary: StateSummary, leg: str) -> None:
        """Show another state of the book."""
        self._summary, self._leg = summary, leg
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        summary = self._summary
        self._label.setText(self.tr("Open difference"))
        if summary is None:
            return
        groups = summary.work_of(self._leg)
        amount = sum((group.amount for group in groups), Decimal(0))
        count = sum(group.count for group in groups)
        self._hero.setText(figures.money(amount, symbol=True))
        any_rows = summary.leg(self._leg).total > 0
        self._hero.set_color("matched" if any_rows and not count else "ink")
        done = self.tr("Nothing left here") if any_rows else ""
        self._left.setText(self.tr("%n line(s) left here", "", count) if count else done)
        if self._leg == "bank" and summary.single_count:
            words = self.tr("%n suggested; {amount} stay when they are accepted", "", summary.single_count)
            self._rest.setText(words.format(amount=figures.money(amount - summary.single_amount, symbol=True)))
        else:
            self._rest.setText("")
        self._rest.setVisible(bool(self._rest.text()))
        states: LegStates = summary.leg(self._leg)
        self._bar.set_counts(states.matched, states.timing, states.difference, states.excluded, states.total)
        self.setAccessibleName(f"{self._label.text()} {self._hero.text()}")

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the line below."""
        theme, painter = Theme.current(), QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))
