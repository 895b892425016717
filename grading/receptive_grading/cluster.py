"""Many submissions at a time on Dask workers. They take bytes and give bytes; only the caller writes anything."""
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import dask
from distributed import Client, KilledWorker, LocalCluster, as_completed

from .grade import Assignment, Graded, Submission, grade, not_graded
from .kernel import Launch
from .limits import Limits

#: How often a submission is tried again on another worker after its own has died.
RETRIES = 2

SETTINGS = {
    # One task a worker besides the one that runs: a death then counts against few others.
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.scheduler.allowed-failures": RETRIES,
    # The limits of a submission are watched by the worker's own code.
    "distributed.worker.memory.terminate": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.daemon": False,
}


@dataclass(frozen=True)
class Task:
    assignment: Assignment
    launch: Launch
    limits: Limits


@contextmanager
def connect(scheduler: str | None, workers: int) -> Iterator[Client]:
    """A client of a running scheduler, or of a cluster on this machine that ends with it."""
    with dask.config.set(SETTINGS):
        if scheduler is not None:
            with Client(scheduler, timeout=20, set_as_default=False) as client:
                yield client
            return
        options = {"threads_per_worker": 1, "processes": True, "dashboard_address": None, "memory_limit": 0}
        with LocalCluster(n_workers=workers, silence_logs=50, **options) as cluster:
            with Client(cluster, set_as_default=False) as client:
                yield client


def grade_all(
    client: Client, task: Task, submissions: Iterable[Submission], on_graded: Callable[[Graded], None]
) -> None:
    """
    Grades submissions in their order, as many at a time as there are workers, and hands each result over as it comes. The next one is
    read only when one has ended: the scheduler holds few.
    """
    waiting = iter(submissions)
    pending = as_completed(loop=client.loop)
    running: dict[str, Submission] = {}

    def submit_next() -> bool:
        submission = next(waiting, None)
        if submission is None:
            return False
        future = client.submit(
            grade, task.assignment, submission, task.launch, task.limits, pure=False, retries=0, key=f"grade-{submission.student}"
        )
        running[future.key] = submission
        pending.add(future)
        return True

    for _ in range(2 * max(1, len(client.scheduler_info()["workers"]))):
        submit_next()
    for future in pending:
        submission = running.pop(future.key)
        try:
            graded = future.result()
        except KilledWorker:
            graded = not_graded(task.assignment, submission, f"its worker ended {RETRIES + 1} times while it was graded")
        except Exception as error:  # noqa: BLE001 - one submission must not end the others
            graded = not_graded(task.assignment, submission, f"grading it failed: {error}")
        future.release()
        on_graded(graded)
        submit_next()
