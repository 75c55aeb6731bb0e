#!/usr/bin/python3
"""Seals and opens random small datasets under random policies: what leaves must come back, unreported.

    round_trip.py [COUNT [SEED]]
"""

import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from sealwright_formats import b64, digest, keys, manifest, seal  # noqa: E402
from sealwright_formats import open as opening  # noqa: E402
from sealwright_formats.errors import FormatError  # noqa: E402
from sealwright_formats.field_keys import Keyring  # noqa: E402
from sealwright_formats.policy import Policy  # noqa: E402

ACTIONS = ("encrypt", "encrypt", "deterministic", "fpe", "pseudonym", "mask", "drop", "keep")
CSV_TEXT = ("", "", '""', "x", "1234567", '5" d', "é", "sw1g.1.AA", "  ", '"a,b"', '"x""y"', '"l\nm"')
SCALARS = ("1", "-0.5e3", "null", "true", '""', '"x"', '"1234567"', '"\\u00e9"', '"\\ud800"', '"é\\n"', '"\\/"')
NAMES = ("a", "b", "c", "a.b", "", "#x", "$")
DATASET_ID = "3f2b8c1e-9d4a-4c7e-8f10-5a6b7c8d9e0f"


class Maker:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def csv(self) -> bytes:
        pick = self.random
        columns = pick.randint(1, 4)
        out = pick.choice(["", "", "", "\ufeff"])
        out += ",".join(pick.sample(["a", "b", "c", "d.e", "", "a", "#1", '"q"'], columns)) + self.line_end()
        for _ in range(pick.randint(0, 5)):
            width = pick.choice([columns, columns, columns, pick.randint(1, columns + 2)])
            out += ",".join(pick.choice(CSV_TEXT) for _ in range(width)) + self.line_end()
            out += self.line_end() if pick.random() < 0.05 else ""
        return (out.rstrip("\r\n") if pick.random() < 0.3 else out).encode()

    def line_end(self) -> str:
        return self.random.choice(["\n", "\r\n", "\r"])

    def space(self) -> str:
        return self.random.choice(["", "", "", " ", "\t"])

    def value(self, depth: int = 0) -> str:
        kind = self.random.random()
        if depth < 3 and kind < 0.25:
            return self.object(depth + 1)
        if depth < 3 and kind < 0.4:
            items = (self.value(depth + 1) for _ in range(self.random.randint(0, 3)))
            return "[" + ",".join(self.space() + item + self.space() for item in items) + "]"
        return self.random.choice(SCALARS)

    def object(self, depth: int = 0) -> str:
        parts = []
        for _ in range(self.random.randint(0, 3)):
            name = json.dumps(self.random.choice(NAMES))
            parts.append(f"{self.space()}{name}{self.space()}:{self.space()}{self.value(depth)}{self.space()}")
        return "{" + ",".join(parts) + "}"

    def json(self) -> bytes:
        records = [self.object() for _ in range(self.random.randint(0, 3))]
        array = "[" + self.space() + ",".join(records) + self.space() + "]"
        shapes = [array, self.value(), f'{{"m":{self.value()},"items":{array},"z":{self.value()}}}']
        return (self.random.choice(shapes) + self.space()).encode()

    def lines(self) -> bytes:
        end = self.random.choice(["\n", "\r\n"])
        return end.join(
            self.random.choice([self.object(), self.value(), "", " "])
            for _ in range(self.random.randint(0, 4))
        ).encode()

    def policy(self, found: list[str], media_type: str) -> dict:
        pick = self.random
        rules = []
        for path in pick.sample(found, min(len(found), pick.randint(0, 3))):
            rule = {"path": path, "action": pick.choice(ACTIONS), "on_error": pick.choice(["null", "null", "fail"])}
            if rule["action"] == "fpe":
                rule["alphabet"] = "digits"
            if rule["action"] == "encrypt":
                rule["algorithm"] = pick.choice(["AES-256-GCM", "ChaCha20-Poly1305"])
            for name in pick.sample(["nulls", "empty"], pick.randint(0, 2)):
                rule[name] = "keep"
            rules.append(rule)
        out = {name: pick.choice(["encrypt", "keep"]) for name in ("default", "nulls", "empty")}
        out["padding"] = pick.choice(["none", {"to": pick.randint(1, 20)}])
        if media_type != seal.CSV and pick.random() < 0.1:
            out["unflatten"] = True
        return {"version": 1, "fields": rules} | out


def containers(found: list[str]) -> list[str]:
    """Some paths of containers, so that rules take them whole."""
    cut = {path.rsplit(".", 1)[0] for path in found if "." in path}
    return sorted(path for path in cut if not path.endswith(("\\", "$")))


def one(make: Maker, keyring: Keyring, run_id: bytes, recipient) -> str | None:
    """What is wrong; raises FormatError where the source or the policy does not go."""
    media_type = make.random.choice([seal.CSV, seal.JSON, seal.LINES])
    source = {seal.CSV: make.csv, seal.JSON: make.json, seal.LINES: make.lines}[media_type]()
    dialect = {"header": make.random.random() < 0.8} if media_type == seal.CSV else {}
    kept = seal.seal(source, media_type, dialect, Policy({"version": 1, "default": "keep"}), keyring, run_id)
    if kept.stored != source:
        return f"kept whole, {source} became {kept.stored}"
    found = [field["path"] for field in kept.dataset["fields"]]
    found += containers(found) if media_type != seal.CSV and make.random.random() < 0.3 else []
    policy = Policy(make.policy(sorted(set(found)), media_type))
    made = seal.seal(source, media_type, dialect, policy, keyring, run_id)
    members = {"runs": [made.run], "dataset": made.dataset, "policy": policy.as_dict()}
    members["content"] = [{"name": "x", "size": len(made.stored), "digest": digest.of(made.stored)}]
    text = manifest.build("dataset", DATASET_ID, 1, [recipient], keyring.dek, **members)
    where = f"{source} under {json.dumps(policy.as_dict())} became {made.stored}"
    try:
        opened = opening.open(made.stored, manifest.parse(text, "dataset"), keyring)
    except FormatError as error:
        return f"{where}, refused: {error}"
    if opened.reported or made.dataset["byte_exact"] and opened.data != source:
        return f"{where}, came back as {opened.data}, reported: {opened.reported}"
    return None


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    make = Maker(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    dek, run_id = bytes(range(32)), b64.decode("oKGio6SlpqeoqaqrrK2urw")
    keyring = Keyring(dek, 1, DATASET_ID, None)
    recipient = keys.rsa.generate_private_key(65537, 3072).public_key()
    problems = refused = 0
    for _ in range(count):
        try:
            problem = one(make, keyring, run_id, recipient)
        except FormatError:
            refused += 1
            continue
        if problem:
            problems += 1
            print(problem)
    print(f"{count} datasets, {refused} refused as they are")
    print(f"Totals: {count - refused - problems} passed, {problems} failed, 0 skipped")
    return 1 if problems or refused > count // 2 else 0


if __name__ == "__main__":
    sys.exit(main())
