"""The points of a test cell that has run, by nbgrader's rules, without their holes."""
import math

from nbformat import NotebookNode

from .rebuild import settings_of


def points_of(cell: NotebookNode) -> float:
    """
    None for a cell that has not run to its end, failed, or wrote to stderr. The number that a check with partial credit gives,
    from 0 to the cell's points. All for a cell without a value.
    """
    most = float(settings_of(cell).get("points", 0))
    if cell.execution_count is None:
        return 0.0
    for output in cell.outputs:
        if output.output_type == "error" or (output.output_type == "stream" and output.name == "stderr"):
            return 0.0
    values = [output.data.get("text/plain", "") for output in cell.outputs if output.output_type == "execute_result"]
    if not values:
        return most
    try:
        number = float(values[-1])
    except ValueError:
        return 0.0
    return min(max(number, 0.0), most) if math.isfinite(number) else 0.0
