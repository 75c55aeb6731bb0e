"""The digest of stored bytes, by blocks (§5)."""

import hashlib

BLOCK = 1 << 20


def blocks(data: bytes, size: int) -> list[bytes]:
    return [data[i : i + size] for i in range(0, len(data), size)] or [b""]


def of(data: bytes, block: int = BLOCK) -> str:
    outer = hashlib.sha256()
    for one in blocks(data, block):
        outer.update(hashlib.sha256(one).digest())
    return outer.hexdigest()
