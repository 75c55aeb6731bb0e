"""Runs the known answers of a vectors file through the independent implementation."""

import hashlib
import json

from sealwright_formats import b64, control, csv_text, digest, fpe, grant, job, jose, json_records
from sealwright_formats import json_text, keys, manifest, mask, package, paths, policy, pseudonym
from sealwright_formats import open as opening
from sealwright_formats import registration, seal, source_check, streams, tokens, unflatten
from sealwright_formats.errors import FormatError, ValueProblem
from sealwright_formats.field_keys import Keyring
from sealwright_formats.values import CsvPlace, Value


def pattern(length: int) -> bytes:
    return bytes(i % 251 for i in range(251)) * (length // 251) + bytes(range(length % 251))


def expect(found, wanted, what: str = "result") -> None:
    if found != wanted:
        raise AssertionError(f"{what}: {found!r:.400} is not {wanted!r:.400}")


class Vectors:
    """Each method named after a section checks one case; a case with `error` must raise FormatError."""

    def __init__(self, data: dict) -> None:
        self.data = data
        self.dek = b64.decode(data["dek"])
        self.run_id = b64.decode(data["run_id"])
        self.join_key = b64.decode(data["join_key"]["key"])
        self.private = {}
        self.public_set = {"keys": []}
        for one in data["keys"]:
            if "pkcs8_pem" in one:
                self.private[one["kid"]] = keys.private_from_pem(one["pkcs8_pem"].encode())
                self.public_set["keys"].append(one["jwk"])
        self.machine = self.private[data["keys"][0]["kid"]]
        expect(b64.encode(keys.commitment(self.dek, self.run_id)), data["commitment"], "commitment")

    def known(self, kids: list[str]) -> dict:
        return {"keys": [one for one in self.public_set["keys"] if one["kid"] in kids]}

    def field_key(self, case: dict, j: bytes | None = None) -> bytes:
        mode, path = case["mode"], case["path"]
        if mode in ("g", "c"):
            return keys.run_field_key(self.dek, self.run_id, mode, path)
        return keys.join_field_key(j or self.dek, case.get("domain", self.data["dataset_id"]), mode, path)

    # Keys

    def keys(self, case: dict) -> None:
        public = keys.public_from_jwk(case["jwk"])
        private = keys.private_from_pem(case["pkcs8_pem"].encode())
        expect(keys.jwk_of(private.public_key()), case["jwk"])
        expect(keys.kid_of(public), case["kid"])

    def wrapped(self, case: dict) -> None:
        private = self.private[case["kid"]]
        expect(b64.encode(keys.unwrap(private, case["wrapped_key"])), case["key"])
        again = keys.wrap(private.public_key(), self.dek)
        expect(keys.unwrap(private, again), self.dek)

    def field_keys(self, case: dict) -> None:
        expect(b64.encode(self.field_key(case)), case["key"])

    def join_key_fields(self, case: dict) -> None:
        key = self.field_key(case, self.join_key)
        expect(b64.encode(key), case["key"])
        if "token" in case:
            plaintext = tokens.pad(case["type"], case["body"].encode(), case["pad_to"])
            expect(tokens.make("s", case["version"], key, plaintext), case["token"])
        if "value" in case:
            expect(pseudonym.make(key, case["type"], case["body"].encode()), case["value"])

    def join_key_commitments(self, case: dict) -> None:
        found = keys.join_commitment(b64.decode(case["key"]), case["id"])
        keys.require_equal(found, b64.decode(case["commitment"]), "commitment")

    def field_key_commitments(self, case: dict) -> None:
        expect(b64.encode(self.field_key(case)), case["key"])
        found = keys.field_commitment(b64.decode(case["key"]), b64.decode(case["run_id"]))
        keys.require_equal(found, b64.decode(case["commitment"]), "commitment")

    # Values

    def tokens(self, case: dict) -> None:
        key, body = self.field_key(case), case["body"].encode()
        plaintext = tokens.pad(case["type"], body, case["pad_to"])
        place = case.get("row", 0), case.get("ordinal", 0)
        expect(tokens.make(case["mode"], case["version"], key, plaintext, *place), case["token"])
        token = tokens.Token(case["token"].encode())
        expect(token.open(key), (case["type"], body))
        if "row" in case:
            expect((token.row, token.ordinal), place)

    def tokens_refused(self, case: dict) -> None:
        token = tokens.Token(case["token"].encode())
        if token.mode != case["mode"]:
            raise FormatError("token of another mode")
        token.open(self.field_key(case))

    def padding(self, case: dict) -> None:
        key, body = self.field_key(case | {"mode": "g"}), case["body"].encode()
        if "pad_to" in case:
            plaintext = tokens.pad(case["type"], body, case["pad_to"])
        else:
            plaintext = b64.decode(case["plaintext"])
        expect(tokens.unpad(plaintext), (case["type"], body))
        if "plaintext" not in case:
            expect(len(plaintext), case["plaintext_length"])
            expect(hashlib.sha256(plaintext).hexdigest(), case["plaintext_sha256"])
            return
        expect(b64.encode(plaintext), case["plaintext"])
        expect(tokens.make("g", 1, key, plaintext), case["token"])

    def pseudonyms(self, case: dict) -> None:
        key = self.field_key(case | {"mode": "h"})
        expect(pseudonym.make(key, case["type"], case["body"].encode()), case["value"])

    def fpe(self, case: dict) -> None:
        key = self.field_key(case | {"mode": "f"})
        rule = case["alphabet"], case["keep_prefix"], case["keep_suffix"]
        found = fpe.change(key, *rule, case["text"], True)
        expect(found, case["value"])
        expect(fpe.change(key, *rule, found, False), case["text"])

    fpe_refused = fpe

    def masks(self, case: dict) -> None:
        keeps = case["keep_prefix"], case["keep_suffix"]
        place = CsvPlace(csv_text.Dialect(encoding=case.get("encoding", "UTF-8")))
        body = self._bytes(case, "text")
        value = Value("t", body, body, "text")
        expect(place.like(mask.make(place.mask_text(value), *keeps), value), self._bytes(case, "value"))

    @staticmethod
    def _bytes(case: dict, name: str) -> bytes:
        return case[name].encode() if name in case else b64.decode(case[name + "_b64"])

    # Streams and digests

    def source_check(self, case: dict) -> None:
        source = case["source"].encode() if "source" in case else pattern(case["length"])
        key = keys.source_key(self.dek, self.run_id)
        expect(b64.encode(source_check.of(key, source)), case["value"])

    def digests(self, case: dict) -> None:
        expect(digest.of(pattern(case["length"])), case["digest"])

    def streams(self, case: dict) -> None:
        key = keys.payload_key(self.dek, self.run_id, case["payload"])
        stored = streams.seal(key, pattern(case["length"]))
        expect(len(stored), case["stored"])
        expect(hashlib.sha256(stored).hexdigest(), case["stored_sha256"])
        expect(digest.of(stored, streams.STORED), case["digest"])
        expect(streams.open(key, stored), pattern(case["length"]))

    def streams_refused(self, case: dict) -> None:
        key = keys.payload_key(self.dek, self.run_id, case["payload"])
        if "stored" in case:
            stored = b64.decode(case["stored"])
        else:
            good = streams.seal(key, pattern(case["length"]))
            stored = b"".join(good[start:end] for start, end in case["pieces"])
        streams.open(key, stored)

    def jws(self, case: dict) -> None:
        payload = case["payload"].encode()
        _, signer = jose.verify(case["jws"], case["typ"], self.known(case["known"]), payload)
        expect(signer, case["signer"])
        again = jose.sign(self.private[signer], case["typ"], payload, detached=True)
        expect(jose.verify(again, case["typ"], self.known([signer]), payload)[1], signer)

    # Records, policies

    def paths(self, case: dict) -> None:
        source = self._bytes(case, "source")
        dialect, rules = case.get("dialect", {}), policy.Policy({"version": 1})
        if case["media_type"] == seal.CSV:
            keyring = Keyring(self.dek, 1, "", None)
            made = seal.seal(source, seal.CSV, dialect, rules, keyring, self.run_id)
            expect([one["path"] for one in made.dataset["fields"]], case["paths"])
            return
        walker, found = seal.JsonWalker(rules), {}
        if case["media_type"] == seal.JSON:
            document = json_records.read_document(source, "")
            at = dialect.get("records_at", json_records.find_by_itself(document.root))
            found = seal.json_paths(walker, json_records.read_document(source, at))
        else:
            for line in json_records.read_lines(source):
                if line.root:
                    walker.all_paths(line.root, paths.RECORD, found)
        expect([path for path, leaf in found.items() if leaf], case["paths"])

    def unflatten(self, case: dict) -> None:
        data = case["in"].encode()
        found = unflatten.record(data, json_text.parse(data))
        pairs = lambda text: json.loads(text, object_pairs_hook=list)  # noqa: E731
        expect(pairs(found), pairs(case["out"]))

    def policies_weaker(self, case: dict) -> None:
        def spelled(action: str) -> dict:
            rule = {"path": "a", "action": action}
            rule |= {"alphabet": "digits"} if action == "fpe" else {}
            return policy.Policy({"version": 1, "fields": [rule]}).rules["a"]

        expect(policy.allowed(spelled(case["job"]), spelled(case["owner"])), case["allowed"])

    def policies_refused(self, case: dict) -> None:
        rules = policy.Policy(control.parse(case["policy"].encode()))
        keyring = Keyring(self.dek, 1, self.data["dataset_id"], None)
        seal.seal(case["source"].encode(), case["media_type"], {}, rules, keyring, self.run_id)

    # Signed documents

    def jobs(self, case: dict) -> None:
        pinned = self.known(case["pinned"])
        found = job.take(
            case["job"], pinned, self.machine, case["machine_id"], case["hosts"], case["now"]
        )
        payload, dek, _join_key, secrets = found
        expect(payload.decode(), case["payload"])
        expect(dek and b64.encode(dek), case.get("key"))
        expect(secrets, case["secrets"])

    def registration(self, case: dict) -> None:
        if case["kind"] == "invitation":
            registration.invitation(case["text"], case["now"])
        elif case["kind"] == "proof":
            challenge = keys.unwrap(self.machine, case["challenge"])
            asked = case["aud"], case["challenge_id"], challenge
            registration.proof(case["text"], case["keys"], *asked, case["now"])
        elif case["kind"] == "registration":
            invited = registration.invitation(case["invitation"], None)
            registration.registration(case["text"], case["keys"], invited)
        else:
            raise AssertionError("unknown kind")

    def grants(self, case: dict) -> None:
        private = self.private[case["recipient"]]
        payload, granted = grant.take(case["grant"], self.known(case["known"]), private, case["now"])
        expect(payload.decode(), case["payload"])
        sealed = next(one for one in self.data["datasets"] if one["name"] == case["dataset"])
        found = manifest.parse(self._manifest(sealed), "dataset")
        opened = opening.open(self._bytes(sealed, "stored"), found, grant.keyring(granted, found))
        expect(opened.data, self._bytes(case, "restored"))
        expect(opened.reported, [], "reported")

    # Datasets and packages

    def _keyring(self, case: dict) -> Keyring:
        domain = case["policy"].get("join", self.data["dataset_id"])
        join = (self.join_key, self.data["join_key"]["version"]) if case["join_key"] else None
        return Keyring(self.dek, 1, domain, join)

    def datasets(self, case: dict) -> None:
        keyring, rules = self._keyring(case), policy.Policy(case["policy"])
        stored = self._bytes(case, "stored")
        if "sources" in case:
            restored = "".join(case["sources"]).encode()
            self._seal_runs(case, keyring, rules, stored)
        else:
            source = self._bytes(case, "source")
            has_restored = "restored" in case or "restored_b64" in case
            restored = self._bytes(case, "restored") if has_restored else source
            media_type, dialect = case["media_type"], case.get("dialect", {})
            made = seal.seal(source, media_type, dialect, rules, keyring, self.run_id)
            expect(made.stored, stored, "stored")
            expect(made.dataset, case["dataset"], "dataset")
            expect([made.run], case["runs"], "runs")
        opened = opening.open(stored, manifest.parse(self._manifest(case), "dataset"), keyring)
        expect(opened.data, restored, "restored")
        expect(opened.reported, [], "reported")

    def _manifest(self, case: dict) -> bytes:
        """A manifest around the members that a case of `datasets` has."""
        stored = self._bytes(case, "stored")
        return manifest.build(
            "dataset",
            self.data["dataset_id"],
            1,
            [self.machine.public_key()],
            self.dek,
            runs=case["runs"],
            content=[{"name": "data", "size": len(stored), "digest": digest.of(stored)}],
            dataset=case["dataset"],
            policy=policy.Policy(case["policy"]).as_dict(),
        )

    def _seal_runs(self, case: dict, keyring: Keyring, rules: policy.Policy, stored: bytes) -> None:
        ids = self.run_id, b64.decode(self.data["run_id_2"])
        made = [
            seal.seal(source.encode(), case["media_type"], {}, rules, keyring, run_id)
            for source, run_id in zip(case["sources"], ids)
        ]
        expect(b"".join(one.stored for one in made), stored, "stored")
        expect([one.run for one in made], case["runs"], "runs")

    def _open_dataset(self, case: dict) -> opening.Opened:
        stored, text = self._bytes(case, "stored"), case["manifest"].encode()
        manifest.signer(text, case["jws"], self.known(case["known"]))
        found = manifest.parse(text, "dataset")
        dek = manifest.unwrap(found["key"]["recipients"], self.machine)
        join = "join_key" in found and manifest.unwrap(found["join_key"]["recipients"], self.machine)
        opened = opening.open(stored, found, opening.keyring_for(found, dek, join or None))
        if manifest.content_differs(found["content"][0], stored):
            opened.reported.append("changed since it was signed")
        return opened

    def datasets_refused(self, case: dict) -> None:
        opened = self._open_dataset(case)
        if "error" not in case:
            expect(opened.data.decode(), case["restored"])
            expect(opened.reported, [], "reported")
        elif case["seen"] == "reported":
            if not opened.reported:
                raise AssertionError("nothing was reported")
            raise FormatError("reported: " + "; ".join(opened.reported))
        else:
            raise AssertionError(f"opened, though it must be refused: {opened.reported}")

    def packages(self, case: dict) -> None:
        files, signer = package.open(b64.decode(case["package"]), self.machine, self.known(case["known"]))
        expect(signer, case["signer"])
        wanted = [(one["path"], one["content"].encode()) for one in case["files"]]
        expect([(path, content or b"") for path, content in files], wanted)


SCALARS = {"note", "dek", "run_id", "run_id_2", "dataset_id", "join_key", "commitment"}
MEMBERS = set(
    """
    alphabet allowed aud body challenge challenge_id cipher commitment content dataset dialect digest domain
    encoding error files grant hosts id in invitation job join_key jwk jws keep_prefix keep_suffix key keys kid
    kind known length machine_id manifest media_type mode name now ordinal out owner package pad_to path paths
    payload pieces pinned pkcs8_pem plaintext plaintext_length plaintext_sha256 policy recipient restored
    restored_b64 row run_id runs secrets seen signer source source_b64 sources stored stored_b64 stored_sha256
    text text_b64 token typ type value value_b64 version wrapped_key
    """.split()
)


def run(data: dict, verbose: bool = False) -> dict[str, tuple[int, int]]:
    """Passed and failed cases of each section; failures are printed. What is not known here fails."""
    vectors, result = Vectors(data), {}
    for section, cases in data.items():
        if section in SCALARS:
            continue
        problems = [_one(vectors, section, case, verbose) for case in cases]
        for case, problem in zip(cases, problems):
            if problem:
                print(f"FAILED {section}: {case['name']}: {problem}")
        result[section] = (problems.count(None), len(problems) - problems.count(None))
    return result


def _one(vectors: Vectors, section: str, case: dict, verbose: bool) -> str | None:
    check = getattr(vectors, section, None)
    unknown = set(case) - MEMBERS
    if check is None or unknown:
        return f"unknown section, or members {unknown}"
    try:
        check(case)
    except (FormatError, ValueProblem) as error:
        if verbose:
            print(f"{section}: {case['name']}: {error}")
        return None if "error" in case else f"refused: {error}"
    except AssertionError as error:
        return str(error)
    return "taken, though it must be refused" if "error" in case else None
