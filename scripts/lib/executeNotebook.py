"""Runs a notebook with nbclient and writes it with its outputs, also when a cell fails.

Usage: executeNotebook.py NOTEBOOK OUTPUT [--folder WHERE] [--all-cells] [--run-skipped]. Progress goes to stdout, one line a code cell. Exit
code 2: a cell failed, and its error is among the outputs; 3: the kernel did not start or died, and the last line of stderr says so.
"""
import argparse
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError


def main(source: Path, target: Path, folder: Path, all_cells: bool, run_skipped: bool) -> int:
    notebook = nbformat.read(source, as_version=4)
    code_cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in code_cells:
        cell.outputs, cell.execution_count = [], None
    began = {}

    def started(cell, cell_index):
        began[cell_index] = time.monotonic()

    def executed(cell, cell_index, execute_reply):
        seconds = time.monotonic() - began[cell_index]
        number = code_cells.index(cell) + 1 if cell in code_cells else 0
        print(f"cell [{number}] of {len(code_cells)}: {seconds:.1f} s", flush=True)

    client = NotebookClient(
        notebook,
        timeout=None,
        record_timing=False,
        # What a cell prints comes in as many messages as its time makes of it.
        coalesce_streams=True,
        allow_errors=all_cells,
        skip_cells_with_tag="" if run_skipped else "skip-execution",
        resources={"metadata": {"path": str(folder)}},
        on_cell_execute=started,
        on_cell_executed=executed,
    )
    try:
        client.execute()
    except CellExecutionError:
        return 2
    except (DeadKernelError, RuntimeError) as error:
        print(str(error).strip().splitlines()[-1], file=sys.stderr)
        return 3
    finally:
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, target)
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("notebook", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--folder", type=Path, help="where the cells run; default the notebook's")
    parser.add_argument("--all-cells", action="store_true", help="goes on after a cell that fails")
    parser.add_argument("--run-skipped", action="store_true", help="runs cells with the tag skip-execution, too")
    given = parser.parse_args()
    source = given.notebook.resolve()
    sys.exit(main(source, given.output.resolve(), given.folder or source.parent, given.all_cells, given.run_skipped))
