"""What the reconcile screen says: titles, answers, and why something holds."""

from collections.abc import Mapping
from decimal import Decimal

from chainbrain.channels import PLATFORMS
from ui import figures
from ui.messages import word
from ui.theme.translator import translate
from ui.views.reconcile.items import EXPECTED, LEFT_OUT, MONTH_END, OLDER, SETTLED, STATES, Group, Item, ItemKind
from ui.views.reconcile.model import Detail
from ui.views.reconcile.reading import leg_of
from ui.views.reconcile.sums import gap_told
from ui.widgets.states import DIFFERENCE, EXCLUDED, MATCHED, NEUTRAL, SEVERAL, TIMING

ZERO = Decimal("0.00")
_ANSWER_STATES = {
    "proven": MATCHED,
    "single": SEVERAL,
    "several": SEVERAL,
    "gap": DIFFERENCE,
    "none": NEUTRAL,
    "timing": TIMING,
    "excluded": EXCLUDED,
    "open": DIFFERENCE,
    "explained": MATCHED,
}
_BESIDE_TILL = ("D01", "D02", "till_only", "wallet_only")
# What stands in the list for a match that is suggested or missing, not for a difference.
_MATCHED_ALONE = (ItemKind.BANK, ItemKind.TENDER, ItemKind.PAYOUT)
_WORK_ICONS = {"single": ("dots", "timing"), "several": ("dots", "timing"), "late": ("clock", "difference")}


def group_title(group: Group) -> str:
    """Return the name of what the middle list shows."""
    if group.name in STATES:
        return word(f"state.{group.name}")
    if group.name == MONTH_END:
        return translate("On its way at month end")
    if group.name == OLDER:
        return translate("Left from before")
    if group.name == SETTLED:
        return translate("Explained")
    if group.name in {EXPECTED, LEFT_OUT}:
        return translate("of these expected on a day") if group.name == EXPECTED else translate("of these differences")
    return word(f"work.{group.name}")


def group_icon(group: Group) -> tuple[str, str]:
    """Return icon and token of an entry of the work list."""
    return _WORK_ICONS.get(group.name, ("alert", "difference"))


def who(item: Item, store_names: Mapping[str, str]) -> tuple[str, str]:
    """Return the main and the small words of a line."""
    if item.kind is ItemKind.BANK:
        return item.party or translate("without a name"), item.note
    channel = word(f"channel.{item.channel}") if item.channel else ""
    if item.kind is ItemKind.TENDER:
        rows = translate("%n sale(s)", item.count) if item.count > 1 else item.number
        store = store_names.get(item.store, item.store)
        return store or channel, " ".join(part for part in (channel if store else "", rows) if part)
    if item.kind in {ItemKind.LATE, ItemKind.PAYOUT}:
        return channel, item.note
    store = store_names.get(item.store, item.store)
    paid = translate("paid in {store}").format(store=store_names.get(item.other, item.other)) if item.other else ""
    small = item.said or paid or channel
    return (store, small) if store else (channel or word(f"record_type.{item.record_type}"), item.said)


def beside_till(key: str, item: Item) -> str:
    """Return what a sale is called that only one side knows, after the platform it was sold on; "" for wallets."""
    if item.channel not in PLATFORMS or leg_of(item.code, item.cause, item.record_type) != "till":
        return ""
    return word(f"beside_till.{key}").format(side=word(f"channel.{item.channel}")) if key in _BESIDE_TILL else ""


def answer(item: Item) -> tuple[str, str]:
    """Return state and word of the last column."""
    state = _ANSWER_STATES.get(item.answer, NEUTRAL)
    if item.kind is ItemKind.LATE and item.due_on is not None:
        return DIFFERENCE, translate("due {day}").format(day=figures.day(item.due_on))
    if item.kind is ItemKind.PAYOUT and item.answer == "timing" and item.due_on is not None:
        return state, translate("due {day}").format(day=figures.day(item.due_on))
    if item.kind is ItemKind.DIFFERENCE:
        if item.answer == "open":
            return DIFFERENCE, str(item.code)
        if item.answer == "timing" and item.due_on is not None:
            return state, translate("expected {day}").format(day=figures.day(item.due_on))
        return state, word(f"difference_state.{item.answer}")
    if item.answer == "several":
        return state, translate("%n answer(s)", item.solutions)
    if item.answer == "gap" and item.gap is not None:
        return state, gap_told(item.gap)
    return state, word(f"answer.{item.answer}")


def headline(detail: Detail) -> tuple[str, str, str]:
    """Return the title of the answer, and state and word of its badge."""
    item, evidence = detail.item, detail.evidence
    if item.kind is ItemKind.MATCH and evidence is not None:
        badge = (MATCHED, word("answer.proven")) if evidence.state == "confirmed" else (SEVERAL, word("answer.several"))
        return word(f"match_kind.{evidence.kind}"), *badge
    if item.kind is ItemKind.PAYOUT:
        return (
            word(f"state.{item.answer}"),
            _ANSWER_STATES[item.answer],
            word(f"reason.{item.cause}") if item.cause else "",
        )
    if item.kind not in _MATCHED_ALONE:
        called = beside_till(str(item.code), item) or word(f"difference.{item.code}")
        return f"{item.code} {called}", *_difference_badge(item)
    if evidence is None:
        if item.answer in {"timing", "excluded"} and item.cause:
            return translate("No answer needed"), _ANSWER_STATES[item.answer], word(f"reason.{item.cause}")
        return translate("No payout fits"), NEUTRAL, translate("%n tried", len(detail.candidates))
    title = translate("The best answer")
    if evidence.state == "confirmed":
        if evidence.gap:
            return title, DIFFERENCE, gap_told(evidence.gap)
        return title, MATCHED, word("answer.proven")
    if item.kind is ItemKind.TENDER:
        several = translate("%n answer(s) fit", item.solutions)
        return title, SEVERAL, several if item.solutions > 1 else word("answer.single")
    if evidence.solutions == 1:
        # Unique among those tried proves nothing: it stays a suggestion.
        tried = evidence.facts.get("tried")
        return title, SEVERAL, translate("the only one of %n tried", int(str(tried or max(1, len(detail.candidates)))))
    return title, SEVERAL, translate("%n answer(s) fit", evidence.solutions)


def _difference_badge(item: Item) -> tuple[str, str]:
    state = _ANSWER_STATES.get(item.answer, NEUTRAL)
    return state, word(f"difference_state.{item.answer}")


def next_step(detail: Detail) -> str:
    """Return who acts on an open difference and what is to be done; nothing where a word waits for a suggestion."""
    item = detail.item
    if item.code is None or detail.difference_state != "open" or item.suggested:
        return ""
    return word(f"next_step.{item.code}")


def proof(detail: Detail) -> str:
    """Return why it holds, or what is known about it."""
    item, evidence = detail.item, detail.evidence
    parts = []
    if item.kind not in _MATCHED_ALONE and item.cause:
        parts.append(beside_till(item.cause, item) or word(f"cause.{item.cause}"))
    if evidence is not None:
        parts.append(word(f"proof.{evidence.proof}"))
        if why := evidence.facts.get("why"):
            parts.append(word(f"why.{why}").format(**evidence.words))
        if evidence.facts.get("others"):
            parts.append(word("why.others").format(**evidence.words))
        if item.kind in _MATCHED_ALONE and evidence.state != "confirmed":
            parts.append(translate("a suggestion, never applied by itself"))
    elif item.kind in {ItemKind.BANK, ItemKind.PAYOUT} and item.cause:
        parts.append(word(f"reason.{item.cause}"))
    if item.due_on is not None:
        words = translate("released on {day}") if item.code == "D13" else translate("due {day}")
        if item.kind is ItemKind.DIFFERENCE and item.answer == "timing":
            words = translate("expected {day}")
        parts.append(words.format(day=figures.day(item.due_on, True)))
    if not detail.fees_stated:
        parts.append(translate("the bill states no fees"))
    if item.said:
        parts.append(translate("noted: {words}").format(words=item.said))
    return translate("; ").join(parts)
