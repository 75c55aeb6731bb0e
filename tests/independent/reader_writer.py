#!/usr/bin/python3
"""Reads and writes the Sealwright formats without a line of the program.

    reader_writer.py vectors FILE
    reader_writer.py seal DATA --policy P.json --recipient F.jwks --signer KEY.pem --out OUT
    reader_writer.py open DATA --key KEY.pem --signer F --out FILE
    reader_writer.py package-seal PATH... --recipient F.jwks --signer KEY.pem --out X.sealed
    reader_writer.py package-open X.sealed --key KEY.pem --signer F --out DIR
    reader_writer.py digest FILE

Prints one JSON object. Ends with 0; with 3 where the format refuses, 5 where something is to be reported.
Needs Debian's python3-cryptography, and python3-zstandard for compressed packages: run it with /usr/bin/python3.
"""

import argparse
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from cryptography.hazmat.primitives import serialization  # noqa: E402

import vector_run  # noqa: E402
from sealwright_formats import control, dataset, digest, keys, package  # noqa: E402
from sealwright_formats.errors import FormatError  # noqa: E402

REFUSED, REPORTED = 3, 5
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".ndjson": "application/x-ndjson",
}


def read(path: str) -> bytes:
    return pathlib.Path(path).read_bytes()


def public_keys(path: str) -> dict:
    """A JWK Set out of a file that holds one, a JWK, or a PEM key of either half."""
    data = read(path)
    if data.lstrip().startswith(b"{"):
        value = control.parse(data)
        return keys.jwk_set(value if "keys" in value else {"keys": [value]})
    if b"PUBLIC KEY" in data:
        public = serialization.load_pem_public_key(data)
    else:
        public = keys.private_from_pem(data).public_key()
    return {"keys": [keys.jwk_of(public)]}


def private_key(args, path: str):
    passphrase = read(args.passphrase_file).rstrip(b"\r\n") if args.passphrase_file else None
    return keys.private_from_pem(read(path), passphrase)


def recipients(paths: list[str]) -> list:
    found = [one for path in paths for one in public_keys(path)["keys"] if one["use"] == "enc"]
    if not found:
        raise FormatError("no recipient")
    return [keys.public_from_jwk(one) for one in found]


def known(args) -> dict:
    found = [one for path in args.signer for one in public_keys(path)["keys"]]
    return {"keys": [one for one in found if args.signer_kid in (None, one["kid"])]}


def vectors(args) -> int:
    result = vector_run.run(json.loads(read(args.file)), args.verbose)
    for section, (passed, failed) in result.items():
        print(f"{section}: {passed} passed, {failed} failed")
    passed, failed = (sum(column) for column in zip(*result.values()))
    print(f"Totals: {passed} passed, {failed} failed, 0 skipped")
    return REFUSED if failed or not passed else 0


def seal(args) -> int:
    out = pathlib.Path(args.out)
    media_type = args.media_type or MEDIA_TYPES.get(pathlib.Path(args.data).suffix.lower())
    if media_type is None:
        raise FormatError("say --media-type")
    policy = control.parse(read(args.policy)) if args.policy else {"version": 1}
    dialect = control.parse(args.dialect.encode())
    stored, text, jws = dataset.seal_files(
        read(args.data),
        out.name,
        media_type,
        dialect,
        policy,
        recipients(args.recipient),
        private_key(args, args.signer),
    )
    out.write_bytes(stored)
    pathlib.Path(f"{out}.manifest.json").write_bytes(text)
    pathlib.Path(f"{out}.manifest.jws").write_text(jws)
    print(json.dumps({"out": str(out), "size": len(stored)}))
    return 0


def open_dataset(args) -> int:
    base = args.manifest or f"{args.data}.manifest.json"
    jws = read(base.removesuffix(".json") + ".jws").decode("ascii")
    opened, signer = dataset.open_files(
        read(args.data), read(base), jws, private_key(args, args.key), known(args)
    )
    pathlib.Path(args.out).write_bytes(opened.data)
    print(json.dumps({"signer": signer, "reported": opened.reported, "size": len(opened.data)}))
    return REPORTED if opened.reported else 0


def package_seal(args) -> int:
    files = package.gather(args.paths)
    signer = private_key(args, args.signer)
    made = package.seal(files, recipients(args.recipient), signer, args.compress)
    pathlib.Path(args.out).write_bytes(made)
    print(json.dumps({"out": args.out, "files": len(files), "size": len(made)}))
    return 0


def package_open(args) -> int:
    files, signer = package.open(read(args.package), private_key(args, args.key), known(args))
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    for path, content in files:
        target = out / path
        if content is None:
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    print(json.dumps({"signer": signer, "files": [path for path, _ in files]}, ensure_ascii=False))
    return 0


def print_digest(args) -> int:
    print(digest.of(read(args.file)))
    return 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    top.add_argument("--passphrase-file", help="for a private key in an encrypted PEM")
    commands = top.add_subparsers(required=True)

    def command(name: str, run, *positional: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name)
        sub.set_defaults(run=run)
        for one in positional:
            sub.add_argument(one, nargs="+" if one == "paths" else None)
        return sub

    def reads(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--key", required=True, help="private key in PEM")
        sub.add_argument("--signer", required=True, action="append", help="JWK, JWK Set or PEM of who may sign")
        sub.add_argument("--signer-kid", help="only this one of them")
        sub.add_argument("--out", required=True)

    def writes(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--recipient", required=True, action="append", help="JWK, JWK Set or PEM")
        sub.add_argument("--signer", required=True, help="private key in PEM")
        sub.add_argument("--out", required=True)

    command("vectors", vectors, "file").add_argument("--verbose", action="store_true")
    sub = command("seal", seal, "data")
    writes(sub)
    sub.add_argument("--policy")
    sub.add_argument("--media-type")
    sub.add_argument("--dialect", default="{}", help="the manifest's member, as JSON")
    sub = command("open", open_dataset, "data")
    reads(sub)
    sub.add_argument("--manifest")
    sub = command("package-seal", package_seal, "paths")
    writes(sub)
    sub.add_argument("--compress", choices=("none", "zstd"), default="none")
    reads(command("package-open", package_open, "package"))
    command("digest", print_digest, "file")
    return top


def main() -> int:
    args = parser().parse_args()
    try:
        return args.run(args)
    except FormatError as error:
        print(json.dumps({"refused": str(error)}), file=sys.stderr)
        return REFUSED


if __name__ == "__main__":
    sys.exit(main())
