"""Questions that only the whole file can answer, while it is read piece by piece."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

Evidence = tuple[int, ...]
Rule = Callable[[Evidence], bool]
# A question may hang on the answer to another one; chains are short.
_ROUNDS: Final = 4


class Verdicts:
    """Collects counted evidence of all pieces, and says afterwards whether each piece was told the right answer.

    In the first round a piece is answered by its own evidence, which is nearly always what the whole file says too.
    Where it is not, the file is read once more, and every piece is told what all of them together say.
    """

    def __init__(self, *, alone: bool = True) -> None:
        self.alone = alone
        """Whether one piece is the whole file, so that its own evidence is all there is."""
        self._settled: dict[str, bool] = {}
        self._asked: dict[str, tuple[Evidence, Rule, set[bool]]] = {}
        self._rounds = 0

    def ask(self, question: str, evidence: Evidence, rule: Rule) -> bool:
        """Answer a question, by this piece's counts or by what the whole file was found to say.

        Args:
            question: its name, the same in every piece.
            evidence: what this piece counts; the counts of all pieces are added up.
            rule: the answer, by the counts.
        """
        answer = self._settled[question] if question in self._settled else rule(evidence)
        self.count(question, evidence, rule)
        self._asked[question][2].add(answer)
        return answer

    def count(self, question: str, evidence: Evidence, rule: Rule) -> None:
        """Add this piece's counts where the answer would make no difference to it."""
        before, _, told = self._asked.get(question, ((0,) * len(evidence), rule, set()))
        together = tuple(one + other for one, other in zip(before, evidence, strict=True))
        self._asked[question] = (together, rule, told)

    def stand(self) -> bool:
        """Whether all pieces were told what the whole file says; if not, the next round tells them.

        Raises:
            RuntimeError: the answers go round in a circle.
        """
        found = {question: rule(evidence) for question, (evidence, rule, _) in self._asked.items()}
        right = all(told <= {found[question]} for question, (_, _, told) in self._asked.items())
        self._settled, self._asked = found, {}
        self._rounds += 1
        if not right and self._rounds >= _ROUNDS:
            raise RuntimeError("the pieces of a file do not come to an answer")
        return right
