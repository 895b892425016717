"""What a submission may use."""
from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True)
class Limits:
    #: Seconds that one cell may take before it is stopped.
    cell_seconds: float = 30
    #: Seconds of the whole submission, from the kernel's start.
    seconds: float = 600
    #: Seconds of processor time of all its processes together.
    cpu_seconds: float = 900
    #: Bytes of memory of all its processes together.
    memory: int = 3000 * MB
    #: Processes and threads at a time.
    processes: int = 200
    #: Bytes that it may write beside the notebook, and as temporary files.
    disk: int = 300 * MB
    #: Bytes of outputs that are kept of one cell.
    output: int = 2 * MB
