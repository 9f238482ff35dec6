"""What stands above and below the panes: that figures are behind, and how far a run is."""

from PySide6.QtCore import Signal

from ui.jobs import Job
from ui.theme import metrics as m
from ui.widgets import Banner, Pane, ProgressStrip, VBox
from ui.widgets.states import TIMING


class StaleNotice(Pane):
    """One line above the panes while the figures are behind; ``acted`` when they are to be brought up to date."""

    acted = Signal()

    def __init__(self) -> None:
        super().__init__("canvas")
        self._banner = Banner(TIMING)
        VBox(self, (m.SCREEN_SIDE, m.GAP_S, m.SCREEN_SIDE, m.GAP_S)).add(self._banner)
        self._banner.acted.connect(self.acted)
        self.hide()

    def tell(self, *, files: bool, words: bool) -> None:
        """Say what the figures do not show yet: files that came in, or words that nothing has followed from."""
        self.setVisible(files or words)
        if files:
            said = self.tr("Files came in since the last reconciliation; they are not in these figures yet")
        else:
            said = self.tr("Your decisions are kept; what follows from them is not in these figures yet")
        self._banner.show_line(TIMING, said, self.tr("Reconcile now"))


class RunNotice(Pane):
    """How far a run is, below the panes."""

    def __init__(self) -> None:
        super().__init__()
        self._strip = ProgressStrip()
        VBox(self, (m.SCREEN_SIDE, m.GAP_M, m.SCREEN_SIDE, m.GAP_M)).add(self._strip)
        self.hide()

    def follow(self, job: Job) -> None:
        """Show this run."""
        self._strip.follow(job)
        self.show()
