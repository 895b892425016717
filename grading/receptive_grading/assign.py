"""The student version of an assignment, and whether it is one."""
import subprocess
import sys

import nbformat

from .course import Course, CourseError
from .grade import Assignment, Submission, grade
from .kernel import Launch
from .limits import Limits
from .rebuild import is_test, settings_of


def release(course: Course, name: str) -> Assignment:
    """Lets nbgrader make the student version, and makes the gradebook know the cells and their points."""
    if not (course.root / "source" / name / f"{name}.ipynb").is_file():
        course.assignment(name)
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", name, "--force", f"--CourseDirectory.root={course.root}"]
    made = subprocess.run(command, cwd=course.root, capture_output=True, text=True)
    if made.returncode != 0:
        said = [line for line in made.stderr.splitlines() if "ERROR" in line]
        raise CourseError(f"nbgrader made no student version of {name}: {said[0] if said else made.stderr.strip()[-300:]}")
    return course.assignment(name)


def faults(assignment: Assignment, launch: Launch, limits: Limits = Limits()) -> list[str]:
    """
    Runs the student version as it is released. It must fail in its tests and nowhere else, which also tells that its cells
    type-check; no test may give points for nothing.
    """
    name = f"{assignment.name}.ipynb"
    ran = grade(assignment, Submission("nobody", {name: assignment.released.encode()}), launch, limits)
    found = [] if ran.reason is None else [f"the student version did not run to its end: {ran.reason}"]
    found += [f"{cell}: gives {points:g} points for no answer" for cell, points in ran.points.items() if points > 0]
    for cell in nbformat.reads(ran.notebook, 4).cells:
        if cell.cell_type != "code" or is_test(cell):
            continue
        errors = [output for output in cell.outputs if output.output_type == "error"]
        if errors:
            where = settings_of(cell).get("grade_id") or cell.id
            found.append(f"{where}: fails in the student version: {errors[0].ename}: {errors[0].evalue.splitlines()[0]}")
    return found
