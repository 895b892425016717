"""The outputs of one cell, up to a size."""
import json
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output, output_from_msg

SHOWN = {"stream", "display_data", "execute_result", "error"}


class Outputs:
    def __init__(self, limit: int) -> None:
        self.nodes: list[NotebookNode] = []
        self._places: dict[str, list[NotebookNode]] = {}
        self._left = limit
        self._limit = limit
        self._clears = False

    def take(self, message: dict[str, Any]) -> bool:
        """Takes a message of the iopub channel; whether the kernel says that it is idle."""
        kind, content = message["msg_type"], message["content"]
        if kind == "status":
            return content.get("execution_state") == "idle"
        if kind == "clear_output":
            if content.get("wait"):
                self._clears = True
            else:
                self._clear()
        elif kind == "update_display_data":
            self._update(content)
        elif kind in SHOWN:
            if self._clears:
                self._clear()
            self._add(output_from_msg(message), content)
        return False

    def _clear(self) -> None:
        self.nodes.clear()
        self._places.clear()
        self._clears = False

    def _add(self, node: NotebookNode, content: dict[str, Any]) -> None:
        size = len(json.dumps(node))
        # An error is short, and says why the cell has failed.
        if size > self._left and node.output_type != "error":
            if self._left > 0:
                self.nodes.append(_stream(f"[outputs beyond {self._limit // 1000} kB are left out]\n"))
            self._left = 0
            return
        self._left -= size
        last = self.nodes[-1] if self.nodes else None
        if node.output_type == "stream" and last is not None and last.get("name") == node.name:
            last.text += node.text
            return
        self.nodes.append(node)
        name = content.get("transient", {}).get("display_id")
        if name is not None:
            self._places.setdefault(str(name), []).append(node)

    def _update(self, content: dict[str, Any]) -> None:
        name = str(content.get("transient", {}).get("display_id"))
        size = len(json.dumps(content.get("data", {})))
        if size > self._left:
            return
        for node in self._places.get(name, []):
            node.data, node.metadata = NotebookNode(content["data"]), NotebookNode(content.get("metadata", {}))


def _stream(text: str) -> NotebookNode:
    return new_output("stream", name="stdout", text=text)
