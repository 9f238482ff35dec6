"""What a person puts together at the bank holds, whole groups too; it is taken apart, split and taken back alone."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from reconcile_book import DAY, World, a_shop, at, ident

from chainbrain import clock, texts
from chainbrain.errors import UserError
from chainbrain.reconciliation.groups import Member, group_id
from chainbrain.reconciliation.room import Decision, ReconciliationRoom

M = "1900000001"
STANDING = """
    select m.state, m.stage, m.kind, m.match_id, x.side, x.record_type, x.record_id, x.amount
    from base.matches m join base.match_members x on x.match_id = m.match_id where m.state <> 'revoked' order by all
"""
EVERYTHING = (
    "select record_type, record_id, leg, state, match_id, reason, due_on from base.row_states order by all",
    "select * from base.differences order by all",
    STANDING,
)


def w(number: str) -> Member:
    return Member("wallet_line", ident("line", "wechat", number))


def b(number: str) -> Member:
    return Member("bank_line", ident("bank", "62220001", number))


def a_book(**more: str) -> World:
    """W3 is proven with B2; W1 and W2 together are B1, W4 came short by 5.00 as B3: nothing says so."""
    book = a_shop().bank()
    for number, amount in {"W1": "100.10", "W2": "200.20", "W3": "5512.34", "W4": "45.00", **more}.items():
        book.wallet_line(number, f"-{amount}", "withdrawal", when=at("08:00:00"))
    book.bank_line("B1", "300.30", memo="往来").bank_line("B2", "5512.34", memo=f"微信支付提现 {M} 20260803")
    return book.bank_line("B3", "40.00", memo="往来")


def shown(book: World) -> list[list[tuple[object, ...]]]:
    return [book.book.rows_of(query) for query in EVERYTHING]


def say(book: World, entry: int, verdict: str, *members: Member, note: str = "", ids: tuple[str, ...] = ()) -> None:
    write(book, entry, Decision("match", ids, verdict, note, members))


def write(book: World, entry: int, word: Decision) -> None:
    book.book.execute(
        "insert into base.history values ($e, now()::timestamp, 'me', 'decide', '{}', true, null, null)", e=entry
    )
    ReconciliationRoom(book.book).decide(entry, word)


def take_back(book: World, entry: int) -> None:
    book.book.execute("update base.history set undone_by = 99 where entry_id = $e", e=entry)
    ReconciliationRoom(book.book).take_back(entry)
    book.reconcile()


def held(book: World) -> dict[str, frozenset[Member]]:
    found: dict[str, set[Member]] = {}
    for match, kind, record in book.book.rows_of(
        "select m.match_id, x.record_type, x.record_id from base.matches m "
        "join base.match_members x on x.match_id = m.match_id "
        "where m.state = 'confirmed' and m.kind = 'settlement_bank'"
    ):
        found.setdefault(str(match), set()).add(Member(kind, str(record)))
    return {match: frozenset(members) for match, members in found.items()}


PROVEN = frozenset({w("W3"), b("B2")})


def test_several_withdrawals_and_a_deposit_are_put_together_and_taken_back_alone() -> None:
    book = a_book()
    book.reconcile()
    before = shown(book)
    assert set(held(book).values()) == {PROVEN}
    members = (w("W1"), w("W2"), b("B1"))
    say(book, 7, "match", *members)
    assert held(book)[group_id(members)] == frozenset(members)
    assert set(held(book).values()) == {PROVEN, frozenset(members)}
    assert book.book.rows_of("select stage, solutions from base.matches where stage = 'by_hand'") == [("by_hand", 1)]
    assert {book.state(one.record_id, "bank") for one in members} == {("matched", None)}
    proof = ReconciliationRoom(book.book).evidence(group_id(members))
    assert sorted(line.amount for line in proof.lines if line.key == "payout") == [Decimal("100.10"), Decimal("200.20")]
    assert (proof.proof, proof.gap) == ("by_hand", Decimal("0.00"))
    assert ("D09", Decimal("300.30")) not in book.codes()
    after = shown(book)
    book.reconcile()
    assert shown(book) == after
    # A later import leaves it as it is, though a rival for one of its members comes in.
    book.bank_line("B9", "100.10", memo=f"微信支付提现 {M} 20260803")
    book.reconcile()
    assert set(held(book).values()) == {PROVEN, frozenset(members)}
    book.book.execute("delete from base.bank_lines where external_id = 'B9'")
    take_back(book, 7)
    assert shown(book) == before


def test_a_gap_needs_a_reason_and_is_carried_by_a_difference() -> None:
    book = a_book()
    book.reconcile()
    with pytest.raises(UserError, match=r"decide\.gap_note \(gap=-5\.00\)"):
        say(book, 7, "match", w("W4"), b("B3"))
    say(book, 8, "match", w("W4"), b("B3"), note="银行扣了手续费")
    found = book.book.rows_of(
        "select code, state, amount, note, cause, record_id from base.differences where cause = 'bank_amount'"
    )
    assert [(code, state, amount, note) for code, state, amount, note, *_ in found] == [
        ("D08", "explained", Decimal("-5.00000"), "银行扣了手续费")
    ]
    assert str(found[0][-1]) == w("W4").record_id
    assert book.state(b("B3").record_id, "bank")[0] == "difference"
    item = next(one for one in ReconciliationRoom(book.book).bank_worklist() if one.bank_line_id == b("B3").record_id)
    assert (item.gap, item.difference_state, item.match_id) == (
        Decimal("-5.00"),
        "explained",
        group_id((w("W4"), b("B3"))),
    )
    say(book, 9, "unmatch", ids=(group_id((w("W4"), b("B3"))),))
    assert set(held(book).values()) == {PROVEN}
    assert book.book.rows_of("select 1 from base.differences where cause = 'bank_amount'") == []
    book.reconcile()
    assert set(held(book).values()) == {PROVEN}


def test_a_member_of_a_proven_match_is_not_taken_out_of_it_without_a_word() -> None:
    book = a_book(W5="700.70").bank_line("B5", "700.70", memo=f"微信支付提现 {M} 20260803")
    book.bank_line("B4", "5512.34", memo="往来")
    book.reconcile()
    other, before = frozenset({w("W5"), b("B5")}), shown(book)
    assert set(held(book).values()) == {PROVEN, other}
    for entry, members in ((5, (w("W3"), b("B4"))), (6, (w("W1"), b("B2")))):
        with pytest.raises(UserError) as refused, book.book.transaction():
            say(book, entry, "match", *members, note="看过凭证")
        assert refused.value.code == "decide.member_held"
        assert refused.value.facts["match"] == group_id(tuple(PROVEN))
        assert (refused.value.facts["amount"], refused.value.facts["held"]) == ("5,512.34", "5,512.34")
        sentence = texts.error(refused.value)
        assert "已对到 2026-08-03 的到账 5,512.34" in sentence and "请先撤开那一组" in sentence and "…" not in sentence
        assert shown(book) == before
    # Once it was taken apart its rows are free; what else is proven stays as it is.
    say(book, 7, "unmatch", ids=(group_id(tuple(PROVEN)),))
    say(book, 8, "match", w("W3"), b("B4"))
    assert set(held(book).values()) == {frozenset({w("W3"), b("B4")}), other}
    assert book.state(b("B2").record_id, "bank") == ("timing", "waiting_for_file")
    with pytest.raises(UserError, match=r"decide\.member_held"), book.book.transaction():
        say(book, 9, "match", w("W3"), b("B2"))
    # The word that took it apart is not taken back under the later one's hands.
    book.book.execute("update base.history set undone_by = 98 where entry_id = 7")
    book.reconcile()
    assert set(held(book).values()) == {frozenset({w("W3"), b("B4")}), other}
    take_back(book, 8)
    assert set(held(book).values()) == {PROVEN, other} and shown(book) == before


def test_a_word_comes_back_only_while_its_rows_are_free() -> None:
    book = a_book()
    book.bank_line("B4", "5512.34", memo="往来").book.execute("delete from base.bank_lines where external_id = 'B2'")
    book.reconcile()
    mine = frozenset({w("W3"), b("B4")})
    say(book, 7, "match", *mine)
    say(book, 8, "unmatch", ids=(group_id(tuple(mine)),))
    book.bank_line("B2", "5512.34", memo=f"微信支付提现 {M} 20260803")
    book.reconcile()
    assert set(held(book).values()) == {PROVEN}
    with pytest.raises(UserError, match=r"decide\.member_held"), book.book.transaction():
        take_back(book, 8)
    assert set(held(book).values()) == {PROVEN}


def test_a_proven_match_may_become_part_of_a_larger_one() -> None:
    book = a_book()
    book.bank_line("B6", "300.30", memo="往来")
    book.reconcile()
    before = shown(book)
    larger = frozenset({*PROVEN, w("W1"), w("W2"), b("B6")})
    say(book, 7, "match", *larger)
    assert set(held(book).values()) == {larger}
    take_back(book, 7)
    assert shown(book) == before


def test_one_member_is_taken_out_of_a_group() -> None:
    book = a_book()
    book.reconcile()
    whole = (w("W1"), w("W2"), w("W4"), b("B1"), b("B3"))
    say(book, 7, "match", *whole, note="少 5 元，待查")
    room = ReconciliationRoom(book.book)
    assert {row.member for row in room.group(group_id(whole))} == set(whole)
    assert sum(
        row.amount if row.member.record_type == "bank_line" else -row.amount for row in room.group(group_id(whole))
    ) == Decimal("-5.00")
    with pytest.raises(UserError, match=r"decide\.gap_note"):
        say(book, 8, "split", w("W4"), ids=(group_id(whole),))
    book.book.execute("delete from base.decisions where entry_id = 8")
    with pytest.raises(UserError, match=r"decide\.not_member"):
        say(book, 9, "split", w("W3"), ids=(group_id(whole),))
    say(book, 10, "split", w("W4"), b("B3"), ids=(group_id(whole),))
    assert set(held(book).values()) == {PROVEN, frozenset({w("W1"), w("W2"), b("B1")})}
    take_back(book, 10)
    assert set(held(book).values()) == {PROVEN, frozenset(whole)}


def test_a_group_that_the_engine_made_is_taken_apart_and_not_made_again() -> None:
    pays_on = date(2026, 8, 4)
    book = a_book().account("meituan", "18204417", "S1", rate=None)
    book.payment(
        "301", "900.00", channel="meituan", merchant="18204417", fee="0", bill_day=DAY, settlement_ref="70000001"
    )
    book.settlement_row("18204417", "900.00", external_id="70000001", pays_on=pays_on, payout="50011903")
    for number, amount in (("P1", "600.00"), ("P2", "300.00")):
        book.bank_line(
            number, amount, day=pays_on, memo="美团结算 18204417 2026-08-04", payer="北京三快在线科技有限公司"
        )
    book.reconcile()
    ((match, group),) = [(match, members) for match, members in held(book).items() if members != PROVEN]
    assert group >= {b("P1"), b("P2")} and len(group) == 3
    assert group_id(tuple(group)) == match
    say(book, 7, "unmatch", ids=(match,))
    assert set(held(book).values()) == {PROVEN}
    assert {one for members in held(book).values() for one in members} & group == set()
    take_back(book, 7)
    assert held(book)[match] == group


def test_timing_has_a_day_to_come_and_what_settles_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.SAID, (DAY + timedelta(days=9)).isoformat())
    book = a_book()
    book.reconcile()
    before = shown(book)
    number, record = next(
        (str(number), str(record))
        for number, record in book.book.rows_of("select difference_id, record_id from base.differences order by 1")
    )
    day = DAY + timedelta(days=9)
    for verdict in ("explain", "exclude"):
        with pytest.raises(UserError, match=r"decide\.note_missing"), book.book.transaction():
            write(book, 6, Decision("difference", (number,), verdict, "  "))
    with pytest.raises(UserError, match=r"decide\.day_past"), book.book.transaction():
        write(book, 6, Decision("difference", (number,), "timing", expected_on=DAY + timedelta(days=8)))
    assert shown(book) == before
    write(book, 7, Decision("difference", (number,), "timing", "平台说下周到", expected_on=day))
    state = "select state, due_on, note from base.differences where cast(difference_id as varchar) = $n"
    row = "select state, due_on from base.row_states where cast(record_id as varchar) = $r and leg = 'bank'"
    assert book.book.rows_of(state, n=number) == [("timing", day, "平台说下周到")]
    assert book.book.rows_of(row, r=record) == [("timing", day)]
    write(book, 8, Decision("difference", (number,), "reopen"))
    assert shown(book) == before
    write(book, 9, Decision("difference", (number,), "timing"))
    write(book, 10, Decision("difference", (number,), "explain", "已核实"))
    lightly = shown(book)
    book.reconcile()
    assert shown(book) == lightly


@pytest.mark.parametrize("seed", [3, 11])
def test_whatever_is_put_together_nothing_is_held_twice_and_undo_brings_all_back(seed: int) -> None:
    dice = random.Random(seed)
    book = a_book(W5="81.00", W6="19.00").bank_line("B4", "100.00", memo="往来")
    book.reconcile()
    before, rows = shown(book), book.book.rows_of("select leg, count(*) from base.row_states group by 1 order by 1")
    entry, standing = 20, []
    for _ in range(4):
        entry += 1
        inner = dice.sample([w(f"W{n}") for n in range(1, 7)], dice.randint(1, 2))
        outer = dice.sample([b(f"B{n}") for n in range(1, 5)], dice.randint(1, 2))
        try:
            with book.book.transaction():
                say(book, entry, "match", *inner, *outer, note="看过凭证")
        except UserError as problem:
            assert problem.code == "decide.member_held"
            assert any({*inner, *outer} & group for group in (*standing, PROVEN))
            continue
        standing.append({*inner, *outer})
        found = list(held(book).values())
        assert all(frozenset(group) in found for group in standing)
        assert sum(map(len, found)) == len({one for group in found for one in group}), "nothing is held twice"
        assert book.book.rows_of("select leg, count(*) from base.row_states group by 1 order by 1") == rows
    assert standing
    book.book.execute("update base.history set undone_by = 99 where kind = 'decide'")
    book.reconcile()
    assert shown(book) == before


def test_candidates_are_what_the_payer_pays_and_of_money_that_came() -> None:
    book = a_book()
    book.wallet_line("A1", "-300.00", "withdrawal", channel="alipay", merchant="2088000000000001", when=at("08:00:00"))
    book.bank_line("B7", "-300.00", payer="黄志强", memo="工资").bank_line("B8", "80.00", payer="某某商贸", memo="往来")
    book.reconcile()
    room = ReconciliationRoom(book.book)
    channels = {
        number: {one.channel for one in room.candidates(b(number).record_id)} for number in ("B1", "B2", "B7", "B8")
    }
    assert channels == {"B1": {"wechat"}, "B2": {"wechat"}, "B7": set(), "B8": {"wechat", "alipay"}}
    assert next(one.why for one in room.candidates(b("B2").record_id)) == "matched"
