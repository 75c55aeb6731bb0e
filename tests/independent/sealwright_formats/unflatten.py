"""Top-level names a.b.c made into objects (§4)."""

import re

from . import json_text
from .errors import FormatError
from .json_text import Child, Node

_INSIGNIFICANT = re.compile(rb'("(?:[^"\\]|\\.)*")|[ \t\r\n]+')


def minify(data: bytes) -> bytes:
    return _INSIGNIFICANT.sub(lambda match: match[1] or b"", data)


class _Made(list):
    """An object made here: pairs of raw name and raw value (or another _Made), and an index by name."""

    def __init__(self) -> None:
        super().__init__()
        self.made: dict[str, _Made] = {}
        self.plain: set[str] = set()

    def inner(self, name: str, raw_name: bytes) -> "_Made":
        if name in self.plain:
            raise FormatError(f"{name} would be an object and something else")
        if name not in self.made:
            self.made[name] = _Made()
            self.append((raw_name, self.made[name]))
        return self.made[name]

    def put(self, name: str, raw_name: bytes, raw_value: bytes) -> None:
        if name in self.made:
            raise FormatError(f"{name} would be an object and something else")
        self.plain.add(name)
        self.append((raw_name, raw_value))

    def text(self) -> bytes:
        parts = (n + b":" + (v.text() if isinstance(v, _Made) else v) for n, v in self)
        return b"{" + b",".join(parts) + b"}"


def _raw_name(data: bytes, child: Child) -> bytes:
    return minify(data[child.start : child.node.start])[:-1]


def record(data: bytes, root: Node) -> bytes:
    """The record's bytes, changed or as they were."""
    raw = data[root.start : root.end]
    if root.kind != "object" or not any("." in child.name for child in root.children):
        return raw
    out = _Made()
    for child in root.children:
        value = minify(data[child.node.start : child.node.end])
        if "." not in child.name:
            out.put(child.name, _raw_name(data, child), value)
            continue
        parts = child.name.split(".")
        if "" in parts:
            raise FormatError("empty part in a name")
        place = out
        for part in parts[:-1]:
            place = place.inner(part, json_text.quote(part))
        place.put(parts[-1], json_text.quote(parts[-1]), value)
    return out.text()
