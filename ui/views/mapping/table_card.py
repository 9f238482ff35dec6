"""What the table is as a whole: kind, channel, unit, signs, dates, words; each with its reason."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from chainbrain.importers.mapped import mapping as m
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.mapped.sample import Sample
from chainbrain.importers.mapped.suggest_reason import Reason
from chainbrain.importers.words import CHANNELS
from ui.messages import word
from ui.theme import metrics
from ui.views.mapping.model import fixed_fields, needed_fields, questions, signs_of
from ui.views.mapping.parts import Field, QuietChoice
from ui.views.mapping.words import asked_words, code_words, field_hint, field_word, kind_word, reason_words
from ui.widgets import Segmented, TitledCard, VBox, scaled


class TableCard(TitledCard):
    """The form of everything but the columns.

    A person decides: ``kind_chosen(kind)``, ``part_chosen(name, value)`` for sign, unit, fee and dates,
    ``fixed(field, value)``, ``told(field, word, code)``.
    """

    kind_chosen = Signal(str)
    part_chosen = Signal(str, object)
    fixed = Signal(str, str)
    told = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__(spacing=metrics.GAP_S)
        self._sample: Sample | None = None
        self._mapping: TableMapping | None = None
        self.kind, self.sign = QuietChoice(), QuietChoice()
        self.unit, self.fee, self.dates = Segmented(), QuietChoice(), QuietChoice()
        self._fields = {
            name: Field(control)
            for name, control in (
                ("kind", self.kind), ("sign", self.sign), ("unit", self.unit), ("fee", self.fee), ("dates", self.dates),
            )
        }  # fmt: skip
        self._fixed_box, self._words_box = VBox(spacing=metrics.GAP_S), VBox(spacing=metrics.GAP_S)
        self._fixed: dict[str, tuple[Field, QLineEdit | QuietChoice]] = {}
        self._shown_fixed: tuple[str, ...] | None = None
        self._words: dict[tuple[str, str], tuple[Field, QuietChoice]] = {}
        self._shown_words: tuple[tuple[str, str], ...] | None = None
        self.add(self._fields["kind"], self._fixed_box, self._fields["unit"], self._fields["sign"], self._words_box)
        self.add(self._fields["fee"], self._fields["dates"])
        self.kind.activated.connect(lambda _index: self.kind_chosen.emit(self.kind.key))
        self.sign.activated.connect(lambda _index: self.part_chosen.emit("sign", self.sign.key))
        self.unit.changed.connect(lambda key: self.part_chosen.emit("unit", key))
        self.fee.activated.connect(lambda _index: self.part_chosen.emit("fee", self.fee.key))
        self.dates.activated.connect(lambda _index: self.part_chosen.emit("dates", self.dates.key or None))

    @property
    def fixed_inputs(self) -> dict[str, QLineEdit | QuietChoice]:
        """The inputs of the values that are the same for all rows."""
        return {name: control for name, (_, control) in self._fixed.items()}

    @property
    def word_choices(self) -> dict[tuple[str, str], QuietChoice]:
        """The choices of words, by field and word."""
        return {key: choice for key, (_, choice) in self._words.items()}

    def first_wanted(self) -> QWidget | None:
        """The first input that a map still needs."""
        mapping = self._mapping
        if mapping is None:
            return None
        wanted = needed_fields(mapping) - {name for name, value in mapping.fixed.items() if value}
        return next((control for name, (_, control) in self._fixed.items() if name in wanted), None)

    def show_mapping(self, sample: Sample, mapping: TableMapping) -> None:
        """Show a map and why the proposal says what it says."""
        self._sample, self._mapping = sample, mapping
        self._make_fixed(fixed_fields(mapping))
        self._make_words(tuple((one.field, one.word) for one in questions(mapping, sample.suggestion.words)))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("The table"))
        sample, mapping = self._sample, self._mapping
        if sample is None or mapping is None:
            return
        self.kind.offer([(kind, kind_word(kind)) for kind in sample.suggestion.kinds or m.FIELDS], mapping.kind)
        self.sign.offer([(sign, word(f"mapping_sign.{sign}")) for sign in signs_of(mapping)], mapping.sign)
        self.unit.set_options([(unit, word(f"mapping_unit.{unit}")) for unit in m.UNITS])
        self.unit.set_current(mapping.unit)
        self.fee.offer([(fee, word(f"mapping_fee.{fee}")) for fee in m.FEES], mapping.fee)
        dates = [("", self.tr("please choose")), *((order, word(f"mapping_dates.{order}")) for order in m.DATES)]
        self.dates.offer(dates, mapping.dates or "")
        values = {"kind": mapping.kind, "sign": mapping.sign, "unit": mapping.unit, "fee": mapping.fee}
        names = {
            "kind": self.tr("Becomes"),
            "sign": self.tr("In and out"),
            "unit": self.tr("Unit"),
            "fee": self.tr("Fee printed"),
            "dates": self.tr("Dates"),
        }
        for name, field in self._fields.items():
            reason = sample.suggestion.reason(name)
            stands = reason is not None and (name == "dates" or reason.value == values[name])
            field.say(names[name], reason_words(reason) if stands else "", wanted=name == "dates" and not mapping.dates)
        self._fields["fee"].setVisible(mapping.column("fee") is not None)
        self._fields["dates"].setVisible(sample.suggestion.reason("dates") is not None)
        self._fields["sign"].setVisible(len(signs_of(mapping)) > 1)
        self._fill_fixed(mapping)
        self._fill_words(sample, mapping)

    def _make_fixed(self, names: tuple[str, ...]) -> None:
        if names == self._shown_fixed:
            return
        self._shown_fixed = names
        _empty(self._fixed_box)
        self._fixed = {}
        for name in names:
            control: QLineEdit | QuietChoice
            if name in ("channel", "method"):
                control = QuietChoice()
                control.activated.connect(partial(self._channel_chosen, name, control))
            else:
                control = QLineEdit()
                control.textEdited.connect(partial(self.fixed.emit, name))
                scaled(control, height=metrics.CONTROL)
                control.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._fixed[name] = (Field(control), control)
            self._fixed_box.addWidget(self._fixed[name][0])

    def _channel_chosen(self, name: str, choice: QuietChoice, _index: int) -> None:
        self.fixed.emit(name, choice.key)

    def _fill_fixed(self, mapping: TableMapping) -> None:
        needed = needed_fields(mapping)
        for name, (field, control) in self._fixed.items():
            value = mapping.fixed.get(name, "")
            if isinstance(control, QuietChoice):
                options = [("", self.tr("please choose")), *((one, word(f"channel.{one}")) for one in CHANNELS)]
                control.offer(options, value)
            elif control.text().strip() != value:
                with QSignalBlocker(control):
                    control.setText(value)
            wanted = name in needed and not value
            lacks = self.tr("no column has it, so it is needed here") if wanted else ""
            reason = "\n".join(text for text in (field_hint(name), lacks) if text)
            field.say(field_word(name), reason, wanted=wanted)

    def _make_words(self, keys: tuple[tuple[str, str], ...]) -> None:
        if keys == self._shown_words:
            return
        self._shown_words = keys
        _empty(self._words_box)
        self._words = {}
        for key in keys:
            choice = QuietChoice()
            choice.activated.connect(partial(self._word_told, key, choice))
            self._words[key] = (Field(choice), choice)
            self._words_box.addWidget(self._words[key][0])

    def _word_told(self, key: tuple[str, str], choice: QuietChoice, _index: int) -> None:
        self.told.emit(*key, choice.key)

    def _fill_words(self, sample: Sample, mapping: TableMapping) -> None:
        for one in questions(mapping, sample.suggestion.words):
            field, choice = self._words[one.field, one.word]
            meanings = [(code, code_words(one.field, code)) for code in one.codes]
            choice.offer([("", self.tr("please choose")), *meanings], one.chosen)
            reason: Reason | None = sample.suggestion.reason("words", one.field)
            told = reason_words(reason) if reason is not None and not one.chosen else ""
            field.say(asked_words(one.field, one.word), told, wanted=not one.chosen)


def _empty(box: VBox) -> None:
    while box.count():
        item = box.takeAt(0)
        widget: QWidget | None = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
