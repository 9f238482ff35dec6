"""How far long work is: what runs, step n of m, a thin bar and 停."""

from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import figures
from ui.jobs.job import Job
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.buttons import SecondaryButton
from ui.widgets.layout import HBox, VBox, scaled
from ui.widgets.painting import rounded
from ui.widgets.text import ElidedLabel, Label
from ui.words import word


class ThinBar(QWidget):
    """A 6 px bar of a share from 0 to 1; unknown shows an empty track."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        scaled(self, height=6)
        follow_theme(self.update)

    def set_share(self, share: float) -> None:
        """Show another share."""
        self._share = min(1.0, max(0.0, share))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track and share."""
        theme, painter = Theme.current(), QPainter(self)
        area = QRectF(self.rect())
        rounded(painter, area, m.RADIUS_BAR, theme.color("sunken"))
        area.setWidth(area.width() * self._share)
        if area.width() > 0:
            rounded(painter, area, m.RADIUS_BAR, theme.color("accent"))


class ProgressStrip(QWidget):
    """Follows one job after the other; hidden while nothing runs unless ``stays``.

    ``stopped`` when the user pressed stop (the job was asked to cancel already).
    """

    stopped = Signal()

    def __init__(self, title: str = "", stays: bool = False) -> None:
        super().__init__()
        self._job: Job | None = None
        self._stays = stays
        self._label_key = ""
        self._title = Label(title, Role.HEADING)
        self._steps = Label(role=Role.SMALL, color="text2", figures=True)
        self._bar = ThinBar()
        self._label = ElidedLabel(role=Role.SMALL, color="text2")
        self._stop = SecondaryButton()
        self._stop.clicked.connect(self.stop)
        VBox(self, spacing=m.GAP_S).add(
            HBox().add(self._title, 0, self._steps), self._bar, HBox().add(self._label, self._stop)
        )
        self.setVisible(stays)
        self.retranslate()

    def follow(self, job: Job, title: str = "") -> None:
        """Show the progress of a job until it ends."""
        self._job = job
        self._title.setText(title or job.name)
        self._steps.setText("")
        self._label.setText("")
        self._label_key = ""
        self._bar.set_share(0)
        self._stop.setEnabled(True)
        job.progressed.connect(self.show_step)
        job.finished.connect(self._ended)
        self.show()

    def follow_words(self, title: str, done: int, total: int, label: str) -> None:
        """Show a step in words of the window instead of a job's own."""
        self._title.setText(title)
        self.show_step(done, total, "")
        self._label.setText(label)

    def show_step(self, done: int, total: int, label: str) -> None:
        """Show step ``done`` of ``total``; ``label`` is a key of the engine's vocabulary."""
        self._label_key = label
        if total > 0:
            self._steps.setText(self.tr("{done}/{total}").format(done=figures.plain(done), total=figures.plain(total)))
            self._bar.set_share(done / total)
        self._label.setText(word(label) if label else "")

    def stop(self) -> None:
        """Ask the job to stop."""
        self._stop.setEnabled(False)
        if self._job is not None:
            self._job.cancel()
        self.stopped.emit()

    def retranslate(self) -> None:
        """Set the texts of its own."""
        self._stop.setText(self.tr("Stop"))
        if self._label_key:
            self._label.setText(word(self._label_key))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _ended(self) -> None:
        if self.sender() is self._job or self._job is None:
            self._job = None
            self.setVisible(self._stays)
