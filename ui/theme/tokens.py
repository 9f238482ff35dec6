"""Every colour of the product, by the name of what it means; light and dark."""

from dataclasses import dataclass, replace
from enum import StrEnum


class ChangeColours(StrEnum):
    """Which pair of colours marks rises and falls."""

    RED_UP = "red_up"
    GREEN_UP = "green_up"
    ORANGE_BLUE = "orange_blue"


@dataclass(frozen=True)
class Tokens:
    """One theme's colours as ``#RRGGBB``; a field is used only for what its name says."""

    dark: bool
    canvas: str
    surface: str
    sunken: str
    hover: str
    selected: str
    line: str
    line2: str
    control: str
    ink: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    on_accent: str
    matched: str
    matched_bg: str
    matched_fill: str
    timing: str
    timing_bg: str
    timing_fill: str
    difference: str
    difference_bg: str
    difference_fill: str
    excluded: str
    excluded_bg: str
    excluded_fill: str
    rise: str
    fall: str
    grid: str
    reference: str
    band: str
    band_inner: str
    range: str
    shadow: str
    categories: tuple[str, ...]


LIGHT = Tokens(
    dark=False,
    canvas="#F5F6F8",
    surface="#FFFFFF",
    sunken="#EDEFF3",
    hover="#F3F4F8",
    selected="#ECEEFB",
    line="#E3E6EB",
    line2="#CDD2DB",
    control="#838C9C",
    ink="#161A22",
    text2="#4B5362",
    text3="#5F687B",
    accent="#3F4CC0",
    accent_hover="#323DA3",
    on_accent="#FFFFFF",
    matched="#0B7285",
    matched_bg="#E6F4F6",
    matched_fill="#2A8C9B",
    timing="#8F5600",
    timing_bg="#FFF4DE",
    timing_fill="#DB9A26",
    difference="#A01B58",
    difference_bg="#FCEBF3",
    difference_fill="#A8326F",
    excluded="#5F687B",
    excluded_bg="#EDEFF3",
    excluded_fill="#C4CAD4",
    rise="#C4302B",
    fall="#0F7A43",
    grid="#ECEEF2",
    reference="#8C95A5",
    band="#E7E9F6",
    band_inner="#D3D7F0",
    range="#B9C0EA",
    shadow="#000000",
    categories=("#3F4CC0", "#CB861C", "#1A9BAA", "#A01B58", "#6B7484", "#7A5230"),
)

DARK = Tokens(
    dark=True,
    canvas="#101217",
    surface="#171A20",
    sunken="#1E222A",
    hover="#1F232C",
    selected="#262B4A",
    line="#2A2F39",
    line2="#3A414E",
    control="#737C8C",
    ink="#E9EBEF",
    text2="#B4BAC6",
    text3="#8C95A5",
    accent="#97A1F7",
    accent_hover="#B2BAFA",
    on_accent="#12141A",
    matched="#5AC6D6",
    matched_bg="#12303A",
    matched_fill="#2F97A8",
    timing="#F0B452",
    timing_bg="#3A2C12",
    timing_fill="#E3B357",
    difference="#F28CB8",
    difference_bg="#401C2F",
    difference_fill="#C2558C",
    excluded="#8C95A5",
    excluded_bg="#252A33",
    excluded_fill="#4B5462",
    rise="#FF8178",
    fall="#4CC98D",
    grid="#242932",
    reference="#6F7889",
    band="#23284A",
    band_inner="#2F3663",
    range="#434C8C",
    shadow="#000000",
    categories=("#97A1F7", "#F0B452", "#4CC0CC", "#E0699F", "#8C95A5", "#B5763F"),
)

_ORANGE_BLUE = {False: ("#A34A00", "#1F5FB8"), True: ("#F5A04A", "#6FB1FF")}


def tokens_for(dark: bool, changes: ChangeColours) -> Tokens:
    """Return the theme's colours with the chosen pair for rises and falls."""
    base = DARK if dark else LIGHT
    if changes is ChangeColours.GREEN_UP:
        return replace(base, rise=base.fall, fall=base.rise)
    if changes is ChangeColours.ORANGE_BLUE:
        rise, fall = _ORANGE_BLUE[dark]
        return replace(base, rise=rise, fall=fall)
    return base
