"""The sentences of the overview: what an attention item says, what lacks, what a figure is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chainbrain.analytics.attention import Item
from chainbrain.analytics.completeness import SourceFreshness, StoreName
from ui import figures
from ui.messages import word
from ui.theme.translator import translate

_SHORT_LIST = 2


@dataclass(frozen=True)
class AttentionWords:
    """One line of the list: amount, icon and its state, title, small note, code, verb.

    ``explain`` is the second verb of lines that a person may explain away, empty for others.
    """

    amount: str
    state: str
    title: str
    note: str
    code: str
    verb: str
    explain: str = ""


def attention_words(item: Item, names: Mapping[str, str], *, of_chain: bool = False) -> AttentionWords:
    """Word one item; ``names`` are the short names of stores by number, ``of_chain`` that its rows are of no store."""
    return AttentionWords(
        amount=_amount(item),
        state=_STATES.get(item.kind, "difference"),
        title=f"{translate('Whole chain')} · {_title(item, names)}" if of_chain else _title(item, names),
        note=_note(item),
        code=item.code or _codes(item.kind),
        verb=_verb(item),
        explain=translate("Say why") if item.kind.startswith("anomaly") else "",
    )


def store_list(stores: Sequence[StoreName], names: Mapping[str, str], most: int = _SHORT_LIST) -> str:
    """Name a few stores and say how many there are beyond."""
    named = translate(", ").join(names.get(store.store_id, store.name) for store in stores[:most])
    if len(stores) > most:
        return translate("{names} and %n more", len(stores) - most).format(names=named)
    return named


def source_words(line: SourceFreshness, names: Mapping[str, str]) -> str:
    """Word one source of the freshness line: ``微信 24/24`` or with the stores that lack."""
    head = f"{word(f'channel.{line.source}')} {line.present}/{line.expected}"
    if not line.missing:
        return head
    return translate("{source}, without {stores}").format(source=head, stores=store_list(line.missing, names))


def lacking_words(sources: Sequence[str]) -> str:
    """Word what a store lacks, short enough for a small cell: ``缺美团外卖``."""
    return translate("no {source}").format(source=word(f"channel.{sources[0]}")) if sources else ""


def _amount(item: Item) -> str:
    """Write the amount; an estimate in whole yuan, since more digits would promise too much."""
    if not item.estimated:
        return figures.money(item.amount, symbol=True)
    return f"≈¥{figures.plain(item.amount)}" if item.amount else "—"


_STATES = {
    "missing_file": "timing",
    "anomaly_low": "warning",
    "anomaly_high": "warning",
    "one_sided_refund": "warning",
}


def _title(item: Item, names: Mapping[str, str]) -> str:
    channel = word(f"channel.{item.channel}") if item.channel else ""
    what: str
    match item.kind:
        case "late_payout":
            what = translate("{channel} payout has not arrived").format(channel=channel)
        case "fee_overcharge" if item.charged is not None:
            what = translate("{channel} charged {rate}").format(channel=channel, rate=figures.percent(item.charged, 2))
        case "fee_overcharge":
            what = translate("{channel} charged too much").format(channel=channel)
        case "platform_charge":
            what = translate("{channel} settled another amount").format(channel=channel)
        case "missing_file":
            what = translate("{channel} file is missing").format(channel=channel)
        case "cash_short":
            what = translate("cash short in %n shift(s)", item.count)
        case "cash_over":
            what = translate("cash over in %n shift(s)", item.count)
        case "one_sided_refund":
            what = translate("%n refund(s) on one side only", item.count)
        case "anomaly_low" if item.count > 1:
            what = translate("receipts below the expected for %n day(s)", item.count)
        case "anomaly_low":
            what = translate("receipts below the expected")
        case "anomaly_high" if item.count > 1:
            what = translate("receipts above the expected for %n day(s)", item.count)
        case "anomaly_high":
            what = translate("receipts above the expected")
        case _:
            what = word(f"difference.{item.code}") if item.code else item.kind
            what = f"{channel} {what}".strip()
    stores = store_list(item.stores, names)
    return f"{stores} · {what}" if stores else what


def _note(item: Item) -> str:
    match item.kind:
        case "late_payout" if item.due_on is not None and item.days:
            due = figures.day(item.due_on)
            return translate("due {day}, %n day(s) late", item.days).format(day=due)
        case "fee_overcharge" if item.contract is not None and item.first_day is not None:
            words = translate("agreed {rate}, too much since {day}")
            return words.format(rate=figures.percent(item.contract, 2), day=figures.day(item.first_day))
        case "platform_charge" if item.charged is not None and item.contract is not None:
            words = translate("charged {charged}, agreed {agreed}")
            return words.format(charged=figures.percent(item.charged), agreed=figures.percent(item.contract))
        case "missing_file":
            return translate("the usual amount, not part of any sum")
        case "anomaly_low" | "anomaly_high" if item.remark:
            return translate("earlier: {remark}").format(remark=item.remark)
        case "anomaly_low" | "anomaly_high":
            return translate("against the range of the same weekdays")
        case "cash_short" | "cash_over" | "one_sided_refund":
            return _days(item)
        case _:
            rows = translate("%n row(s)", item.count)
            days = _days(item)
            return translate("{rows}, {days}").format(rows=rows, days=days) if days else rows


def _days(item: Item) -> str:
    if item.first_day is None or item.last_day is None:
        return ""
    if item.first_day == item.last_day:
        return figures.day(item.first_day)
    words = translate("{first} to {last}")
    return words.format(first=figures.day(item.first_day), last=figures.day(item.last_day))


def _codes(kind: str) -> str:
    if kind == "missing_file":
        return translate("File missing")
    return translate("Unusual") if kind.startswith("anomaly") else ""


def _verb(item: Item) -> str:
    if item.kind == "missing_file":
        return translate("Add file")
    if item.kind.startswith("anomaly"):
        return translate("Look why")
    return translate("Show rows")
