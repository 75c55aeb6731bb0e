"""Tokens of modes g, c and s (§2)."""

import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV, ChaCha20Poly1305

from . import b64
from .errors import FormatError

TYPES = "tqenbzj"
_SHAPE = re.compile(rb"(sw1([gcs])\.([1-9][0-9]{0,8})\.)([A-Za-z0-9_-]+)")


def pad(type_: str, body: bytes, to: int) -> bytes:
    """The plaintext of a token; to = 0 is no padding."""
    if to == 0:
        return type_.encode() + body
    length = (len(body) // to + 1) * to
    return bytes([ord(type_) | 0x80]) + (body + b"\x80").ljust(length, b"\0")


def unpad(plaintext: bytes) -> tuple[str, bytes]:
    if not plaintext:
        raise FormatError("token without a type")
    type_, body = chr(plaintext[0] & 0x7F), plaintext[1:]
    if type_ not in TYPES:
        raise FormatError("token of an unknown type")
    if plaintext[0] & 0x80:
        body = body.rstrip(b"\0")
        if not body.endswith(b"\x80"):
            raise FormatError("padding without its first byte")
        body = body[:-1]
    return type_, body


def _aead(mode: str, key: bytes):
    return {"g": AESGCM, "c": ChaCha20Poly1305}[mode](key)


def make(mode: str, version: int, key: bytes, plaintext: bytes, row: int = 0, ordinal: int = 0) -> str:
    header = f"sw1{mode}.{version}."
    if mode == "s":
        return header + b64.encode(AESSIV(key).encrypt(plaintext, [header.encode()]))
    if not (0 <= row < 2**48 and 0 <= ordinal < 2**48):
        raise FormatError("more rows or ordinals than there are nonces")
    nonce = row.to_bytes(6, "big") + ordinal.to_bytes(6, "big")
    sealed = _aead(mode, key).encrypt(nonce, plaintext, header.encode())
    return header + b64.encode(nonce + sealed)


class Token:
    """A token taken apart, not yet opened. Raises FormatError where the bytes are none."""

    def __init__(self, raw: bytes) -> None:
        match = _SHAPE.fullmatch(raw)
        if not match:
            raise FormatError("no token")
        self.header = match[1]
        self.mode = match[2].decode()
        self.version = int(match[3])
        self.payload = b64.decode(match[4].decode())
        if len(self.payload) < (17 if self.mode == "s" else 29):
            raise FormatError("token too short")

    @property
    def row(self) -> int:
        return int.from_bytes(self.payload[:6], "big")

    @property
    def ordinal(self) -> int:
        return int.from_bytes(self.payload[6:12], "big")

    def open(self, key: bytes) -> tuple[str, bytes]:
        """Type and body, padding taken off."""
        try:
            if self.mode == "s":
                plaintext = AESSIV(key).decrypt(self.payload, [self.header])
            else:
                cipher = _aead(self.mode, key)
                plaintext = cipher.decrypt(self.payload[:12], self.payload[12:], self.header)
        except InvalidTag:
            raise FormatError("token does not open") from None
        return unpad(plaintext)
