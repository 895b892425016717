"""A kernel in a sandbox, and the cells that it runs. This side is not in the sandbox: the kernel cannot reach it but by messages."""
import asyncio
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from nbformat import NotebookNode
from nbformat.v4 import new_output

from .limits import Limits
from .outputs import Outputs
from .sandbox import CONNECTION, SOCKETS, Sandbox, close
from .watch import Watch, kill

#: Seconds that a kernel may take to answer for the first time, and a stopped cell to end.
START = 60
GRACE = 6


@dataclass(frozen=True)
class Launch:
    """How a kernel is started."""

    #: With "{connection_file}" in it, as in a kernelspec.
    argv: list[str]
    #: Folders of programs that it reads.
    programs: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    isolated: bool = True


@dataclass
class Ran:
    """What a cell did. One that failed, was stopped, or did not run to its end has an error among its outputs."""

    outputs: list[NotebookNode]
    #: None if it has not run to its end.
    count: int | None


class Kernel:
    """`async with Kernel(launch, files, limits) as kernel: await kernel.run("1 + 1")`."""

    def __init__(self, launch: Launch, files: dict[str, bytes], limits: Limits) -> None:
        self._launch, self._files, self._limits = launch, files, limits
        #: Why it has ended; None while it lives.
        self.ended: str | None = None

    async def __aenter__(self) -> "Kernel":
        self._sockets = tempfile.mkdtemp(prefix="rcp-")
        try:
            await self._start()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def _start(self) -> None:
        info = {"transport": "ipc", "key": secrets.token_hex(16), "signature_scheme": "hmac-sha256", "kernel_name": ""}
        ports = {f"{name}_port": i + 1 for i, name in enumerate(["shell", "iopub", "stdin", "control", "hb"])}
        outside = {**info, **ports, "ip": f"{self._sockets}/k"}
        self._log = tempfile.TemporaryFile()
        options = {"stdin": asyncio.subprocess.DEVNULL, "stdout": self._log, "stderr": self._log}
        if self._launch.isolated:
            argv, descriptors = self._sandbox({**outside, "ip": f"{SOCKETS}/k"}).command(self._argv(CONNECTION))
            try:
                self._process = await asyncio.create_subprocess_exec(*argv, pass_fds=descriptors, **options)
            finally:
                close(descriptors)
        else:
            self._process = await self._start_bare(outside, options)
        self._watch = Watch(self._process.pid, self._limits, self._sockets)
        self._client = AsyncKernelClient()
        self._client.load_connection_info(outside)
        self._client.start_channels(hb=False)
        self._following = asyncio.create_task(self._follow())
        ready = self._client._async_wait_for_ready(timeout=START)
        if await self._unless_dead(ready) is DEAD:
            raise RuntimeError(f"the kernel did not start: {self.ended}. It said: {self.said()}")

    def _argv(self, connection_file: str) -> list[str]:
        return [part.replace("{connection_file}", connection_file) for part in self._launch.argv]

    def _sandbox(self, connection: dict[str, Any]) -> Sandbox:
        return Sandbox(
            programs=self._launch.programs,
            sockets=self._sockets,
            files=self._files,
            environment=self._launch.environment,
            connection=json.dumps(connection).encode(),
            disk=self._limits.disk,
        )

    async def _start_bare(self, connection: dict[str, Any], options: dict[str, Any]) -> asyncio.subprocess.Process:
        """With the rights of this user, in a folder of its own; for submissions that the teacher trusts."""
        self._home = Path(tempfile.mkdtemp(prefix="receptive-home-"))
        for name, content in self._files.items():
            path = self._home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        file = self._home.with_suffix(".json")
        file.write_text(json.dumps(connection))
        environment = {"HOME": str(self._home), "PATH": os.environ.get("PATH", ""), **self._launch.environment}
        return await asyncio.create_subprocess_exec(
            *self._argv(str(file)), cwd=self._home, env=environment, start_new_session=True, **options
        )

    async def _follow(self) -> None:
        """Learns of the process's end."""
        code = await self._process.wait()
        self.ended = self._watch.reason or self._ended_by(code)

    def _ended_by(self, code: int) -> str:
        return f"its kernel ended ({'signal ' + str(-code) if code < 0 else 'exit code ' + str(code)})"

    def said(self) -> str:
        """The end of what the processes wrote to their own standard output and error."""
        self._log.seek(max(0, self._log.seek(0, 2) - 2000))
        return self._log.read().decode(errors="replace").strip()

    @property
    def memory(self) -> int:
        """The most bytes that it used, as far as was seen."""
        return self._watch.largest_memory

    async def __aexit__(self, *_: object) -> None:
        if hasattr(self, "_watch"):
            await self._watch.stop()
        if hasattr(self, "_client"):
            self._client.stop_channels()
        if hasattr(self, "_process") and self._process.returncode is None:
            kill(self._process.pid)
            await self._process.wait()
        shutil.rmtree(self._sockets, ignore_errors=True)
        if hasattr(self, "_home"):
            shutil.rmtree(self._home, ignore_errors=True)
            self._home.with_suffix(".json").unlink(missing_ok=True)

    async def run(self, source: str) -> Ran:
        """Runs a cell. It never raises for what the cell does."""
        if self.ended is not None:
            return Ran([ended_output(self.ended)], None)
        outputs = Outputs(self._limits.output)
        session = self._client.session
        content = {"code": source, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
        message = session.msg("execute_request", {**content, "stop_on_error": False})
        self._client.shell_channel.send(message)
        work = asyncio.ensure_future(self._collect(message["header"]["msg_id"], outputs))
        status = await self._within(work)
        if status == "dead":
            work.cancel()
            return Ran([*outputs.nodes, ended_output(self.ended or "its kernel ended")], None)
        if status == "timeout":
            outputs.nodes.append(timeout_output(self._limits.cell_seconds))
        return Ran(outputs.nodes, work.result().get("execution_count"))

    async def _within(self, work: "asyncio.Future[Any]") -> str:
        """"ok" once the cell has ended; stops it when its time is over, and the kernel if it does not stop."""
        if await self._unless_dead(asyncio.wait([work], timeout=self._limits.cell_seconds)) is DEAD:
            return "dead"
        if work.done():
            return "ok"
        self._client.control_channel.send(self._client.session.msg("interrupt_request", {}))
        if await self._unless_dead(asyncio.wait([work], timeout=GRACE)) is DEAD:
            return "dead"
        if work.done():
            return "timeout"
        self._watch.reason = f"a cell took longer than {self._limits.cell_seconds:.0f} s and did not stop"
        kill(self._process.pid)
        await self._process.wait()
        self.ended = self._watch.reason
        return "dead"

    async def _collect(self, wanted: str, outputs: Outputs) -> dict[str, Any]:
        """Until the kernel is idle again and has replied."""
        reply: dict[str, Any] | None = None
        idle = False
        while reply is None or not idle:
            if not idle:
                try:
                    message = await self._client.iopub_channel.get_msg(timeout=0.2)
                    if message.get("parent_header", {}).get("msg_id") == wanted:
                        idle = outputs.take(message) or idle
                except Empty:
                    pass
            if reply is None:
                try:
                    message = await self._client.shell_channel.get_msg(timeout=0.05 if idle else 0)
                    if message.get("parent_header", {}).get("msg_id") == wanted:
                        reply = message["content"]
                except Empty:
                    pass
        return reply

    async def _unless_dead(self, work: Awaitable[Any]) -> Any:
        """What `work` gives; DEAD if the process ends first."""
        task = asyncio.ensure_future(work)
        death = asyncio.ensure_future(self._process.wait())
        done, _ = await asyncio.wait([task, death], return_when=asyncio.FIRST_COMPLETED)
        if task in done:
            death.cancel()
            return task.result()
        task.cancel()
        self.ended = self._watch.reason or self._ended_by(self._process.returncode or 0)
        return DEAD


DEAD = object()


def ended_output(reason: str) -> NotebookNode:
    return error_output("KernelEnded", f"This cell did not run to its end: {reason}.")


def timeout_output(seconds: float) -> NotebookNode:
    return error_output("CellTimeout", f"This cell was stopped: it took longer than {seconds:.0f} s.")


def error_output(name: str, text: str) -> NotebookNode:
    return new_output("error", ename=name, evalue=text, traceback=[f"{name}: {text}"])
