"""Why the receipts changed: the sentence, the waterfall or the parts, the proof."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain import change_words, texts
from chainbrain.analytics.change import PRODUCT, Explanation
from ui import figures
from ui.charts.waterfall import Waterfall
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.tokens import ChangeColours
from ui.theme.translator import Language
from ui.theme.type_roles import Role
from ui.views.parts.proof import ProofLine
from ui.views.stores.change_columns import columns_of, in_wan
from ui.views.stores.change_parts import ChangeParts
from ui.widgets import EmptyState, HBox, Label, Segmented, TitledCard, VBox

_ALL, _ONE = "all", "one"
_STEPS, _TABS = "steps", ("steps", "channel", "daypart", "product")


class ChangeCard(TitledCard):
    """Shows an ``Explanation``; ``scope_changed(all_stores)``; ``opened`` carries the step's key.

    ``by_changed`` when other parts are asked for; ``part_opened(key)`` when one of ``found`` should be opened;
    ``import_wanted`` when the products of orders lack.
    """

    scope_changed = Signal(bool)
    opened = Signal(str)
    by_changed = Signal(str)
    part_opened = Signal(str)
    import_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(rule=False, padding=(m.GAP, 0, m.GAP, m.GAP_M), spacing=m.GAP_XS)
        self._found: Explanation | None = None
        self._store_name = self._all = ""
        self._names: dict[str, str] = {}
        self._scope = Segmented([(_ALL, _ALL), (_ONE, _ONE)], height=m.CONTROL_SMALL)
        self._tabs = Segmented([(tab, tab) for tab in _TABS], height=m.CONTROL_SMALL)
        self.head_right.add(self._tabs)
        self._sentence = Label(wrap=True)
        self._chart, self._proof, self._colours = Waterfall(), ProofLine(), Label(role=Role.SMALL, color="text3")
        self._parts, self._shown = ChangeParts(), QStackedWidget()
        self._shown.addWidget(self._chart)
        self._shown.addWidget(self._parts)
        self._empty = EmptyState()
        filled = QWidget()
        foot = HBox(spacing=m.GAP).add(self._proof, self._colours)
        VBox(filled, spacing=m.GAP_XS).add(self._sentence, self._shown, foot)
        self._stack = QStackedWidget()
        self._stack.addWidget(filled)
        self._stack.addWidget(self._empty)
        # On a line of its own: beside a long title and the tabs a store's name was cut.
        self._whose = QWidget()
        HBox(self._whose).add(self._scope, 0)
        self.add(self._whose, self._stack)
        self._scope.changed.connect(lambda key: self.scope_changed.emit(key == _ALL))
        self._chart.opened.connect(self.opened)
        self._tabs.changed.connect(self._tab_changed)
        self._parts.opened.connect(self.part_opened)
        self._empty.acted.connect(self.import_wanted)
        self.retranslate()
        follow_theme(self._word_colours)

    @property
    def all_stores(self) -> bool:
        """Whether the whole chain is explained, not the chosen store."""
        return self._scope.current == _ALL or not self._store_name

    @property
    def by(self) -> str:
        """Between what orders may move: channels, or dayparts where those are looked at."""
        return self._tabs.current if self._tabs.current != _STEPS else "channel"

    @property
    def found(self) -> Explanation | None:
        """What is shown, which a newer choice may have overtaken; nothing before the first."""
        return self._found

    @property
    def parts(self) -> ChangeParts:
        """The table of channels or dayparts."""
        return self._parts

    def set_store(self, name: str) -> None:
        """Offer this store beside all of them; empty offers none."""
        self._store_name = name
        if not name:
            self._scope.set_current(_ALL)
        self.retranslate()

    def name_all(self, words: str) -> None:
        """Say what all shown stores are called; empty when they are all of the chain."""
        self._all = words
        self.retranslate()

    def set_short_names(self, names: dict[str, str]) -> None:
        """Take the short names of stores by full name, for the small lines below the columns."""
        self._names = names

    def show_one(self) -> None:
        """Explain the chosen store."""
        if self._store_name:
            self._scope.set_current(_ONE)

    def set_explanation(self, found: Explanation | None) -> None:
        """Show another change."""
        self._found = found
        self.retranslate()

    @property
    def spoken(self) -> str:
        """Sentence and proof as shown."""
        return f"{self._sentence.text()} {self._proof.accessibleName()}".strip()

    def retranslate(self) -> None:
        """Set every text."""
        options = [(_ALL, self._all or self.tr("All stores"))]
        if self._store_name:
            options.append((_ONE, self._store_name))
        self._scope.set_options(options)
        self._whose.setVisible(len(options) > 1 or bool(self._all))
        self._scope.setAccessibleName(self.tr("Explained stores"))
        names = (self.tr("Steps"), self.tr("Channels"), self.tr("Dayparts"), self.tr("Products"))
        self._tabs.set_options(list(zip(_TABS, names, strict=True)))
        self._tabs.setAccessibleName(self.tr("What the change is divided by"))
        self._shown.setCurrentIndex(0 if self._tabs.current == _STEPS else 1)
        self._tabs.setVisible(self._found is None or self._found.comparable)
        self._chart.setAccessibleName(self.tr("Steps from the period before to this one"))
        found = self._found
        comparable = found is not None and bool(found.before or found.now) and found.comparable
        divided = found is not None and (found.by != PRODUCT or found.itemised)
        self._stack.setCurrentIndex(0 if found is None or (comparable and divided) else 1)
        if found is None or not comparable or not divided:
            self._show_nothing(found if comparable else None)
            return
        note = self.tr("in 10,000 yuan") if in_wan(found) and self._tabs.current == _STEPS else ""
        self.set_title(change_words.question(found, Language.current()), note)
        language = Language.current()
        said = (change_words.sentence(found, language), change_words.both(found, language))
        self._sentence.setText(texts.message("change.next", language).join(one for one in said if one))
        self._chart.set_steps(columns_of(found, self._names))
        self._parts.set_explanation(found)
        self._prove(found)
        self._word_colours()

    def _show_nothing(self, undivided: Explanation | None) -> None:
        """Say what lacks and what to do; ``undivided`` is a change whose products nobody told."""
        self.set_title(self.tr("Why it changed"))
        self._sentence.setText("")
        self._chart.set_steps(())
        self._parts.set_explanation(None)
        self._proof.set_line("", "")
        if undivided is None:
            self._empty.set_texts(
                self.tr("No earlier days to compare with"),
                self.tr("The same weekdays {weeks} weeks before are not in the book yet.").format(weeks=self._weeks()),
            )
            return
        self.set_title(self.tr("By products: order items lack"))
        period = undivided.period
        text = self.tr(
            "Import the table of order items (number, product group, quantity, amount) for {before} and {now}."
        )
        self._empty.set_texts(
            self.tr("No order items on both sides"),
            text.format(
                before=figures.days(period.base.first, period.base.last, period.last),
                now=figures.days(period.first, period.last),
            ),
            self.tr("Import files"),
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _tab_changed(self, key: str) -> None:
        self.retranslate()
        self.by_changed.emit(key)

    def _weeks(self) -> int:
        return self._found.period.shift // 7 if self._found is not None else 4

    def _prove(self, found: Explanation) -> None:
        if self._tabs.current != _STEPS:
            self._prove_parts(found)
            return
        amount = figures.money(found.change, symbol=True)
        if found.proven and self._chart.proven():
            text = self.tr("%n step(s) add up to {amount}, the whole change to the cent", "", len(found.steps))
            self._proof.set_line("matched", text.format(amount=amount))
        else:
            self._proof.set_line("difference", self.tr("The steps do not add up to {amount}").format(amount=amount))

    def _prove_parts(self, found: Explanation) -> None:
        """The table holds the days that can be compared; what is set apart beside it makes up the rest."""
        whole = figures.money(found.change, symbol=True)
        compared = figures.money(found.compared, symbol=True)
        apart = [step for step in found.set_apart if step.amount]
        if found.compared + sum(step.amount for step in apart) != found.change:
            self._proof.set_line("difference", self.tr("The steps do not add up to {amount}").format(amount=whole))
            return
        language = Language.current()
        said = texts.joined(
            (
                f"{change_words.step_name(step, language, found.by)} {figures.money(step.amount, symbol=True)}"
                for step in apart
            ),
            language,
        )
        text = self.tr("Days that can be compared {compared}, set apart {apart}: together {whole}")
        if not apart:
            text = self.tr("The parts add up to {whole}, the whole change to the cent")
        self._proof.set_line("matched", text.format(compared=compared, apart=said, whole=whole))

    def _word_colours(self) -> None:
        text = {
            ChangeColours.RED_UP: self.tr("red is more, green is less"),
            ChangeColours.GREEN_UP: self.tr("green is more, red is less"),
        }
        other = self.tr("orange is more, blue is less")
        self._colours.setText(text.get(Theme.current().change_colours, other) if self._found else "")
        # The table names what went the other way in words, and its proof needs the room.
        self._colours.setVisible(self._tabs.current == _STEPS)
