"""Jobs and new credentials for them (§8)."""

import urllib.parse

from . import control, jose, keys, policy
from .errors import FormatError
from .manifest import VERSION

LIFE = 30 * 24 * 3600
AHEAD = 5 * 60
PORTS = {"https": 443, "http": 80, "amqps": 5671, "amqp": 5672}

_WRAPPED = {"kid": control.text, "alg": control.one_of("RSA-OAEP-256"), "wrapped_key": control.b64_bytes()}
_OBJECT = control.obj(
    {
        "kind": control.text,
        "bucket": control.text,
        "object": control.text,
        "media_type": control.text,
    },
    {"dialect": control.free, "size": control.integer(), "sha256": control.hex_digest},
)
_LOCAL = control.obj({"kind": control.text}, {"media_type": control.text, "dialect": control.free})
_STORAGE_SECRETS = control.obj(
    {"access_key": control.text, "secret_key": control.text},
    {"session_token": control.text, "expires": control.time},
)
_SECRETS = control.obj(
    {"storage": _STORAGE_SECRETS},
    {"amqp": control.obj({"user": control.text, "password": control.text})},
)


def _source(value) -> dict:
    kind = control.one_of("object", "local")(control.free(value).get("kind"))
    return (_OBJECT if kind == "object" else _LOCAL)(value)


def _key(value) -> dict:
    common = {"version": VERSION, "id": control.text}
    if "recipients" in control.free(value):
        result = control.obj(common | {"recipients": keys.jwk_set})(value)
        found = result["recipients"]["keys"]
        if not found or any(one["use"] != "enc" for one in found):
            raise FormatError("recipients that are none")
        return result
    control.obj(common | _WRAPPED)(value)
    return value


def _join_key(value) -> dict:
    members = {"id": control.text, "version": VERSION, "commitment": control.b64_bytes(32)} | _WRAPPED
    return control.obj(members)(value) | {"wrapped_key": value["wrapped_key"]}


def _feedback(value) -> dict:
    if control.free(value).get("kind") == "rest":
        return control.obj({"kind": control.text})(value)
    members = ("url", "exchange", "routing_key")
    return control.obj({"kind": control.one_of("amqp")} | dict.fromkeys(members, control.text))(value)


def _prefix(value) -> str:
    parts = control.text(value).split("/")
    if parts[0] != "loader" or parts[-1] or any(part in ("", ".", "..") for part in parts[:-1]):
        raise FormatError("target outside loader/")
    return value


_JOB = control.obj(
    {
        "format": control.one_of("sealwright-job/1"),
        "job_id": control.lower_uuid,
        "machine_id": control.text,
        "dataset_id": control.lower_uuid,
        "name": control.text,
        "issued": control.time,
        "expires": control.time,
        "source": _source,
        "target": control.obj({"bucket": control.text, "prefix": _prefix}),
        "storage": control.obj({"endpoint": control.text, "region": control.text}),
        "key": _key,
        "policy": policy.check,
        "feedback": _feedback,
        "secrets": control.text,
    },
    {"purpose": control.text, "join_key": _join_key},
)


def check_host(url: str, hosts: list[str]) -> None:
    parts = urllib.parse.urlsplit(url)
    port = parts.port or PORTS.get(parts.scheme)
    if port is None or f"{parts.hostname}:{port}" not in hosts:
        raise FormatError(f"host that the registration does not list: {url}")


def take(jws: str, pinned: dict, private, machine_id: str, hosts: list[str], now: str):
    """The job's payload, its DEK (None where this machine makes it), its join key and its secrets."""
    payload, _ = jose.verify(jws, "sealwright-job", pinned)
    job = _JOB(control.parse(payload))
    issued, expires, at = (control.seconds(text) for text in (job["issued"], job["expires"], now))
    if at >= expires or issued > at + AHEAD or expires - issued > LIFE:
        raise FormatError("expired, issued in the future, or living too long")
    if job["machine_id"] != machine_id:
        raise FormatError("for another machine")
    check_host(job["storage"]["endpoint"], hosts)
    if job["feedback"]["kind"] == "amqp":
        check_host(job["feedback"]["url"], hosts)
    dek = _unwrap(job["key"], private) if "wrapped_key" in job["key"] else None
    join_key = None
    if "join_key" in job:
        join_key = _unwrap(job["join_key"], private)
        expected = keys.join_commitment(join_key, job["join_key"]["id"])
        keys.require_equal(expected, job["join_key"]["commitment"], "join key's commitment")
    secrets = _SECRETS(control.parse(jose.decrypt(private, job["secrets"])[0]))
    return payload, dek, join_key, secrets


def _unwrap(slot: dict, private) -> bytes:
    if slot["kid"] != keys.kid_of(private.public_key()):
        raise FormatError("key for another machine")
    return keys.unwrap(private, slot["wrapped_key"])
