"""A course of nbgrader on disk: where things lie, and what was handed in."""
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from .grade import Assignment, Submission

#: A submission larger than this is not read.
LARGEST = 300_000_000


class CourseError(Exception):
    """What the teacher can put right. The message says how."""


@dataclass(frozen=True)
class Course:
    root: Path

    def assignment(self, name: str) -> Assignment:
        """Raises CourseError if its notebooks are not there."""
        source = self.root / "source" / name / f"{name}.ipynb"
        released = self.root / "release" / name / f"{name}.ipynb"
        if not source.is_file():
            known = sorted(path.parent.name for path in self.root.glob("source/*/*.ipynb"))
            raise CourseError(f"There is no assignment {name} in {self.root}. Assignments: {', '.join(known) or 'none'}.")
        if not released.is_file():
            raise CourseError(f"{name} has no student version. Run: receptive homework assign {source.parent}")
        beside = read_folder(source.parent)
        files = {path: content for path, content in beside.items() if not path.endswith(".ipynb")}
        return Assignment(name, source.read_text("utf8"), released.read_text("utf8"), files)

    def students(self, assignment: str) -> list[str]:
        """Who has handed in, in order."""
        return sorted(path.parent.name for path in self.root.glob(f"submitted/*/{assignment}") if path.is_dir())

    def submission(self, student: str, assignment: str) -> Submission:
        return Submission(student, read_folder(self.submitted(student, assignment)))

    def submitted(self, student: str, assignment: str) -> Path:
        return self.root / "submitted" / student / assignment

    def autograded(self, student: str, assignment: str) -> Path:
        return self.root / "autograded" / student / assignment

    @property
    def database(self) -> str:
        return f"sqlite:///{self.root / 'gradebook.db'}"


def read_folder(folder: Path) -> dict[str, bytes]:
    """Its files by their paths. Links are not followed: they could lead to a file of the grader's."""
    found: dict[str, bytes] = {}
    size = 0
    for where, folders, names in os.walk(folder, followlinks=False):
        folders[:] = [name for name in folders if not os.path.islink(os.path.join(where, name))]
        for name in names:
            path = Path(where) / name
            if path.is_symlink() or not path.is_file():
                continue
            size += path.stat().st_size
            if size > LARGEST:
                raise CourseError(f"{folder} is larger than {LARGEST // 1_000_000} MB. Take away what does not belong to the homework.")
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def digest(assignment: Assignment, submission: Submission) -> str:
    """Names what is graded: the same digest, the same points."""
    hashed = hashlib.sha256()
    for text in (assignment.source, assignment.released):
        hashed.update(text.encode())
    for files in (assignment.files, submission.files):
        for name, content in sorted(files.items()):
            hashed.update(f"\0{name}\0{len(content)}\0".encode())
            hashed.update(content)
    return hashed.hexdigest()
