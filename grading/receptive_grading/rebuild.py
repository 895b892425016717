"""The notebook that is executed: the teacher's cells with the student's answers in their places."""
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell


@dataclass
class Rebuilt:
    notebook: NotebookNode
    #: What was changed, for the log and the feedback.
    notes: list[str] = field(default_factory=list)


def settings_of(cell: NotebookNode) -> dict:
    """What nbgrader has written into a cell's metadata; empty if it has not."""
    found = cell.get("metadata", {}).get("nbgrader")
    return found if isinstance(found, dict) else {}


def is_answer(cell: NotebookNode) -> bool:
    return settings_of(cell).get("solution") is True


def is_test(cell: NotebookNode) -> bool:
    """Whether it earns points by running."""
    settings = settings_of(cell)
    return settings.get("grade") is True and settings.get("solution") is not True and cell.cell_type == "code"


def rebuild(source: NotebookNode, released: NotebookNode, submitted: NotebookNode) -> Rebuilt:
    """
    The source's cells in their order. Answers are the submission's, by name, the first of each; where there is none, the released
    cell. Cells that a student has added stay behind the cell that they followed, without their metadata. Outputs are dropped.

    source    with hidden tests
    released  what students were given
    submitted what came back
    """
    notes: list[str] = []
    stubs = {settings_of(cell)["grade_id"]: cell for cell in released.cells if settings_of(cell)}
    answers, added = _take_apart(source, submitted, notes)
    cells = list(added.get(None, []))
    for cell in source.cells:
        name = settings_of(cell).get("grade_id")
        if is_answer(cell):
            answer = answers.get(name)
            if answer is None:
                notes.append(f"{name}: there is no such cell; the released one stands in its place")
                answer = stubs[name].source
            cells.append(_fresh(cell, answer, stubs.get(name)))
        else:
            cells.append(_fresh(cell, cell.source, stubs.get(name)))
        cells += added.get(name or cell.get("id"), [])
    notebook = NotebookNode(nbformat=4, nbformat_minor=5, metadata=source.metadata, cells=cells)
    return Rebuilt(notebook, notes)


def _take_apart(
    source: NotebookNode, submitted: NotebookNode, notes: list[str]
) -> tuple[dict[str, str], dict[str | None, list[NotebookNode]]]:
    """The submission's answers by name, and the cells that were added, by what they follow."""
    known = {settings_of(cell)["grade_id"]: cell for cell in source.cells if settings_of(cell)}
    plain = {cell.get("id"): cell for cell in source.cells if not settings_of(cell)}
    answers: dict[str, str] = {}
    added: dict[str | None, list[NotebookNode]] = {}
    seen: set[str] = set()
    behind: str | None = None
    for cell in submitted.get("cells", []):
        name, text = settings_of(cell).get("grade_id"), _text(cell)
        if name in known:
            if name in seen:
                notes.append(f"{name}: there is a second cell of this name, which is left out")
                continue
            seen.add(name)
            behind = name
            if is_answer(known[name]):
                answers[name] = text
            elif text != known[name].source and "HIDDEN TESTS" not in known[name].source:
                notes.append(f"{name}: it was changed; the teacher's cell stands in its place")
        elif name is None and cell.get("id") in plain and plain[cell["id"]].cell_type == cell.get("cell_type"):
            behind = cell["id"]
        elif cell.get("cell_type") == "code":
            added.setdefault(behind, []).append(new_code_cell(text))
        elif cell.get("cell_type") == "markdown":
            added.setdefault(behind, []).append(new_markdown_cell(text))
    return answers, added


def _text(cell: NotebookNode) -> str:
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else str(source)


def _fresh(cell: NotebookNode, text: str, released: NotebookNode | None) -> NotebookNode:
    """A cell of the source with this text, without outputs, and with the metadata of the released one, which has a checksum."""
    metadata = {key: value for key, value in cell.metadata.items() if key in ("nbgrader", "tags")}
    if released is not None:
        metadata["nbgrader"] = released.metadata["nbgrader"]
    made = (new_code_cell if cell.cell_type == "code" else new_markdown_cell)(text, metadata=NotebookNode(metadata))
    made.id = cell.get("id") or made.id
    return made
