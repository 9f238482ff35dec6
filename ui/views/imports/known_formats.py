"""The tables that are recognised, listed while there is no plan to show."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.parts.scroller import Scroller
from ui.views.start.formats import grouped
from ui.widgets import Card, Label, LinkButton, SectionHeader, VBox


class KnownFormats(Card):
    """Names of formats below a head; the words come from the engine. ``help_wanted(str)`` by the name of a format."""

    help_wanted = Signal(str)
    # The links were made anew.
    filled = Signal()

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, m.GAP_S), spacing=0)
        self._formats: tuple[str, ...] = ()
        self._links: list[LinkButton] = []
        self._head = SectionHeader(banded=True)
        self._note = Label(role=Role.SMALL, color="text3", wrap=True)
        self._groups = VBox(spacing=m.GAP_M)
        content = QWidget()
        VBox(content, (m.GAP, m.GAP_M, m.GAP, m.GAP_M), m.GAP).add(self._groups, self._note, 0)
        self.add(self._head, Scroller(content))
        self.retranslate()

    @property
    def links(self) -> tuple[LinkButton, ...]:
        """The formats, each leading to its help."""
        return tuple(self._links)

    def set_formats(self, formats: tuple[str, ...]) -> None:
        """Show these formats."""
        self._formats = formats
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self._head.set_texts(self.tr("Tables we know"))
        self._fill()
        self._note.setText(self.tr("Recognised by content, whatever the file is called; archives may hold several."))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _fill(self) -> None:
        while self._groups.count():
            item = self._groups.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self._links = []
        for group in grouped(self._formats):
            box = QWidget()
            lines = VBox(box).add(Label(group.name, bold=True))
            for name, title in group.entries:
                link = LinkButton(title)
                link.setAccessibleName(self.tr("How to export {format}").format(format=title))
                link.clicked.connect(lambda _on=False, chosen=name: self.help_wanted.emit(chosen))
                lines.addWidget(link)
                self._links.append(link)
            self._groups.addWidget(box)
        self.filled.emit()
