"""Invitation, proof and registration (§10)."""

import hashlib
import hmac

from . import b64, control, jose, keys
from .errors import FormatError

LINK = "sealwright://register?invitation="

_INVITATION = control.obj(
    {
        "format": control.one_of("sealwright-invitation/1"),
        "platform": control.text,
        "token": control.text,
        "expires": control.time,
    },
    {"platform_kid": control.text, "ca_sha256": control.hex_digest},
)
_PROOF = control.obj(
    {
        "aud": control.text,
        "challenge_id": control.text,
        "answer": control.b64_bytes(32),
        "enc_kid": control.text,
        "sig_kid": control.text,
        "issued": control.time,
        "expires": control.time,
    }
)
_REGISTRATION = control.obj(
    {
        "format": control.one_of("sealwright-registration/1"),
        "machine_id": control.text,
        "platform": control.text,
        "keys": keys.jwk_set,
        "hosts": control.list_of(control.text),
        "issued": control.time,
    }
)


def invitation(text: str, now: str | None) -> dict:
    """A file's text, or the link."""
    data = b64.decode(text[len(LINK) :]) if text.startswith(LINK) else text.encode()
    result = _INVITATION(control.parse(data))
    if now is not None and control.seconds(now) >= control.seconds(result["expires"]):
        raise FormatError("invitation that has expired")
    return result


def answer(challenge: bytes, aud: str, challenge_id: str) -> bytes:
    text = b"sealwright/v1/challenge\0" + aud.encode() + b"\0" + challenge_id.encode()
    return hmac.new(challenge, text, hashlib.sha256).digest()


def proof(jws: str, offered: dict, aud: str, challenge_id: str, challenge: bytes, now: str) -> dict:
    """What the platform checks: `offered` is the machine's JWK Set."""
    keys.jwk_set(offered)
    payload, signer = jose.verify(jws, "sealwright-proof", offered)
    result = _PROOF(control.parse(payload))
    if (result["aud"], result["challenge_id"], result["sig_kid"]) != (aud, challenge_id, signer):
        raise FormatError("proof for another platform, challenge or signer")
    keys.key_of_use(offered, "enc", result["enc_kid"])
    if control.seconds(now) >= control.seconds(result["expires"]):
        raise FormatError("proof that has expired")
    keys.require_equal(result["answer"], answer(challenge, aud, challenge_id), "answer")
    return result


def registration(jws: str, offered: dict, invited: dict) -> dict:
    """`offered` is the platform's JWK Set, `invited` the invitation."""
    keys.jwk_set(offered)
    payload, signer = jose.verify(jws, "sealwright-registration", offered)
    if invited.get("platform_kid", signer) != signer:
        raise FormatError("signed by another key than the invitation's")
    result = _REGISTRATION(control.parse(payload))
    if result["platform"] != invited["platform"]:
        raise FormatError("registration of another platform")
    return result
