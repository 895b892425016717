"""python -m receptive_grading: what `receptive homework` calls."""
import argparse
import os
import sys
import warnings
from pathlib import Path

from .course import Course, CourseError
from .limits import MB, Limits
from .sandbox import NoIsolation


def main(arguments: list[str] | None = None) -> int:
    given = parser().parse_args(arguments)
    # nbgrader's own queries warn of their order.
    warnings.filterwarnings("ignore", module=r"nbgrader\.")
    # nbgrader calls alembic, which lies beside this Python.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    try:
        return given.run(given)
    except (CourseError, NoIsolation) as error:
        print(error, file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="receptive homework", description="Homework of a class, with nbgrader's folders and gradebook.")
    top.add_argument("--course", type=Path, default=Path("."), help="the folder that has source/, release/, submitted/; default this one")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    assign = commands.add_parser("assign", help="make the student version of an assignment, and try it")
    assign.add_argument("assignment", help="its name, or its folder in source/")
    isolation(assign)
    assign.set_defaults(run=run_assign)
    grade = commands.add_parser("grade", help="grade what was handed in and not graded yet")
    grade.add_argument("assignment")
    grade.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) // 2), help="submissions at a time; default half the cores")
    grade.add_argument("--scheduler", help="a running Dask scheduler, tcp://host:8786; default a cluster on this machine")
    grade.add_argument("--again", action="store_true", help="also what was graded before")
    isolation(grade)
    grade.add_argument("--cell-seconds", type=float, default=Limits.cell_seconds)
    grade.add_argument("--memory", type=float, default=Limits.memory / MB, help="MB of a submission")
    grade.set_defaults(run=run_grade)
    return top


def isolation(command: argparse.ArgumentParser) -> None:
    command.add_argument("--no-isolation", action="store_true", help="run cells with the rights of this user; for those that you trust")
    command.add_argument("--kernel", help="the folder of the kernel's package; default this Python's")


def run_assign(given: argparse.Namespace) -> int:
    from .assign import faults, release
    from .launch import installed
    from .sandbox import check_isolation

    course, name = Course(given.course.resolve()), Path(given.assignment).name
    launch = installed(given.kernel, isolated=not given.no_isolation)
    if launch.isolated:
        check_isolation()
    found = faults(release(course, name), launch)
    print(f"released   {course.root / 'release' / name / f'{name}.ipynb'}")
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


def run_grade(given: argparse.Namespace) -> int:
    from .commands import grade
    from .launch import installed

    limits = Limits(cell_seconds=given.cell_seconds, memory=int(given.memory * MB))
    launch = installed(given.kernel, isolated=not given.no_isolation)
    failed = grade(
        Course(given.course.resolve()), given.assignment, launch, limits,
        workers=given.workers, scheduler=given.scheduler, again=given.again,
    )
    return 0 if failed == 0 else 2


if __name__ == "__main__":
    sys.exit(main())
