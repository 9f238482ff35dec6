"""What a row of each kind of table stands for, in words: enough to choose between two that look alike."""

from chainbrain.importers.mapped.mapping import FORMAT as MAPPED
from ui.theme.translator import marked, translate
from ui.words import word

# Part of a format's id and the meaning of its rows; the first part that occurs decides.
_MEANINGS = (
    ("bank-", marked("each row is money into or out of a bank account")),
    ("fundflow", marked("each row is a movement of the wallet's balance")),
    ("ledger", marked("each row is a movement of the wallet's balance")),
    ("profitsharing", marked("each row is a part of a payment handed to somebody else")),
    ("-personal", marked("each row is money into or out of a personal wallet")),
    ("summary", marked("each row is the sum of a day or a store")),
    ("waimai", marked("each row is what the platform owes for one order")),
    ("eleme", marked("each row is what the platform owes for one order")),
    ("jd-", marked("each row is what the platform owes for one order")),
    ("douyin", marked("each row is what the platform owes for one order")),
    ("orders", marked("each row is an order of the till")),
    ("tenders", marked("each row is a payment as the till noted it")),
    ("-pos", marked("each row is an order of the till")),
    ("chainbrain-", marked("a table of your own, by our template")),
    ("", marked("each row is a payment or a refund")),
)


def candidate_title(candidate: str) -> str:
    """Return the name of a format, with the form of it where there are several."""
    name, _, layout = candidate.partition("/")
    title = word(f"format.{name}")
    return translate("{format} ({form})").format(format=title, form=layout_word(name, layout)) if layout else title


def layout_word(format_id: str, layout: str) -> str:
    """Return what tells one form of a format from its others: the bank, the choice made when exporting."""
    if format_id == MAPPED:
        return translate("by the map {name}").format(name=layout)
    return word(f"layout.{format_id}/{layout}")


def meaning_of(candidate: str) -> str:
    """Return what a row would be if the file were read as this format."""
    name = candidate.partition("/")[0]
    return translate(next(words for part, words in _MEANINGS if part in name))
