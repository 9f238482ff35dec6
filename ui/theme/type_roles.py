"""The few sizes of type, as ratios of one base so that scaling only multiplies."""

from dataclasses import dataclass
from enum import Enum

BASE_PX = 13.0
# Windows, macOS, then the font that ships with the program.
FAMILIES = ("Microsoft YaHei UI", "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC")


@dataclass(frozen=True)
class RoleSpec:
    """Size (ratio of the base), weight and line height (px at 100 %) of one role."""

    ratio: float
    bold: bool
    line: int


class Role(Enum):
    """What a text is, which decides how large and heavy it is."""

    HERO = RoleSpec(28 / 13, True, 36)
    FIGURE = RoleSpec(22 / 13, True, 30)
    TOTAL = RoleSpec(18 / 13, True, 28)
    TITLE = RoleSpec(16 / 13, True, 24)
    HEADING = RoleSpec(14 / 13, True, 20)
    BODY = RoleSpec(1.0, False, 20)
    SMALL = RoleSpec(12 / 13, False, 18)
    CELL = RoleSpec(11 / 13, False, 14)
