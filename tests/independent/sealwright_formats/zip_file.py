"""ZIP by hand, in the one layout that a package may have (§6)."""

import struct
import zlib
from dataclasses import dataclass

from .errors import FormatError

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_END64 = struct.Struct("<4sQHHIIQQQQ")
_LOCATOR = struct.Struct("<4sIQI")
_UTF8 = 0x0800
_DATE, _TIME = 0x0021, 0  # 1980-01-01 00:00
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF


def write(entries: list[tuple[str, bytes]]) -> bytes:
    """Every entry stored. ZIP64 is left to larger writers."""
    out, central, at = [], [], 0
    for name_text, data in entries:
        name = name_text.encode()
        common = (0, 0, _TIME, _DATE, zlib.crc32(data), len(data), len(data), len(name), 0)
        out += [_LOCAL.pack(b"PK\3\4", 20, *common), name, data]
        central.append(_CENTRAL.pack(b"PK\1\2", 20, 20, *common, 0, 0, 0, 0, at) + name)
        at += _LOCAL.size + len(name) + len(data)
    directory = b"".join(central)
    if len(entries) >= _FULL16 or at + len(directory) >= _FULL32:
        raise FormatError("package that needs ZIP64")
    end = _END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(directory), at, 0)
    return b"".join(out) + directory + end


@dataclass
class _Central:
    name: bytes
    flags: int
    crc: int
    size: int
    offset: int
    end: int


def _take(data: bytes, layout: struct.Struct, at: int, magic: bytes) -> tuple:
    if at < 0 or at + layout.size > len(data):
        raise FormatError("ZIP is cut short")
    parts = layout.unpack_from(data, at)
    if parts[0] != magic:
        raise FormatError(f"no ZIP header at byte {at}")
    return parts[1:]


def _zip64(extra: bytes, fields: list[int]) -> list[int]:
    """The fields, with those that are full taken from the ZIP64 extra field, which may hold nothing else."""
    wanted = [i for i, value in enumerate(fields) if value == _FULL32]
    if not extra:
        return fields
    if len(extra) < 4 or struct.unpack_from("<HH", extra) != (1, len(extra) - 4):
        raise FormatError("extra field that is not ZIP64's")
    if len(extra) - 4 != 8 * len(wanted) or not wanted:
        raise FormatError("ZIP64 field of another size")
    result = list(fields)
    for i, value in zip(wanted, struct.unpack_from(f"<{len(wanted)}Q", extra, 4)):
        result[i] = value
    return result


def _common(method: int, flags: int, time: int, date: int, crc: int, size: int, plain: int) -> None:
    if method != 0 or size != plain:
        raise FormatError("entry that is not stored")
    if flags & ~_UTF8:
        raise FormatError("flags that do not belong")
    if (time, date) != (_TIME, _DATE):
        raise FormatError("time other than 1980-01-01 00:00")


def _read_central(data: bytes, at: int) -> _Central:
    parts = _take(data, _CENTRAL, at, b"PK\1\2")
    (_, _, flags, method, time, date, crc, size, plain, name_len, extra_len, comment_len) = parts[:12]
    disk, offset = parts[12], parts[15]
    start = at + _CENTRAL.size
    end = start + name_len + extra_len + comment_len
    if end > len(data):
        raise FormatError("ZIP is cut short")
    extra = data[start + name_len : start + name_len + extra_len]
    plain, size, offset = _zip64(extra, [plain, size, offset])
    if comment_len or disk:
        raise FormatError("comment or further disk")
    _common(method, flags, time, date, crc, size, plain)
    return _Central(data[start : start + name_len], flags, crc, size, offset, end)


def _read_local(data: bytes, at: int, central: _Central) -> tuple[bytes, int]:
    parts = _take(data, _LOCAL, at, b"PK\3\4")
    (_, flags, method, time, date, crc, size, plain, name_len, extra_len) = parts
    start = at + _LOCAL.size
    name = data[start : start + name_len]
    begin = start + name_len + extra_len
    extra = data[start + name_len : begin]
    plain, size = _zip64(extra, [plain, size])
    _common(method, flags, time, date, crc, size, plain)
    if (name, flags, crc, size) != (central.name, central.flags, central.crc, central.size):
        raise FormatError("local and central header differ")
    content = data[begin : begin + size]
    if len(content) != size or zlib.crc32(content) != crc:
        raise FormatError("entry cut short, or CRC differs")
    return content, begin + size


def _read_end(data: bytes) -> tuple[int, int, int]:
    """Count of entries, where the central directory begins, and where it ends."""
    at = len(data) - _END.size
    disk, first, here, count, size, offset, comment = _take(data, _END, at, b"PK\5\6")
    if disk or first or here != count or comment:
        raise FormatError("comment, or several disks")
    end = at
    if data[at - _LOCATOR.size : at - _LOCATOR.size + 4] == b"PK\6\7" and at >= _LOCATOR.size:
        disk, where, disks = _take(data, _LOCATOR, at - _LOCATOR.size, b"PK\6\7")
        parts = _take(data, _END64, where, b"PK\6\6")
        length, _, _, disk64, first64, here64, count64, size64, offset64 = parts
        if where + _END64.size + _LOCATOR.size != at or length != _END64.size - 12:
            raise FormatError("ZIP64 end that does not touch")
        if disk or disks != 1 or disk64 or first64 or here64 != count64:
            raise FormatError("several disks")
        for short, full, value in (
            (count, _FULL16, count64),
            (size, _FULL32, size64),
            (offset, _FULL32, offset64),
        ):
            if short not in (full, value):
                raise FormatError("ZIP64 end differs")
        count, size, offset, end = count64, size64, offset64, where
    elif _FULL16 == count or _FULL32 in (size, offset):
        raise FormatError("ZIP64 end is missing")
    if offset + size != end:
        raise FormatError("central directory does not touch the end")
    return count, offset, end


def read(data: bytes) -> list[tuple[str, bytes]]:
    """Names and contents in order; any other layout is refused."""
    count, at, end = _read_end(data)
    start, next_local, result = at, 0, []
    for _ in range(count):
        central = _read_central(data, at)
        if central.offset != next_local:
            raise FormatError("entries do not touch")
        content, next_local = _read_local(data, central.offset, central)
        at = central.end
        try:
            result.append((central.name.decode("ascii"), content))
        except UnicodeDecodeError:
            raise FormatError("name that does not belong") from None
    if next_local != start or at != end:
        raise FormatError("gap before the central directory or the end")
    return result
