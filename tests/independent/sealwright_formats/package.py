"""A sealed package made and opened (§6)."""

import io
import json
import os
import re
import unicodedata
import uuid

from . import b64, control, keys, manifest, streams, zip_file
from .errors import FormatError

MIMETYPE = b"application/vnd.sealwright.sealed+zip"
_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"}
_RESERVED |= {port + digit for port in ("com", "lpt") for digit in "123456789¹²³"}

_INDEX = control.obj(
    {
        "files": control.list_of(
            control.obj(
                {"path": control.text, "size": control.integer()},
                {"payload": control.text, "mtime": control.time},
            ),
            0,
            1_000_000,
        )
    }
)


def check_path(path: str) -> None:
    """A file's path, or a folder's with its last / taken off."""
    for part in path.split("/"):
        bad = (
            part in ("", ".", "..")
            or unicodedata.normalize("NFC", part) != part
            or re.search(r'[\\:*?"<>|]', part)
            or any(unicodedata.category(char) == "Cc" for char in part)
            or part[-1] in ". "
            or part.split(".")[0].lower() in _RESERVED
        )
        if bad:
            raise FormatError(f"path that cannot be: {path!r}")


def check_paths(all_paths: list[str]) -> None:
    """No two are equal after full case folding and NFC, none is a folder of another."""
    seen = set()
    for path in all_paths:
        bare = path.removesuffix("/")
        check_path(bare)
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", bare).casefold())
        if folded in seen:
            raise FormatError(f"two paths that are equal: {path!r}")
        seen.add(folded)
    for folded in seen:
        parts = folded.split("/")
        if any("/".join(parts[:i]) in seen for i in range(1, len(parts))):
            raise FormatError(f"a path that is a folder of {folded!r}")


# Making


def gather(roots: list[str]) -> list[tuple[str, bytes | None, int]]:
    """Path in the package, content (None: an empty folder), and time of change, in order."""
    found = []

    def visit(on_disk: str, path: str) -> None:
        if os.path.islink(on_disk):
            raise FormatError(f"symbolic link: {on_disk}")
        if os.path.isdir(on_disk):
            names = sorted(os.listdir(on_disk))
            for name in names:
                visit(os.path.join(on_disk, name), f"{path}/{name}")
            if not names:
                found.append((path + "/", None, int(os.stat(on_disk).st_mtime)))
            return
        with io.open(on_disk, "rb") as file:
            found.append((path, file.read(), int(os.stat(on_disk).st_mtime)))

    for root in roots:
        bare = os.path.abspath(root)
        visit(bare, unicodedata.normalize("NFC", os.path.basename(bare)))
    return found


def _compress(data: bytes, compression: str) -> bytes:
    if compression == "none":
        return data
    import zstandard

    return zstandard.ZstdCompressor(level=3).compress(data)


def seal(files: list, recipients: list, signer, compression: str = "none") -> bytes:
    """`files` as gather gives them; a fresh DEK and run id each time."""
    dek, run_id = os.urandom(32), os.urandom(16)
    check_paths([path for path, _, _ in files])
    payloads, listed = [], []
    for path, content, mtime in files:
        entry = {"path": path, "size": len(content or b"")}
        if content is not None:
            name = f"payload/{len(payloads) + 1}"
            stored = streams.seal(keys.payload_key(dek, run_id, name), _compress(content, compression))
            payloads.append((name, stored))
            entry = {"payload": name} | entry
        time = control.datetime.datetime.fromtimestamp(mtime, control.datetime.timezone.utc)
        listed.append(entry | {"mtime": time.strftime("%Y-%m-%dT%H:%M:%SZ")})
    index = json.dumps({"files": listed}, ensure_ascii=False, separators=(",", ":")).encode()
    payloads.append(("index", streams.seal(keys.payload_key(dek, run_id, "index"), index)))
    run = {"run_id": b64.encode(run_id), "commitment": b64.encode(keys.commitment(dek, run_id))}
    content = [
        {"name": name, "size": len(stored), "digest": manifest.digest.of(stored, streams.STORED)}
        for name, stored in payloads
    ]
    text = manifest.build(
        "package",
        str(uuid.uuid4()),
        1,
        recipients,
        dek,
        runs=[run],
        content=content,
        package={"cipher": "A256GCM", "compression": compression},
    )
    jws = manifest.sign(signer, text).encode()
    entries = [("mimetype", MIMETYPE), *payloads, ("manifest.json", text), ("manifest.jws", jws)]
    return zip_file.write(entries)


# Opening


def _decompress(data: bytes, compression: str, size: int) -> bytes:
    """Stops at `size`; more or less is an error."""
    if compression == "zstd":
        import zstandard

        try:
            data = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data)).read(size + 1)
        except zstandard.ZstdError:
            raise FormatError("payload is no zstd") from None
    if len(data) != size:
        raise FormatError("size differs from the index")
    return data


def _files(index: dict, payloads: list[str]) -> list[tuple[str, str | None, int]]:
    """Path, payload and size of each file, where index and payloads fit each other."""
    listed = index["files"]
    check_paths([one["path"] for one in listed])
    for one in listed:
        if one["path"].endswith("/") and ("payload" in one or one["size"]):
            raise FormatError("folder with a payload")
        if not one["path"].endswith("/") and "payload" not in one:
            raise FormatError("file without a payload")
    named = [one["payload"] for one in listed if "payload" in one]
    if sorted(named) != sorted(payloads):
        raise FormatError("payloads and files do not fit")
    return [(one["path"], one.get("payload"), one["size"]) for one in listed]


def open(data: bytes, private, known: dict) -> tuple[list[tuple[str, bytes | None]], str]:
    """Paths and contents (None: a folder), and the kid of who signed, one of the known."""
    entries = zip_file.read(data)
    names = [name for name, _ in entries]
    count = len(entries) - 4
    payloads = [f"payload/{i + 1}" for i in range(count)]
    if names != ["mimetype", *payloads, "index", "manifest.json", "manifest.jws"]:
        raise FormatError("entries that do not belong, or in another order")
    stored = dict(entries)
    if stored["mimetype"] != MIMETYPE:
        raise FormatError("another mimetype")
    text = stored["manifest.json"]
    try:
        jws = stored["manifest.jws"].decode("ascii")
    except UnicodeDecodeError:
        raise FormatError("no compact JWS") from None
    found = manifest.parse(text, "package")
    content = {one["name"]: one for one in found["content"]}
    if sorted(one["name"] for one in found["content"]) != sorted([*payloads, "index"]):
        raise FormatError("content and entries are not the same set")
    for name, entry in content.items():
        if manifest.content_differs(entry, stored[name], streams.STORED):
            raise FormatError(f"size or digest of {name} differs")
    signer = manifest.signer(text, jws, known)
    dek = manifest.unwrap(found["key"]["recipients"], private)
    run = found["runs"][0]
    keys.require_equal(keys.commitment(dek, run["run_id"]), run["commitment"], "commitment")

    def plaintext(name: str) -> bytes:
        return streams.open(keys.payload_key(dek, run["run_id"], name), stored[name])

    index = _INDEX(control.parse(plaintext("index"), control.BIG_LIMIT))
    compression = found["package"]["compression"]
    files = []
    for path, payload, size in _files(index, payloads):
        files.append((path, payload and _decompress(plaintext(payload), compression, size)))
    return files, signer
