"""Buttons, inputs, badges and lines of the page of components."""

from decimal import Decimal

from PySide6.QtCore import Qt

from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.tokens import ChangeColours, tokens_for
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.views.gallery.parts import Captioned
from ui.widgets import (
    Badge,
    Banner,
    ChangeMark,
    HBox,
    Label,
    MoneyInput,
    PrimaryButton,
    SecondaryButton,
    Segmented,
    VBox,
    scaled,
)
from ui.widgets.states import DIFFERENCE, EXCLUDED, MATCHED, NEW, SEVERAL, TIMING


class Controls:
    """Put into the column; ``retranslate`` words them."""

    def __init__(self, column: VBox) -> None:
        self._primary = [PrimaryButton() for _ in range(4)]
        self._secondary = [SecondaryButton() for _ in range(3)]
        self._busy = SecondaryButton()
        self._busy.set_busy(True)
        self._primary[1].shown_hovered = self._secondary[1].shown_hovered = True
        self._primary[3].setEnabled(False)
        self._captions = [
            *(Captioned(button, ring=number == 2) for number, button in enumerate(self._primary)),
            *(Captioned(button, ring=number == 2) for number, button in enumerate(self._secondary)),
            Captioned(self._busy),
        ]
        column.add(HBox(spacing=m.GAP_XS).add(*self._captions, 0))
        self._inputs = [MoneyInput() for _ in range(4)]
        scaled(self._inputs[3], min_width=150)
        for field in self._inputs:
            field.set_value(Decimal(220_000))
        self._inputs[1].show_focused()
        self._inputs[2].set_value(Decimal(600_000))
        self._inputs[2].set_enabled(False)
        self._segmented = Segmented()
        row = HBox(spacing=m.GAP_M)
        for field in self._inputs:
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._segmented, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self._badges = [Badge(state) for state in (MATCHED, TIMING, DIFFERENCE, EXCLUDED, NEW, SEVERAL, "seen")]
        column.add(HBox(spacing=m.GAP_S).add(*self._badges, 0))
        self._pairs = [Label(role=Role.SMALL, color="text2") for _ in range(3)]
        row = HBox(spacing=m.GAP_S)
        for label, pair in zip(self._pairs, ChangeColours, strict=True):
            row.add(label, _PairMark(pair, Decimal("0.086")), _PairMark(pair, Decimal("-0.077")), m.GAP_S)
        self._level = ChangeMark(Decimal("0.0002"))
        column.add(row.add(self._level, 0))
        self._banners = [Banner(state) for state in (TIMING, MATCHED, DIFFERENCE)]
        column.add(*self._banners)

    def retranslate(self) -> None:
        """Set every text."""
        for button in self._primary:
            button.setText(translate("Confirm"))
        for second in self._secondary:
            second.setText(translate("Split"))
        self._busy.setText(translate("Working, stop"))
        usual, hover, focus = translate("usual"), translate("hover"), translate("focus")
        words = (usual, hover, focus, translate("disabled"), usual, hover, focus, translate("at work"))
        for caption, word in zip(self._captions, words, strict=True):
            caption.set_caption(word)
        for field in self._inputs:
            field.set_unit(translate("yuan"))
            field.set_name(translate("yuan"))
        self._inputs[3].set_text("22x")
        self._segmented.set_options(
            (("day", translate("Yesterday")), ("week", translate("This week")), ("month", translate("This month")))
        )
        self._segmented.setAccessibleName(translate("Period"))
        states = (MATCHED, TIMING, DIFFERENCE, EXCLUDED, NEW, SEVERAL, "seen")
        texts = (
            translate("Matched"),
            translate("In transit"),
            translate("Different"),
            translate("Excluded"),
            translate("New"),
            translate("3 possible"),
            translate("Imported before"),
        )
        for badge, state, text in zip(self._badges, states, texts, strict=True):
            badge.set(state, text)
        pairs = (translate("Red up, green down"), translate("Green up, red down"), translate("Orange and blue"))
        for label, text in zip(self._pairs, pairs, strict=True):
            label.setText(text)
        self._level.set(Decimal("0.0002"))
        demo, written, fault = self._banners
        demo.show_line(
            TIMING,
            translate("Demo data: change this book as you like, it does not touch your own"),
            translate("Use my own files"),
        )
        written.show_line(MATCHED, translate("40,038 rows were written"), translate("Undo"))
        fault.show_line(
            DIFFERENCE,
            translate("The stick was pulled out while reading. The book did not change; plug it in and drop it again."),
            translate("Details"),
        )


class _PairMark(ChangeMark):
    """A change in the colours of one pair, whatever is chosen."""

    def __init__(self, pair: ChangeColours, share: Decimal) -> None:
        self._pair = pair
        super().__init__(share)

    def paintEvent(self, event: object) -> None:
        """Draw with the pair's own colours."""
        theme = Theme.current()
        kept = theme.tokens
        theme.borrow(tokens_for(kept.dark, self._pair))
        super().paintEvent(event)  # type: ignore[arg-type]
        theme.borrow(kept)
