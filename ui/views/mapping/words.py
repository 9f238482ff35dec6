"""What the dialog says: the map's words, rows as sentences, the check of the whole file."""

from collections.abc import Mapping, Set
from datetime import date, datetime
from decimal import Decimal
from functools import reduce

from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.mapped.sample import TriedOut, TriedRow
from chainbrain.importers.mapped.suggest_reason import Reason
from chainbrain.importers.plan import RowProblem
from ui import figures
from ui.messages import message, word
from ui.theme.translator import translate
from ui.views.mapping.model import doubled

_WHEN = ("occurred_at", "posted_at", "paid_at", "ordered_at", "business_day", "bill_day")


def field_word(field: str) -> str:
    """The name of a field."""
    return word(f"mapping_field.{field}")


def field_hint(field: str) -> str:
    """What a field means, in a few words with an example."""
    return word(f"mapping_hint.{field}") if field else ""


def kind_word(kind: str) -> str:
    """The name of a kind of record."""
    return word(f"mapping_kind.{kind}")


def reason_words(reason: Reason | None) -> str:
    """Why something is proposed, and how sure that is; nothing when a person has chosen it."""
    if reason is None:
        return ""
    sure = word(f"certainty.{reason.certainty}")
    return translate("{sure}: {reason}").format(sure=sure, reason=message(reason.code, **reason.facts))


def lacking_words(mapping: TableMapping, *, dates_open: bool, unreadable: bool, taken: Set[str]) -> str:
    """What keeps a map from being saved, in words; nothing when it is complete.

    Args:
        mapping: the map.
        dates_open: dates can be read in two ways and nobody has said which.
        unreadable: a trial found no row that can be read.
        taken: names of maps for other headers.
    """
    groups = [translate(" or ").join(field_word(field) for field in group) for group in mapping.lacking()]
    if mapping.sign == "word" and not groups:
        if not mapping.words.get("direction"):
            groups.append(translate("which words are money out"))
        elif mapping.undirected():
            words = translate(", ").join(mapping.undirected())
            groups.append(translate("whether {words} is money in or out").format(words=words))
    if dates_open and mapping.dates is None:
        groups.append(translate("which way dates are read"))
    if not groups and not mapping.name.strip():
        groups.append(translate("a name for this map"))
    twice = doubled(mapping)
    if twice:
        return translate("{field} can be one column only").format(field=field_word(twice))
    if mapping.name.strip() in taken:
        return translate("Another map is called so already")
    if groups:
        return translate("Still lacking: {fields}").format(fields=translate(", ").join(groups))
    return translate("No row can be read this way") if unreadable else ""


def problem_words(tried: TriedOut) -> str:
    """The first broken row in words."""
    if not tried.problems:
        return ""
    first = tried.problems[0]
    return translate("Line {line}: {when}").format(line=figures.plain(first.line), when=why_broken(first))


def why_broken(problem: RowProblem) -> str:
    """What is wrong with a row, without what happens to it."""
    words = message(f"row.{problem.code}", value=problem.value, column=problem.column)
    return words.split("\u3002")[0].split(". ")[0]


def examples_of(tried: TriedOut) -> str:
    """One row of money in and one of money out as sentences: a wrong sign or unit is seen at once."""
    sound = [row for row in tried.rows if row.record is not None and row.record.get("amount") is not None]
    incoming = next((row for row in sound if _amount(row) > 0), None)
    outgoing = next((row for row in sound if _amount(row) < 0), None)
    return "\n".join(sentence(row) for row in (incoming, outgoing) if row is not None)


def sentence(row: TriedRow) -> str:
    """What happened in one row."""
    record = row.record or {}
    amount = _amount(row)
    when = next((_moment(record[name]) for name in _WHEN if record.get(name) is not None), "")
    said = translate("received {amount} yuan") if amount >= 0 else translate("paid out {amount} yuan")
    parts = [said.format(amount=figures.money(abs(amount)))]
    fee = record.get("fee")
    if isinstance(fee, Decimal):
        shown = translate("fee {fee} yuan") if fee >= 0 else translate("fee given back {fee} yuan")
        parts.append(shown.format(fee=_fine(abs(fee))))
        parts.append(translate("net {net} yuan").format(net=_fine(amount - fee)))
    for field, words in (
        ("method_text", translate("by {value}")),
        ("counterparty", translate("counterparty {value}")),
        ("order_no", translate("order {value}")),
    ):
        if record.get(field):
            parts.append(words.format(value=record[field]))
    if isinstance(record.get("balance"), Decimal):
        parts.append(translate("balance {value} yuan").format(value=figures.money(_decimal(record["balance"]))))
    line = translate("Line {line}: {when}").format(line=figures.plain(row.line), when=when).rstrip()
    more = translate("{said}, {more}")
    return f"{line} {reduce(lambda said, part: more.format(said=said, more=part), parts)}"


def check_words(tried: TriedOut, *, counts_money: bool) -> str:
    """The whole file in one line: rows, broken ones, sums once a column of amounts is named, days."""
    parts = [translate("Whole file: %n row(s) readable", tried.records)]
    if tried.broken:
        parts.append(translate("%n broken", tried.broken))
    if counts_money:
        parts.append(translate("in {amount}").format(amount=figures.money(tried.money_in)))
        parts.append(translate("out {amount}").format(amount=figures.money(abs(tried.money_out))))
    if tried.fee:
        parts.append(translate("fees {amount}").format(amount=_fine(tried.fee)))
    if tried.facts.get("fee") == "missing":
        parts.append(translate("no column of fees or net amounts, so the fee is taken as 0"))
    if tried.first_day is not None and tried.last_day is not None:
        days = figures.day(tried.first_day, year=True), figures.day(tried.last_day, year=True)
        parts.append(translate("{first} to {last}").format(first=days[0], last=days[1]))
    return " \u00b7 ".join(parts)


def proof_words(tried: TriedOut) -> str:
    """Whether the file's own figures agree; nothing when it states none."""
    if not tried.controls or not tried.records:
        return ""
    wrong = next((total for total in tried.controls if not total.agrees), None)
    if wrong is None:
        names = translate(", ").join(dict.fromkeys(total.name for total in tried.controls))
        return translate("{names} follows from row to row and agrees").format(names=names)
    gap = {"stated": figures.money(wrong.stated), "summed": figures.money(wrong.summed)}
    text = translate("{name} should be {summed} but says {stated}; check amount, sign and unit")
    return text.format(name=wrong.name, **gap)


def value_words(value: object) -> str:
    """One typed cell."""
    if isinstance(value, Decimal):
        return _fine(value)
    if isinstance(value, datetime | date):
        return _moment(value)
    return "" if value is None else str(value)


def asked_words(field: str, asked: str) -> str:
    """A word whose meaning is asked for; its direction may be asked for beside its kind."""
    return translate("{word}: in or out").format(word=asked) if field == "direction" else asked


def code_words(field: str, code: str) -> str:
    """What a word of the file means."""
    return word(f"channel.{code}") if field in ("channel", "method") else word(f"mapping_word.{code}")


def shown_cell(record: Mapping[str, object], field: str) -> str:
    """A record's cell under the name that the map uses."""
    names = {"store": ("store_hint", "store_code"), "method": ("method_text",), "status": ("status_text", "status")}
    if field in ("money_in", "money_out", "direction"):
        return ""
    if field == "net":
        amount, fee = record.get("amount"), record.get("fee")
        return _fine(amount - fee) if isinstance(amount, Decimal) and isinstance(fee, Decimal) else ""
    if field == "kind" and record.get("kind"):
        return word(f"mapping_word.{record['kind']}")
    return value_words(next((record[name] for name in names.get(field, (field,)) if record.get(name)), None))


def _amount(row: TriedRow) -> Decimal:
    return _decimal((row.record or {}).get("amount"))


def _decimal(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def _fine(value: Decimal) -> str:
    """Two places, or more where there are more: a fee of 0.225 is not 0.23."""
    if value == round(value, 2):
        return figures.money(value)
    return figures.plain(value, 5).rstrip("0")


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return figures.moment(value) if value.time() != datetime.min.time() else figures.day(value, year=True)
    return figures.day(value, year=True) if isinstance(value, date) else ""
