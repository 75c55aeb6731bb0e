"""CSV taken apart byte-exactly (§4): every byte belongs to a field, a delimiter or a line end."""

import codecs
from dataclasses import dataclass

from . import paths
from .errors import FormatError

BOM = b"\xef\xbb\xbf"


@dataclass
class Dialect:
    delimiter: str = ","
    quote: str = '"'
    header: bool = True
    encoding: str = "UTF-8"

    def __post_init__(self) -> None:
        if len(self.delimiter) != 1 or self.delimiter in '\r\n"' or self.quote not in ("", '"'):
            raise FormatError("dialect that cannot be")
        check_encoding(self.encoding)
        try:
            self.delimiter.encode(self.encoding)
        except UnicodeEncodeError:
            raise FormatError("delimiter that the encoding lacks") from None

    def as_dict(self) -> dict:
        return dict(vars(self))


def check_encoding(name: str) -> None:
    """UTF-8, or an encoding that has one byte for each character."""
    try:
        if codecs.lookup(name).name == "utf-8":
            if name.upper() != "UTF-8":
                raise FormatError("UTF-8 under another name")
            return
        for byte in range(256):
            try:
                if len(bytes([byte]).decode(name)) != 1:
                    raise FormatError("no single-byte encoding")
            except UnicodeDecodeError as error:
                if "unexpected end" in error.reason or "truncated" in error.reason or "incomplete" in error.reason:
                    raise FormatError("no single-byte encoding") from None
    except (LookupError, ValueError):
        raise FormatError("unknown encoding") from None


@dataclass
class Field:
    """`raw` is as stored, quotes included."""

    raw: bytes
    quoted: bool


@dataclass
class Line:
    fields: list[Field]
    end: bytes

    @property
    def is_blank(self) -> bool:
        return len(self.fields) == 1 and self.fields[0].raw == b""


@dataclass
class Table:
    bom: bytes
    header: Line | None
    lines: list[Line]


def _quoted_end(data: bytes, at: int, quote: bytes) -> int:
    while True:
        at = data.find(quote, at)
        if at < 0:
            raise FormatError("open quote")
        if data[at + 1 : at + 2] != quote:
            return at + 1
        at += 2


def _unquoted_end(data: bytes, at: int, delimiter: bytes) -> int:
    ends = [data.find(stop, at) for stop in (delimiter, b"\r", b"\n")]
    return min((end for end in ends if end >= 0), default=len(data))


def _line_end(data: bytes, at: int) -> bytes:
    if data.startswith(b"\r\n", at):
        return b"\r\n"
    return data[at : at + 1] if data[at : at + 1] in (b"\r", b"\n") else b""


def lines(data: bytes, dialect: Dialect) -> list[Line]:
    delimiter, quote = dialect.delimiter.encode(dialect.encoding), dialect.quote.encode()
    result, fields, at = [], [], 0
    while at < len(data) or fields:
        quoted = bool(quote) and data.startswith(quote, at)
        end = _quoted_end(data, at + 1, quote) if quoted else _unquoted_end(data, at, delimiter)
        fields.append(Field(data[at:end], quoted))
        at = end
        if data.startswith(delimiter, at):
            at += len(delimiter)
            continue
        line_end = _line_end(data, at)
        if not line_end and at < len(data):
            raise FormatError(f"text after a closing quote at byte {at}")
        result.append(Line(fields, line_end))
        fields = []
        at += len(line_end)
    return result


def read(data: bytes, dialect: Dialect) -> Table:
    bom = BOM if dialect.encoding == "UTF-8" and data.startswith(BOM) else b""
    found = lines(data[len(bom) :], dialect)
    header = found.pop(0) if dialect.header and found else None
    return Table(bom, header, found)


def content(field: Field, quote: bytes) -> bytes:
    """The field's bytes with its quoting undone."""
    return field.raw[1:-1].replace(quote + quote, quote) if field.quoted else field.raw


def column_paths(table: Table, dialect: Dialect) -> list[str]:
    """The columns by the header, or by the first line that has bytes."""
    if table.header is None:
        filled = [line for line in table.lines if not line.is_blank]
        return [f"#{i + 1}" for i in range(len(filled[0].fields) if filled else 1)]
    quote = dialect.quote.encode()
    try:
        names = [content(field, quote).decode(dialect.encoding) for field in table.header.fields]
    except UnicodeDecodeError:
        raise FormatError("header that its encoding lacks") from None
    return [
        paths.escape(name) if name and names.count(name) == 1 else f"#{i + 1}"
        for i, name in enumerate(names)
    ]


def records(table: Table, columns: int) -> list[Line]:
    return [line for line in table.lines if columns == 1 or not line.is_blank]
