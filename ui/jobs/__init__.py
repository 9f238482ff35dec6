"""Work beside the event loop: jobs, their workers, and a measure of how smooth the window stays."""

from ui.jobs.job import Failure, Job
from ui.jobs.newest import Newest
from ui.jobs.runner import JobRunner

__all__ = ["Failure", "Job", "JobRunner", "Newest"]
