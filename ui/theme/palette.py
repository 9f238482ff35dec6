"""The Qt palette made from the tokens, for everything Qt paints itself."""

from PySide6.QtGui import QColor, QPalette

from ui.theme.tokens import Tokens


def palette_of(tokens: Tokens) -> QPalette:
    """Return the application palette of one theme."""
    roles = QPalette.ColorRole
    palette = QPalette()
    pairs = {
        roles.Window: tokens.canvas,
        roles.WindowText: tokens.ink,
        roles.Base: tokens.surface,
        roles.AlternateBase: tokens.surface,
        roles.ToolTipBase: tokens.surface,
        roles.ToolTipText: tokens.ink,
        roles.PlaceholderText: tokens.text3,
        roles.Text: tokens.ink,
        roles.Button: tokens.surface,
        roles.ButtonText: tokens.ink,
        roles.BrightText: tokens.on_accent,
        roles.Light: tokens.surface,
        roles.Midlight: tokens.line,
        roles.Mid: tokens.line2,
        roles.Dark: tokens.control,
        roles.Shadow: tokens.line2,
        roles.Highlight: tokens.selected,
        roles.HighlightedText: tokens.ink,
        roles.Accent: tokens.accent,
        roles.Link: tokens.accent,
        roles.LinkVisited: tokens.accent,
    }
    for role, colour in pairs.items():
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.text3))
    for role in (roles.Base, roles.Button):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.sunken))
    return palette
