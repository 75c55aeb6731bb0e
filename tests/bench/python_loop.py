"""The loop that somebody would write in Python: csv, Debian's `cryptography` and one AES-GCM call a value.

    python_loop.py SOURCE TARGET DEK_HEX RUN_HEX PROCESSES COLUMN...

Seals the columns of a CSV file as FORMAT.md sections 1, 2 and 5 say (no padding), with digest and source check. With
more than one process each seals the whole file, to TARGET.0, TARGET.1, ...: the best case of sharing the work. Prints
one JSON object; `seconds` begins once everything is imported.
"""

import base64
import csv
import hashlib
import hmac
import io
import json
import multiprocessing
import sys
import time

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

BLOCK = 1 << 20
HEADER = b"sw1g.1."


def derive(dek, run, info):
    return HKDF(hashes.SHA256(), 32, run, info).derive(dek)


class Sealer:
    """One column: its key, and a token for each value."""

    def __init__(self, dek, run, path):
        key = derive(dek, run, b"sealwright/v1/field\0g\0" + path.encode())
        self.encrypt = AESGCM(key).encrypt

    def seal(self, row, value, kind=b"t"):
        nonce = row.to_bytes(6, "big") + bytes(6)
        sealed = self.encrypt(nonce, kind + value.encode(), HEADER)
        return "sw1g.1." + base64.urlsafe_b64encode(nonce + sealed).rstrip(b"=").decode()


class Tee(io.RawIOBase):
    """Passes bytes on and keeps what `note` makes of each block of a MiB."""

    def __init__(self, file, note):
        self.file, self.note, self.held, self.notes = file, note, bytearray(), []

    def see(self, piece):
        self.held += piece
        while len(self.held) > BLOCK:
            self.notes.append(self.note(bytes(self.held[:BLOCK]), len(self.notes), False))
            del self.held[:BLOCK]

    def finish(self):
        self.notes.append(self.note(bytes(self.held), len(self.notes), True))
        return b"".join(self.notes)

    def readable(self):
        return True

    def writable(self):
        return True

    def readinto(self, buffer):
        piece = self.file.read(len(buffer))
        buffer[: len(piece)] = piece
        self.see(piece)
        return len(piece)

    def write(self, piece):
        self.see(piece)
        return self.file.write(piece)


def seal_file(source, target, dek, run, columns):
    """Gives the number of sealed values."""
    source_key = derive(dek, run, b"sealwright/v1/source")
    tagger = AESGCM(source_key)

    def tag(block, counter, last):
        return tagger.encrypt(counter.to_bytes(11, "big") + bytes([last]), b"", block)

    with open(source, "rb") as raw, open(target, "wb") as out:
        reading = Tee(raw, tag)
        writing = Tee(out, lambda block, counter, last: hashlib.sha256(block).digest())
        rows = csv.reader(io.TextIOWrapper(io.BufferedReader(reading, BLOCK), "utf-8", newline=""))
        text = io.TextIOWrapper(io.BufferedWriter(writing, BLOCK), "utf-8", newline="")
        lines = csv.writer(text, lineterminator="\n")
        header = next(rows)
        lines.writerow(header)
        places = [header.index(name) for name in columns]
        sealers = [Sealer(dek, run, name) for name in columns]
        pairs = list(zip(places, sealers))
        row = -1
        for row, fields in enumerate(rows):
            for place, sealer in pairs:
                fields[place] = sealer.seal(row, fields[place])
            lines.writerow(fields)
        text.flush()
        hmac.new(source_key, reading.finish(), "sha256").digest()
        hashlib.sha256(writing.finish()).hexdigest()
        return (row + 1) * len(pairs)


def main():
    source, target, dek, run, processes, *columns = sys.argv[1:]
    dek, run, processes = bytes.fromhex(dek), bytes.fromhex(run), int(processes)
    start = time.perf_counter()
    if processes == 1:
        values = seal_file(source, target, dek, run, columns)
    else:
        with multiprocessing.Pool(processes) as pool:
            jobs = [(source, f"{target}.{n}", dek, run, columns) for n in range(processes)]
            values = sum(pool.starmap(seal_file, jobs))
    print(json.dumps({"values": values, "seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main()
