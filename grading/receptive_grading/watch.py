"""Ends a process tree that uses more than it may. The kernel of the system ends it whole: it is a pid namespace of its own."""
import asyncio
import os
import stat
import time

import psutil

from .limits import Limits

PERIOD = 0.1


class Watch:
    """Looks at a process and all below it until `stop`; kills the process if they exceed a limit, and keeps the reason."""

    def __init__(self, pid: int, limits: Limits, sockets: str) -> None:
        self.reason: str | None = None
        self.largest_memory = 0
        self.cpu_seconds = 0.0
        self._process = psutil.Process(pid)
        self._limits = limits
        self._sockets = sockets
        self._began = time.monotonic()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        self._task.cancel()
        try:
            await self._task
        except asyncio.CancelledError:
            pass

    async def _run(self) -> None:
        while self.reason is None:
            self.reason = self._exceeded()
            if self.reason is not None:
                kill(self._process.pid)
                return
            await asyncio.sleep(PERIOD)

    def _exceeded(self) -> str | None:
        limits = self._limits
        memory, cpu, tasks = 0, 0.0, 0
        for process in self._tree():
            try:
                with process.oneshot():
                    memory += process.memory_info().rss
                    times = process.cpu_times()
                    cpu += times.user + times.system
                    tasks += process.num_threads()
            except psutil.Error:
                continue
        self.largest_memory = max(self.largest_memory, memory)
        self.cpu_seconds = max(self.cpu_seconds, cpu)
        if memory > limits.memory:
            return f"it used {memory // 1_000_000} MB of memory; {limits.memory // 1_000_000} MB are allowed"
        if tasks > limits.processes:
            return f"it had {tasks} processes and threads; {limits.processes} are allowed"
        if cpu > limits.cpu_seconds:
            return f"it used {cpu:.0f} s of processor time; {limits.cpu_seconds:.0f} s are allowed"
        if time.monotonic() - self._began > limits.seconds:
            return f"it took more than {limits.seconds:.0f} s"
        if any(not stat.S_ISSOCK(entry.stat(follow_symlinks=False).st_mode) for entry in os.scandir(self._sockets)):
            return "it wrote a file where only the kernel's sockets are"
        return None

    def _tree(self) -> list[psutil.Process]:
        try:
            return [self._process, *self._process.children(recursive=True)]
        except psutil.Error:
            return []


def kill(pid: int) -> None:
    """Bubblewrap dies with its parent's word, and with it the namespace's first process, and with that all others."""
    try:
        tree = psutil.Process(pid).children(recursive=True)
        os.kill(pid, 9)
        for process in tree:
            process.kill()
    except (psutil.Error, ProcessLookupError):
        pass
