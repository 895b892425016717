"""One submission, from its bytes to its points."""
import asyncio
import json
import time
from dataclasses import dataclass, field

import nbformat
from nbformat import NotebookNode

from .files import safe_files
from .kernel import Kernel, Launch, error_output
from .limits import Limits
from .points import points_of
from .rebuild import Rebuilt, is_test, rebuild, settings_of

SKIPPED = "skip-execution"


@dataclass(frozen=True)
class Assignment:
    """A homework as the teacher has it: texts of notebooks, and files beside them."""

    name: str
    source: str
    released: str
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Submission:
    student: str
    #: Path in the folder that was handed in -> bytes.
    files: dict[str, bytes]


@dataclass
class Graded:
    """What became of a submission. It travels as bytes, so it holds plain values alone."""

    student: str
    #: Points of each test cell.
    points: dict[str, float]
    #: The executed notebook.
    notebook: str
    #: Why it has not run to its end; None if it has.
    reason: str | None
    notes: list[str]
    seconds: float
    memory: int


def grade(assignment: Assignment, submission: Submission, launch: Launch, limits: Limits = Limits()) -> Graded:
    """Runs the tests of an assignment on a submission. Never raises for what the submission does."""
    return asyncio.run(_grade(assignment, submission, launch, limits))


async def _grade(assignment: Assignment, submission: Submission, launch: Launch, limits: Limits) -> Graded:
    began = time.monotonic()
    rebuilt = _rebuilt(assignment, submission)
    files, left_out = safe_files(submission.files, assignment.files, f"{assignment.name}.ipynb")
    notes = [*rebuilt.notes, *left_out]
    cells = [cell for cell in rebuilt.notebook.cells if cell.cell_type == "code"]
    reason, memory = None, 0
    try:
        async with Kernel(launch, files, limits) as kernel:
            for cell in cells:
                await _run(kernel, cell)
            reason, memory = kernel.ended, kernel.memory
    except RuntimeError as error:
        reason = str(error)
        _mark(cells, reason)
    return _graded(submission, rebuilt, reason, notes, time.monotonic() - began, memory)


def not_graded(assignment: Assignment, submission: Submission, reason: str) -> Graded:
    """What is recorded of a submission that could not be run: no points, and why."""
    rebuilt = _rebuilt(assignment, submission)
    _mark([cell for cell in rebuilt.notebook.cells if cell.cell_type == "code"], reason)
    return _graded(submission, rebuilt, reason, rebuilt.notes, 0, 0)


def _rebuilt(assignment: Assignment, submission: Submission) -> Rebuilt:
    source, released = (nbformat.reads(text, 4) for text in (assignment.source, assignment.released))
    submitted, problem = _read(submission.files.get(f"{assignment.name}.ipynb"))
    rebuilt = rebuild(source, released, submitted)
    if problem is not None:
        rebuilt.notes.insert(0, problem)
    return rebuilt


def _mark(cells: list[NotebookNode], reason: str) -> None:
    """Writes below every cell that has not run why it has not."""
    for cell in cells:
        if cell.execution_count is None and not cell.outputs:
            cell.outputs = [error_output("KernelEnded", f"This cell did not run: {reason}.")]


def _graded(
    submission: Submission, rebuilt: Rebuilt, reason: str | None, notes: list[str], seconds: float, memory: int
) -> Graded:
    tests = [cell for cell in rebuilt.notebook.cells if is_test(cell)]
    points = {settings_of(cell)["grade_id"]: points_of(cell) for cell in tests}
    return Graded(submission.student, points, nbformat.writes(rebuilt.notebook, 4), reason, notes, seconds, memory)


async def _run(kernel: Kernel, cell: NotebookNode) -> None:
    if SKIPPED in cell.metadata.get("tags", []):
        return
    ran = await kernel.run(cell.source)
    cell.outputs, cell.execution_count = ran.outputs, ran.count


def _read(content: bytes | None) -> tuple[NotebookNode, str | None]:
    """The submitted notebook; an empty one with the reason if it cannot be read."""
    empty = NotebookNode(cells=[], metadata={}, nbformat=4, nbformat_minor=5)
    if content is None:
        return empty, "the notebook is missing"
    try:
        found = nbformat.from_dict(json.loads(content))
        if isinstance(found.get("cells"), list) and all(isinstance(cell, dict) for cell in found["cells"]):
            return found, None
    except (ValueError, RecursionError):
        pass
    return empty, "the notebook's file is no notebook"
