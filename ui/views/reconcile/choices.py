"""Which month and which bank account the reconcile screen shows."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QActionGroup, QFontMetrics

from chainbrain.masking import masked
from chainbrain.reconciliation.progress import Progress, together
from ui.theme.theme import Theme
from ui.theme.type_roles import Role
from ui.views.reconcile.items import Period, period_of
from ui.widgets import DropDownButton

_LONGEST = 180


class _Choice(DropDownButton):
    """A drop-down of one chosen value; ``changed`` when another was picked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._values: tuple[object, ...] = ()
        self._chosen: object = None
        self._group = QActionGroup(self)
        self._group.triggered.connect(lambda action: self._pick(action.data()))
        self.retranslate()

    def set_values(self, values: Sequence[object]) -> None:
        """Offer other values; a choice that is gone falls back to all."""
        if tuple(values) != self._values:
            self._values = tuple(values)
            if self._chosen not in self._values:
                self._chosen = None
            self.retranslate()

    @property
    def values(self) -> tuple[object, ...]:
        """What is offered besides all."""
        return self._values

    @property
    def chosen_words(self) -> str:
        """How the choice is shown where there is room for all of it."""
        return self.words(self._chosen)

    def choose(self, value: object) -> None:
        """Choose without telling anyone; None is all."""
        self._chosen = value
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts and build the menu; a long name is cut on the button and whole in its tooltip."""
        words, theme = self.words(self._chosen), Theme.current()
        metrics = QFontMetrics(theme.font(Role.BODY))
        self.setText(metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, theme.px(_LONGEST)))
        self.setToolTip(words if self.text() != words else "")
        menu = self.menu()
        for action in self._group.actions():
            self._group.removeAction(action)
        menu.clear()
        for value in (None, *self._values):
            action = menu.addAction(self.entry(value))
            action.setCheckable(True)
            action.setChecked(value == self._chosen)
            action.setData(value)
            self._group.addAction(action)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def words(self, value: object) -> str:
        """Return how a value is shown; None is all of them."""
        raise NotImplementedError

    def entry(self, value: object) -> str:
        """Return how it stands in the menu."""
        return self.words(value)

    def _pick(self, value: object) -> None:
        if value != self._chosen:
            self._chosen = value
            self.retranslate()
            self.changed.emit()


class MonthChoice(_Choice):
    """All months, or one of them by its first day."""

    @property
    def period(self) -> Period:
        """The chosen business days."""
        return period_of(self._chosen if isinstance(self._chosen, date) else None)

    def words(self, value: object) -> str:
        """Return ``2026-10`` or the word for all."""
        return value.strftime("%Y-%m") if isinstance(value, date) else self.tr("All months")

    def retranslate(self) -> None:
        """Set the texts and build the menu."""
        self.setAccessibleName(self.tr("Month"))
        super().retranslate()


class StoreChoice(_Choice):
    """All stores, or one of them; each with what is left of it."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._left: dict[str, Progress] = {}
        super().__init__()

    @property
    def store(self) -> str | None:
        """The chosen store; None for all."""
        return self._chosen if isinstance(self._chosen, str) else None

    def set_stores(self, names: Sequence[tuple[str, str]], progress: Sequence[Progress]) -> None:
        """Offer these stores and say how far each is."""
        self._names = dict(names)
        self._left = {
            store: together((one for one in progress if one.store_id == store), store) for store in self._names
        }
        self.set_values(tuple(self._names))
        self.retranslate()

    def words(self, value: object) -> str:
        """Return the name of a store, or the word for all."""
        return self._names.get(value, value) if isinstance(value, str) else self.tr("All stores")

    def entry(self, value: object) -> str:
        """Return the name with what is left."""
        found = self._left.get(value) if isinstance(value, str) else None
        if found is None or not found.found:
            return self.words(value)
        left = self.tr("done") if found.done else self.tr("%n left", "", found.open)
        return f"{self.words(value)}    {left}"

    def retranslate(self) -> None:
        """Set the texts and build the menu."""
        self.setAccessibleName(self.tr("Store"))
        super().retranslate()


class AccountChoice(_Choice):
    """All bank accounts, or one of them."""

    @property
    def account(self) -> str | None:
        """The chosen account number; None for all."""
        return self._chosen if isinstance(self._chosen, str) else None

    def words(self, value: object) -> str:
        """Return the last digits, or the word for all."""
        return masked(value) if isinstance(value, str) else self.tr("All accounts")

    def retranslate(self) -> None:
        """Set the texts and build the menu."""
        self.setAccessibleName(self.tr("Bank account"))
        super().retranslate()


class MonthOnly(MonthChoice):
    """One of the months; there is no choice of all."""

    def retranslate(self) -> None:
        """Set the texts and build the menu."""
        super().retranslate()
        for action in self._group.actions():
            action.setVisible(action.data() is not None)
