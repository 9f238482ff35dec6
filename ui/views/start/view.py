"""The first thing seen: drop files, open a book, look at the demo chain."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QSizePolicy, QWidget

from chainbrain import __version__
from ui.jobs import Job
from ui.settings import RecentBook
from ui.shell.sidebar import paint_mark
from ui.theme import metrics as m
from ui.theme.icons import icon_pixmap
from ui.theme.theme import Theme, follow_theme
from ui.theme.translator import Language
from ui.theme.type_roles import Role
from ui.views.start.first_steps import FirstSteps
from ui.views.start.formats_card import FormatsCard
from ui.views.start.recent_card import RecentCard
from ui.widgets import (
    DropFrame,
    HBox,
    Label,
    PrimaryButton,
    ProgressStrip,
    SecondaryButton,
    Segmented,
    VBox,
    scaled,
)


class _Mark(QWidget):
    """The product's mark."""

    def __init__(self) -> None:
        super().__init__()
        scaled(self, width=40, height=28)
        follow_theme(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_mark(QPainter(self), QRectF(self.rect()))


class StartView(QWidget):
    """Signals what is wanted; the window does it.

    ``files_dropped(paths)``, ``files_wanted``, ``demo_wanted``, ``other_wanted``, ``book_wanted(path)``,
    ``language_wanted(code)``.
    """

    files_dropped = Signal(list)
    files_wanted = Signal()
    demo_wanted = Signal()
    other_wanted = Signal()
    book_wanted = Signal(object)
    language_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(False)
        self._build()
        self._connect()
        self.retranslate()
        follow_theme(self._tint)

    def show_recent(self, books: Sequence[RecentBook]) -> None:
        """Show the books opened before."""
        self._recent.set_books(books)

    def show_formats(self, formats: Sequence[str]) -> None:
        """Show which formats are recognised, by their ids."""
        self._formats.set_formats(formats)

    def follow(self, job: Job, title: str) -> None:
        """Show the progress of opening or of making the demo chain."""
        self._buttons.hide()
        self._progress.follow(job, title)
        job.finished.connect(self._buttons.show)

    def retranslate(self) -> None:
        """Set every text."""
        self._name.setText(self.tr("ChainBrain"))
        self._claim.setText(
            self.tr("The books of many shops: drop the files and they meet. No network, one file per book.")
        )
        self._drop_title.setText(self.tr("Drop your statements here"))
        self._drop_note.setText(
            self.tr("csv, xls, xlsx, zip or whole folders, as many as you like. You see first, then confirm.")
        )
        self._drop.setAccessibleName(self.tr("Drop your statements here"))
        self._choose.setText(self.tr("Choose files…"))
        self._demo.setText(self.tr("Open the demo chain"))
        self._demo_note.setText(
            self.tr("Demo chain: 12 stores, 92 days, a file of its own; the window says that it is demo data.")
        )
        self._recent.retranslate()
        self._formats.retranslate()
        self._steps.retranslate()
        self._language.set_options(((Language.CHINESE, "\u4e2d\u6587"), (Language.ENGLISH, "English")))
        self._language.setAccessibleName(self.tr("Language"))
        self._stays.setText(self.tr("Data stays on this computer"))
        self._one_file.setText(self.tr("A book is one file: copy it and you have a backup"))
        self._version.setText(self.tr("ChainBrain {version}").format(version=__version__))

    def showEvent(self, event: QShowEvent) -> None:
        """Let Enter choose files at once."""
        super().showEvent(event)
        self._choose.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        QPainter(self).fillRect(self.rect(), Theme.current().color("canvas"))

    def _build(self) -> None:
        self._name, self._claim = Label(role=Role.FIGURE), Label(color="text2", wrap=True)
        self._language = Segmented()
        head = HBox(spacing=m.GAP_M)
        names = VBox().add(self._name, self._claim)
        head.addWidget(_Mark())
        head.addLayout(names, 1)
        head.addWidget(self._language)
        self._build_drop()
        self._recent, self._formats, self._steps = RecentCard(), FormatsCard(), FirstSteps()
        self._middle = HBox(spacing=m.GAP)
        self._middle.addWidget(self._recent, 400)
        self._middle.addWidget(self._formats, 544)
        self._stays, self._one_file = Label(role=Role.SMALL, color="text2"), Label(role=Role.SMALL, color="text2")
        self._version, self._lock = Label(role=Role.SMALL, color="text2"), Label()
        foot = HBox(spacing=m.GAP_S).add(self._lock, self._stays, m.GAP, self._one_file, 0, self._version)
        page = QWidget()
        self._page = page
        column = VBox(page, (0, m.GAP_XL, 0, m.GAP_L), m.GAP)
        column.add(0, head, m.GAP_S, self._drop, self._middle, self._steps, 0)
        column.addLayout(foot)
        scaled(page, max_width=m.START_WIDTH)
        inner = QWidget()
        row = HBox(inner, (m.GAP_L, 0, m.GAP_L, 0))
        row.addStretch(1)
        row.addWidget(page, 1000)
        row.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        VBox(self).addWidget(area)
        self._wide: bool | None = None
        self._arrange()

    def _build_drop(self) -> None:
        self._drop = DropFrame()
        self._drop_icon = Label()
        self._drop_title, self._drop_note = Label(role=Role.FIGURE), Label(color="text2", wrap=True)
        self._demo_note = Label(role=Role.SMALL, color="text2", wrap=True)
        self._choose = PrimaryButton(height=m.CONTROL_START)
        self._demo = SecondaryButton(height=m.CONTROL_START)
        self._buttons = QWidget()
        HBox(self._buttons, spacing=m.GAP_M).add(0, self._choose, self._demo, 0)
        self._progress = ProgressStrip()
        scaled(self._progress, width=440)
        for label in (self._drop_icon, self._drop_title, self._drop_note, self._demo_note):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = VBox(self._drop, (m.GAP_L, m.GAP_L, m.GAP_L, m.GAP_L), m.GAP_S)
        column.add(0, self._drop_icon, m.GAP_XS, self._drop_title, self._drop_note, m.GAP_XS, self._buttons)
        column.addWidget(self._progress, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.add(self._demo_note, 0)
        self._drop.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        scaled(self._drop, height=304)

    def _connect(self) -> None:
        self._drop.dropped.connect(self.files_dropped)
        self._choose.clicked.connect(self.files_wanted)
        self._demo.clicked.connect(self.demo_wanted)
        self._recent.acted.connect(self.other_wanted)
        self._recent.book_wanted.connect(self.book_wanted)
        self._language.changed.connect(self.language_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards below each other when there is little room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= Theme.current().px(860)
        if wide == self._wide:
            return
        self._wide = wide
        sideways, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._middle.setDirection(sideways if wide else down)
        self._steps.arrange(4 if wide else 2)

    def _tint(self) -> None:
        theme = Theme.current()
        self._drop_icon.setPixmap(icon_pixmap("import", theme.color("accent"), theme.px(m.ICON_LARGE)))
        self._lock.setPixmap(icon_pixmap("lock", theme.color("text2"), theme.px(m.ICON_SMALL)))
        self._language.set_current(Language.current())
