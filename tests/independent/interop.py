#!/usr/bin/python3
"""The program opens what the independent writer wrote, and the other way round.

    interop.py SEALWRIGHT-CLI VECTORS

Datasets are those of the vectors file that need neither a join key nor a dialect, and a larger one;
then packages, the file keystore, the recovery kit, and some files that were altered on the way.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from cryptography.hazmat.primitives import serialization  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa  # noqa: E402

from sealwright_formats import control, dataset, keys, package  # noqa: E402
from sealwright_formats.errors import FormatError  # noqa: E402

SUFFIX = {"text/csv": "csv", "application/json": "json", "application/x-ndjson": "jsonl"}
# The known answers' dialect; of tables as odd as theirs it could not be guessed.
DIALECT = {"text/csv": ("--delimiter", ",", "--quote", '"', "--header", "yes", "--encoding", "UTF-8")}
PASSPHRASE = b"correct horse battery staple"


class Machine:
    """A profile of the program with keys of its own, made for this test."""

    def __init__(self, cli: str, folder: pathlib.Path) -> None:
        self.keystore = folder / "keystore"
        passphrase = folder / "passphrase"
        passphrase.write_bytes(PASSPHRASE)
        self._start = [cli, "--keystore", f"file:{self.keystore}", "--passphrase-file", str(passphrase)]
        self._start += ["--config", str(folder / "config")]
        self.run("keys", "init", "--name", "interop")
        self.jwks = folder / "machine.jwks"
        self.run("keys", "export", "--out", self.jwks)
        self.keys = keys.jwk_set(control.parse(self.jwks.read_bytes()))
        self.kit = folder / "kit.pem"
        self.run("keys", "backup", "--out", self.kit, "--kit-passphrase-file", passphrase)

    def run(self, *args, status: int = 0) -> str:
        command = self._start + [str(arg) for arg in args]
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=300)
        if done.returncode != status:
            said = (done.stdout + done.stderr).decode("utf-8", "replace")[-1500:]
            raise AssertionError(f"{' '.join(map(str, args))} ended with {done.returncode}: {said}")
        return done.stdout.decode("utf-8", "replace")


class Other:
    """The independent side: keys in memory, and on disk for the program to use."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.enc = rsa.generate_private_key(65537, 3072)
        self.sig = ed25519.Ed25519PrivateKey.generate()
        self.keys = {"keys": [keys.jwk_of(one.public_key()) for one in (self.enc, self.sig)]}
        self.jwks = folder / "other.jwks"
        self.jwks.write_text(json.dumps(self.keys))
        self.pem = folder / "other.pem"
        self.pem.write_bytes(
            self.enc.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )


def larger() -> dict:
    """Some 3 MB, so that blocks and segments have borders inside."""
    rows = (f'{i},"name, {i % 977}",{i * 37 % 1000003:07d},{"x" * (i % 900)}\r\n' for i in range(6_000))
    policy = {
        "version": 1,
        "padding": "none",
        "fields": [
            {"path": "code", "action": "fpe", "alphabet": "digits"},
            {"path": "name", "action": "deterministic"},
            {"path": "id", "action": "keep"},
        ],
    }
    source = "id,name,code,text\r\n" + "".join(rows)
    return {"name": "larger", "media_type": "text/csv", "policy": policy, "source": source}


def cases(vectors: dict) -> list[dict]:
    fit = [
        one
        for one in vectors["datasets"]
        if "source" in one and not one["join_key"] and "dialect" not in one and one["policy"].get("join") is None
    ]
    return fit + [larger()]


class Interop:
    def __init__(self, cli: str, folder: pathlib.Path) -> None:
        self.folder = folder
        self.machine, self.other = Machine(cli, folder), Other(folder)
        self.enc_of_machine = keys.key_of_use(self.machine.keys, "enc")
        self.passed = self.failed = self.number = 0

    def check(self, name: str, what, *args) -> None:
        try:
            what(*args)
        except (AssertionError, FormatError, OSError) as error:
            self.failed += 1
            print(f"FAILED {name}: {error}")
        else:
            self.passed += 1

    def fresh(self, name: str) -> pathlib.Path:
        self.number += 1
        place = self.folder / str(self.number)
        place.mkdir()
        return place / name

    # Datasets

    def written_there(self, case: dict) -> None:
        """Sealed by the program for both; opened here, and there with this side's key."""
        data = self.fresh(f"data.{SUFFIX[case['media_type']]}")
        out, policy = data.with_stem("sealed"), data.with_name("policy.json")
        data.write_bytes(case["source"].encode())
        policy.write_text(json.dumps(case["policy"]))
        self.machine.run(
            *("encrypt", data, "--policy", policy, "--to", self.other.jwks),
            *("--media-type", case["media_type"], "--out", out),
            *DIALECT.get(case["media_type"], ()),
        )
        opened = self._open_here(out, self.machine.keys)
        self._compare(opened, case, control.parse(self._manifest(out), control.BIG_LIMIT))
        restored = data.with_stem("restored")
        self.machine.run(
            *("decrypt", out, "--key", self.other.pem, "--signer", self.machine.jwks, "--out", restored)
        )
        if restored.read_bytes() != opened:
            raise AssertionError("the two sides restore other bytes")

    def written_here(self, case: dict) -> None:
        """Sealed here for both; opened by the program."""
        out = self._seal_here(case)
        restored = out.with_stem("restored")
        self.machine.run("decrypt", out, "--signer", self.other.jwks, "--out", restored)
        opened = self._open_here(out, self.other.keys)
        if restored.read_bytes() != opened:
            raise AssertionError("the two sides restore other bytes")
        verified = self.machine.run("verify", out, "--signer", self.other.jwks, "--json")
        json.loads(verified)

    def altered(self, case: dict) -> None:
        """One character of the last token changed: the program refuses and leaves nothing."""
        out = self._seal_here(case)
        stored = bytearray(out.read_bytes())
        at = stored.rindex(b"sw1g.") + 40
        stored[at] = ord("A") if stored[at] != ord("A") else ord("B")
        out.write_bytes(stored)
        restored = out.with_stem("restored")
        self.machine.run("decrypt", out, "--signer", self.other.jwks, "--out", restored, status=5)
        if restored.exists():
            raise AssertionError("something was left behind")

    def _seal_here(self, case: dict) -> pathlib.Path:
        out = self.fresh(f"sealed.{SUFFIX[case['media_type']]}")
        recipients = [self.enc_of_machine, self.other.enc.public_key()]
        source, media_type, policy = case["source"].encode(), case["media_type"], case["policy"]
        made = dataset.seal_files(source, out.name, media_type, {}, policy, recipients, self.other.sig)
        out.write_bytes(made[0])
        out.with_name(out.name + ".manifest.json").write_bytes(made[1])
        out.with_name(out.name + ".manifest.jws").write_text(made[2])
        return out

    @staticmethod
    def _manifest(out: pathlib.Path) -> bytes:
        return out.with_name(out.name + ".manifest.json").read_bytes()

    def _open_here(self, out: pathlib.Path, known: dict) -> bytes:
        jws = out.with_name(out.name + ".manifest.jws").read_text()
        opened, _ = dataset.open_files(out.read_bytes(), self._manifest(out), jws, self.other.enc, known)
        if opened.reported:
            raise AssertionError(f"reported: {opened.reported}")
        return opened.data

    @staticmethod
    def _compare(opened: bytes, case: dict, manifest: dict) -> None:
        """Where the vectors have the manifest's member, the program's must be the same."""
        if "restored" not in case and "restored_b64" not in case and opened != case["source"].encode():
            raise AssertionError("restored bytes are not the source's")
        if "dataset" in case and manifest["dataset"] != case["dataset"]:
            raise AssertionError(f"dataset is {manifest['dataset']}, expected {case['dataset']}")

    # Packages

    def _folder(self) -> pathlib.Path:
        folder = self.fresh("papers")
        (folder / "empty").mkdir(parents=True)
        (folder / "Grüße.txt").write_text("hello\n")
        (folder / "nothing").write_bytes(b"")
        (folder / "border.bin").write_bytes(bytes(1 << 20))
        (folder / "large.bin").write_bytes(os.urandom((2 << 20) + 77))
        return folder

    @staticmethod
    def _tree(folder: pathlib.Path) -> dict:
        return {
            str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
            for path in folder.rglob("*")
        }

    def package_here(self, compression: str) -> None:
        folder = self._folder()
        files = package.gather([str(folder)])
        sealed, out = folder.with_name("x.sealed"), folder.with_name("out")
        sealed.write_bytes(package.seal(files, [self.enc_of_machine], self.other.sig, compression))
        self.machine.run("open", sealed, "--signer", self.other.jwks, "--out", out)
        if self._tree(out / "papers") != self._tree(folder):
            raise AssertionError("the program takes other files out")
        self.machine.run("verify", sealed, "--signer", self.other.jwks)

    def package_there(self, compression: str) -> None:
        folder = self._folder()
        sealed = folder.with_name("x.sealed")
        self.machine.run("seal", folder, "--to", self.other.jwks, "--compress", compression, "--out", sealed)
        files, signer = package.open(sealed.read_bytes(), self.other.enc, self.machine.keys)
        keys.key_of_use(self.machine.keys, "sig", signer)
        found = {path.rstrip("/"): content for path, content in files}
        wanted = {f"papers/{path}": content for path, content in self._tree(folder).items()}
        if found != wanted:
            raise AssertionError(f"{sorted(found)} taken out of {sorted(wanted)}")

    def package_altered(self) -> None:
        folder = self._folder()
        sealed, out = folder.with_name("x.sealed"), folder.with_name("out")
        made = bytearray(package.seal(package.gather([str(folder)]), [self.enc_of_machine], self.other.sig))
        made[len(made) // 2] ^= 1
        sealed.write_bytes(made)
        self.machine.run("open", sealed, "--signer", self.other.jwks, "--out", out, status=5)
        if out.exists() and any(out.rglob("*")):
            raise AssertionError("something was left behind")

    # Keys

    def private_keys(self, files: list[pathlib.Path]) -> None:
        """PKCS#8 blocks whose public halves are those that the program exported."""
        wanted = {one["kid"] for one in self.machine.keys["keys"]}
        tail = b"-----END ENCRYPTED PRIVATE KEY-----"
        found = set()
        for file in files:
            for block in file.read_bytes().split(tail)[:-1]:
                private = keys.private_from_pem(block + tail, PASSPHRASE)
                found.add(keys.kid_of(private.public_key()))
        if found != wanted:
            raise AssertionError(f"keys {found}, expected {wanted}")

    def all(self, vectors: dict) -> None:
        for case in cases(vectors):
            self.check(f"written by the program: {case['name']}", self.written_there, case)
            self.check(f"written here: {case['name']}", self.written_here, case)
        self.check("altered token", self.altered, larger())
        for compression in ("none", "zstd"):
            self.check(f"package written here, {compression}", self.package_here, compression)
            self.check(f"package written by the program, {compression}", self.package_there, compression)
        self.check("altered package", self.package_altered)
        self.check("file keystore", self.private_keys, sorted(self.machine.keystore.glob("*.pem")))
        self.check("recovery kit", self.private_keys, [self.machine.kit])
        print(f"Totals: {self.passed} passed, {self.failed} failed, 0 skipped")


def main() -> int:
    cli, vectors = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="sealwright-interop-") as folder:
        interop = Interop(cli, pathlib.Path(folder))
        interop.all(json.loads(pathlib.Path(vectors).read_bytes()))
    return 1 if interop.failed or not interop.passed else 0


if __name__ == "__main__":
    sys.exit(main())
