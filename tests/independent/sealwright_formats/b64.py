"""base64url without padding; a decoder takes nothing but the one right spelling."""

import base64
import re

from .errors import FormatError

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*")


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: str, length: int | None = None) -> bytes:
    if not _ALPHABET.fullmatch(text) or len(text) % 4 == 1:
        raise FormatError("not base64url without padding")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encode(data) != text:
        raise FormatError("base64url with trailing bits")
    if length is not None and len(data) != length:
        raise FormatError(f"{len(data)} bytes where {length} belong")
    return data
