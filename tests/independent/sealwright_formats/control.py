"""Control documents: JSON that the program itself reads, held to exactly what the text lists."""

import datetime
import re
import uuid

from . import b64, json_text
from .errors import FormatError, ValueProblem

LIMIT = 1 << 20
BIG_LIMIT = 64 << 20
_INTEGER = re.compile(rb"-?(?:0|[1-9][0-9]*)")


class OtherNumber(str):
    """A number that is no integer within 2^53, as written: free metadata may have it, nothing else."""


def parse(data: bytes, limit: int = LIMIT):
    if len(data) > limit:
        raise FormatError("control document too large")
    json_text.check_utf8(data)
    return _value(data, json_text.parse(data))


def _value(data: bytes, node: json_text.Node):
    raw = data[node.start : node.end]
    if node.kind == "object":
        result = {}
        for child in node.children:
            if child.name in result:
                raise FormatError(f"duplicate member {child.name}")
            result[child.name] = _value(data, child.node)
        return result
    if node.kind == "array":
        return [_value(data, child.node) for child in node.children]
    if node.kind == "string":
        try:
            return json_text.unescape(raw[1:-1])
        except ValueProblem:
            raise FormatError("lone surrogate in a control document") from None
    if node.kind == "number":
        if _INTEGER.fullmatch(raw) and len(raw) < 18 and abs(int(raw)) <= 2**53:
            return int(raw)
        return OtherNumber(raw.decode("ascii"))
    return {b"true": True, b"false": False, b"null": None}[raw]


# Checkers: each takes a value and returns it (decoded where that helps) or raises FormatError.


def text(value) -> str:
    if type(value) is not str:
        raise FormatError("no text")
    return value


def integer(low: int = 0, high: int = 2**53):
    def check(value) -> int:
        if type(value) is not int or not low <= value <= high:
            raise FormatError("no integer in range")
        return value

    return check


def boolean(value) -> bool:
    if type(value) is not bool:
        raise FormatError("no boolean")
    return value


def anything(value):
    return value


def free(value) -> dict:
    if type(value) is not dict:
        raise FormatError("no object")
    return value


def one_of(*allowed):
    def check(value):
        if type(value) is not str or value not in allowed:
            raise FormatError(f"not one of {allowed}")
        return value

    return check


def b64_bytes(length: int | None = None):
    return lambda value: b64.decode(text(value), length)


def hex_digest(value) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", text(value)):
        raise FormatError("no SHA-256 in hex")
    return value


def lower_uuid(value) -> str:
    if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text(value)):
        raise FormatError("no UUID in lower case")
    uuid.UUID(value)
    return value


def time(value) -> str:
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text(value), re.ASCII):
        raise FormatError("no RFC 3339 time in UTC")
    seconds(value)
    return value


def seconds(value: str) -> int:
    try:
        moment = datetime.datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        raise FormatError("no such time") from None
    return int(moment.replace(tzinfo=datetime.timezone.utc).timestamp())


def now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def list_of(item, low: int = 0, high: int = 1 << 30):
    def check(value) -> list:
        if type(value) is not list or not low <= len(value) <= high:
            raise FormatError("no list of that length")
        return [item(x) for x in value]

    return check


def obj(required: dict, optional: dict | None = None):
    """An object with exactly these members; names that the text marks with ? go into optional."""
    optional = optional or {}

    def check(value) -> dict:
        if type(value) is not dict:
            raise FormatError("no object")
        for name in required:
            if name not in value:
                raise FormatError(f"member {name} is missing")
        result = {}
        for name, item in value.items():
            checker = required.get(name) or optional.get(name)
            if checker is None:
                raise FormatError(f"unknown member {name}")
            result[name] = checker(item)
        return result

    return check
