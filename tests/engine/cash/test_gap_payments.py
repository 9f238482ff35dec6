"""What an older account did on days that only others know: steady payments, payment lists, sums swept away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from cash_examples import BLANK, NUMBER, OTHER, SOLD_TO, A, bank_line, item_of, outlook_of, proven, statement
from sales_book import SalesBook

from chainbrain.cash.accounts import Account
from chainbrain.cash.opening_words import told
from chainbrain.cash.others import listed
from chainbrain.cash.outlook import CashOutlook, CashPath

EARLY = SOLD_TO - timedelta(days=15)


def _book(*accounts: str) -> SalesBook:
    chain = SalesBook()
    for place, account in enumerate(accounts or (NUMBER, OTHER)):
        chain.account(f"S{place}", "wechat", f"{place}", legal_entity=A, bank_account=account, settlement_rule="T1")
    return chain


def test_an_account_without_a_balance_puts_none_to_rest() -> None:
    chain = _book(NUMBER, BLANK)
    statement(chain, NUMBER, SOLD_TO - timedelta(days=100), "-10.00", "100000.00")
    statement(chain, BLANK, SOLD_TO, "-10.00", None)
    found = outlook_of(chain, item_of(SOLD_TO - timedelta(days=90), "800.00"))
    assert proven(found).opening == Decimal("100000.00")
    assert "cash.ends_resting" not in dict(told(found, A))
    assert proven(found).days[-1].expected == Decimal("99200.00")


def _swept(*, told_of: bool) -> CashOutlook:
    """What a collecting account takes is swept into the main one every day; its statements are two weeks old."""
    chain = _book()
    statement(chain, OTHER, EARLY, "-10.00", "1000.00")
    for number in range(1, 11):
        day = EARLY + timedelta(days=number)
        bank_line(chain, NUMBER, day, "5000.00", counterparty_account=OTHER, place=-number)
        if told_of:
            chain.payment("1", "wechat", day - timedelta(days=1), "4000.00", number=f"W{number}")
    if told_of:
        # The numbers of these bills are those of the older account.
        chain.account("1", "wechat", "wechat-1", legal_entity=A, bank_account=OTHER, settlement_rule="T1")
    return outlook_of(statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00"))


def test_what_an_older_account_sent_beyond_its_balance_came_in_there_and_is_no_lack() -> None:
    found = _swept(told_of=False)
    # It had a thousand and sent fifty: forty-nine came in that no statement shows yet.
    assert found.unseen == ((A, Decimal("49000.00")),)
    assert proven(found).opening == Decimal("100000.00")
    said = dict(told(found, A))
    assert said["cash.ends_unseen"] == {"amount": "49,000.00"}
    assert said["cash.ends_moved"] == {"accounts": ("…0603 −50,000.00",)}


def test_what_is_known_to_have_come_there_is_not_put_in_a_second_time() -> None:
    found = _swept(told_of=True)
    path = proven(found)
    came = path.days[0].settlements
    assert came == Decimal("40000.00")
    # It can have sent fifty thousand only if it got nine more than that and its balance.
    assert found.unseen == ((A, Decimal("9000.00")),)
    assert path.opening + came == Decimal("100000.00")


def test_a_sum_that_came_back_later_hides_no_sweep_of_before() -> None:
    chain = statement(_book(), OTHER, EARLY, "-10.00", "1000.00")
    bank_line(chain, NUMBER, EARLY + timedelta(days=2), "20000.00", counterparty_account=OTHER)
    bank_line(chain, NUMBER, EARLY + timedelta(days=5), "-30000.00", counterparty_account=OTHER)
    found = outlook_of(statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00"))
    assert found.unseen == ((A, Decimal("19000.00")),) and proven(found).opening == Decimal("130000.00")
    # One that was overdrawn may be so by more: nothing is known of what came.
    debt = statement(_book(), OTHER, EARLY, "-10.00", "-1000.00")
    bank_line(debt, NUMBER, EARLY + timedelta(days=2), "20000.00", counterparty_account=OTHER)
    owed = outlook_of(statement(debt, NUMBER, SOLD_TO, "-10.00", "100000.00"))
    assert owed.unseen == () and proven(owed).opening == Decimal("79000.00")


def test_accounts_that_end_on_one_day_lose_nothing_that_is_under_way() -> None:
    chain = statement(_book(), OTHER, SOLD_TO, "-10.00", "20000.00")
    bank_line(chain, NUMBER, SOLD_TO - timedelta(days=1), "-3000.00", counterparty_account=OTHER)
    found = outlook_of(statement(chain, NUMBER, SOLD_TO, "-10.00", "97000.00"))
    assert proven(found).opening == Decimal("120000.00")
    assert dict(told(found, A)) == {"cash.ends_moved": {"accounts": ("…0603 +3,000.00",)}}


def test_a_steady_payment_that_the_newer_account_made_is_not_taken_off_again() -> None:
    def path(*paid: int, payee: str = "保洁公司") -> CashPath:
        chain = _book()
        for number in range(9):
            balance = Decimal("90000.00") if number == 0 else None
            day = EARLY - timedelta(days=7 * number)
            bank_line(chain, OTHER, day, "-500.00", place=-number, counterparty="保洁公司", balance=balance)
        for days in paid:
            bank_line(chain, NUMBER, EARLY + timedelta(days=days), "-500.00", counterparty=payee, place=-days)
        return proven(outlook_of(statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00"), horizon=14))

    def between(one: CashPath) -> list[date]:
        return [due.day for due in one.steady if due.day <= SOLD_TO]

    weeks = [EARLY + timedelta(days=7), EARLY + timedelta(days=14)]
    assert between(path()) == weeks
    assert between(path(8)) == weeks[1:]
    assert between(path(8, 13)) == []
    assert between(path(8, payee="别家公司")) == weeks
    # Those to come stay.
    assert [due.day for due in path(8, 13).steady] == [EARLY + timedelta(days=21), EARLY + timedelta(days=28)]


def test_a_payment_list_is_told_by_the_statement_of_its_own_account() -> None:
    class _Lists:
        def rows(self, _name: str) -> list[tuple[object, ...]]:
            day = EARLY + timedelta(days=3)
            return [(f"{account}", day, account, Decimal(700), "list.csv") for account in (NUMBER, OTHER, None)]

    held = (Account(NUMBER, A, Decimal(1), SOLD_TO), Account(OTHER, A, Decimal(1), EARLY))
    found = listed(_Lists(), (), held)  # type: ignore[arg-type]
    assert [one.item_id for one in found] == [f"list {OTHER}", "list None"]


def test_a_name_is_the_same_with_other_brackets_and_blanks() -> None:
    name = "甲(上海)餐饮有限公司"
    chain = SalesBook()
    for place, account in enumerate((NUMBER, OTHER)):
        chain.account(f"S{place}", "wechat", f"{place}", legal_entity=name, bank_account=account)
    statement(chain, OTHER, EARLY, "-10.00", "20000.00")
    bank_line(chain, NUMBER, EARLY + timedelta(days=5), "15000.00", counterparty="甲（上海） 餐饮有限公司")
    found = outlook_of(statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00"))
    assert found.chain.opening == Decimal("105000.00")


def test_one_line_is_the_other_side_of_one_movement_only() -> None:
    chain = _book(NUMBER, OTHER, BLANK)
    statement(chain, OTHER, EARLY, "-10.00", "50000.00")
    statement(chain, BLANK, SOLD_TO, "-10.00", "30000.00")
    # Ten thousand of each of two accounts within days; the older one does not show its own yet.
    bank_line(chain, NUMBER, EARLY + timedelta(days=3), "10000.00", counterparty=A)
    bank_line(chain, NUMBER, EARLY + timedelta(days=5), "10000.00", counterparty=A, place=-1)
    bank_line(chain, BLANK, EARLY + timedelta(days=5), "-10000.00", counterparty=A)
    found = outlook_of(statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00"))
    assert proven(found).opening == Decimal("170000.00")


def test_what_went_to_an_account_that_rests_by_its_name_alone_is_not_believed_to_lie_there() -> None:
    chain = statement(_book(), OTHER, SOLD_TO - timedelta(days=120), "-10.00", "20000.00")
    bank_line(chain, NUMBER, SOLD_TO - timedelta(days=2), "-15000.00", counterparty=A)
    bank_line(chain, NUMBER, SOLD_TO - timedelta(days=1), "4000.00", counterparty=A)
    found = outlook_of(statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00"))
    assert proven(found).opening == Decimal("116000.00")


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("older", [EARLY, EARLY - timedelta(days=1)])
def test_what_only_a_name_tells_invents_no_money_whichever_account_sent_it(order: Sequence[int], older: date) -> None:
    """Of two older accounts one had a hundred yuan and one a hundred thousand: fifty thousand came from the company."""
    chain = _book(NUMBER, OTHER, BLANK)
    accounts = ((OTHER, older, "100.00"), (BLANK, EARLY, "100000.00"), (NUMBER, SOLD_TO, "100000.00"))
    for place in order:
        number, day, balance = accounts[place]
        statement(chain, number, day, "-10.00", balance)
    bank_line(chain, NUMBER, EARLY + timedelta(days=5), "50000.00", counterparty=A)
    found = outlook_of(chain)
    assert proven(found).opening == Decimal("150100.00")
    assert "cash.ends_unseen" not in dict(told(found, A))
