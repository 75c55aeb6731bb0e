"""The policy: checked, spelled out, resolved for a leaf, and compared (§3)."""

from . import control, fpe, paths
from .errors import FormatError

_KEEP_OR_ENCRYPT = control.one_of("keep", "encrypt")
ALGORITHMS = {"AES-256-GCM": "g", "ChaCha20-Poly1305": "c"}
STRENGTH = {
    "keep": 0,
    "mask": 1,
    "fpe": 2,
    "deterministic": 3,
    "pseudonym": 3,
    "encrypt": 4,
    "drop": 5,
}
_OPTIONAL = {
    "encrypt": ("algorithm", "padding"),
    "deterministic": ("padding", "join_as"),
    "fpe": ("join_as", "alphabet", "keep_prefix", "keep_suffix"),
    "pseudonym": ("join_as",),
    "mask": ("keep_prefix", "keep_suffix"),
    "drop": (),
    "keep": (),
}


def padding(value):
    if value == "none":
        return value
    return control.obj({"to": control.integer(1, 65536)})(value)


_MEMBERS = {
    "nulls": _KEEP_OR_ENCRYPT,
    "empty": _KEEP_OR_ENCRYPT,
    "on_error": control.one_of("fail", "null"),
    "algorithm": control.one_of(*ALGORITHMS),
    "padding": padding,
    "join_as": control.text,
    "alphabet": control.one_of(*fpe.ALPHABETS),
    "keep_prefix": control.integer(),
    "keep_suffix": control.integer(),
}


def _rule(value) -> dict:
    action = control.one_of(*STRENGTH)(control.free(value).get("action"))
    optional = {name: _MEMBERS[name] for name in ("nulls", "empty", "on_error") + _OPTIONAL[action]}
    required = {"path": control.text, "action": control.text}
    if action == "fpe":
        required["alphabet"] = optional.pop("alphabet")
    return control.obj(required, optional)(value)


_SHAPE = control.obj(
    {"version": control.integer(1, 1)},
    {
        "default": _KEEP_OR_ENCRYPT,
        "nulls": _KEEP_OR_ENCRYPT,
        "empty": _KEEP_OR_ENCRYPT,
        "unflatten": control.boolean,
        "padding": padding,
        "join": control.text,
        "fields": control.list_of(_rule),
    },
)


def check(value) -> dict:
    """The policy as it was given, where it is one. A checker for control documents."""
    result = _SHAPE(value)
    named = [rule["path"] for rule in result.get("fields", [])]
    if len(set(named)) != len(named):
        raise FormatError("two rules for one path")
    return result


class Policy:
    def __init__(self, value: dict) -> None:
        given = check(value)
        self.default = given.get("default", "encrypt")
        self.nulls = given.get("nulls", "encrypt")
        self.empty = given.get("empty", "encrypt")
        self.unflatten = given.get("unflatten", False)
        self.padding = given.get("padding", {"to": 16})
        self.join = given.get("join")
        self.rules = {rule["path"]: self._spelled(rule) for rule in given.get("fields", [])}

    def _spelled(self, rule: dict) -> dict:
        """The rule with every member that fits."""
        action = rule["action"]
        full = {"path": rule["path"], "action": action, "nulls": self.nulls, "empty": self.empty}
        full["on_error"] = "fail"
        full |= {"algorithm": "AES-256-GCM"} if action == "encrypt" else {}
        full |= {"padding": self.padding} if action in ("encrypt", "deterministic") else {}
        full |= {"keep_prefix": 0, "keep_suffix": 0} if action in ("fpe", "mask") else {}
        return full | rule

    def as_dict(self) -> dict:
        """As carried out."""
        out = {"version": 1, "default": self.default, "nulls": self.nulls, "empty": self.empty}
        out |= {"unflatten": self.unflatten, "padding": self.padding}
        out |= {"join": self.join} if self.join is not None else {}
        return out | {"fields": list(self.rules.values())}

    def rules_below(self, path: str) -> bool:
        return any(paths.below(named, path) for named in self.rules)

    def takes_whole(self, path: str) -> bool:
        """Whether a container there is one value."""
        return path in self.rules and not self.rules_below(path)

    def rule_for(self, path: str) -> dict:
        """The rule of a leaf: that of itself or its longest named ancestor, else the default."""
        named = [one for one in self.rules if one == path or paths.below(path, one)]
        rule = self.rules[max(named, key=len)] if named else {"action": self.default}
        return self._spelled(rule | {"path": path})


def _pad_to(rule: dict) -> int:
    return 0 if rule["padding"] == "none" else rule["padding"]["to"]


def allowed(job: dict, owner: dict) -> bool:
    """Whether the owner's rule (spelled out) is no weaker than the job's, for one leaf."""
    if STRENGTH[owner["action"]] != STRENGTH[job["action"]]:
        return STRENGTH[owner["action"]] > STRENGTH[job["action"]]
    if owner["action"] != job["action"]:
        return True
    for name in ("nulls", "empty"):
        if job[name] == "encrypt" and owner[name] == "keep":
            return False
    if "padding" in job and _pad_to(owner) < _pad_to(job):
        return False
    return all(owner[name] <= job[name] for name in ("keep_prefix", "keep_suffix") if name in job)
