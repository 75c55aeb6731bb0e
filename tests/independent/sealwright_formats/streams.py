"""Segment streams of a package (§6)."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .errors import FormatError

SEGMENT = 1 << 20
STORED = SEGMENT + 16


def _nonce(counter: int, last: bool) -> bytes:
    return counter.to_bytes(11, "big") + bytes([last])


def seal(key: bytes, plaintext: bytes) -> bytes:
    cipher = AESGCM(key)
    count = max(1, -(-len(plaintext) // SEGMENT))
    out = []
    for i in range(count):
        segment = plaintext[i * SEGMENT : (i + 1) * SEGMENT]
        out.append(cipher.encrypt(_nonce(i, i == count - 1), segment, None))
    return b"".join(out)


def open(key: bytes, stored: bytes) -> bytes:
    cipher = AESGCM(key)
    count = max(1, -(-len(stored) // STORED))
    out = []
    for i in range(count):
        segment = stored[i * STORED : (i + 1) * STORED]
        if len(segment) < 16 or (len(segment) == 16 and count > 1):
            raise FormatError("segment of no content")
        try:
            out.append(cipher.decrypt(_nonce(i, i == count - 1), segment, None))
        except InvalidTag:
            raise FormatError("segment does not open") from None
    return b"".join(out)
