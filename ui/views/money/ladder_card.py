"""Idle money: safety against yield, and what goes into each of the owner's own products today, with its binding day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from chainbrain.cash.ladder_moves import AT_CALL
from chainbrain.cash.ladder_terms import Product
from ui import figures
from ui.charts.tradeoff import TradeoffChart
from ui.models import Column, Kind
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.money.idle_curve import curve_of
from ui.views.money.idle_words import summed
from ui.views.money.product_form import ProductForm
from ui.views.money.wish_bar import WishBar
from ui.views.parts.listed_card import ListedCard
from ui.widgets import HBox, Label, LinkButton, scaled
from ui.words import word

if TYPE_CHECKING:
    from chainbrain.cash.idle import Idle
    from chainbrain.cash.ladder_lots import Lot

_CHART_WIDTH = 260


@dataclass(frozen=True)
class Place:
    """One product with what goes there.

    Attributes:
        today: what is put there on the first day.
        later: what is put there next.
        too_far: it needs money for longer than the forecast reaches.
    """

    product: Product
    today: Lot | None = None
    later: Lot | None = None
    too_far: bool = False


class LadderCard(ListedCard):
    """The curve and the products.

    ``said(Product)`` when one is written down, ``removed(str)`` when one is taken back, ``band_said(amount)`` when a
    band is chosen or nothing goes back to the floor, ``again`` when a plan that failed should be worked out once more.
    """

    said = Signal(object)
    band_said = Signal(object)
    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._products: tuple[Product, ...] = ()
        self._idle: Idle | None = None
        self._known, self._trouble = False, ""
        self.chart = TradeoffChart()
        self._foot = Label(role=Role.SMALL, color="text2", wrap=True)
        self.floor_button, self.change_button, self.again_button = LinkButton(), LinkButton(), LinkButton()
        self.wish, self.form = WishBar(), ProductForm()
        self.head_right.add(self.wish, self.floor_button, self.add_button, self.change_button, self.remove_button)
        self.middle = QWidget()
        pair = HBox(self.middle, (m.GAP, 0, 0, 0), m.GAP)
        pair.add(scaled(self.chart, min_width=_CHART_WIDTH), self.table)
        pair.setStretch(0, 1)
        pair.setStretch(1, 2)
        foot = HBox(margins=(m.GAP, m.GAP_S, m.GAP, m.GAP_M)).add(self._foot, self.again_button)
        self.add(self.form, self.middle, foot)
        self.body.setStretch(1, 1)
        self._connect()
        self.retranslate()

    def _columns(self) -> Sequence[Column]:
        return (
            Column("name", lambda: self.tr("Product"), lambda place: place.product.name, Kind.KEY, least=76,
                   tip=lambda place: place.product.name),
            Column("lock", lambda: self.tr("Locked, days"), lambda one: one.product.lock_days, Kind.NUMBER,
                   width=92, narrow=68),
            Column("rate", lambda: self.tr("Assumed a year"), self._rate, Kind.PERCENT, width=108, narrow=68),
            Column("risk", lambda: self.tr("Risk"), lambda place: place.product.risk, width=48, optional=True),
            Column("amount", lambda: self.tr("Put today"), self._amount, Kind.MONEY, width=108, narrow=84, whole=True),
            Column("back", lambda: self.tr("Back on"), self._back, width=64, whole=True, tip=self._back_tip),
            Column("binding", lambda: self.tr("Binding day"), self._binding, width=96, narrow=72, whole=True,
                   tip=self._binding),
            Column("earned", lambda: self.tr("Would bring"), self._earned, Kind.MONEY, width=96, narrow=88, whole=True),
        )  # fmt: skip

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.form.begin)
        self.change_button.clicked.connect(self._change)
        self.table.row_activated.connect(lambda _row: self._change())
        self.floor_button.clicked.connect(lambda: self.band_said.emit(None))
        self.chart.chosen.connect(self._choose)
        self.form.said.connect(self.said)
        self.again_button.clicked.connect(self.again)

    def set_products(self, products: Sequence[Product], *, known: bool) -> None:
        """Show the owner's products; ``known`` whether there is a forecast to plan by."""
        self._products, self._known = tuple(products), known
        if not known or not products:
            self._idle = None
        self.retranslate()

    def set_idle(self, idle: Idle | None) -> None:
        """Show a plan."""
        self._idle, self._trouble = idle, ""
        self.retranslate()

    def set_trouble(self, words: str) -> None:
        """Say why there is no plan; empty while one is being worked out."""
        self._trouble = words
        self.retranslate()

    @property
    def waiting(self) -> bool:
        """Whether it says that a plan is being worked out."""
        return self._known and bool(self._products) and self._idle is None and not self._trouble

    @property
    def chosen(self) -> Place | None:
        """The product under the keyboard."""
        return cast("Place | None", super().chosen)

    @property
    def idle(self) -> Idle | None:
        """The plan that is shown."""
        return self._idle

    @property
    def foot(self) -> str:
        """What all of it comes to, or what is lacking."""
        return self._foot.text()

    def retranslate(self) -> None:
        """Set every text."""
        super().retranslate()
        own = self.tr(
            "your own products and assumptions, no investment advice; across what stays, up what the plan brings as of "
            "a year, with what is put away later"
        )
        self.set_title(self.tr("Idle money"), own)
        self.table.setAccessibleName(self.tr("What each product may take"))
        self.table.set_empty_text(self.tr("Write down where money may be put: name, lock, yield are yours to say"))
        title = self.tr("Safety against yield: what each band brings in a year")
        self.chart.setAccessibleName(title)
        self.floor_button.setText(self.tr("Back to the floor"))
        self.change_button.setText(self.tr("Change"))
        self.wish.setVisible(self._known and bool(self._products))
        idle = self._idle
        self._model.set_rows(self._places(idle))
        self.chart.set_data(curve_of(idle) if idle is not None else None)
        self.chart.setVisible(idle is not None)
        self.floor_button.setVisible(idle is not None and idle.wish.band is not None)
        self._foot.setText(self._summed(idle) if self._products else "")
        self._foot.set_color("difference" if self._trouble else "text2")
        self.again_button.setText(self.tr("Work it out again"))
        self.again_button.setVisible(self._known and bool(self._trouble and self._products))
        self._follow()

    def _places(self, idle: Idle | None) -> tuple[Place, ...]:
        if idle is None or idle.placing is None:
            return tuple(Place(one) for one in self._products)
        first = idle.path.days[0].day
        today = {lot.product.name: lot for lot in idle.placing.today(first)}
        later = {lot.product.name: lot for lot in reversed(idle.placing.lots) if lot.stay.put_on > first}
        far = {one.name for one in idle.too_far}
        return tuple(
            Place(one, today.get(one.name), later.get(one.name), one.name in far)
            for one in sorted(self._products, key=lambda one: (-one.lock_days, -one.rate, one.name))
        )

    def _summed(self, idle: Idle | None) -> str:
        if not self._known:
            return self.tr("Without a forecast of the balance nothing is known to be idle.")
        if self._trouble:
            text = (
                self.tr("No plan of idle money: {reason}")
                if idle is None
                else self.tr("No newer plan of idle money: {reason} What stands above is the one before.")
            )
            return text.format(reason=self._trouble)
        if idle is None:
            return self.tr("Weighing safety against yield…")
        if idle.placing is None:
            return self.tr("Set the floor or choose a band in the picture: what must stay decides what is idle.")
        return summed(idle, idle.placing)

    def _rate(self, place: Place) -> Decimal:
        return place.product.rate

    @property
    def _placed(self) -> bool:
        """Whether it is known what is to be put where: nothing and not known are two things."""
        return self._idle is not None and self._idle.placing is not None

    def _amount(self, place: Place) -> Decimal | None:
        if not self._placed:
            return None
        return place.today.amount if place.today is not None else Decimal("0.00")

    def _earned(self, place: Place) -> Decimal | None:
        if not self._placed:
            return None
        return place.today.earned if place.today is not None else Decimal("0.00")

    def _back(self, place: Place) -> str:
        if place.today is None:
            return ""
        return word("product_back.at_call_short") if place.today.at_call else figures.day(place.today.stay.back_on)

    def _back_tip(self, place: Place) -> str:
        at_call = place.today is not None and place.today.at_call
        return word(f"product_back.{AT_CALL}") if at_call else self._back(place)

    def _binding(self, place: Place) -> str:
        if place.today is not None:
            limits = {"cap": self.tr("cap reached"), "daily_cap": self.tr("cap of a day reached")}
            return limits.get(place.today.limit) or figures.day(place.today.binding)
        if place.later is not None:
            return self.tr("first on {day}").format(day=figures.day(place.later.stay.put_on))
        return self.tr("beyond the forecast") if place.too_far else ""

    def _choose(self, index: int) -> None:
        idle = self._idle
        if idle is None:
            return
        point = idle.curve[index]
        # What lies below the floor is there to compare with.
        if not point.picture and point.safety != idle.safety:
            self.band_said.emit(point.safety)

    def _change(self) -> None:
        if self.chosen is not None:
            self.form.change(self.chosen.product)

    def _follow(self) -> None:
        super()._follow()
        self.change_button.setEnabled(self.chosen is not None)

    def _number(self) -> str:
        return self.chosen.product.name if self.chosen is not None else ""
