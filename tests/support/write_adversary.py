"""Writes one adversarial draw as Parquet files to look at: python tests/support/write_adversary.py KNOT SEED DIR."""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from chainbrain.demo.adversary import draw  # noqa: E402
from chainbrain.demo.adversary.knots import KNOTS  # noqa: E402


def main(words: list[str]) -> int:
    knots = {knot.name: knot for knot in KNOTS}
    if len(words) != 3 or words[0] not in knots or not words[1].lstrip("-").isdecimal():
        print(f"{__doc__}\n\nKNOT: {', '.join(knots)}", file=sys.stderr)
        return 2
    knot = knots[words[0]]
    drawn = draw(int(words[1]), knot.knobs, knot.stores, knot.days)
    folder = Path(words[2])
    for part, tables in (
        ("facts", drawn.facts.tables()),
        ("truth", {item.name: getattr(drawn.truth, item.name) for item in fields(drawn.truth)}),
    ):
        (folder / part).mkdir(parents=True, exist_ok=True)
        for name, frame in tables.items():
            frame.write_parquet(folder / part / f"{name}.parquet")
    print(f"{drawn.facts.payments.height:,} payments, {drawn.facts.bank_lines.height:,} bank lines in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
