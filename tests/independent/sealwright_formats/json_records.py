"""Where the records stand in JSON and JSON Lines (§4)."""

import re
from dataclasses import dataclass

from . import json_text, paths
from .errors import FormatError
from .json_text import Node

BOM = b"\xef\xbb\xbf"


@dataclass
class Document:
    """JSON: the whole tree, and the array that holds the records (None: the document is one record)."""

    data: bytes
    root: Node
    array: Node | None

    @property
    def records(self) -> list[Node]:
        return [child.node for child in self.array.children] if self.array else [self.root]


def find_by_itself(root: Node) -> str:
    """The records_at that the program takes by itself; empty where there is none."""
    if root.kind == "object":
        for child in root.children:
            items = child.node.children
            if child.name in ("link", "links") or child.node.kind != "array" or not items:
                continue
            if items[0].node.kind == "object":
                return paths.escape(child.name) + "[]"
    return ""


def _array_at(node: Node, spot: paths.Spot, wanted: str) -> Node | None:
    if spot.path + "[]" == wanted and node.kind == "array":
        return node
    if node.kind == "object" and (spot.root or paths.below(wanted, spot.path)):
        for child in node.children:
            found = _array_at(child.node, spot.child(child.name), wanted)
            if found:
                return found
    return None


def read_document(data: bytes, records_at: str) -> Document:
    """`records_at` empty: an array of records, or one record."""
    json_text.check_utf8(data)
    root = json_text.parse(data, len(BOM) if data.startswith(BOM) else 0)
    if records_at:
        array = _array_at(root, paths.RECORD, records_at)
        if array is None:
            raise FormatError("records that are not there")
        return Document(data, root, array)
    return Document(data, root, root if root.kind == "array" else None)


@dataclass
class TextLine:
    """A line of JSON Lines: a record, or bytes that are none (root is None)."""

    data: bytes
    root: Node | None


def read_lines(data: bytes) -> list[TextLine]:
    json_text.check_utf8(data)
    out = []
    if data.startswith(BOM):
        out.append(TextLine(BOM, None))
        data = data[len(BOM) :]
    for line in re.findall(rb"[^\n]*\n|[^\n]+", data):
        out.append(TextLine(line, json_text.parse(line) if line.strip(b" \t\r\n") else None))
    return out
