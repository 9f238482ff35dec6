"""What runs right now, at the foot of the side bar: name, thin bar, stop; on every screen the same."""

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QWidget

from ui.jobs import Job, JobRunner
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets.buttons import LinkButton
from ui.widgets.layout import HBox, VBox
from ui.widgets.progress_strip import ThinBar
from ui.widgets.text import ElidedLabel

# Short work would only flicker.
_PATIENCE_MS = 300


class WorkStrip(QWidget):
    """Follows every named writing job; appears only when one takes longer than a moment."""

    def __init__(self) -> None:
        super().__init__()
        self._job: Job | None = None
        self._folded = False
        self._name = ElidedLabel(role=Role.SMALL, color="text2")
        self._bar, self._stop = ThinBar(), LinkButton()
        self._stop.clicked.connect(self._cancel)
        self._head = QWidget()
        head = HBox(self._head, spacing=m.GAP_S)
        head.addWidget(self._name, 1)
        head.addWidget(self._stop)
        VBox(self, (m.GAP, m.GAP_S, m.GAP_M, m.GAP_S), m.GAP_XS).add(self._head, self._bar)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE_MS)
        self._timer.timeout.connect(self._appear)
        self.hide()
        self.retranslate()

    def watch(self, jobs: JobRunner) -> None:
        """Follow the jobs of a runner."""
        jobs.job_started.connect(self._started)
        jobs.job_finished.connect(self._ended)

    def set_folded(self, folded: bool) -> None:
        """Show only the bar."""
        self._folded = folded
        self._head.setVisible(not folded)

    def retranslate(self) -> None:
        """Set the texts of its own."""
        self._stop.setText(self.tr("Stop"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _started(self, job: Job) -> None:
        if job.reading or not job.name:
            return
        self._job = job
        self._name.setText(job.name)
        self.setToolTip(job.name)
        self._bar.set_share(0)
        self._stop.setEnabled(True)
        job.progressed.connect(self._step)
        self._timer.start()

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._timer.stop()
            self.hide()

    def _appear(self) -> None:
        self.setVisible(self._job is not None)

    def _step(self, done: int, total: int, _label: str) -> None:
        if self.sender() is self._job and total > 0:
            self._bar.set_share(done / total)

    def _cancel(self) -> None:
        if self._job is not None:
            self._stop.setEnabled(False)
            self._job.cancel()
