"""What a person answers where no statement tells: that a planned payment was made, or is the same as another."""

from __future__ import annotations

from datetime import date, datetime

from chainbrain.cash import said_paid
from chainbrain.cash.accounts import known_from
from chainbrain.cash.plan import PlanItem
from chainbrain.cash.room import CashRoom
from chainbrain.cash.said_paid import SaidPaid
from chainbrain.changes import Changes
from chainbrain.database import history
from chainbrain.database.bookfile import BookFile
from chainbrain.database.lock import who
from chainbrain.errors import UserError


class CashAnswers:
    """Each answer is an entry of the history, which ``workspace.undo`` takes back alone."""

    def __init__(self, file: BookFile) -> None:
        self._file = file
        self._room = CashRoom(file.book)

    def say_paid(self, answer: SaidPaid) -> Changes:
        """Say that one day of an item was paid, or received: it is due no longer. What was said before is replaced.

        Raises:
            UserError: ``cash.unknown_item``, or what ``said_paid.checked`` refuses; nothing was written.
        """
        item, room = self._standing(answer.item_id), self._room
        held, answers = room.accounts(), said_paid.of_plan(room.said_paid(), room.plan())
        entities = {one.number: one.entity for one in held}
        answer = said_paid.checked(self._file.book, item, answer, answers, (entities, known_from(held)))
        return self._say_paid(item, answer.due, answer.paid_on, answer.line_id)

    def say_unpaid(self, item_id: str, due: date) -> Changes:
        """Take such an answer back: it is looked for in the statements again.

        Raises:
            UserError: ``cash.unknown_item`` or ``cash.not_said_paid``; nothing was written.
        """
        item = self._standing(item_id)
        if not any(one.due_key == (item_id, due) for one in self._room.said_paid()):
            raise UserError("cash.not_said_paid", day=due)
        return self._say_paid(item, due, None, None)

    def tell_apart(self, item_id: str, due: date, answer: str | None) -> Changes:
        """Say whether one day of an item is a payment that comes again anyway; nothing takes the answer back.

        Raises:
            UserError: ``cash.unknown_item``, ``cash.twice_answer`` or ``cash.not_told_apart``; nothing was written.
        """
        from chainbrain.cash.twice import ANSWERS  # noqa: PLC0415

        item, book = self._standing(item_id), self._file.book
        if answer is not None and (answer not in ANSWERS or item.cycle != "once" or item.day != due):
            raise UserError("cash.twice_answer", day=due)
        if answer is None and not any((one.item_id, one.due) == (item_id, due) for one in self._room.told_apart()):
            raise UserError("cash.not_told_apart", day=due)
        with book.transaction():
            facts = {"due": due, "entity": item.entity, "amount": f"{item.amount:.2f}", "note": item.note or ""}
            entry_id = history.add(book, f"cash_twice_{answer or 'again'}", facts, undoable=True)
            book.run("cash/add_twice", entry=entry_id, at=now(), who=who(), item=item_id, due=due, answer=answer)
        self._file.acknowledge()
        return Changes(frozenset({"cash"}), entry_id)

    def _say_paid(self, item: PlanItem, due: date, paid_on: date | None, line_id: str | None) -> Changes:
        book = self._file.book
        with book.transaction():
            facts = {
                "due": due, "entity": item.entity, "plan_kind": item.kind, "amount": f"{abs(item.amount):.2f}",
                "paid_on": paid_on, "note": item.note,
            }  # fmt: skip
            kind = "cash_unpaid" if paid_on is None else "cash_paid" if item.amount > 0 else "cash_received"
            entry_id = history.add(book, kind, facts, undoable=True)
            book.run(
                "cash/add_paid",
                entry=entry_id, at=now(), who=who(), item=item.item_id, due=due, paid_on=paid_on, line=line_id,
            )  # fmt: skip
        self._file.acknowledge()
        return Changes(frozenset({"cash"}), entry_id)

    def _standing(self, item_id: str) -> PlanItem:
        found = next((one for one in self._room.plan() if one.item_id == item_id), None)
        if found is None:
            raise UserError("cash.unknown_item", item=item_id)
        return found


def now() -> datetime:
    """When something is written: to the second."""
    return datetime.now().replace(microsecond=0)
