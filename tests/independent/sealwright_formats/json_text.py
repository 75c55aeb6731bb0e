"""JSON read into a tree that remembers where everything stood, for byte-exact work (RFC 8259)."""

import re
from dataclasses import dataclass, field

from .errors import FormatError, ValueProblem

MAX_DEPTH = 256
_SPACE = re.compile(rb"[ \t\r\n]*")
_NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_PLAIN = rb'[^"\\\x00-\x1f]*'
_ESCAPE = rb'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})'
_STRING = re.compile(rb'"(' + _PLAIN + rb"(?:" + _ESCAPE + _PLAIN + rb')*)"')
_LITERALS = ((b"true", "boolean"), (b"false", "boolean"), (b"null", "null"))
_SHORT = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}
_SHORT_BACK = {text: "\\" + letter for letter, text in _SHORT.items()}


@dataclass
class Node:
    """One value: kind is object, array, string, number, boolean or null; [start, end) are its bytes."""

    kind: str
    start: int
    end: int = 0
    children: list["Child"] = field(default_factory=list)

    @property
    def is_container(self) -> bool:
        return self.kind in ("object", "array")


@dataclass
class Child:
    """A member or element; [start, end) reaches from separator to separator, white space included."""

    name: str | None
    start: int
    end: int
    node: Node


def _skip(data: bytes, at: int) -> int:
    return _SPACE.match(data, at).end()


def _parse_value(data: bytes, at: int, depth: int) -> Node:
    first = data[at : at + 1]
    if first in (b"{", b"["):
        return _parse_container(data, at, depth + 1)
    if first == b'"':
        match = _STRING.match(data, at)
        if not match:
            raise FormatError(f"bad JSON string at byte {at}")
        return Node("string", at, match.end())
    for literal, kind in _LITERALS:
        if data.startswith(literal, at):
            return Node(kind, at, at + len(literal))
    match = _NUMBER.match(data, at)
    if not match:
        raise FormatError(f"no JSON value at byte {at}")
    return Node("number", at, match.end())


def _parse_container(data: bytes, at: int, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise FormatError("JSON nested too deep")
    is_object = data[at : at + 1] == b"{"
    closer = b"}" if is_object else b"]"
    node = Node("object" if is_object else "array", at)
    start = at + 1
    at = _skip(data, start)
    if data[at : at + 1] == closer:
        node.end = at + 1
        return node
    while True:
        name = None
        if is_object:
            match = _STRING.match(data, at)
            if not match:
                raise FormatError(f"no member name at byte {at}")
            name = unescape_name(match.group(1))
            at = _skip(data, match.end())
            if data[at : at + 1] != b":":
                raise FormatError(f"no colon at byte {at}")
            at = _skip(data, at + 1)
        value = _parse_value(data, at, depth)
        at = _skip(data, value.end)
        node.children.append(Child(name, start, at, value))
        separator = data[at : at + 1]
        if separator == closer:
            node.end = at + 1
            return node
        if separator != b",":
            raise FormatError(f"neither comma nor end at byte {at}")
        start = at + 1
        at = _skip(data, start)


def parse(data: bytes, start: int = 0, end: int | None = None) -> Node:
    """The one value in data[start:end], white space around it allowed. UTF-8 is the caller's to check."""
    if end is not None:
        data = data[:end]
    node = _parse_value(data, _skip(data, start), 0)
    if _skip(data, node.end) != len(data):
        raise FormatError(f"something after the JSON value at byte {node.end}")
    return node


def check_utf8(data: bytes) -> None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(f"not UTF-8 at byte {error.start}") from None


def unescape(raw: bytes) -> str:
    """The text of a string's bytes between its quotes; a lone surrogate is the value's problem."""
    text = re.sub(
        r"\\(u[0-9a-fA-F]{4}|.)",
        lambda m: chr(int(m[1][1:], 16)) if m[1][0] == "u" else _SHORT.get(m[1], m[1]),
        raw.decode("utf-8"),
    )
    try:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        raise ValueProblem("lone surrogate") from None


def unescape_name(raw: bytes) -> str:
    try:
        return unescape(raw)
    except ValueProblem:
        raise FormatError("lone surrogate in a name") from None


def quote(text: str) -> bytes:
    """A JSON string with no more escapes than needed."""

    def one(match: re.Match) -> str:
        char = match[0]
        if char in '"\\':
            return "\\" + char
        return _SHORT_BACK.get(char) or f"\\u{ord(char):04x}"

    return ('"' + re.sub(r'["\\\x00-\x1f]', one, text) + '"').encode("utf-8")
