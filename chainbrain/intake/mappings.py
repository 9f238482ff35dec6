"""The column maps of one book: which stand, and their rows; ``workspace`` wraps the writing in a history entry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from chainbrain.database.book import Book
from chainbrain.errors import UserError
from chainbrain.importers.mapped import mapping_json
from chainbrain.importers.mapped.mapping import TableMapping


@dataclass(frozen=True)
class SavedMapping:
    """A map as it stands in the book, and how many files were read by it."""

    mapping: TableMapping
    saved_at: datetime
    entry_id: int
    files: int

    @property
    def name(self) -> str:
        """What the person calls it."""
        return self.mapping.name


class MappingBook:
    """Reads and writes the maps of a book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def saved(self) -> list[SavedMapping]:
        """All maps, by name."""
        return [
            SavedMapping(mapping_json.loads(content), at, entry, files)
            for _, content, at, entry, files in self._book.rows("mappings/standing")
        ]

    def standing(self) -> tuple[TableMapping, ...]:
        """All maps, by name, for reading files."""
        return tuple(saved.mapping for saved in self.saved())

    def named(self, name: str) -> TableMapping:
        """The map of this name.

        Raises:
            UserError: ``mapping.not_found``.
        """
        found = next((mapping for mapping in self.standing() if mapping.name == name), None)
        if found is None:
            raise UserError("mapping.not_found", name=name)
        return found

    def like(self, mapping: TableMapping) -> tuple[TableMapping, ...]:
        """The maps for the same header."""
        return tuple(known for known in self.standing() if _same_header(known, mapping))

    def settled(self, mapping: TableMapping, replaces: str | None = None) -> TableMapping:
        """The map with the account that its rows have in this book already, whatever it is called now."""
        if mapping.kind != "bank_lines" or mapping.account is not None:
            return mapping
        standing = self.standing()
        old = next((known for known in standing if known.name == (replaces or mapping.name)), None)
        if old is not None and not _same_header(old, mapping):
            return mapping
        if old is not None:
            return replace(mapping, account=old.identity if old.identity != mapping.name else None)
        taken = {known.identity for known in standing}
        if mapping.name not in taken:
            return mapping
        # Another map had this name before and keeps it for its account; two banks must not share one.
        numbered = (f"{mapping.name[: mapping_json.LONGEST_NAME - 4]} {number}" for number in range(2, 1000))
        return replace(mapping, account=next(one for one in numbered if one not in taken))

    def add(self, entry_id: int, mapping: TableMapping, replaces: str | None = None) -> None:
        """Write a map; from now on it stands under its name, and another one no longer under its old name.

        Raises:
            UserError: ``mapping.name_taken`` when the name stands for another header: that map would be lost unseen.
        """
        if any(known.name == mapping.name and not _same_header(known, mapping) for known in self.standing()):
            raise UserError("mapping.name_taken", name=mapping.name)
        mapping = self.settled(mapping, replaces)
        if replaces is not None and replaces != mapping.name:
            self.end(entry_id, replaces)
        self._write(entry_id, mapping, mapping_json.dumps(mapping_json.check(mapping)))

    def end(self, entry_id: int, name: str) -> None:
        """The map of this name stands no longer."""
        self._write(entry_id, self.named(name), None)

    def rename(self, entry_id: int, name: str, new_name: str) -> None:
        """The map stands under another name.

        Raises:
            UserError: ``mapping.not_found``, or ``mapping.name_taken``.
        """
        found = self.named(name)
        if any(known.name == new_name for known in self.standing()):
            raise UserError("mapping.name_taken", name=new_name)
        self.add(entry_id, mapping_json.parse(mapping_json.as_json(replace(found, name=new_name))), name)

    def _write(self, entry_id: int, mapping: TableMapping, content: str | None) -> None:
        self._book.run(
            "mappings/add",
            entry=entry_id,
            name=mapping.name,
            signature=" | ".join(sorted(mapping.signature)),
            content=content,
            at=datetime.now().replace(microsecond=0),
        )


def _same_header(one: TableMapping, other: TableMapping) -> bool:
    return (one.signature, one.header_rows) == (other.signature, other.header_rows)
