"""The manifest (§5): checked, signed, verified."""

import json

from . import control, csv_text, digest, fpe, jose, keys
from . import policy as policies
from .errors import FormatError

COUNT = control.integer()
_NAME = control.text


def _slot(value) -> dict:
    held = control.free(value).get("alg") == "held"
    required = {"kid": control.b64_bytes(32), "alg": control.one_of("RSA-OAEP-256", "held")}
    if not held:
        required["wrapped_key"] = control.b64_bytes()
    control.obj(required, {"name": _NAME})(value)
    return value


_SLOTS = control.list_of(_slot, 0, 1000)
VERSION = control.integer(1, 999_999_999)

_RUN = control.obj(
    {"run_id": control.b64_bytes(16), "commitment": control.b64_bytes(32)},
    {"records": control.integer(0, 2**48), "source_check": control.b64_bytes(32)},
)
_CONTENT = control.obj(
    {"name": _NAME, "size": COUNT, "digest": control.hex_digest}, {"sha256": control.hex_digest}
)
_FIELD = control.obj(
    {
        "path": control.text,
        "type": control.one_of("text", "number", "boolean", "json", "mixed", "null"),
        "action": control.one_of(*policies.STRENGTH),
        "values": COUNT,
        "kept_empty": COUNT,
        "errors": COUNT,
    },
    {
        "algorithm": control.one_of(*policies.ALGORITHMS),
        "join_as": control.text,
        "alphabet": control.one_of(*fpe.ALPHABETS),
        "keep_prefix": COUNT,
        "keep_suffix": COUNT,
    },
)
_DIALECT = control.obj(
    {},
    {
        "delimiter": control.text,
        "quote": control.text,
        "header": control.boolean,
        "encoding": control.text,
        "records_at": control.text,
    },
)
_MEDIA_TYPES = ("text/csv", "application/json", "application/x-ndjson")


def field(value) -> dict:
    result = _FIELD(value)
    action = result["action"]
    wanted = {"encrypt": {"algorithm"}, "fpe": {"alphabet", "keep_prefix", "keep_suffix"}}
    wanted["mask"] = {"keep_prefix", "keep_suffix"}
    extra = set(result) - {"path", "type", "action", "values", "kept_empty", "errors"}
    if action in ("deterministic", "fpe", "pseudonym"):
        extra.discard("join_as")
    if extra != wanted.get(action, set()):
        raise FormatError("field members that do not fit its action")
    return result


_DATASET = control.obj(
    {
        "media_type": control.one_of(*_MEDIA_TYPES),
        "dialect": _DIALECT,
        "unflattened": control.boolean,
        "byte_exact": control.boolean,
        "fields": control.list_of(field),
    }
)
_PACKAGE = control.obj(
    {"cipher": control.one_of("A256GCM"), "compression": control.one_of("none", "zstd")}
)
_MANIFEST = control.obj(
    {
        "format": control.one_of("sealwright-manifest/1"),
        "kind": control.one_of("dataset", "package"),
        "dataset_id": control.lower_uuid,
        "created": control.time,
        "tool": control.text,
        "key": control.obj({"version": VERSION, "recipients": _SLOTS}, {"id": control.text}),
        "runs": control.list_of(_RUN, 1, 10_000),
        "content": control.list_of(_CONTENT, 1),
    },
    {
        "job_id": control.lower_uuid,
        "join_key": control.obj(
            {
                "id": control.text,
                "version": VERSION,
                "commitment": control.b64_bytes(32),
                "recipients": _SLOTS,
            }
        ),
        "dataset": _DATASET,
        "package": _PACKAGE,
        "policy": policies.check,
        "metadata": control.free,
    },
)


def parse(data: bytes, kind: str) -> dict:
    """The manifest, its b64 members decoded."""
    result = _MANIFEST(control.parse(data, control.BIG_LIMIT))
    if result["kind"] != kind:
        raise FormatError("manifest of another kind")
    has = {name for name in ("dataset", "policy", "package", "join_key") if name in result}
    if kind == "package":
        if has != {"package"} or any("records" in r or "source_check" in r for r in result["runs"]):
            raise FormatError("members that no package has, or none of its own")
        if len(result["runs"]) != 1:
            raise FormatError("package of several runs")
        return result
    if has - {"join_key"} != {"dataset", "policy"} or len(result["content"]) != 1:
        raise FormatError("members that no dataset has, or some missing")
    if any("records" not in r or "source_check" not in r for r in result["runs"]):
        raise FormatError("run without records or source check")
    dataset = result["dataset"]
    named = [one["path"] for one in dataset["fields"]]
    if len(set(named)) != len(named):
        raise FormatError("field twice")
    csv_members = {"delimiter", "quote", "header", "encoding"}
    members = set(dataset["dialect"])
    if dataset["media_type"] == "text/csv":
        if members != csv_members:
            raise FormatError("dialect of CSV is not whole")
        csv_text.Dialect(**dataset["dialect"])
    elif members - ({"records_at"} if dataset["media_type"] == "application/json" else set()):
        raise FormatError("dialect that does not belong to the media type")
    return result


def build(kind: str, dataset_id: str, version: int, recipients: list, dek: bytes, **members) -> bytes:
    """The manifest's bytes; `recipients` are public keys."""
    slots = [
        {"kid": keys.kid_of(public), "alg": "RSA-OAEP-256", "wrapped_key": keys.wrap(public, dek)}
        for public in recipients
    ]
    value = {"format": "sealwright-manifest/1", "kind": kind, "dataset_id": dataset_id}
    value |= {"created": control.now(), "tool": "sealwright/independent-1"}
    value |= {"key": {"version": version, "recipients": slots}} | members
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def sign(private, data: bytes) -> str:
    return jose.sign(private, "sealwright-manifest", data, detached=True)


def signer(data: bytes, jws: str, known: dict) -> str:
    return jose.verify(jws, "sealwright-manifest", known, detached=data)[1]


def unwrap(slots: list, private) -> bytes:
    """The key in the slot made for this private key."""
    kid = keys.kid_of(private.public_key())
    for slot in slots:
        if slot["kid"] == kid and slot["alg"] == "RSA-OAEP-256":
            return keys.unwrap(private, slot["wrapped_key"])
    raise FormatError("no slot for this key")


def content_differs(entry: dict, stored: bytes, block: int = digest.BLOCK) -> bool:
    return entry["size"] != len(stored) or entry["digest"] != digest.of(stored, block)
