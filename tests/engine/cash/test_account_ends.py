"""Accounts of one company whose statements end on different days: each balance is of its own day, and nothing of the
days between is lost or counted twice."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from cash_examples import BLANK, NUMBER, OTHER, SOLD_TO, A, bank_line, item_of, outlook_of, proven, statement
from sales_book import SalesBook, uid

from chainbrain.cash.opening_words import told
from chainbrain.cash.outlook import CashPath

EARLY = SOLD_TO - timedelta(days=21)


def _book() -> SalesBook:
    chain = SalesBook()
    for number, account in (("1", NUMBER), ("2", OTHER)):
        chain.account("S1", "wechat", number, legal_entity=A, bank_account=account, settlement_rule="T1")
    return chain


def test_each_balance_is_of_its_own_last_day_and_the_days_are_told() -> None:
    chain = statement(statement(_book(), OTHER, EARLY, "-10.00", "20000.00"), NUMBER, SOLD_TO, "-10.00", "100000.00")
    found = outlook_of(chain)
    assert proven(found).opening == Decimal("120000.00")
    assert [(one.number, one.day) for one in found.ends(A)] == [(OTHER, EARLY), (NUMBER, SOLD_TO)]
    ((code, facts),) = told(found, A)
    assert code == "cash.ends" and facts == {"accounts": (f"…0603 {EARLY}", f"…0719 {SOLD_TO}")}
    alike = statement(statement(_book(), OTHER, SOLD_TO, "-10.00", "20000.00"), NUMBER, SOLD_TO, "-10.00", "100000.00")
    assert told(outlook_of(alike), A) == ()


def test_a_transfer_that_only_the_newer_statement_shows_is_in_one_balance() -> None:
    chain = statement(_book(), OTHER, EARLY, "-10.00", "20000.00")
    bank_line(chain, NUMBER, EARLY + timedelta(days=5), "15000.00", counterparty_account=OTHER)
    statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00")
    found = outlook_of(chain)
    # The fifteen thousand lie in the newer account: in the older one they are no more.
    assert proven(found).opening == Decimal("105000.00")
    assert dict(told(found, A))["cash.ends_moved"] == {"accounts": ("…0603 −15,000.00",)}


def test_a_transfer_under_way_on_the_last_day_is_in_the_balances_once() -> None:
    def opening(*lines: tuple[str, int, str, str | None]) -> Decimal:
        chain = statement(_book(), OTHER, EARLY, "-10.00", "20000.00")
        for place, (account, days, amount, other) in enumerate(lines):
            bank_line(chain, account, EARLY + timedelta(days=days), amount, counterparty_account=other, place=-place)
        return proven(outlook_of(statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00"))).opening

    left, came = (OTHER, -1, "-700.00", NUMBER), (NUMBER, 1, "700.00", OTHER)
    assert opening(left, came) == Decimal("120000.00")
    assert opening(came) == Decimal("119300.00")
    # One that arrived on its day is another than the one of two days after.
    assert opening(left, (NUMBER, -1, "700.00", OTHER), came) == Decimal("119300.00")
    assert opening((NUMBER, 9, "-300.00", OTHER)) == Decimal("120300.00")
    # The older statement tells of a transfer without saying with whom: it is the one that the newer one shows.
    assert opening((OTHER, -1, "-700.00", None), came) == Decimal("120000.00")
    # Sent to the older account shortly before its end, and in its statement not yet; or there already.
    sent = (NUMBER, 0, "-300.00", OTHER)
    assert opening(sent) == Decimal("120300.00")
    assert opening(sent, (OTHER, 0, "300.00", NUMBER)) == Decimal("120000.00")
    assert opening((NUMBER, -9, "-300.00", OTHER)) == Decimal("120000.00")


def test_payments_of_the_older_account_between_are_taken_off_on_the_first_day() -> None:
    def path(gap: int) -> CashPath:
        chain = _book()
        end = SOLD_TO - timedelta(days=gap)
        for number in range(9):
            # A fee of every Wednesday, and irregular ones.
            day = end - timedelta(days=(end.weekday() - 2) % 7 + 7 * number)
            bank_line(chain, OTHER, day, "-500.00", place=number, counterparty="保洁公司")
        for number in range(40):
            day, amount = end - timedelta(days=2 * number), f"{-300 - number * 37 % 90}.00"
            balance = Decimal("90000.00") if number == 0 else None
            bank_line(chain, OTHER, day, amount, place=100 - number, counterparty=f"户{number}", balance=balance)
        for number in range(80):
            # The other account is quiet: known from as early on as the first.
            bank_line(
                chain, NUMBER, SOLD_TO - timedelta(days=number), "-0.01", place=-number, counterparty=f"丁{number}"
            )
        return proven(outlook_of(statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00"), horizon=28))

    alike, apart = path(0), path(21)
    assert len([one for one in alike.steady if one.day < alike.days[0].day]) == 0
    between = [one for one in apart.steady if one.day < apart.days[0].day]
    assert [(one.day.weekday(), one.amount) for one in between] == [(2, Decimal("500.00"))] * 3
    # Three weeks of irregular payments at their average beside those of the first day itself.
    assert alike.irregular is not None and apart.irregular is not None
    assert abs(apart.irregular - alike.irregular) < Decimal("0.05") * alike.irregular
    of_days = alike.irregular * 12 / Decimal("365.25") * 21
    more = apart.days[0].irregular - 1500 - alike.days[0].irregular
    assert abs(more - of_days) < Decimal("0.05") * of_days
    assert apart.days[-1].expected < alike.days[-1].expected


def test_an_account_that_rests_is_told_and_pays_nothing_for_all_that_time() -> None:
    chain = _book()
    end = SOLD_TO - timedelta(days=120)
    for number in range(40):
        balance = Decimal("9000.00") if number == 0 else None
        day = end - timedelta(days=number)
        bank_line(
            chain, OTHER, day, f"{-300 - number}.00", place=99 - number, counterparty=f"户{number}", balance=balance
        )
    statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00")
    found = outlook_of(chain, item_of(SOLD_TO - timedelta(days=100), "700.00"), item_of(SOLD_TO, "800.00"))
    assert found.unsure == () and proven(found).days[0].planned == 0
    assert [code for code, _ in told(found, A)] == ["cash.ends", "cash.ends_resting"]
    assert proven(found).days[0].irregular < 1000


def test_what_was_paid_in_another_amount_is_paid_and_what_was_to_come_is_not_counted() -> None:
    def book() -> SalesBook:
        return statement(_book(), OTHER, EARLY, "-10.00", "20000.00")

    due = EARLY + timedelta(days=8)
    items = (item_of(due, "10000.00"), item_of(due, "-4000.00", kind="other"))
    open_ = outlook_of(statement(book(), NUMBER, SOLD_TO, "-10.00", "100000.00"), *items)
    assert sorted(one.amount for one in open_.unsure) == [Decimal("-4000.00"), Decimal("10000.00")]
    assert proven(open_).days[0].planned == Decimal("10000.00")
    paid = book()
    bank_line(paid, NUMBER, due + timedelta(days=1), "-12500.00", counterparty="代发", memo="7月工资")
    found = outlook_of(statement(paid, NUMBER, SOLD_TO, "-10.00", "100000.00"), *items)
    assert [one.amount for one in found.unsure] == [Decimal("-4000.00")] and proven(found).days[0].planned == 0


def test_an_account_known_only_by_an_opening_or_by_what_is_covered_is_an_own_one() -> None:
    for table in ("openings", "coverage"):
        # No table of accounts names the older one, and no statement of it has a line.
        chain = SalesBook().account("S1", "wechat", "1", legal_entity=A, bank_account=NUMBER, settlement_rule="T1")
        if table == "openings":
            chain.row(
                "openings", opening_id=uid("opening"), kind="bank", account_no=OTHER, day=EARLY + timedelta(days=1),
                balance=Decimal(20000), file_id=uid("openings"), sheet=None, line=1, channel=None, store_code=None,
            )  # fmt: skip
        else:
            chain.row("coverage", kind="bank", account_no=OTHER, day=EARLY, file_id=uid("file", OTHER))
        bank_line(chain, NUMBER, EARLY + timedelta(days=5), "-15000.00", counterparty_account=OTHER)
        statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00")
        found = outlook_of(chain)
        # The fifteen thousand lie there: they were no payment, and are in one of the balances.
        assert proven(found).opening == Decimal("135000.00" if table == "openings" else "100000.00")
        assert not chain.book.rows("cash/outgoings", first=EARLY, after=SOLD_TO)


def test_a_transfer_without_a_number_is_one_by_the_name_of_its_company() -> None:
    def book(*, told: bool) -> SalesBook:
        chain = statement(_book(), OTHER, EARLY, "-10.00", "20000.00")
        if told:
            bank_line(chain, OTHER, EARLY - timedelta(days=1), "-15000.00", counterparty=A)
        return statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00")

    came = book(told=False)
    bank_line(came, NUMBER, EARLY + timedelta(days=5), "15000.00", counterparty=A)
    assert proven(outlook_of(came)).opening == Decimal("105000.00")
    sent = book(told=False)
    bank_line(sent, NUMBER, EARLY + timedelta(days=5), "-15000.00", counterparty=A)
    assert proven(outlook_of(sent)).opening == Decimal("135000.00")
    assert not sent.book.rows("cash/outgoings", first=EARLY + timedelta(days=1), after=SOLD_TO)
    # Both statements know it: it left the older account before its end.
    under_way = book(told=True)
    bank_line(under_way, NUMBER, EARLY + timedelta(days=1), "15000.00", counterparty=A)
    assert proven(outlook_of(under_way)).opening == Decimal("120000.00")
    # All accounts of the company are known on that day and none has sent or got it: it went elsewhere.
    known = statement(statement(_book(), OTHER, SOLD_TO, "-10.00", "20000.00"), NUMBER, SOLD_TO, "-9.00", "100000.00")
    bank_line(known, NUMBER, EARLY, "-15000.00", counterparty=A)
    assert proven(outlook_of(known)).opening == Decimal("120000.00")
    assert [row[3] for row in known.book.rows("cash/outgoings", first=EARLY, after=EARLY + timedelta(days=1))] == [
        Decimal("15000.00")
    ]


def test_money_of_an_unknown_account_of_the_company_is_not_believed_to_have_come_back() -> None:
    chain = statement(_book(), OTHER, EARLY, "-10.00", "20000.00")
    chain.account("S3", "wechat", "3", legal_entity=A, bank_account=BLANK, settlement_rule="T1")
    bank_line(chain, NUMBER, EARLY + timedelta(days=5), "-15000.00", counterparty=A)
    bank_line(chain, NUMBER, EARLY + timedelta(days=6), "4000.00", counterparty=A)
    statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00")
    # What was sent may lie where nobody knows it; what came may be of the balance that is known.
    assert proven(outlook_of(chain)).opening == Decimal("116000.00")


def test_a_steady_payment_of_an_account_that_rests_is_over() -> None:
    chain = _book()
    end = SOLD_TO - timedelta(days=120)
    for number in range(9):
        balance = Decimal("9000.00") if number == 0 else None
        day = end - timedelta(days=7 * number)
        bank_line(chain, OTHER, day, "-500.00", place=-number, counterparty="保洁公司", balance=balance)
    path = proven(outlook_of(statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00")))
    assert path.steady == () and path.days[0].irregular < 100


def test_what_the_statements_show_as_paid_before_its_day_is_told_and_not_taken_off_again() -> None:
    monday = SOLD_TO + timedelta(days=1)
    wages, rent = item_of(monday, "38000.00"), item_of(monday, "9000.00", kind="rent")
    chain = statement(_book(), OTHER, SOLD_TO, "-10.00", "20000.00")
    bank_line(chain, NUMBER, SOLD_TO - timedelta(days=2), "-30000.00", counterparty="代发", memo="工资")
    bank_line(chain, NUMBER, SOLD_TO - timedelta(days=1), "-9000.00", counterparty="房东", memo="房租")
    found = outlook_of(statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00"), wages, rent)
    assert sorted((one.due.amount, one.amount) for one in found.paid) == [
        (Decimal(9000), Decimal(9000)), (Decimal(38000), Decimal(30000)),
    ]  # fmt: skip
    assert [due.amount for due in proven(found).dues] == [Decimal("8000.00")]


def test_the_payment_of_before_the_plan_began_is_not_its_first() -> None:
    chain = statement(_book(), OTHER, SOLD_TO, "-10.00", "20000.00")
    bank_line(chain, NUMBER, SOLD_TO - timedelta(days=2), "-5000.00", counterparty="房东", memo="房租")
    statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00")
    weekly = item_of(SOLD_TO + timedelta(days=3), "5000.00", cycle="weekly", kind="rent")
    found = outlook_of(chain, weekly, horizon=14)
    assert found.paid == () and [due.day.day for due in proven(found).dues] == [5, 12]
