"""Loads the shipped fonts once, so that Chinese never depends on the system."""

from PySide6.QtGui import QFontDatabase

from chainbrain.resources import resource
from ui.theme.type_roles import FAMILIES

_loaded: list[str] | None = None


def load_fonts() -> list[str]:
    """Register every font of ``resources/fonts`` and return the families found there."""
    global _loaded  # noqa: PLW0603 - the font database is process wide as well
    if _loaded is None:
        _loaded = []
        for path in sorted(resource("fonts").glob("*.[ot]tf")):
            number = QFontDatabase.addApplicationFont(str(path))
            if number >= 0:
                _loaded.extend(QFontDatabase.applicationFontFamilies(number))
    return list(dict.fromkeys(_loaded))


def families() -> list[str]:
    """Return the families to ask for, best first; the shipped ones always belong to them."""
    shipped = load_fonts()
    return list(dict.fromkeys([*FAMILIES, *shipped]))


def family_in_use() -> str:
    """Return the first wanted family that this machine has, or an empty text."""
    present = set(QFontDatabase.families())
    return next((name for name in families() if name in present), "")
