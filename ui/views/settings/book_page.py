"""What the open book is, and a full check of it."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui import figures
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.base import AppContext
from ui.views.parts.inbox import InboxWatch
from ui.views.parts.inbox_bar import InboxBar
from ui.views.settings.parts import Line, Page
from ui.widgets import Badge, ElidedLabel, HBox, Label, ProgressStrip, SecondaryButton, TitledCard, VBox, scaled
from ui.widgets.states import DIFFERENCE, MATCHED
from ui.words import message, word

if TYPE_CHECKING:
    from chainbrain.database.health import Health


class BookPage(Page):
    """Facts about the book; the check reads every table and every original."""

    def __init__(self) -> None:
        super().__init__()
        self._values = {name: Label(figures=True) for name in ("name", "stores", "days", "files", "made", "state")}
        self._path = ElidedLabel(role=Role.SMALL, color="text2")
        self._lines = {name: Line(label) for name, label in self._values.items()}
        self._card = TitledCard(padding=(m.GAP, m.GAP_S, m.GAP, m.GAP), spacing=0)
        self._card.add(self._path, *self._lines.values())
        self._inbox = InboxBar()
        self._inbox_line = Line(self._inbox)
        self._card.add(self._inbox_line)
        self._check = SecondaryButton()
        self._progress = ProgressStrip()
        self._findings = VBox(spacing=m.GAP_S)
        self._care = TitledCard()
        self._care_note = Label(role=Role.SMALL, color="text2", wrap=True)
        self._care.add(self._care_note)
        self._care.body.addWidget(self._check)
        self._care.add(self._progress, self._findings)
        self._health: Health | None = None
        for card in (self._card, self._care):
            scaled(card, max_width=720)
        VBox(self, spacing=m.GAP).add(self._card, self._care, 0)
        self._check.clicked.connect(self._start_check)
        self._inbox.plan_wanted.connect(self._read_waiting)
        self.retranslate()

    def set_context(self, context: AppContext) -> None:
        """Take the open book."""
        super().set_context(context)
        watch = context.extras.get("inbox")
        self._inbox_line.setVisible(isinstance(watch, InboxWatch))
        if isinstance(watch, InboxWatch):
            self._inbox.use(watch)

    def refresh(self) -> None:
        """Show the facts again."""
        self._show()

    def retranslate(self) -> None:
        """Set every text."""
        self._card.set_title(self.tr("This book"))
        titles = {
            "name": self.tr("Name"),
            "stores": self.tr("Stores"),
            "days": self.tr("Days"),
            "files": self.tr("Imported files"),
            "made": self.tr("Made on"),
            "state": self.tr("Reconciliation"),
        }
        for name, line in self._lines.items():
            line.set_texts(titles[name])
        self._inbox_line.set_texts(
            self.tr("Watched folder"),
            self.tr("New statements in it are read and shown, and written only when you confirm."),
        )
        self._care.set_title(self.tr("Check the book"))
        self._care_note.setText(
            self.tr("Reads every table, proves sums and states, verifies the log and the originals. Changes nothing.")
        )
        self._check.setText(self.tr("Check now"))
        self._show()
        self._show_findings()

    def _show(self) -> None:
        if self.context is None:
            return
        info = self.context.info
        self._path.setText(str(info.path))
        self._values["name"].setText(info.name)
        self._values["stores"].setText(figures.plain(info.stores))
        if info.first_day and info.last_day:
            first, last = figures.day(info.first_day, year=True), figures.day(info.last_day, year=True)
            self._values["days"].setText(self.tr("{first} to {last}").format(first=first, last=last))
        else:
            self._values["days"].setText(self.tr("none yet"))
        self._values["files"].setText(figures.plain(info.files))
        self._values["made"].setText(figures.moment(info.created_at) if info.created_at else "")
        done = self.tr("up to date") if info.reconciled else self.tr("not since the last import")
        self._values["state"].setText(done if info.files else self.tr("nothing imported yet"))

    def _read_waiting(self) -> None:
        watch = self.context.extras.get("inbox") if self.context is not None else None
        if self.context is not None and isinstance(watch, InboxWatch):
            self.context.import_files(watch.waiting)

    def _start_check(self) -> None:
        if self.context is None:
            return
        self._check.setEnabled(False)
        job = self.context.write(
            lambda workspace, report: workspace.check(report), self._checked, self.tr("Checking the book")
        )
        job.finished.connect(lambda: self._check.setEnabled(True))
        self._progress.follow(job)

    def _checked(self, health: "Health") -> None:
        self._health = health
        self._show_findings()

    def _show_findings(self) -> None:
        while self._findings.count():
            item = self._findings.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self._health is None:
            return
        for finding in self._health.findings:
            line = QWidget()
            state, mark = (MATCHED, self.tr("good")) if finding.good else (DIFFERENCE, self.tr("not good"))
            text = Label(message(finding.code, **finding.facts), wrap=True)
            text.setToolTip(word(finding.code))
            row = HBox(line, spacing=m.GAP_S)
            row.addWidget(Badge(state, mark))
            row.addWidget(text, 1)
            self._findings.addWidget(line)
