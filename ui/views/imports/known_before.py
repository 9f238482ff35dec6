"""What the book already has of the planned files, asked once per file."""

from collections.abc import Callable

from chainbrain.importers.plan import FilePlan
from chainbrain.intake.already import Already
from chainbrain.intake.outcomes import TWIN
from ui.views.base import AppContext

_COMPARED = ("imported", "already_imported")


class KnownBefore:
    """Answers by file; ``told(FilePlan, Already)`` is called when an answer is there."""

    def __init__(self, told: Callable[[FilePlan, Already], None]) -> None:
        self._told = told
        self._found: dict[str, Already] = {}

    def forget(self) -> None:
        """Files are read anew, or other ones are compared: everything must be asked again."""
        self._found.clear()

    def ask(self, context: AppContext, plan: FilePlan) -> None:
        """Ask about one file, if the book was compared with it."""
        # A copy has the id of the file that is written.
        if plan.outcome not in _COMPARED or plan.code == TWIN:
            return
        found = self._found.get(plan.file_id)
        if found is not None:
            self._told(plan, found)
            return
        context.write(
            lambda workspace, _report: workspace.imports.already(plan), lambda found: self._answered(plan, found)
        )

    def _answered(self, plan: FilePlan, found: Already) -> None:
        self._found[plan.file_id] = found
        self._told(plan, found)
