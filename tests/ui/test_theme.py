import pytest
from PySide6.QtGui import QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from chainbrain.analytics.compare import MOST
from ui.theme.fonts import family_in_use, load_fonts
from ui.theme.theme import Theme
from ui.theme.tokens import DARK, LIGHT, ChangeColours, tokens_for
from ui.theme.type_roles import Role
from ui.widgets.layout import VBox, scaled
from ui.widgets.text import Label


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("pair", list(ChangeColours))
def test_every_text_colour_is_readable_on_every_ground_it_stands_on(dark, pair):
    tokens = tokens_for(dark, pair)
    for ground in (tokens.surface, tokens.selected, tokens.hover, tokens.canvas, tokens.sunken):
        for text in ("ink", "text2", "text3", "accent", "matched", "timing", "difference", "rise", "fall"):
            assert contrast(getattr(tokens, text), ground) >= 4.5, (text, ground)
    for state in ("matched", "timing", "difference", "excluded"):
        assert contrast(getattr(tokens, state), getattr(tokens, f"{state}_bg")) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    for ground, texts in ((tokens.band, ("ink", "text2", "text3", "accent")), (tokens.range, ("ink",))):
        assert all(contrast(getattr(tokens, text), ground) >= 4.5 for text in texts), ground


# These two may be fainter: what they fill never stands without its word and its figure.
FAINT_FILLS = {"timing_fill", "excluded_fill"}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("pair", list(ChangeColours))
def test_every_mark_of_a_chart_stands_out_from_its_ground(dark, pair):
    tokens = tokens_for(dark, pair)
    fills = {f"{state}_fill" for state in ("matched", "timing", "difference", "excluded")}
    names = ("ink", "text3", "accent", "rise", "fall", "reference", "control", *(fills - FAINT_FILLS))
    marks = {name: getattr(tokens, name) for name in names} | dict(enumerate(tokens.categories))
    faint = {name: contrast(colour, tokens.surface) for name, colour in marks.items()}
    assert not {name: ratio for name, ratio in faint.items() if ratio < 3}


def test_six_lines_have_six_colours():
    """As many as stores can be compared: none repeats another."""
    for tokens in (LIGHT, DARK):
        assert len(set(tokens.categories)) == len(tokens.categories) >= MOST


def test_the_pairs_differ_and_swap():
    assert tokens_for(False, ChangeColours.GREEN_UP).rise == LIGHT.fall
    assert tokens_for(True, ChangeColours.GREEN_UP).fall == DARK.rise
    assert tokens_for(False, ChangeColours.ORANGE_BLUE).rise == "#A34A00"


@pytest.mark.parametrize("bold", [False, True])
def test_digits_have_one_width(qapp, bold):
    for role in Role:
        metrics = QFontMetrics(Theme.current().font(role, bold=bold, figures=True))
        widths = {metrics.horizontalAdvance(digit * 4) for digit in "0123456789"}
        assert len(widths) == 1, (role, widths)


def test_shipped_fonts_are_found_and_hold_chinese(qapp):
    assert load_fonts()
    assert family_in_use()
    font = Theme.current().font(Role.BODY)
    assert QFontMetrics(font).inFontUcs4(ord("\u94fe"))


def test_sizes_are_ratios_of_the_base_and_scale(qapp):
    theme = Theme.current()
    assert [theme.font(role).pixelSize() for role in (Role.HERO, Role.FIGURE, Role.BODY, Role.SMALL)] == [
        28,
        22,
        13,
        12,
    ]
    theme.set(scale=1.5)
    assert theme.font(Role.FIGURE).pixelSize() == 33
    assert theme.px(32) == 48
    theme.set(scale=9)
    assert theme.scale == 2.0


def test_only_two_weights(qapp):
    weights = {Theme.current().font(role).weight() for role in Role}
    assert weights == {QFont.Weight.Normal, QFont.Weight.Bold}


def test_a_change_of_theme_reaches_living_widgets(qtbot):
    box = QWidget()
    qtbot.addWidget(box)
    label = Label("x", Role.HEADING, "text2")
    scaled(box, width=100)
    VBox(box, (8, 8, 8, 8)).add(label)
    box.show()
    Theme.current().set(mode="dark", scale=2.0)
    assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == DARK.text2
    assert label.font().pixelSize() == 28
    assert box.width() == 200
    assert box.layout().contentsMargins().left() == 16
    assert QApplication.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.canvas


def test_heat_is_one_hue_that_gets_stronger(qapp):
    alphas = [Theme.current().heat(share / 10).alphaF() for share in range(11)]
    assert alphas == sorted(alphas)
    assert alphas[0] == pytest.approx(0.05, abs=0.01)
    assert alphas[-1] == pytest.approx(0.95, abs=0.01)
