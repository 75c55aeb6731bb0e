"""Keys: derivations, commitments, wrapping, JWK and PKCS#8 (§1, §11)."""

import hashlib
import hmac

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from . import b64, control
from .errors import FormatError


def hkdf(secret: bytes, salt: bytes, info: bytes, length: int = 32) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def join_salt(domain: str) -> bytes:
    return hashlib.sha256(b"sealwright/v1/join\0" + domain.encode()).digest()


def run_field_key(dek: bytes, run_id: bytes, mode: str, path: str) -> bytes:
    """Modes g and c: one column of one run."""
    return hkdf(dek, run_id, b"sealwright/v1/field\0" + mode.encode() + b"\0" + path.encode())


def join_field_key(j: bytes, domain: str, mode: str, name: str) -> bytes:
    """Modes s, f and h: every column of that name and domain under J."""
    info = b"sealwright/v1/field\0" + mode.encode() + b"\0" + name.encode()
    return hkdf(j, join_salt(domain), info, 64 if mode == "s" else 32)


def payload_key(dek: bytes, run_id: bytes, name: str) -> bytes:
    return hkdf(dek, run_id, b"sealwright/v1/payload\0" + name.encode())


def source_key(dek: bytes, run_id: bytes) -> bytes:
    return hkdf(dek, run_id, b"sealwright/v1/source")


def commitment(dek: bytes, run_id: bytes) -> bytes:
    return hkdf(dek, run_id, b"sealwright/v1/commit")


def join_commitment(join_key: bytes, key_id: str) -> bytes:
    return hkdf(join_key, key_id.encode(), b"sealwright/v1/join-commit")


def field_commitment(field_key: bytes, run_id: bytes) -> bytes:
    return hkdf(field_key, run_id, b"sealwright/v1/field-commit")


def require_equal(one: bytes, other: bytes, what: str) -> None:
    if not hmac.compare_digest(one, other):
        raise FormatError(f"{what} differs")


# Wrapping

_OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


def wrap(public: rsa.RSAPublicKey, secret: bytes) -> str:
    return b64.encode(public.encrypt(secret, _OAEP))


def unwrap(private: rsa.RSAPrivateKey, wrapped: str) -> bytes:
    """Every failure is one and the same error."""
    try:
        data = b64.decode(wrapped, private.key_size // 8)
        secret = private.decrypt(data, _OAEP)
    except (FormatError, ValueError):
        raise FormatError("does not unwrap") from None
    if len(secret) != 32:
        raise FormatError("does not unwrap")
    return secret


# JWK (RFC 7517, RFC 8037) and thumbprints (RFC 7638)


def _thumbprint(text: str) -> str:
    return b64.encode(hashlib.sha256(text.encode()).digest())


def jwk_of(public) -> dict:
    if isinstance(public, rsa.RSAPublicKey):
        numbers = public.public_numbers()
        n = b64.encode(numbers.n.to_bytes(public.key_size // 8, "big"))
        e = b64.encode(numbers.e.to_bytes((numbers.e.bit_length() + 7) // 8, "big"))
        kid = _thumbprint(f'{{"e":"{e}","kty":"RSA","n":"{n}"}}')
        return {"kty": "RSA", "use": "enc", "alg": "RSA-OAEP-256", "kid": kid, "n": n, "e": e}
    raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    x = b64.encode(raw)
    kid = _thumbprint(f'{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}')
    return {"kty": "OKP", "use": "sig", "alg": "EdDSA", "kid": kid, "crv": "Ed25519", "x": x}


def kid_of(public) -> str:
    return jwk_of(public)["kid"]


def public_from_jwk(jwk: dict):
    """The key, where every member is exactly what it must be."""
    control.obj({}, dict.fromkeys(("kty", "use", "alg", "kid", "n", "e", "crv", "x"), control.text))(jwk)
    if jwk.get("kty") == "RSA":
        n = int.from_bytes(b64.decode(jwk.get("n", "")), "big")
        if jwk.get("e") != "AQAB" or n.bit_length() not in (3072, 4096):
            raise FormatError("RSA key of a size or exponent that does not belong")
        public = rsa.RSAPublicNumbers(65537, n).public_key()
    elif jwk.get("kty") == "OKP":
        public = ed25519.Ed25519PublicKey.from_public_bytes(b64.decode(jwk.get("x", ""), 32))
    else:
        raise FormatError("unknown kty")
    if jwk_of(public) != jwk:
        raise FormatError("JWK that is not as its key makes it")
    return public


def jwk(value) -> dict:
    """A checker for control documents."""
    public_from_jwk(control.free(value))
    return value


jwk_set = control.obj({"keys": control.list_of(jwk)})


def key_of_use(keys: dict, use: str, kid: str | None = None):
    """The first key of that use (and kid) in a JWK Set."""
    for one in keys["keys"]:
        if one["use"] == use and kid in (None, one["kid"]):
            return public_from_jwk(one)
    raise FormatError(f"no {use} key of that kid")


# PKCS#8, plain or PBES2 with scrypt


def private_from_pem(pem: bytes, passphrase: bytes | None = None):
    """The first private key in the text; explanatory lines around it are passed over."""
    kind = b"ENCRYPTED PRIVATE KEY" if b"BEGIN ENCRYPTED PRIVATE KEY" in pem else b"PRIVATE KEY"
    start = pem.find(b"-----BEGIN " + kind + b"-----")
    tail = b"-----END " + kind + b"-----"
    end = pem.find(tail)
    if start < 0 or end < start:
        raise FormatError("no PKCS#8 PEM")
    secret = passphrase if kind.startswith(b"ENC") else None
    try:
        key = serialization.load_pem_private_key(pem[start : end + len(tail)] + b"\n", secret)
    except (ValueError, TypeError) as error:
        raise FormatError(f"private key does not open: {error}") from None
    if isinstance(key, rsa.RSAPrivateKey):
        if key.key_size not in (3072, 4096) or key.public_key().public_numbers().e != 65537:
            raise FormatError("RSA key of a size or exponent that does not belong")
    elif not isinstance(key, ed25519.Ed25519PrivateKey):
        raise FormatError("a key of another kind")
    return key
