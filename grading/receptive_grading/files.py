"""Which files of a submission the sandbox gets beside the notebook."""
from pathlib import PurePosixPath

#: What would stand in for packages and modules that tests use.
MODULES = {".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".node", ".wasm"}
FOLDERS = {"node_modules", ".git", ".ipynb_checkpoints", "__pycache__"}
LARGEST = 100_000_000


def safe_files(
    submitted: dict[str, bytes], teachers: dict[str, bytes], notebook: str
) -> tuple[dict[str, bytes], list[str]]:
    """
    The submission's files by their paths, and why others are left out. The teacher's go before the student's of the same name. The
    notebook itself is executed from outside, so it is none of them.
    """
    kept: dict[str, bytes] = {}
    notes: list[str] = []
    for name, content in submitted.items():
        path = PurePosixPath(name)
        if name == notebook or name in teachers:
            continue
        if path.is_absolute() or ".." in path.parts:
            notes.append(f"{name}: a path that leaves the folder; left out")
        elif FOLDERS.intersection(path.parts) or path.name == "package.json":
            notes.append(f"{name}: packages are the grader's; left out")
        elif path.suffix.lower() in MODULES:
            notes.append(f"{name}: modules beside the notebook are the teacher's; left out")
        elif len(content) > LARGEST:
            notes.append(f"{name}: {len(content) // 1_000_000} MB; left out")
        else:
            kept[name] = content
    return {**kept, **teachers}, notes
