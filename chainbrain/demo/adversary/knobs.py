"""What can be odd about a book of facts, each oddity with its own setting; all off is a plain business."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Knobs:
    """Settings of one draw. Unless told otherwise a figure is the chance per mille of what its line names.

    Attributes:
        sales: payments per merchant and day, on average.
        stores_per_account: how many stores are paid out to one bank account.
        rules: weights of the settlement rules D0, D1, T1, T2.
        memo_named: deposits whose memo names the merchant number; the others name nothing.
        memo_dated: of those, the ones whose memo names the settlement day as well.
        holidays: the window lies over Mid-Autumn and the National Day instead of ordinary weeks.
        before_book: sales of some days before the book's first are paid out within it (期初在途).
        equal_amounts: payments at one of three menu prices.
        equal_batches: merchant-days that sell exactly what a neighbour on the same account sells.
        twins: payments that are there twice, to the second and the fen, both real.
        refunds_full: payments refunded in full, the same day or the next.
        refunds_partial: payments of which a part is refunded, up to three times.
        refunds_late: payments refunded 5 to 40 days later.
        chargebacks: payments charged back after 60 days, those of before the window included.
        fees_kept: merchants whose refunds give no fee back.
        fee_exact: merchants whose bill prints fees in fractions of a fen; the sum is rounded per deposit.
        fee_batch: merchants whose bill prints no fee; it is taken off each deposit as a whole.
        fee_monthly: merchants whose fee of a month is taken once, from the next month's first deposit or as a line.
        half_fen: payments whose fee ends on half a fen.
        fee_tampered: payments of at least 10 yuan that are overcharged by some fen.
        rate_change: merchants with a new rate from the middle of the window, stated in the contract.
        rate_silent: merchants with a new rate that the contract does not state.
        cutoff_late: merchants whose settlement day ends between 22:00 and 24:00.
        cutoff_early: merchants whose settlement day runs into the small hours, 00:30 to 05:00.
        cutoff_unstated: contracts that do not state the cut-off.
        cutoff_misstated: contracts that state another one.
        unmerged: merchants under a working-day rule whose weekend is paid out as one deposit per settlement day.
        minimum_payout: merchants that are paid out only from some thousand yuan on.
        manual: merchants that withdraw by hand at odd moments, everything up to that moment.
        negative_days: merchant-days on which a large earlier sale is given back.
        missing_day: merchant-days without a trade bill.
        missing_file: merchants without a trade bill for a whole week.
        missing_rows: merchant-days whose bill vouches for the day and lacks one to three rows.
        duplicate_rows: payments that the bill shows a second time under another number.
        held: payments paid out 2 to 9 days after their batch.
        late_items: payments that slip into the next batch.
        two_deposits: batches that arrive as two deposits.
        merged_deposits: deposits that bring the batch of another merchant or channel along.
        late_deposits: deposits that come 1 to 5 days after their day.
        never_come: deposits that never come.
        memo_swapped: named deposits that name another merchant of the account.
        memo_misspelt: named deposits whose number has a wrong digit.
        strangers: further deposits, per mille of the deposits, under the channels' names that pay nothing of ours.
        closed_stores: stores that close within the window.
        one_fen: payments of one fen, as tests are.
        near_collisions: batches searched for a false answer: held items or missing rows make their deposit equal
            another open batch, or a run of two, of the same account whose own deposit is late or never comes.
        till_only: sales that no wallet knows (D01).
        wallet_only: payments that no till knows (D02).
        amount_differs: tenders whose amount is not the payment's (D03).
        refund_one_sided: refunds that the till does not know (D06).
        keyless: tenders that carry no number of the wallet.
    """

    sales: int = 20
    stores_per_account: int = 8
    rules: tuple[int, int, int, int] = (1, 6, 4, 1)
    memo_named: int = 700
    memo_dated: int = 850
    holidays: bool = False
    before_book: bool = False
    equal_amounts: int = 0
    equal_batches: int = 0
    twins: int = 0
    refunds_full: int = 0
    refunds_partial: int = 0
    refunds_late: int = 0
    chargebacks: int = 0
    fees_kept: int = 0
    fee_exact: int = 0
    fee_batch: int = 0
    fee_monthly: int = 0
    half_fen: int = 0
    fee_tampered: int = 0
    rate_change: int = 0
    rate_silent: int = 0
    cutoff_late: int = 0
    cutoff_early: int = 0
    cutoff_unstated: int = 0
    cutoff_misstated: int = 0
    unmerged: int = 0
    minimum_payout: int = 0
    manual: int = 0
    negative_days: int = 0
    missing_day: int = 0
    missing_file: int = 0
    missing_rows: int = 0
    duplicate_rows: int = 0
    held: int = 0
    late_items: int = 0
    two_deposits: int = 0
    merged_deposits: int = 0
    late_deposits: int = 0
    never_come: int = 0
    memo_swapped: int = 0
    memo_misspelt: int = 0
    strangers: int = 0
    closed_stores: int = 0
    one_fen: int = 0
    near_collisions: int = 0
    till_only: int = 0
    wallet_only: int = 0
    amount_differs: int = 0
    refund_one_sided: int = 0
    keyless: int = 0


SETTINGS = frozenset({"sales", "stores_per_account", "rules", "memo_named", "memo_dated"})
"""Fields that shape the business; all others are oddities, off by default."""

ODDITIES = tuple(field.name for field in fields(Knobs) if field.name not in SETTINGS)
