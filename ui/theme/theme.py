"""The theme in use: colours, fonts and distances, changed while the window runs."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication
from PySide6.QtWidgets import QApplication

from ui.theme.fonts import families
from ui.theme.palette import palette_of
from ui.theme.stylesheet import stylesheet_of
from ui.theme.tokens import ChangeColours, Tokens, tokens_for
from ui.theme.type_roles import BASE_PX, Role


class Mode(StrEnum):
    """Which of the two themes is wanted."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Theme(QObject):
    """Colours, fonts and distances of the whole window; widgets follow ``changed``."""

    changed = Signal()

    _instance: "Theme | None" = None

    def __init__(self) -> None:
        super().__init__()
        self._mode = Mode.LIGHT
        self._changes = ChangeColours.RED_UP
        self._scale = 1.0
        self._tokens = tokens_for(False, self._changes)
        self._fonts: dict[tuple[Role, bool, bool], QFont] = {}
        self._colours: dict[str, QColor] = {}

    @staticmethod
    def current() -> "Theme":
        """Return the one theme of this process."""
        if Theme._instance is None:
            Theme._instance = Theme()
        return Theme._instance

    @property
    def mode(self) -> Mode:
        """What was asked for; ``tokens.dark`` says what is shown."""
        return self._mode

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return self._tokens

    @property
    def change_colours(self) -> ChangeColours:
        """The pair that marks rises and falls."""
        return self._changes

    @property
    def scale(self) -> float:
        """Size of everything, 1.0 to 2.0."""
        return self._scale

    def set(
        self,
        mode: Mode | str | None = None,
        change_colours: ChangeColours | str | None = None,
        scale: float | None = None,
    ) -> None:
        """Change what is given, apply it to the running application and tell every follower."""
        if mode is not None:
            self._mode = Mode(mode)
        if change_colours is not None:
            self._changes = ChangeColours(change_colours)
        if scale is not None:
            self._scale = min(2.0, max(1.0, scale))
        self.apply()

    def apply(self) -> None:
        """Put palette, font and the few style rules on the application."""
        self._tokens = tokens_for(self._wants_dark(), self._changes)
        self._fonts.clear()
        self._colours.clear()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            # With rules on it the style no longer says its name; another style would polish every widget once more.
            if app.style().objectName() != "fusion" and not app.styleSheet():
                app.setStyle("Fusion")
            self._tell_system(app)
            app.setPalette(palette_of(self._tokens))
            app.setFont(self.font(Role.BODY))
            rules = stylesheet_of(self._tokens, self.px)
            if rules != app.styleSheet():
                app.setStyleSheet(rules)
        self.changed.emit()

    def borrow(self, tokens: Tokens) -> None:
        """Paint with other colours until they are handed back; for pictures of other settings only."""
        self._tokens = tokens
        self._colours.clear()

    def follow_system(self) -> None:
        """Switch together with the system while the mode is ``system``."""
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)

    def _system_changed(self) -> None:
        if self._mode is Mode.SYSTEM and self._wants_dark() != self._tokens.dark:
            self.apply()

    def _tell_system(self, app: QApplication) -> None:
        """Let the frame of the window, which is not ours, follow the choice."""
        schemes = {Mode.LIGHT: Qt.ColorScheme.Light, Mode.DARK: Qt.ColorScheme.Dark}
        wanted = schemes.get(self._mode, Qt.ColorScheme.Unknown)
        if wanted is Qt.ColorScheme.Unknown:
            app.styleHints().unsetColorScheme()
        else:
            app.styleHints().setColorScheme(wanted)

    def _wants_dark(self) -> bool:
        if self._mode is Mode.SYSTEM:
            if QGuiApplication.instance() is None:
                return False
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._mode is Mode.DARK

    def px(self, value: float) -> int:
        """Return ``value`` px of the 100 % drawing at the scale in use, at least 1 unless 0."""
        if value == 0:
            return 0
        size = round(value * self._scale)
        return size if size else (1 if value > 0 else -1)

    def color(self, token: str) -> QColor:
        """Return one token as a colour."""
        # Reading a colour from its text takes longer than drawing with it.
        found = self._colours.get(token)
        if found is None:
            found = self._colours[token] = QColor(getattr(self._tokens, token))
        return QColor(found)

    def category(self, index: int) -> QColor:
        """Return the colour of the n-th category of a chart; from the sixth on it is the last."""
        colours = self._tokens.categories
        return QColor(colours[min(index, len(colours) - 1)])

    def heat(self, share: float) -> QColor:
        """Return the colour of a heat cell for ``share`` (0 to 1) of the largest value."""
        colour = self.color("accent")
        bounded = min(1.0, max(0.0, share))
        colour.setAlphaF(0.05 + 0.90 * bounded**1.35)
        return colour

    def font(self, role: Role, bold: bool | None = None, figures: bool = False) -> QFont:
        """Return the font of a role; ``figures`` gives every digit the same width."""
        spec = role.value
        heavy = spec.bold if bold is None else bold
        key = (role, heavy, figures)
        if key not in self._fonts:
            font = QFont(families())
            font.setPixelSize(max(1, round(BASE_PX * spec.ratio * self._scale)))
            font.setWeight(QFont.Weight.Bold if heavy else QFont.Weight.Normal)
            if figures:
                font.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[key] = font
        return QFont(self._fonts[key])

    def line_height(self, role: Role) -> int:
        """Return the line height of a role in px."""
        return self.px(role.value.line)


def follow_theme(slot: Callable[[], None]) -> None:
    """Call ``slot`` now and after every change of the theme.

    ``slot`` must be a bound method of a QObject: Qt then drops the connection with the object.
    """
    Theme.current().changed.connect(slot)
    slot()
