"""Pseudonyms (§2): a keyed digest that cannot be taken back."""

import base64
import hashlib
import hmac


def make(key: bytes, type_: str, body: bytes) -> str:
    digest = hmac.new(key, type_.encode() + body, hashlib.sha256).digest()[:20]
    return "p_" + base64.b32encode(digest).decode("ascii").lower().rstrip("=")
