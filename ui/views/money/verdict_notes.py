"""What the verdict on a path rests on, and what is not in it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain.cash import claimed, holidays_ahead, opening_words, pay_days, receipt_words
from chainbrain.cash.basis import Unforeseen
from chainbrain.cash.uncounted import LEAST_DAYS
from chainbrain.masking import masked
from ui import figures
from ui.theme.translator import translate
from ui.views.money import words
from ui.words import enumerated, message

if TYPE_CHECKING:
    from chainbrain.cash.outlook import CashOutlook, CashPath
    from chainbrain.cash.start_words import Told
    from chainbrain.map_desk import OwedSum

_MOST_ITEMS = 4


def notes(outlook: CashOutlook, path: CashPath, owed: OwedSum | None) -> list[str]:
    """What has to be said of a path in short: its start, its receipts, what is late or left out, what is owed."""
    start = translate("{amount} on {day}")
    said = [start.format(amount=words.full(path.opening), day=figures.day(outlook.known_to, True))]
    return [
        *said, *_receipts(outlook, path), *_words(holidays_ahead.told(outlook.unannounced)), *_late(outlook, path),
        *_left_out(outlook, path), *_owed(path, owed), *_words(pay_days.told(path)), *_irregular(outlook, path),
        *_words(claimed.told(path)), *_products(outlook, path),
    ]  # fmt: skip


def _receipts(outlook: CashOutlook, path: CashPath) -> list[str]:
    basis, none = outlook.receipts, receipt_words.none_at_bank(path)
    if isinstance(basis, Unforeseen):
        return [message(f"cash.receipts_{basis.reason}")]
    if none is not None:
        return _words((none,))
    text = translate("{share} of the receipts reach the bank through channels; cash and stored value do not")
    said = [text.format(share=figures.percent(basis.reaching))]
    return said + _words(receipt_words.told(basis))


def _words(told: tuple[Told, ...]) -> list[str]:
    return [message(code, **facts).rstrip("。.") for code, facts in told]


def _late(outlook: CashOutlook, path: CashPath) -> list[str]:
    """What should have come by now, and since when the oldest of it is waited for."""
    late = outlook.late(path.entity)
    days = [one.due_on for one in late if one.due_on is not None]
    if not late:
        return []
    amount = words.full(sum((one.amount for one in late), Decimal("0.00")))
    if not days:
        return [translate("{amount} is late or came short and is not counted").format(amount=amount)]
    text = translate("{amount} is late or came short, the oldest since {day}, and is not counted")
    return [text.format(amount=amount, day=figures.day(min(days), True))]


def _left_out(outlook: CashOutlook, path: CashPath) -> list[str]:
    said = []
    unknown = outlook.accounts_unknown(path.entity)
    if unknown:
        numbers = enumerated(masked(one.number) for one in unknown)
        said.append(translate("accounts without a balance, left out: {accounts}").format(accounts=numbers))
    said += _words(opening_words.told(outlook, path.entity))
    unsure = [due for due in outlook.unsure if path.entity in {None, due.item.entity}]
    to_pay, to_get = ([due for due in unsure if (due.amount > 0) == paid] for paid in (True, False))
    if to_pay:
        items = enumerated(words.due_words(due) for due in to_pay[:_MOST_ITEMS])
        text = translate("fallen due and in no statement yet, taken off on the first day: {items}")
        said.append(text.format(items=items))
    if to_get:
        items = enumerated(words.due_words(due) for due in to_get[:_MOST_ITEMS])
        said.append(translate("expected by now and perhaps received, not counted: {items}").format(items=items))
    paid = [one for one in outlook.paid if path.entity in {None, one.due.item.entity}]
    if paid:
        items = enumerated(words.paid_words(one) for one in paid[:_MOST_ITEMS])
        said.append(message("cash.paid_already", items=items).rstrip("。."))
    if outlook.entities_left_out:
        names = enumerated(words.entity_name(name) for name in outlook.entities_left_out)
        said.append(translate("no balance known of {names}: left out altogether").format(names=names))
    return said


def _owed(path: CashPath, owed: OwedSum | None) -> list[str]:
    if owed is None or path.entity is not None:
        return []
    text = translate(
        "by the ledgers of {day} stores are owed {to_stores} and owe {by_stores}: only payment lists are in it"
    )
    return [
        text.format(
            day=figures.day(owed.day),
            to_stores=words.full(owed.to_stores),
            by_stores=words.full(owed.by_stores),
        )
    ]


def _irregular(outlook: CashOutlook, path: CashPath) -> list[str]:
    said = []
    if path.irregular:
        text = (
            translate("irregular payments taken off at {amount} a month")
            if outlook.with_irregular
            else translate("irregular payments of about {amount} a month are not taken off")
        )
        said.append(text.format(amount=words.yuan(path.irregular)))
        if path.goods_more:
            code = "cash.goods_more" if path.goods_more > 0 else "cash.goods_less"
            said.append(message(code, amount=words.yuan(abs(path.goods_more))).rstrip("。."))
    elif outlook.with_irregular and path.past_days < LEAST_DAYS:
        said.append(
            translate("the banks are known for %n day(s) only: irregular payments are not taken off", path.past_days)
        )
    return said


def _products(outlook: CashOutlook, path: CashPath) -> list[str]:
    """What comes back from products within the days to come, and what could be asked back."""
    back, at_call = path.returning, outlook.callable_of(path.entity)
    said = [message("cash.placed_coming", amount=words.full(back))] if back else []
    if at_call:
        said.append(message("cash.placed_at_call", amount=words.full(at_call)))
    return [one.rstrip("。.") for one in said]
