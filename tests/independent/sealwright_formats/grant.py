"""Grants: some columns for one recipient (§7)."""

from . import control, jose, keys
from .errors import FormatError
from .field_keys import Granted
from .manifest import VERSION

_LENGTHS = {"g": 32, "c": 32, "s": 64, "f": 32, "h": 32}


def _field(value) -> dict:
    mode = control.one_of(*_LENGTHS)(control.free(value).get("mode"))
    return control.obj(
        {
            "run_id": control.b64_bytes(16),
            "path": control.text,
            "mode": control.text,
            "key": control.b64_bytes(_LENGTHS[mode]),
            "commitment": control.b64_bytes(32),
        }
    )(value)


_GRANT = control.obj(
    {
        "format": control.one_of("sealwright-grant/1"),
        "dataset_id": control.lower_uuid,
        "key_version": VERSION,
        "issued": control.time,
        "from": control.text,
        "to": control.text,
        "fields": control.list_of(_field),
    },
    {"expires": control.time},
)


def take(jws: str, known: dict, private, now: str) -> tuple[bytes, dict]:
    """The grant's bytes, and its members with keys and commitments decoded."""
    sealed, granting = jose.verify(jws, "sealwright-grant", known)
    payload, recipient = jose.decrypt(private, sealed.decode("ascii", "replace"))
    grant = _GRANT(control.parse(payload))
    if (grant["from"], grant["to"]) != (granting, recipient):
        raise FormatError("grant from or to another")
    if "expires" in grant and control.seconds(now) >= control.seconds(grant["expires"]):
        raise FormatError("grant that has expired")
    for one in grant["fields"]:
        expected = keys.field_commitment(one["key"], one["run_id"])
        keys.require_equal(expected, one["commitment"], "field key's commitment")
    return payload, grant


def keyring(grant: dict, manifest: dict) -> Granted:
    """For open.open: the granted columns open, the rest stay tokens."""
    version = manifest["key"]["version"]
    if (grant["dataset_id"], grant["key_version"]) != (manifest["dataset_id"], version):
        raise FormatError("grant for another dataset or key version")
    join_version = manifest.get("join_key", manifest["key"])["version"]
    return Granted(version, join_version, grant["fields"])
