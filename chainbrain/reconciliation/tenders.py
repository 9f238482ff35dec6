"""Till against wallets and platforms: pairs by number, in order of trust, then by time; what they and the rest say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from chainbrain.database.book import Book
from chainbrain.reconciliation import scope


@dataclass(frozen=True)
class Stage:
    """One way in which a tender can name its payment.

    Attributes:
        name: what the match says about itself.
        statement: lays the two sides side by side with their keys.
        scope: within what the number is unique (``merchant`` number, or ``store`` for a till that prints none).
        number: the column that holds the till's order number: the merchant order number or the platform's own.
        amounts_may_differ: whether rows of one key belong together although their amounts differ (D03).
    """

    name: str
    statement: str
    scope: str = "merchant"
    number: str = "merchant_order_no"
    amounts_may_differ: bool = True


# In order of trust: numbers that the channel itself gave out, then numbers of the till that it printed, then the till's
# order number.
KEYS: Final = (
    Stage("refund_number", "key_refund_number"),
    Stage("wallet_number", "key_wallet_number"),
    Stage("merchant_refund_number", "key_merchant_refund_number"),
    Stage("merchant_refund_number", "key_merchant_refund_number", scope="store"),
    Stage("merchant_order_number", "key_merchant_order_number"),
    Stage("merchant_order_number", "key_merchant_order_number", scope="store"),
    Stage("other_merchant", "key_other_merchant", amounts_may_differ=False),
)
ORDER_NUMBERS: Final = tuple(
    Stage("order_number", "key_order_number", scope, number, amounts_may_differ=False)
    for number in ("merchant_order_no", "external_id")
    for scope in ("merchant", "store")
)


# From so many new pairs on it pays to write down what is left, before the next stage looks at it.
MANY: Final = 1000


def match(book: Book) -> None:
    """Pair tenders and payments one to one by their keys, what has none by store, channel, amount and time."""
    if book.one_of(
        "select exists (from r_decisions where subject_type = 'match' and verdict = 'accept') "
        "or exists (from base.closed_matches where kind = 'tender_payment')"
    )[0]:
        book.run("reconciliation/tender_accepted")
    due, claims = "r_due", "r_claims"
    for stage in (*KEYS, *ORDER_NUMBERS):
        book.run("reconciliation/set_aside")
        if stage is ORDER_NUMBERS[0]:
            book.run("reconciliation/habits")
        lately = int(book.one_of("select count(*) from r_lately")[0])
        if lately >= MANY:
            book.run("reconciliation/rest", {"due": due, "claims": claims})
            due, claims, lately = "r_rest_due", "r_rest_claims", 0
        left = (
            ("", "")
            if not lately
            else (" anti join r_lately using (tender_id)", " anti join r_lately using (payment_id)")
        )
        _pair(book, stage, {"due": f"(from {due}{left[0]})", "claims": f"(from {claims}{left[1]})"})
    book.run("reconciliation/refunds_apart")
    book.run("reconciliation/bridge_rows")
    if book.one_of("select exists (from r_bridge_rows)")[0]:
        book.run("reconciliation/bridges")
    _pair_by_time(book)
    book.run("reconciliation/tender_pairs")
    book.run("reconciliation/tender_rest")


def _pair_by_time(book: Book) -> None:
    """The last stage looks only at what no number has paired."""
    book.run("reconciliation/tender_open")
    scope.sure(book, "scope_unsure")
    if book.one_of("select exists (from r_open_tenders where keyless) and exists (from r_open_claims)")[0]:
        book.run("reconciliation/tender_repeated")
        book.run("reconciliation/tender_times")
    book.run("reconciliation/tender_suggested")
    book.run("reconciliation/tender_repeated")


def _pair(book: Book, stage: Stage, sides: dict[str, str]) -> None:
    names = {"scope": stage.scope, "number": stage.number, **sides}
    book.run(f"reconciliation/{stage.statement}", names)
    if not book.one_of("select exists (from r_left) and exists (from r_right)")[0]:
        return
    book.run("reconciliation/pair", stage=stage.name)
    if not book.one_of("select exists (from r_l)")[0]:
        return
    book.run("reconciliation/pair_ranked", stage=stage.name)
    for statement, wanted in (("pair_days", True), ("pair_rest", stage.amounts_may_differ)):
        if wanted and book.one("reconciliation/left_over") == (True,):
            if statement == "pair_days":
                _look_around(book, stage)
            book.run(f"reconciliation/{statement}", stage=stage.name)
            scope.sure(book, "scope_unsure_numbers")


def _look_around(book: Book, stage: Stage) -> None:
    """Bring in the numbers of rows out of scope, which tell whether a till uses its numbers again."""
    book.run("reconciliation/no_kept_numbers")
    if stage.statement not in ("key_merchant_order_number", "key_order_number") or book.one_of("select whole_run()")[0]:
        return
    stages = [*KEYS, *ORDER_NUMBERS]
    by_order = stage.statement == "key_order_number"
    names = {"scope": stage.scope, "number": stage.number, "till_number": "order_no" if by_order else "reference"}
    book.run(
        "reconciliation/pair_kept", names, stage=stage.name,
        stages=sorted({one.name for one in stages[stages.index(stage) :]}),
        variant=(2 if stage.number == "external_id" else 0) + (1 if stage.scope == "store" else 0),
    )  # fmt: skip
