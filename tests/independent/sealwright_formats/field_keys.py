"""Who derives the key of a field: for making, or for opening a dataset (§1)."""

from . import keys, policy
from .errors import FormatError

MODES = {"deterministic": "s", "fpe": "f", "pseudonym": "h"}


def mode_of(rule: dict) -> str | None:
    """The mode of a rule or of a manifest's field; None where it needs no key."""
    if rule["action"] == "encrypt":
        return policy.ALGORITHMS[rule["algorithm"]]
    return MODES.get(rule["action"])


class Keyring:
    """All keys that come of the DEK and, where there is one, the join key."""

    def __init__(self, dek: bytes, version: int, domain: str, join: tuple[bytes, int] | None) -> None:
        self.dek = dek
        self.version = version
        self.domain = domain
        self.j, self.join_version = join or (dek, version)

    def version_of(self, mode: str) -> int:
        return self.version if mode in ("g", "c") else self.join_version

    def key(self, run_id: bytes, mode: str, rule: dict) -> bytes | None:
        if mode in ("g", "c"):
            return keys.run_field_key(self.dek, run_id, mode, rule["path"])
        return keys.join_field_key(self.j, self.domain, mode, rule.get("join_as", rule["path"]))


class Granted:
    """The keys of some columns, as a grant has them; all others are None."""

    def __init__(self, version: int, join_version: int, fields: list[dict]) -> None:
        self.version = version
        self.join_version = join_version
        self.fields = {}
        for one in fields:
            keys.require_equal(
                one["commitment"], keys.field_commitment(one["key"], one["run_id"]), "field commitment"
            )
            spot = (one["run_id"], one["mode"], one["path"])
            if spot in self.fields:
                raise FormatError("field granted twice")
            self.fields[spot] = one["key"]

    version_of = Keyring.version_of

    def key(self, run_id: bytes, mode: str, rule: dict) -> bytes | None:
        return self.fields.get((run_id, mode, rule["path"]))
