"""One value of a dataset, and how it is put back, in CSV and in JSON (§2)."""

import re
from dataclasses import dataclass

from . import csv_text, json_text
from .errors import FormatError, ValueProblem
from .json_text import Node

_NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_PLAIN = re.compile(rb'[^"\\\x00-\x1f]*')


@dataclass
class Value:
    """`type` and `body` as in a token of mode g; `raw` is the value as it stands."""

    type: str
    body: bytes
    raw: bytes
    kind: str
    is_null: bool = False
    is_empty: bool = False


class JsonPlace:
    """Values of JSON."""

    null = b"null"

    def value(self, data: bytes, node: Node) -> Value:
        raw = data[node.start : node.end]
        if node.is_container:
            return Value("j", raw, raw, "json")
        if node.kind == "string":
            body = raw[1:-1]
            return Value("e" if b"\\" in body else "t", body, raw, "text", is_empty=body == b"")
        if node.kind == "null":
            return Value("z", b"", raw, "null", is_null=True)
        return Value("n" if node.kind == "number" else "b", raw, raw, node.kind)

    def text(self, value: Value) -> str:
        """The decoded text of a scalar: a number or boolean as written."""
        if value.type == "e":
            return json_text.unescape(value.body)
        return value.body.decode("utf-8")

    mask_text = text

    def fpe_text(self, value: Value) -> str:
        if value.type != "t":
            raise ValueProblem("fpe takes strings without escapes")
        return value.body.decode("utf-8")

    def token(self, text: str) -> bytes:
        return b'"' + text.encode() + b'"'

    def token_bytes(self, value: Value) -> bytes:
        """The bytes that may be a token; empty where the value can be none."""
        return value.body if value.type == "t" else b""

    def like(self, text: str, _value: Value) -> bytes:
        return json_text.quote(text)

    def least(self, text: str) -> bytes:
        return json_text.quote(text)

    def restore(self, type_: str, body: bytes) -> bytes:
        """The value's bytes; a body that is not exactly one value of its type is refused."""
        if type_ == "z" and not body:
            return b"null"
        if type_ == "n" and _NUMBER.fullmatch(body) or type_ == "b" and body in (b"true", b"false"):
            return body
        if type_ in ("t", "e"):
            json_text.check_utf8(body)
            if type_ == "t" and not _PLAIN.fullmatch(body):
                raise FormatError("text that is no string without escapes")
            if type_ == "e" and (b"\\" not in body or json_text.parse(b'"' + body + b'"').kind != "string"):
                raise FormatError("no string with escapes")
            return b'"' + body + b'"'
        if type_ == "j":
            json_text.check_utf8(body)
            node = json_text.parse(body)
            if node.is_container and (node.start, node.end) == (0, len(body)):
                return body
        raise FormatError(f"token body that is no value of type {type_}")


class CsvPlace:
    """Values of CSV."""

    null = b""

    def __init__(self, dialect: csv_text.Dialect) -> None:
        self.encoding = dialect.encoding
        self.delimiter = dialect.delimiter.encode(dialect.encoding)
        self.quote = dialect.quote.encode()

    def value(self, field: csv_text.Field) -> Value:
        body = csv_text.content(field, self.quote)
        type_ = "q" if field.quoted else "t" if body else "z"
        return Value(type_, body, field.raw, "text", is_empty=body == b"")

    def text(self, value: Value) -> str:
        try:
            return value.body.decode(self.encoding)
        except UnicodeDecodeError:
            raise ValueProblem("bytes that the encoding lacks") from None

    fpe_text = text

    def mask_text(self, value: Value) -> str:
        return value.body.decode(self.encoding, "surrogateescape")

    def token(self, text: str) -> bytes:
        return text.encode()

    def token_bytes(self, value: Value) -> bytes:
        return value.body if value.type == "t" else b""

    def _quoted(self, body: bytes) -> bytes:
        return self.quote + body.replace(self.quote, self.quote * 2) + self.quote

    def like(self, text: str, value: Value) -> bytes:
        body = text.encode(self.encoding, "surrogateescape")
        return self._quoted(body) if value.type == "q" else body

    def least(self, text: str) -> bytes:
        body = text.encode(self.encoding)
        special = (self.delimiter, b"\r", b"\n") + ((self.quote,) if self.quote else ())
        if body and not any(one in body for one in special):
            return body
        if not self.quote:
            raise FormatError("text that needs quotes where there are none")
        return self._quoted(body)

    def restore(self, type_: str, body: bytes) -> bytes:
        if type_ == "z" and not body:
            return b""
        if type_ == "q" and self.quote:
            return self._quoted(body)
        if type_ == "t":
            opens = bool(self.quote) and body.startswith(self.quote)
            if not opens and not any(one in body for one in (self.delimiter, b"\r", b"\n")):
                return body
        raise FormatError(f"token body that is no value of type {type_}")
