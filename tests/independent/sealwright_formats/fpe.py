"""FF1 with AES-256 over one alphabet (NIST SP 800-38G; §2, action fpe)."""

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from .errors import ValueProblem

_DIGITS = "0123456789"
_LOWER = "abcdefghijklmnopqrstuvwxyz"
_UPPER = _LOWER.upper()
ALPHABETS = {
    "digits": _DIGITS,
    "lower": _LOWER,
    "upper": _UPPER,
    "alnum": _DIGITS + _UPPER + _LOWER,
    "alnum-upper": _DIGITS + _UPPER,
    "hex-lower": _DIGITS + "abcdef",
}
MIN_VALUES = 1_000_000
MAX_LENGTH = 1024


def _number(digits: list[int], radix: int) -> int:
    value = 0
    for digit in digits:
        value = value * radix + digit
    return value


def _digits(value: int, radix: int, length: int) -> list[int]:
    result = []
    for _ in range(length):
        value, digit = divmod(value, radix)
        result.append(digit)
    return result[::-1]


class Ff1:
    """Algorithms 7 and 8 of SP 800-38G; the steps are named as there."""

    def __init__(self, key: bytes, radix: int) -> None:
        self._key = key
        self._radix = radix

    def _ecb(self, block: bytes) -> bytes:
        return Cipher(algorithms.AES(self._key), modes.ECB()).encryptor().update(block)

    def _prf(self, data: bytes) -> bytes:
        zero = modes.CBC(bytes(16))
        return Cipher(algorithms.AES(self._key), zero).encryptor().update(data)[-16:]

    def _rounds(self, digits: list[int], tweak: bytes, encrypt: bool) -> list[int]:
        radix, n, t = self._radix, len(digits), len(tweak)
        u = n // 2
        v = n - u
        a, b = digits[:u], digits[u:]
        byte_count = ((radix**v - 1).bit_length() + 7) // 8
        d = 4 * ((byte_count + 3) // 4) + 4
        p = bytes([1, 2, 1]) + radix.to_bytes(3, "big") + bytes([10, u % 256])
        p += n.to_bytes(4, "big") + t.to_bytes(4, "big")
        for i in range(10) if encrypt else range(9, -1, -1):
            source = b if encrypt else a
            q = tweak + bytes((-t - byte_count - 1) % 16) + bytes([i])
            q += _number(source, radix).to_bytes(byte_count, "big")
            r = self._prf(p + q)
            s = r
            for j in range(1, (d + 15) // 16):
                s += self._ecb((int.from_bytes(r, "big") ^ j).to_bytes(16, "big"))
            y = int.from_bytes(s[:d], "big")
            m = u if i % 2 == 0 else v
            if encrypt:
                c = _digits((_number(a, radix) + y) % radix**m, radix, m)
                a, b = b, c
            else:
                c = _digits((_number(b, radix) - y) % radix**m, radix, m)
                a, b = c, a
        return a + b

    def encrypt(self, digits: list[int], tweak: bytes) -> list[int]:
        return self._rounds(digits, tweak, True)

    def decrypt(self, digits: list[int], tweak: bytes) -> list[int]:
        return self._rounds(digits, tweak, False)


def change(key: bytes, alphabet: str, keep_prefix: int, keep_suffix: int, text: str, encrypt: bool) -> str:
    """The text with the characters of the alphabet changed, or changed back; the rest stays in place."""
    symbols = ALPHABETS[alphabet]
    places = [i for i, char in enumerate(text) if char in symbols]
    end = len(places) - keep_suffix
    inner = places[keep_prefix:end] if end > keep_prefix else []
    if len(inner) > MAX_LENGTH:
        raise ValueProblem("more than 1,024 characters to change")
    if len(symbols) ** len(inner) < MIN_VALUES:
        raise ValueProblem("fewer than 1,000,000 possible values")
    tweak = b""
    if keep_prefix or keep_suffix:
        prefix = "".join(text[i] for i in places[:keep_prefix])
        suffix = "".join(text[i] for i in places[end:])
        tweak = prefix.encode() + b"\0" + suffix.encode()
    cipher = Ff1(key, len(symbols))
    digits = [symbols.index(text[i]) for i in inner]
    result = list(text)
    for i, digit in zip(inner, cipher.encrypt(digits, tweak) if encrypt else cipher.decrypt(digits, tweak)):
        result[i] = symbols[digit]
    return "".join(result)
