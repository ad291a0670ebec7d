"""Work in the background: asked for in a transaction, done by a worker, watched and cancelled by people.

README.md of the kit shows how a domain writes a job.
"""

from service.kit.jobs import housekeeping as housekeeping
from service.kit.jobs.attempt import Cancelled, Superseded, Work
from service.kit.jobs.drain import run_queued, run_scheduled
from service.kit.jobs.enqueueing import enqueue
from service.kit.jobs.registry import job, prepared, scheduled
from service.kit.jobs.store import (
    Job,
    UnknownJob,
    find,
    find_all,
    forget_members,
    get,
    list_jobs,
    this_transaction,
)
from service.kit.jobs.watching import JobView, Progress, cancel, events, show
from service.kit.jobs.worker import work

__all__ = [
    "Cancelled",
    "Job",
    "JobView",
    "Progress",
    "Superseded",
    "UnknownJob",
    "Work",
    "cancel",
    "enqueue",
    "events",
    "find",
    "find_all",
    "forget_members",
    "get",
    "job",
    "list_jobs",
    "prepared",
    "run_queued",
    "run_scheduled",
    "scheduled",
    "show",
    "this_transaction",
    "work",
]
