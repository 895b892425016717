"""A command that sees nothing of the machine but what it needs to run, without a network."""
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

#: Where the submission's files lie inside.
HOME = "/home/student"
#: Where the kernel's sockets lie inside.
SOCKETS = "/run/kernel"
#: Where its connection file lies inside.
CONNECTION = "/run/connection.json"

#: Programs and libraries of the system, which are only read. Nothing below /etc, /home, /root, /var or /tmp is among them.
SYSTEM = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64"]


class NoIsolation(Exception):
    """Submissions cannot be kept apart on this machine. The message says why, and what to do."""


@dataclass(frozen=True)
class Sandbox:
    """Bubblewrap's options for one submission."""

    #: Folders of programs that are read: the kernel's, Node's.
    programs: list[str]
    #: The folder in which the kernel binds its sockets.
    sockets: str
    #: Path below the home -> bytes.
    files: dict[str, bytes] = field(default_factory=dict)
    #: The connection file, as the kernel reads it.
    connection: bytes = b""
    environment: dict[str, str] = field(default_factory=dict)
    #: Bytes of the home and of /tmp together at most.
    disk: int = 300_000_000

    def command(self, argv: list[str]) -> tuple[list[str], list[int]]:
        """The command line, and descriptors that it inherits. The caller closes them once it has started."""
        descriptors: list[int] = []
        parts = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"]
        for path in SYSTEM:
            if os.path.islink(path):
                parts += ["--symlink", os.readlink(path), path]
            elif os.path.isdir(path):
                parts += ["--ro-bind", path, path]
        parts += ["--proc", "/proc", "--dev", "/dev"]
        for where in ("/tmp", HOME):
            parts += ["--size", str(self.disk // 2), "--tmpfs", where]
        for path in self.programs:
            parts += ["--ro-bind", path, path]
        parts += ["--bind", self.sockets, SOCKETS]
        for name, content in self.files.items():
            descriptor = _descriptor_of(content)
            descriptors.append(descriptor)
            parts += _folders(name) + ["--file", str(descriptor), f"{HOME}/{name}"]
        descriptors.append(_descriptor_of(self.connection))
        parts += ["--ro-bind-data", str(descriptors[-1]), CONNECTION]
        environment = {"HOME": HOME, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **self.environment}
        for name, value in environment.items():
            parts += ["--setenv", name, value]
        return [*parts, "--hostname", "student", "--chdir", HOME, "--", *argv], descriptors


def _folders(name: str) -> list[str]:
    folders = [str(each) for each in reversed(Path(name).parents) if str(each) != "."]
    return [part for each in folders for part in ("--dir", f"{HOME}/{each}")]


def _descriptor_of(content: bytes) -> int:
    """A file without a name that holds the bytes."""
    descriptor = os.memfd_create("submission")
    with os.fdopen(os.dup(descriptor), "wb") as file:
        file.write(content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.set_inheritable(descriptor, True)
    return descriptor


def close(descriptors: list[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)


def check_isolation() -> None:
    """Raises NoIsolation unless a process can be shut in here."""
    if shutil.which("bwrap") is None:
        raise NoIsolation(
            "Submissions cannot be kept apart: bubblewrap is not installed. "
            "Install it (Debian, Ubuntu: apt install bubblewrap), or pass --no-isolation for submissions that you trust."
        )
    with tempfile.TemporaryDirectory() as sockets:
        argv, descriptors = Sandbox(programs=[], sockets=sockets).command(["/usr/bin/env", "true"])
        tried = subprocess.run(argv, capture_output=True, text=True, pass_fds=descriptors)
        close(descriptors)
    if tried.returncode != 0:
        said = tried.stderr.strip().splitlines()
        raise NoIsolation(
            f"Submissions cannot be kept apart: bubblewrap may not make namespaces here ({said[-1] if said else 'no reason given'}). "
            "In a container, run it with user namespaces allowed; on Ubuntu 24.04, allow them for bwrap in AppArmor. "
            "Or pass --no-isolation for submissions that you trust."
        )
