"""What goes wrong at the bank, on purpose: deposits that never arrive, money in that nothing explains."""

from __future__ import annotations

import numpy as np
import polars as pl

from chainbrain.demo import people
from chainbrain.demo.bank_postings import HOUR, Party, Posting, Postings
from chainbrain.demo.draws import some, stream
from chainbrain.demo.injected import Entry, Ledger
from chainbrain.demo.orders import DAY
from chainbrain.demo.stores import Chain
from chainbrain.demo.workdays import is_workday, workday_after


def lose_deposits(chain: Chain, drawn: pl.DataFrame, ledger: Ledger, out: Postings) -> None:
    """D08: deposits that never came, three quarters of them withdrawals, the rest payouts of the platform.

    Only where the statement of the same month goes on for two more working days is it certain that the money did not
    come; a payout that was cut (D12) is not lost as well.
    """
    rng = stream(chain.seed, "never arrived")
    quota = ledger.quota["D08"]
    of_wallet = dict(drawn.select("wid", "merchant").iter_rows())
    cut = {entry.rid for entry in ledger.entries if entry.record == "bill"}
    for link, wanted in (("withdrawal", quota - quota // 4), ("payout", quota // 4)):
        lost = 0
        kinds = np.array([line[-2] == link and line[-1] not in (cut if link == "payout" else ()) for line in out.rows])
        candidates = [out.rows[int(row)] for row in some(rng, kinds, len(kinds))]
        for line in candidates:
            if lost == wanted:
                break
            if not _shows_its_absence(chain, out, line):
                continue
            out.rows.remove(line)
            lost += 1
            day, amount, rid = line[1] // DAY, line[2], line[-1]
            if link == "withdrawal":
                store = _only_store(chain, of_wallet[rid])
                ledger.add(Entry("D08", store, day, -amount, "withdrawal", rid, "withdrawal never reached the bank"))
            else:
                ledger.add(Entry("D08", None, day, -amount, "bill", rid, "payout never reached the bank"))


def _shows_its_absence(chain: Chain, out: Postings, line: Posting) -> bool:
    """Whether the month's statement, without this line, begins by its day and ends two working days later or more."""
    day = chain.day(line[1] // DAY)
    others = [
        other_day
        for other_day in (chain.day(other[1] // DAY) for other in out.rows if other is not line and other[0] == line[0])
        if (other_day.year, other_day.month) == (day.year, day.month)
    ]
    return bool(others) and min(others) <= day and max(others) >= workday_after(day, 2)


def _only_store(chain: Chain, merchant: int) -> int | None:
    """The store behind a merchant number, when it is one store's own."""
    users = [s.index for s in chain.stores if merchant in (s.wechat, s.alipay)]
    return users[0] if len(users) == 1 else None


def add_unexpected(chain: Chain, ledger: Ledger, rng: np.random.Generator, out: Postings) -> None:
    """D09: money in that no settlement explains: refunds of suppliers, transfers of the owner."""
    worked = [index for index in range(chain.days) if is_workday(chain.day(index))]
    payers = [account.index for account in chain.accounts if account.pays_costs]
    if not worked:
        return
    for n in range(ledger.quota["D09"]):
        index = worked[int(rng.integers(len(worked)))]
        account = payers[n % len(payers)]
        at = index * DAY + 13 * HOUR + n % 40 * 60 + 17
        if n % 3 == 2:
            amount, party, memo = (
                1_000_000 * int(rng.integers(1, 6)),
                people.OWNERS[n // 3 % len(people.OWNERS)],
                "往来款",
            )
        else:
            amount = 100 * int(rng.integers(180, 4200)) + int(rng.integers(100))
            party, memo = people.SUPPLIERS[n % len(people.SUPPLIERS)], "货款退回"
        payer = Party(party, "6214835710000417")
        out.add(account, at, amount, payer, memo, short="转账存入", link=("unexpected", n))
        ledger.add(Entry("D09", None, index, amount, "unexpected", n, memo))
