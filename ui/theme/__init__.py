"""Colours, type, spacing, icons and translations: the only place with visual literals."""

from ui.theme.icons import icon, icon_pixmap
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role

__all__ = ["Role", "Theme", "follow_theme", "icon", "icon_pixmap"]
