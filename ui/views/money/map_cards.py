"""The two cards of 资金地图: the chosen day above, the picture of where the money lies below."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.charts.day_slider import DaySlider
from ui.charts.sankey import Sankey
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets import Banner, Card, Choice, HBox, IconButton, Label, SecondaryButton, TitledCard, VBox, scaled


class DayCard(Card):
    """The chosen day, the river above its slider, and what the map is narrowed to."""

    def __init__(self) -> None:
        super().__init__(padding=(m.GAP, m.GAP_S, m.GAP, m.GAP_S))
        self.slider, self.store = DaySlider(), Choice()
        self.back, self.on = IconButton("chevron_left", framed=True), IconButton("chevron_right", framed=True)
        self.compare = SecondaryButton()
        self.compare.setCheckable(True)
        self.asked, self.day = Label(role=Role.SMALL, color="text2"), Label(role=Role.TITLE, figures=True, bold=True)
        left = QWidget()
        VBox(left).add(0, self.asked, self.day, 0)
        scaled(left, width=116)
        self.body.addLayout(
            HBox(spacing=m.GAP_S).add(left, self.slider, self.store, self.back, self.on, self.compare), 1
        )
        self.back.clicked.connect(lambda: self.slider.step(-1))
        self.on.clicked.connect(lambda: self.slider.step(1))


class MapCard(TitledCard):
    """The picture of one day with its proof, what is not in it, and what changed since it was shown."""

    def __init__(self) -> None:
        super().__init__(rule=False, padding=(m.GAP, 0, m.GAP, m.GAP_M), spacing=m.GAP_S)
        self.picture, self.proof = Sankey(), Label(color="matched", figures=True)
        self.banner, self.notes = Banner(), Label(role=Role.SMALL, color="text2", figures=True, wrap=True)
        self.head_right.add(self.proof)
        self.add(self.banner, self.picture, self.notes)
        self.body.setStretch(1, 1)
