"""What a person keeps in the book beside the facts: rules, holidays, column maps, accounts of vouchers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chainbrain.calendar import Holiday
from chainbrain.cash import pay_days
from chainbrain.changes import Changes
from chainbrain.database import history
from chainbrain.errors import UserError
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.vouchers import accounts
from chainbrain.vouchers.accounts import Account
from chainbrain.workspace.writing import Writing


class KeptWords(Writing):
    """Writes that change how facts are read from now on, and no match by themselves."""

    def edit_rule(self, key: str, value: str, valid_from: date, note: str = "") -> Changes:
        """Add a dated rule; the older rows stay, so an old month recomputes as it was.

        Raises:
            UserError: ``close.day_closed`` when it would count in a closed month; ``rules.no_pay_day``.
        """
        value = pay_days.written(key, value)
        self.closing.may_begin(valid_from)
        with self.book.transaction():
            entry_id = history.add(
                self.book, "rule", {"key": key, "value": value, "valid_from": valid_from}, undoable=True
            )
            self.rules.add(entry_id, key, value, valid_from, note)
            # When a daypart begins is in the daily sales.
            self.analytics.follow()
        self._file.acknowledge()
        return Changes(frozenset({"rules", "daily_sales"}), entry_id)

    def edit_holiday(self, day: date, kind: str | None, name: str = "") -> Changes:
        """Mark a day as holiday or worked weekend; ``kind`` None makes it an ordinary day.

        Raises:
            UserError: ``close.day_closed`` when it lies in a closed month.
        """
        self.closing.may_begin(day)
        before = self.rules.holiday(day)
        with self.book.transaction():
            facts = {"day": day, "day_kind": kind, "name": name}
            entry_id = history.add(self.book, "holiday", facts, undoable=True, before=before)
            self.rules.set_holiday(day, kind, name)
            # Holidays are no days to compare with.
            self.analytics.follow()
        self._file.acknowledge()
        return Changes(frozenset({"rules"}), entry_id)

    def import_holidays(self, days: Sequence[Holiday]) -> Changes:
        """Put a table of special days in the place of what stands for its years; one entry, taken back as one.

        A year that the table does not speak of stays as it is; the same table again changes nothing.

        Raises:
            UserError: ``close.day_closed`` when it would move a day of a closed month.
        """
        moved = self.rules.moved_by(days)
        if not moved:
            return Changes()
        self.closing.may_begin(min(one.day for one in moved))
        with self.book.transaction():
            facts = {
                "first": moved[0].day, "years": sorted({one.day.year for one in days}), "count": len(moved),
                "moved": [one.facts() for one in moved],
            }  # fmt: skip
            entry_id = history.add(self.book, "holidays", facts, undoable=True)
            for one in moved:
                self.rules.put(one.day, one.after)
            self.analytics.follow()
        self._file.acknowledge()
        return Changes(frozenset({"rules"}), entry_id)

    def move_festival(self, festival: str, day: date) -> Changes:
        """Put a festival (``spring_festival`` ...) of the day's year on this day.

        Raises:
            UserError: ``rules.no_festival`` when that year has no such festival.
        """
        before = next((row.day for row in self.rules.festivals(day.year) if row.festival == festival), None)
        if before is None:
            raise UserError("rules.no_festival", festival=festival, year=day.year)
        with self.book.transaction():
            facts = {"festival": festival, "year": day.year, "day": day, "before": before}
            entry_id = history.add(self.book, "festival", facts, undoable=True)
            self.rules.move_festival(festival, day.year, day)
        self._file.acknowledge()
        return Changes(frozenset({"rules"}), entry_id)

    def save_mapping(self, mapping: TableMapping, replaces: str | None = None) -> Changes:
        """Keep a column map; tables with its header are recognised from now on. The same map again changes nothing.

        Args:
            mapping: the map.
            replaces: the name under which it stood before.

        Raises:
            UserError: ``mapping.lacks``, ``mapping.needs_words`` or ``mapping.needs_direction`` when the map is not
                complete, ``mapping.name_taken`` when its name stands for another header.
        """
        if self.mappings.settled(mapping, replaces) in self.mappings.standing():
            return Changes()
        with self.book.transaction():
            facts = {"name": mapping.name, "record_kind": mapping.kind}
            entry_id = history.add(self.book, "mapping_saved", facts, undoable=True)
            self.mappings.add(entry_id, mapping, replaces)
        self._file.acknowledge()
        return Changes(frozenset({"mappings"}), entry_id)

    def rename_mapping(self, name: str, new_name: str) -> Changes:
        """Call a column map something else; files that were read by it keep the old name.

        Raises:
            UserError: ``mapping.not_found`` or ``mapping.name_taken``.
        """
        with self.book.transaction():
            facts = {"name": name, "new_name": new_name}
            entry_id = history.add(self.book, "mapping_renamed", facts, undoable=True)
            self.mappings.rename(entry_id, name, new_name)
        self._file.acknowledge()
        return Changes(frozenset({"mappings"}), entry_id)

    def remove_mapping(self, name: str) -> Changes:
        """Recognise no more tables by this map; what was read by it stays.

        Raises:
            UserError: ``mapping.not_found``.
        """
        with self.book.transaction():
            entry_id = history.add(self.book, "mapping_removed", {"name": name}, undoable=True)
            self.mappings.end(entry_id, name)
        self._file.acknowledge()
        return Changes(frozenset({"mappings"}), entry_id)

    def set_accounts(self, words: Sequence[Account]) -> Changes:
        """Put own accounts for journal lines in the place of the shipped ones; vouchers of every month follow at once.

        Raises:
            UserError: ``vouchers.nothing``, ``vouchers.role``, ``vouchers.code`` or ``vouchers.account_twice``.
        """
        checked = accounts.checked(words)
        if not checked:
            raise UserError("vouchers.nothing")
        with self.book.transaction():
            entry_id = history.add(self.book, "voucher_accounts", {"count": len(checked)}, undoable=True)
            self.vouchers.set_accounts(entry_id, checked)
        self._file.acknowledge()
        return Changes(frozenset({"vouchers"}), entry_id)

    def set_voucher_setting(self, key: str, value: str | None) -> Changes:
        """Choose the chart of accounts, VAT in revenue or apart, the word, the maker, or the columns of a layout.

        Raises:
            UserError: as ``VoucherRoom.checked_setting``.
        """
        checked = self.vouchers.checked_setting(key, value)
        with self.book.transaction():
            facts = {"setting": key, "value": checked}
            entry_id = history.add(self.book, "voucher_setting", facts, undoable=True)
            self.vouchers.set_setting(entry_id, key, checked)
        self._file.acknowledge()
        return Changes(frozenset({"vouchers"}), entry_id)
