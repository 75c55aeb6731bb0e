"""Masks (§2). Text whose bytes the encoding lacks comes with surrogate escapes, one for a byte."""


def make(text: str, keep_prefix: int, keep_suffix: int) -> str:
    if len(text) <= keep_prefix + keep_suffix:
        return "*" * len(text)
    end = len(text) - keep_suffix
    return text[:keep_prefix] + "*" * (end - keep_prefix) + text[end:]
