"""JWS and JWE in the one compact form each that the formats use (§5)."""

import json
import os

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import b64, control, keys
from .errors import FormatError

_JWS_HEADER = control.obj({"alg": control.one_of("EdDSA"), "kid": control.text, "typ": control.text})
_JWE_HEADER = control.obj(
    {"alg": control.one_of("RSA-OAEP-256"), "enc": control.one_of("A256GCM"), "kid": control.text}
)


def _header(members: dict) -> str:
    return b64.encode(json.dumps(members, separators=(",", ":")).encode())


def sign(private, typ: str, payload: bytes, detached: bool = False) -> str:
    header = _header({"alg": "EdDSA", "kid": keys.kid_of(private.public_key()), "typ": typ})
    body = b64.encode(payload)
    signature = b64.encode(private.sign(f"{header}.{body}".encode()))
    return f"{header}.{'' if detached else body}.{signature}"


def verify(jws: str, typ: str, known: dict, detached: bytes | None = None) -> tuple[bytes, str]:
    """Payload and the signer's kid. `known` is a JWK Set; `detached` the payload where none is inside."""
    if len(jws) > control.LIMIT or jws.count(".") != 2:
        raise FormatError("no compact JWS")
    header_text, body, signature_text = jws.split(".")
    header = _JWS_HEADER(control.parse(b64.decode(header_text)))
    if header["typ"] != typ:
        raise FormatError("JWS of another typ")
    if detached is not None:
        if body:
            raise FormatError("payload where none belongs")
        body = b64.encode(detached)
    payload = b64.decode(body)
    signature = b64.decode(signature_text, 64)
    public = keys.key_of_use(known, "sig", header["kid"])
    try:
        public.verify(signature, f"{header_text}.{body}".encode())
    except InvalidSignature:
        raise FormatError("signature does not fit") from None
    return payload, header["kid"]


def encrypt(public, plaintext: bytes) -> str:
    header = _header({"alg": "RSA-OAEP-256", "enc": "A256GCM", "kid": keys.kid_of(public)})
    cek, iv = os.urandom(32), os.urandom(12)
    sealed = AESGCM(cek).encrypt(iv, plaintext, header.encode())
    parts = (b64.encode(iv), b64.encode(sealed[:-16]), b64.encode(sealed[-16:]))
    return ".".join((header, keys.wrap(public, cek), *parts))


def decrypt(private, jwe: str) -> tuple[bytes, str]:
    """Plaintext and the kid it was made for, which is this key's."""
    if jwe.count(".") != 4:
        raise FormatError("no compact JWE")
    header_text, wrapped, iv, ciphertext, tag = jwe.split(".")
    header = _JWE_HEADER(control.parse(b64.decode(header_text)))
    if header["kid"] != keys.kid_of(private.public_key()):
        raise FormatError("JWE for another key")
    cek = keys.unwrap(private, wrapped)
    try:
        sealed = b64.decode(ciphertext) + b64.decode(tag, 16)
        return AESGCM(cek).decrypt(b64.decode(iv, 12), sealed, header_text.encode()), header["kid"]
    except InvalidTag:
        raise FormatError("JWE does not open") from None
