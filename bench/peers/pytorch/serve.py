"""PyTorch as a child of the benchmarks: bench/child/serve.ts and measure.ts, said in Python."""

import json
import math
import os
import resource
import sys
import time
import warnings

import torch

from cases import Cannot, prepare

warnings.filterwarnings("ignore")
THREADS = int(os.environ.get("BENCH_THREADS", "1"))
torch.set_num_threads(THREADS)
# What one more pool of threads would do here is nothing, but it would wait actively.
torch.set_num_interop_threads(1)


class Measurement:
    def __init__(self, case, block):
        self.case, self.block, self.iterations = case, block, 1

    def prepare(self, seconds):
        began = time.perf_counter()
        latest = self.time(1)
        probe = getattr(self.case, "probe", list)()
        while time.perf_counter() < began + seconds or (self.iterations == 1 and latest < self.block):
            latest = self.time(self.iterations)
            self.iterations = self.fitting(latest)
        return {"latest": latest, "probe": probe}

    def run(self, seconds):
        best, iterations, end = math.inf, 0, time.perf_counter() + seconds
        while True:
            best = min(best, self.time(self.iterations))
            iterations += self.iterations
            if time.perf_counter() >= end:
                return {"best": best, "iterations": iterations}

    def time(self, iterations):
        """Seconds per iteration of one block."""
        iterate, before = self.case.iterate, getattr(self.case, "before", None)
        if before:
            total = 0.0
            for _ in range(iterations):
                before()
                began = time.perf_counter()
                iterate()
                total += time.perf_counter() - began
            return total / iterations
        began = time.perf_counter()
        for _ in range(iterations):
            iterate()
        if hasattr(self.case, "finish"):
            self.case.finish()
        return (time.perf_counter() - began) / iterations

    def fitting(self, seconds):
        wanted = math.ceil(self.block / max(seconds, 1e-9))
        return max(1, min(wanted, self.iterations * 10))


def peak_memory():
    """Bytes. As in serve.ts, the kernel's own mark is read where there is one."""
    try:
        with open("/proc/self/status") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def answer(request, state):
    command = request["cmd"]
    if command == "hello":
        return {"version": torch.__version__, "threads": torch.get_num_threads()}
    if command == "prepare":
        state["measurement"] = Measurement(prepare(request["spec"]), request["block"])
        return state["measurement"].prepare(request["warmUp"])
    if command == "run":
        return state["measurement"].run(request["seconds"])
    if command == "repeat":
        state["measurement"].time(request["times"])
        return {}
    if command == "memory":
        return {"peak": peak_memory()}
    if command == "release":
        state.clear()
        return {}
    raise Cannot(f"PyTorch has no answer to {command} here")


def main():
    replies, state = sys.stdout, {}
    sys.stdout = sys.stderr
    for line in sys.stdin:
        try:
            reply = {"ok": True, **answer(json.loads(line), state)}
        except Cannot as error:
            reply = {"ok": False, "cannot": str(error)}
        except Exception as error:
            reply = {"ok": False, "error": f"{type(error).__name__}: {error}"}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


if __name__ == "__main__":
    main()
