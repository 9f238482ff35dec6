"""What a kind of record is: its table, its id, and the words the import statements leave open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# What becomes of a compared row under the decisions: one that waits for a suspect record is left with it, or stays as
# it was.
BECOMES: Final = (
    "case when state = 'suspect' then case decision when 'new' then 'new' when 'same' then 'seen' else 'suspect' end "
    "when held and coalesce(decision, 'leave') = 'leave' then 'suspect' else state end"
)


@dataclass(frozen=True)
class RecordKind:
    """One kind of record.

    Attributes:
        kind: the staged kind, also the table's name in schema ``base``.
        word: the record type as the public views say it; first part of every id.
        id: the id column.
        identity: columns that make the id; see ``by_id``.
        by_id: SQL condition: the identity columns hold the platform's own number, so an equal id is the same row even
            when it occurs twice; where it fails, the occurrence number within the file is part of the id.
        source: SQL: what the rows without a number are listed by (a store, an account): an export holds all rows of a
            source and a span of time. Empty: an equal row of another file is the same row.
        moment: SQL: when such a row happened; one of its identity columns.
        strong: SQL condition: no two such rows can be equal, though no single column is a number: a bank line has its
            balance, a tender its reference.
        content: columns that must agree when a known number comes again.
        columns: all columns of the kind, in the order of the staged file.
        number: the column by which a person finds the row; where it is empty, its amount is shown.
        extra: further SQL columns written with the row.
    """

    kind: str
    word: str
    id: str
    identity: tuple[str, ...]
    columns: tuple[str, ...]
    by_id: str = "false"
    source: str = ""
    moment: str = ""
    strong: str = "false"
    content: tuple[str, ...] = ()
    number: str = ""
    extra: str = ""

    @property
    def table(self) -> str:
        """The table with its schema."""
        return f"base.{self.kind}"

    def names(self) -> dict[str, str]:
        """The words that the statements of ``queries/imports`` leave open; all ours, never the user's."""
        number = self.number or self.identity[1]
        return {
            "kind": self.kind,
            "word": self.word,
            "id": self.id,
            "table": self.table,
            "by_id": self.by_id,
            "fingerprint": "not by_id" if self.source else "false",
            "source": self.source,
            "moment": self.moment,
            "strong": self.strong,
            "identity": ", ".join(f"coalesce(cast({part} as varchar), '')" for part in self.identity),
            "content_of_s": _content(self.content, "s"),
            "content_of_b": _content(self.content, "b"),
            "differing": _differing(self.content),
            "columns": ", ".join(self.columns),
            "shown_name": f"if({number} is null, 'amount', '{number}')" if self.source else f"'{number}'",
            "shown_value": f"coalesce(cast({number} as varchar), cast(amount as varchar))"
            if self.source
            else f"cast({number} as varchar)",
            "becomes": BECOMES,
            "extra": self.extra,
        }


def _content(columns: tuple[str, ...], alias: str) -> str:
    return f"struct_pack({', '.join(f'{name} := {alias}.{name}' for name in columns)})" if columns else "true"


def _differing(columns: tuple[str, ...]) -> str:
    """In which fields a staged row ``s`` contradicts what is known of it, in the book ``k`` or a file ``f``."""
    if not columns:
        return "cast(null as struct(field varchar, file varchar, known varchar)[])"
    pairs = ", ".join(
        f"struct_pack(field := '{name}', file := cast(s.{name} as varchar),"
        f" known := cast(coalesce(k.content, f.content).{name} as varchar))"
        for name in columns
    )
    return f"list_filter([{pairs}], lambda one: one.file is distinct from one.known)"
