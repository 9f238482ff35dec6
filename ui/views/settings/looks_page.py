"""Language, theme, colours of rises and falls, size and fonts."""

from decimal import Decimal

from PySide6.QtCore import Signal

from ui.theme import metrics as m
from ui.theme.fonts import family_in_use, load_fonts
from ui.theme.theme import Theme, follow_theme
from ui.theme.tokens import ChangeColours
from ui.theme.translator import Language
from ui.theme.type_roles import Role
from ui.views.base import AppContext
from ui.views.settings.parts import Line, Page
from ui.widgets import ChangeMark, HBox, Label, LinkButton, Segmented, TitledCard, VBox, scaled

_SCALES = (100, 110, 125, 150, 175, 200)
# One text with rare characters and digits: it shows at once whether the font has them.
_SAMPLE = "\u94fe\u8111 \u5f67\u65fb\u7287\u4ca0\u3e0c 1111 0000 \u00a51,234,567.89 \u22120.05"


class LooksPage(Page):
    """Every change takes effect at once and is kept for this computer."""

    gallery_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._language = Segmented()
        self._mode = Segmented()
        self._changes = Segmented()
        self._scale = Segmented([(str(value), f"{value}%") for value in _SCALES])
        self._language_line, self._mode_line = Line(self._language), Line(self._mode)
        self._changes_line, self._scale_line = Line(self._changes), Line(self._scale)
        self._rise, self._fall = ChangeMark(Decimal("0.086")), ChangeMark(Decimal("-0.077"))
        self._sample = Label(_SAMPLE, Role.BODY, figures=True)
        self._font_line = Line(self._sample)
        self._gallery = LinkButton()
        self._card = TitledCard(padding=(m.GAP, m.GAP_S, m.GAP, m.GAP), spacing=0)
        marks = HBox(margins=(168 + m.GAP, 0, 0, m.GAP_S), spacing=m.GAP).add(self._rise, self._fall, 0)
        self._card.add(self._language_line, self._mode_line, self._changes_line, marks)
        self._card.add(self._scale_line, self._font_line)
        self._card.body.addWidget(self._gallery)
        scaled(self._card, max_width=720)
        VBox(self).add(self._card, 0)
        self._language.changed.connect(self._choose_language)
        self._mode.changed.connect(self._choose_mode)
        self._changes.changed.connect(self._choose_changes)
        self._scale.changed.connect(self._choose_scale)
        self._gallery.clicked.connect(self.gallery_wanted)
        self.retranslate()
        follow_theme(self._show_choices)

    def set_context(self, context: AppContext) -> None:
        """Show what was chosen for this computer."""
        super().set_context(context)
        self._show_choices()

    def retranslate(self) -> None:
        """Set every text."""
        self._card.set_title(self.tr("Looks"), self.tr("for this computer, takes effect at once"))
        self._language.set_options(((Language.CHINESE, "\u4e2d\u6587"), (Language.ENGLISH, "English")))
        self._mode.set_options(
            (("light", self.tr("Light")), ("dark", self.tr("Dark")), ("system", self.tr("As the system")))
        )
        self._changes.set_options(
            (
                (ChangeColours.RED_UP.value, self.tr("Red up, green down")),
                (ChangeColours.GREEN_UP.value, self.tr("Green up, red down")),
                (ChangeColours.ORANGE_BLUE.value, self.tr("Orange and blue")),
            )
        )
        self._language_line.set_texts(self.tr("Language"))
        self._mode_line.set_texts(self.tr("Theme"))
        self._changes_line.set_texts(
            self.tr("Rises and falls"), self.tr("Only for changes. Faults have an icon and words, never red alone.")
        )
        self._scale_line.set_texts(self.tr("Size"))
        shipped = self.tr("with the program's own font for what the system lacks") if load_fonts() else ""
        note = self.tr("In use: {family}").format(family=family_in_use() or "?")
        self._font_line.set_texts(self.tr("Font check"), f"{note}  {shipped}".strip())
        self._gallery.setText(self.tr("Show every component in both themes"))
        self._show_choices()

    def _show_choices(self) -> None:
        theme = Theme.current()
        self._language.set_current(Language.current())
        mode = self.context.settings.theme if self.context is not None else theme.mode.value
        self._mode.set_current(mode)
        self._changes.set_current(theme.change_colours.value)
        self._scale.set_current(str(round(theme.scale * 100)))

    def _choose_language(self, code: str) -> None:
        if self.context is not None:
            self.context.settings.language = code
        Language.set(code)

    def _choose_mode(self, mode: str) -> None:
        if self.context is not None:
            self.context.settings.theme = mode
        Theme.current().set(mode=mode)

    def _choose_changes(self, pair: str) -> None:
        if self.context is not None:
            self.context.settings.change_colours = pair
        Theme.current().set(change_colours=pair)

    def _choose_scale(self, percent: str) -> None:
        scale = int(percent) / 100
        if self.context is not None:
            self.context.settings.scale = scale
        Theme.current().set(scale=scale)
