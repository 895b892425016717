"""The gradebook, nbgrader's SQLite database. One process writes it: this one."""
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, parse_utc

from .course import Course, CourseError
from .grade import Assignment, Graded

STAMP = ".receptive.json"


class Writer:
    """Writes what workers have found: the executed notebook, then the points, then a stamp that says that it is done."""

    def __init__(self, course: Course, assignment: Assignment) -> None:
        self._course, self._assignment = course, assignment
        with self._gradebook() as gradebook:
            try:
                gradebook.find_assignment(assignment.name)
            except MissingEntry:
                raise CourseError(
                    f"The gradebook does not know {assignment.name}. Run: receptive homework assign {course.root / 'source' / assignment.name}"
                ) from None

    @contextmanager
    def _gradebook(self) -> Iterator[Gradebook]:
        # nbgrader asks alembic, a program beside its Python.
        with Gradebook(self._course.database) as gradebook:
            yield gradebook

    def is_done(self, student: str, digest: str) -> bool:
        """Whether just this was graded before."""
        stamp = self._course.autograded(student, self._assignment.name) / STAMP
        try:
            return json.loads(stamp.read_text("utf8")).get("digest") == digest
        except (OSError, ValueError):
            return False

    def write(self, graded: Graded, digest: str, isolated: bool) -> None:
        folder = self._course.autograded(graded.student, self._assignment.name)
        folder.mkdir(parents=True, exist_ok=True)
        stamp = folder / STAMP
        stamp.unlink(missing_ok=True)
        replace(folder / f"{self._assignment.name}.ipynb", graded.notebook)
        self._record(graded)
        facts = {"digest": digest, "isolated": isolated, "reason": graded.reason, "notes": graded.notes, "seconds": round(graded.seconds, 1)}
        replace(stamp, json.dumps(facts, indent=1))

    def _record(self, graded: Graded) -> None:
        name, student = self._assignment.name, graded.student
        notebook = nbformat.reads(graded.notebook, 4)
        with self._gradebook() as gradebook:
            gradebook.update_or_create_student(student)
            gradebook.update_or_create_submission(name, student, **self._handed_in(student))
            for cell in notebook.cells:
                if not cell.metadata.get("nbgrader"):
                    continue
                if is_grade(cell):
                    self._score(gradebook, cell, graded)
                if is_solution(cell):
                    comment = gradebook.find_comment(cell.metadata.nbgrader.grade_id, name, name, student)
                    unchanged = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
                    comment.auto_comment = "No response." if unchanged else None
            gradebook.db.commit()
        resources = {"nbgrader": {"notebook": name, "assignment": name, "student": student, "db_url": self._course.database}}
        AssignLatePenalties().preprocess(notebook, resources)

    def _handed_in(self, student: str) -> dict[str, datetime]:
        """When, as `nbgrader collect` has written it down; nothing where it has not."""
        try:
            text = (self._course.submitted(student, self._assignment.name) / "timestamp.txt").read_text("utf8")
            return {"timestamp": parse_utc(text.strip())}
        except (OSError, ValueError):
            return {}

    def _score(self, gradebook: Gradebook, cell: nbformat.NotebookNode, graded: Graded) -> None:
        name, cell_name = self._assignment.name, cell.metadata.nbgrader.grade_id
        grade = gradebook.find_grade(cell_name, name, name, graded.student)
        grade.auto_score = graded.points[cell_name] if cell_name in graded.points else determine_grade(cell)[0]
        grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None


def replace(path: Path, text: str) -> None:
    """Writes a file at once or not at all."""
    scratch = path.with_name(f".{path.name}.new")
    scratch.write_text(text, "utf8")
    os.replace(scratch, path)
