"""What the command does, each with the words that it prints."""
import sys
import time
from collections.abc import Callable, Iterator

from .cluster import Task, connect, grade_all
from .course import Course, CourseError, digest
from .gradebook import Writer
from .grade import Graded, Submission, not_graded
from .kernel import Launch
from .limits import Limits
from .sandbox import check_isolation


def grade(
    course: Course,
    name: str,
    launch: Launch,
    limits: Limits,
    *,
    workers: int,
    scheduler: str | None = None,
    again: bool = False,
    say: Callable[[str], None] = print,
) -> int:
    """Grades what was handed in and not graded yet. Returns how many submissions could not be run."""
    assignment = course.assignment(name)
    if launch.isolated:
        check_isolation()
    else:
        say("Not isolated: submissions run with the rights of this user, and see its files and network.")
    writer = Writer(course, assignment)
    digests: dict[str, str] = {}
    students = course.students(name)
    if not students:
        raise CourseError(f"Nobody has handed in {name}: there is no folder {course.root / 'submitted'}/STUDENT/{name}.")

    def missing() -> Iterator[Submission]:
        for student in students:
            try:
                submission = course.submission(student, name)
            except (CourseError, OSError) as error:
                # One that cannot be read must not end the others.
                digests[student] = ""
                take(not_graded(assignment, Submission(student, {}), str(error)))
                continue
            digests[student] = digest(assignment, submission)
            if again or not writer.is_done(student, digests[student]):
                yield submission
            else:
                progress.leave_out()

    def take(graded: Graded) -> None:
        writer.write(graded, digests[graded.student], launch.isolated)
        progress.take(graded)

    progress = Progress(len(students), say)
    with connect(scheduler, workers) as client:
        grade_all(client, Task(assignment, launch, limits), missing(), take)
    progress.end()
    return progress.failed


class Progress:
    """A line for each submission, with what is left; on a terminal the last line also counts."""

    def __init__(self, total: int, say: Callable[[str], None]) -> None:
        self._total, self._say = total, say
        self._done = self._left_out = self.failed = 0
        self._began = time.monotonic()

    def leave_out(self) -> None:
        self._left_out += 1

    def take(self, graded: Graded) -> None:
        self._done += 1
        passed = self._done + self._left_out
        each = (time.monotonic() - self._began) / self._done
        left = self._total - passed
        self.failed += graded.reason is not None
        points = sum(graded.points.values())
        words = f"{points:g} points, {graded.seconds:.0f} s" + (f", {graded.reason}" if graded.reason else "")
        ends = f", about {each * left:.0f} s left" if left and sys.stdout.isatty() else ""
        self._say(f"[{passed}/{self._total}] {graded.student}: {words}{ends}")

    def end(self) -> None:
        before = f", {self._left_out} graded before" if self._left_out else ""
        self._say(f"{self._done} graded{before}, {self.failed} not run to their end, {time.monotonic() - self._began:.0f} s")
