"""The few style rules that a palette cannot express: inputs, scroll bars, menus, tooltips."""

from collections.abc import Callable
from string import Template

from ui.theme import metrics as m
from ui.theme.tokens import Tokens

_RULES = Template("""
QLineEdit, QPlainTextEdit, QAbstractSpinBox, QDateEdit {
  background: $surface; color: $ink; border: 1px solid $field; border-radius: ${radius}px;
  padding: 0 ${pad}px; selection-background-color: $range; selection-color: $ink;
}
QLineEdit:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus { border: 2px solid $accent; padding: 0 ${pad_focus}px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled {
  background: $sunken; color: $text3; border-color: $sunken;
}
QLineEdit[shown="focus"] { border: 2px solid $accent; padding: 0 ${pad_focus}px; }
QLineEdit[fault="true"] { border: 2px solid $difference; padding: 0 ${pad_focus}px; }
QLineEdit[bare="true"] { border: none; background: transparent; }
QComboBox {
  background: $surface; color: $ink; border: 1px solid $line2; border-radius: ${radius}px;
  padding: 0 ${pad}px; min-height: ${inner}px;
}
QComboBox:hover { background: $hover; }
QComboBox:focus { border: 2px solid $accent; padding: 0 ${pad_focus}px; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; background: transparent; width: ${drop}px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line2; outline: 0; }
QCheckBox::indicator, QRadioButton::indicator { width: ${icon}px; height: ${icon}px; }
QScrollBar:vertical { background: transparent; width: ${bar}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${bar}px; margin: 0; }
QScrollBar::handle { background: $line2; border-radius: ${bar_radius}px; margin: 2px; }
QScrollBar::handle:hover { background: $field; }
QScrollBar::handle:vertical { min-height: ${grip}px; }
QScrollBar::handle:horizontal { min-width: ${grip}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: $surface; color: $ink; border: 1px solid $line2; padding: ${tiny}px 0; }
QMenu::item { padding: ${small}px ${wide}px; background: transparent; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $line; margin: ${tiny}px 0; }
QToolTip { background: $surface; color: $ink; border: 1px solid $line2; padding: ${tiny}px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QSplitter::handle { background: $line; }
""")


def stylesheet_of(tokens: Tokens, px: Callable[[float], int]) -> str:
    """Return the application style sheet of one theme at one scale."""
    return _RULES.substitute(
        surface=tokens.surface,
        sunken=tokens.sunken,
        hover=tokens.hover,
        selected=tokens.selected,
        line=tokens.line,
        line2=tokens.line2,
        field=tokens.control,
        ink=tokens.ink,
        text3=tokens.text3,
        accent=tokens.accent,
        difference=tokens.difference,
        range=tokens.range,
        radius=px(m.RADIUS_CONTROL),
        pad=px(m.GAP_S),
        pad_focus=px(m.GAP_S) - 1,
        inner=px(m.CONTROL) - 2,
        drop=px(m.GAP_L),
        icon=px(m.ICON),
        bar=px(10),
        bar_radius=px(3),
        grip=px(m.GAP_XL),
        tiny=px(m.GAP_XS),
        small=px(m.CELL_PAD),
        wide=px(m.GAP_L),
    )
