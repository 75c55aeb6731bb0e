"""A dataset as three files: data, manifest and signature."""

import os
import uuid

from . import digest, manifest, seal
from . import open as opening
from .field_keys import Keyring
from .policy import Policy


def seal_files(source: bytes, name: str, media_type: str, dialect: dict, policy: dict, recipients: list, signer):
    """Stored bytes, manifest and signature, for a data file of that name."""
    dek, run_id, dataset_id = os.urandom(32), os.urandom(16), str(uuid.uuid4())
    rules = Policy(policy)
    keyring = Keyring(dek, 1, rules.join if rules.join is not None else dataset_id, None)
    made = seal.seal(source, media_type, dialect, rules, keyring, run_id)
    content = {"name": name, "size": len(made.stored), "digest": digest.of(made.stored)}
    text = manifest.build(
        "dataset",
        dataset_id,
        1,
        recipients,
        dek,
        runs=[made.run],
        content=[content],
        dataset=made.dataset,
        policy=rules.as_dict(),
    )
    return made.stored, text, manifest.sign(signer, text)


def open_files(stored: bytes, text: bytes, jws: str, private, known: dict) -> tuple[opening.Opened, str]:
    """What was sealed, what is to be reported, and the kid of who signed, one of the known."""
    signer = manifest.signer(text, jws, known)
    found = manifest.parse(text, "dataset")
    dek = manifest.unwrap(found["key"]["recipients"], private)
    join_key = "join_key" in found and manifest.unwrap(found["join_key"]["recipients"], private)
    keyring = opening.keyring_for(found, dek, join_key or None)
    result = opening.open(stored, found, keyring)
    if manifest.content_differs(found["content"][0], stored):
        result.reported.insert(0, "changed since it was signed")
    return result, signer
