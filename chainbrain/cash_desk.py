"""Where a person writes what will have to be paid and what must stay in the accounts; each with an entry to undo."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain.cash import drafts, ladder, placements
from chainbrain.cash.ladder_terms import Product, Terms
from chainbrain.cash.placements import Placement
from chainbrain.cash.plan import PlanItem
from chainbrain.cash.recurring import Proposal
from chainbrain.cash_answers import CashAnswers, now
from chainbrain.changes import Changes
from chainbrain.database import history
from chainbrain.database.lock import who
from chainbrain.errors import UserError
from chainbrain.money import fits
from chainbrain.rulebook import RuleBook

if TYPE_CHECKING:
    from chainbrain.cash.outlook import CashOutlook


class CashDesk(CashAnswers):
    """What a person writes; ``workspace.undo`` takes it back."""

    def write(self, item: PlanItem) -> Changes:
        """Write an item; one with the number of an item that stands takes its place.

        Raises:
            UserError: ``cash.unknown_item``, or what ``drafts.checked`` refuses; nothing was written.
        """
        item = drafts.checked(item)
        if item.item_id:
            before = self._standing(item.item_id)
            item = replace(item, grounds=item.grounds or before.grounds)
        return self._say(item, "cash_item", removed=False)

    def remove(self, item_id: str) -> Changes:
        """Take an item out of the plan, whoever wrote it.

        Raises:
            UserError: ``cash.unknown_item``; nothing was written.
        """
        return self._say(self._standing(item_id), "cash_item_removed", removed=True)

    def set_floor(self, amount: Decimal | None, entity: str | None = None) -> Changes:
        """Say what must stay in the accounts of a legal entity or of the whole chain; nothing takes it back.

        Raises:
            UserError: ``cash.no_floor``; nothing was written.
        """
        return self._say_stays("cash_floor", amount, entity)

    def set_band(self, amount: Decimal | None, entity: str | None = None) -> Changes:
        """Say what must stay when idle money is put away; nothing goes back to the floor.

        Raises:
            UserError: ``cash.no_floor``; nothing was written.
        """
        return self._say_stays("cash_band", amount, entity)

    def write_product(self, product: Product) -> Changes:
        """Write down where idle money may be put; one of the same name takes the place of the other.

        Raises:
            UserError: what ``ladder.checked`` refuses; nothing was written.
        """
        return self._say_product(ladder.checked(product), "cash_product", removed=False)

    def remove_product(self, name: str) -> Changes:
        """Put nothing there any longer.

        Raises:
            UserError: ``cash.unknown_product``; nothing was written.
        """
        found = next((one for one in self._room.products() if one.name == name), None)
        if found is None:
            raise UserError("cash.unknown_product", name=name)
        return self._say_product(found, "cash_product_removed", removed=True)

    def write_placement(self, placement: Placement) -> Changes:
        """Write down money that lies in a product; one with the number of one that stands takes its place.

        Raises:
            UserError: ``cash.unknown_placement``, or what ``placements.checked`` refuses; nothing was written.
        """
        if placement.placement_id:
            self._placed(placement.placement_id)
        return self._say_placement(self.placement(placement), "cash_placed", removed=False)

    def placement(self, said: Placement) -> Placement:
        """A sum in a product as it would be written, with the day on which it is back.

        Raises:
            UserError: what ``placements.checked`` refuses.
        """
        terms = Terms(RuleBook(self._file.book).calendar())
        return placements.checked(said, self._room.products(), self._room.entities(), terms)

    def remove_placement(self, placement_id: str) -> Changes:
        """Say that a sum does not lie there.

        Raises:
            UserError: ``cash.unknown_placement``; nothing was written.
        """
        return self._say_placement(self._placed(placement_id), "cash_placed_removed", removed=True)

    def dismiss(self, proposal: Proposal) -> Changes:
        """Say that a steady payment of the bank will not come again: it is proposed and taken off no longer."""
        book, line = self._file.book, proposal.evidence[-1]
        with book.transaction():
            facts = {"payee": proposal.payee, "cycle": proposal.item.cycle, "amount": f"{proposal.item.amount:.2f}"}
            entry_id = history.add(book, "cash_dismissed", facts, undoable=True)
            book.run(
                "cash/add_dismissal",
                entry=entry_id, at=now(), who=who(), account=line.account, payee=proposal.payee,
                cycle=proposal.item.cycle, amount=proposal.item.amount,
            )  # fmt: skip
        self._file.acknowledge()
        return Changes(frozenset({"cash"}), entry_id)

    def freeze(self, name: str, outlook: CashOutlook) -> Changes:
        """Keep a forecast as it is now under a name, to be held against what will come.

        Raises:
            UserError: ``cash.freeze_name`` or ``cash.freeze_twice``; nothing was written.
        """
        from chainbrain.cash import freezing  # noqa: PLC0415

        name = " ".join(name.split())
        if not name:
            raise UserError("cash.freeze_name")
        if any(one.name == name for one in self._room.freezes()):
            raise UserError("cash.freeze_twice", name=name)
        book = self._file.book
        with book.transaction():
            facts = {"name": name, "day": outlook.known_to, "days": len(outlook.chain.days)}
            entry_id = history.add(book, "cash_frozen", facts, undoable=True)
            book.run(
                "cash/add_freeze",
                entry=entry_id, at=now(), who=who(), name=name, known_to=outlook.known_to,
                with_irregular=outlook.with_irregular, digest=freezing.digest_of(outlook, self._room.plan()),
            )  # fmt: skip
            for table, rows in freezing.tables(outlook, entry_id).items():
                book.append(table, rows)
        self._file.acknowledge()
        return Changes(frozenset({"cash_freezes"}), entry_id)

    def _say_stays(self, kind: str, amount: Decimal | None, entity: str | None) -> Changes:
        if amount is not None and (amount < 0 or not fits(amount)):
            raise UserError("cash.no_floor", value=str(amount))
        book = self._file.book
        with book.transaction():
            facts = {"entity": entity or "", "amount": None if amount is None else f"{amount:.2f}"}
            entry_id = history.add(book, kind if amount is not None else f"{kind}_off", facts, undoable=True)
            words = {"entry": entry_id, "at": now(), "who": who(), "entity": entity, "amount": amount}
            book.run("cash/add_band" if kind == "cash_band" else "cash/add_floor", **words)
        self._file.acknowledge()
        return Changes(frozenset({"cash"}), entry_id)

    def _say_product(self, product: Product, kind: str, *, removed: bool) -> Changes:
        book = self._file.book
        with book.transaction():
            facts = {"name": product.name, "days": product.lock_days, "risk": product.risk}
            entry_id = history.add(book, kind, facts, undoable=True)
            book.run(
                "cash/add_product",
                entry=entry_id, at=now(), who=who(), name=product.name, removed=removed, lock_days=product.lock_days,
                lag_days=product.lag_days, cap=product.cap, rate=product.rate, risk=product.risk,
                said_on=product.said_on, cutoff=product.cutoff, working_only=product.working_only,
                daily_cap=product.daily_cap, least=product.least, step=product.step,
            )  # fmt: skip
        self._file.acknowledge()
        return Changes(frozenset({"cash"}), entry_id)

    def _placed(self, placement_id: str) -> Placement:
        found = next((one for one in self._room.placements() if one.placement_id == placement_id), None)
        if found is None:
            raise UserError("cash.unknown_placement", placement=placement_id)
        return found

    def _say_placement(self, said: Placement, kind: str, *, removed: bool) -> Changes:
        book = self._file.book
        with book.transaction():
            facts = {
                "name": said.product,
                "amount": f"{said.amount:.2f}",
                "put_on": said.put_on,
                "back_on": said.back_on,
            }
            entry_id = history.add(book, kind, facts, undoable=True)
            book.run(
                "cash/add_placement",
                entry=entry_id, at=now(), who=who(), placement=said.placement_id or None, removed=removed,
                product=said.product, entity=said.entity, amount=said.amount, put_on=said.put_on, back_on=said.back_on,
            )  # fmt: skip
        self._file.acknowledge()
        return Changes(frozenset({"cash"}), entry_id)

    def _say(self, item: PlanItem, kind: str, *, removed: bool) -> Changes:
        book = self._file.book
        with book.transaction():
            # No entry of a closed month depends on what is planned, so the day is not one that a close holds.
            facts = {
                "due": item.day, "entity": item.entity, "plan_kind": item.kind, "amount": f"{item.amount:.2f}",
                "cycle": item.cycle, "note": item.note,
            }  # fmt: skip
            entry_id = history.add(book, kind, facts, undoable=True)
            book.run(
                "cash/add_item",
                entry=entry_id, at=now(), who=who(), item=item.item_id or None, removed=removed, day=item.day,
                party=item.entity, kind=item.kind, amount=item.amount, cycle=item.cycle, until=item.until,
                note=item.note, grounds=item.grounds,
            )  # fmt: skip
        self._file.acknowledge()
        return Changes(frozenset({"cash"}), entry_id)
