"""A dataset sealed field by field (§2–§4)."""

from dataclasses import dataclass

from . import b64, csv_text, fpe, json_records, json_text, keys, mask, paths, pseudonym
from . import source_check, tokens, unflatten
from .errors import FormatError, ValueProblem
from .field_keys import Keyring, mode_of
from .json_text import Node
from .policy import Policy
from .values import CsvPlace, JsonPlace, Value

CSV, JSON, LINES = "text/csv", "application/json", "application/x-ndjson"


class FieldSealer:
    """One field: its rule, its key, its counts."""

    def __init__(self, rule: dict, keyring: Keyring, run_id: bytes, place) -> None:
        self.rule = rule
        self.action = rule["action"]
        self.place = place
        self.mode = mode_of(rule)
        self.key = self.mode and keyring.key(run_id, self.mode, rule)
        self.version = self.mode and keyring.version_of(self.mode)
        self.types: set[str] = set()
        self.values = self.kept_empty = self.errors = 0
        self.exact = self.action not in ("drop", "mask", "pseudonym")

    def stays(self, value: Value) -> bool:
        """Whether a null or empty value is left as it is."""
        if self.action in ("keep", "fpe", "mask"):
            return value.is_null or value.is_empty
        if self.action == "drop":
            return False
        return (value.is_null and self.rule["nulls"] == "keep") or (
            value.is_empty and self.rule["empty"] == "keep"
        )

    def seal(self, value: Value, row: int, ordinals: dict[str, int]) -> bytes | None:
        """What is stored; None where the value is dropped."""
        self.types.add(value.kind)
        if self.stays(value):
            self.kept_empty += 1
            return value.raw
        try:
            result = self._sealed(value, row, ordinals)
        except ValueProblem as problem:
            if self.rule["on_error"] == "fail":
                raise FormatError(f"field {self.rule['path']}: {problem}") from None
            self.errors += 1
            self.exact = False
            return self.place.null
        self.values += 1
        return result

    def _sealed(self, value: Value, row: int, ordinals: dict[str, int]) -> bytes | None:
        rule, place = self.rule, self.place
        if self.action == "keep":
            return value.raw
        if self.action == "drop":
            return None
        if self.action == "encrypt":
            ordinal = ordinals.get(rule["path"], 0)
            ordinals[rule["path"]] = ordinal + 1
            return place.token(self._token(value.type, value.body, row, ordinal))
        if self.action in ("deterministic", "pseudonym"):
            type_, body = self._decoded(value)
            if self.action == "pseudonym":
                type_ = type_ if type_ in ("z", "j") else "t"
                return place.token(pseudonym.make(self.key, type_, body))
            if type_ == "t" and place.least(body.decode()) != value.raw:
                self.exact = False
            return place.token(self._token(type_, body))
        if value.type == "j":
            raise ValueProblem(f"{self.action} takes no containers")
        if self.action == "mask":
            return place.like(mask.make(place.mask_text(value), *self._keeps()), value)
        text = place.fpe_text(value)
        return place.like(fpe.change(self.key, rule["alphabet"], *self._keeps(), text, True), value)

    def _keeps(self) -> tuple[int, int]:
        return self.rule["keep_prefix"], self.rule["keep_suffix"]

    def _decoded(self, value: Value) -> tuple[str, bytes]:
        """Every kind of text is type t with the decoded text in UTF-8."""
        if value.type in ("t", "q", "e"):
            return "t", self.place.text(value).encode()
        return value.type, value.body

    def _token(self, type_: str, body: bytes, row: int = 0, ordinal: int = 0) -> str:
        to = 0 if self.rule["padding"] == "none" else self.rule["padding"]["to"]
        plaintext = tokens.pad(type_, body, to)
        return tokens.make(self.mode, self.version, self.key, plaintext, row, ordinal)

    def as_dict(self, *, always_text: bool) -> dict:
        kinds = self.types - {"null"}
        kind = "text" if always_text else (kinds or {"null"}).pop() if len(kinds) < 2 else "mixed"
        out = {"path": self.rule["path"], "type": kind, "action": self.action}
        names = {"encrypt": ["algorithm"], "fpe": ["alphabet", "keep_prefix", "keep_suffix"]}
        names["mask"] = ["keep_prefix", "keep_suffix"]
        for name in ["join_as"] * ("join_as" in self.rule) + names.get(self.action, []):
            out[name] = self.rule[name]
        return out | {"values": self.values, "kept_empty": self.kept_empty, "errors": self.errors}


class Fields:
    """The fields met so far, in order of first appearance."""

    def __init__(self, policy: Policy, keyring: Keyring, run_id: bytes, place) -> None:
        self._make = lambda rule: FieldSealer(rule, keyring, run_id, place)
        self._policy = policy
        self.by_path: dict[str, FieldSealer] = {}

    def at(self, path: str) -> FieldSealer:
        if path not in self.by_path:
            self.by_path[path] = self._make(self._policy.rule_for(path))
        return self.by_path[path]


@dataclass
class Sealed:
    stored: bytes
    dataset: dict  # the manifest's member
    run: dict  # the manifest's entry


def _dataset(media_type: str, dialect: dict, policy: Policy, fields: Fields, changed: bool) -> dict:
    listed = list(fields.by_path.values())
    return {
        "media_type": media_type,
        "dialect": dialect,
        "unflattened": policy.unflatten,
        "byte_exact": not changed and all(one.exact for one in listed),
        "fields": [one.as_dict(always_text=media_type == CSV) for one in listed],
    }


# CSV


def _csv(source: bytes, dialect: dict, policy: Policy, keyring: Keyring, run_id: bytes):
    if policy.unflatten:
        raise FormatError("unflatten for CSV")
    csv = csv_text.Dialect(**dialect)
    table = csv_text.read(source, csv)
    columns = csv_text.column_paths(table, csv)
    records = csv_text.records(table, len(columns))
    widest = max([len(columns), *(len(line.fields) for line in records)])
    all_paths = columns + [f"#{i + 1}" for i in range(len(columns), widest)]
    _require_paths(policy, all_paths)
    place = CsvPlace(csv)
    fields = Fields(policy, keyring, run_id, place)
    sealers = [fields.at(path) for path in all_paths]
    if sealers and all(one.action == "drop" for one in sealers):
        raise FormatError("every column would be dropped")
    delimiter = csv.delimiter.encode(csv.encoding)

    def joined(parts: list[bytes | None], end: bytes) -> bytes:
        return delimiter.join(part for part in parts if part is not None) + end

    out = [table.bom]
    if table.header:
        kept = [
            None if sealer.action == "drop" else field.raw
            for sealer, field in zip(sealers, table.header.fields)
        ]
        out.append(joined(kept, table.header.end))
    row = 0
    blank_stays = len(columns) == 1 and all(one.action != "drop" for one in sealers)
    for line in table.lines:
        if line.is_blank and len(columns) != 1:
            out.append(line.end)
            continue
        parts = [s.seal(place.value(f), row, {}) for s, f in zip(sealers, line.fields)]
        new = joined(parts, line.end)
        merges = out[-1].endswith(b"\r") and new.startswith(b"\n")
        loses = not (blank_stays and new and (table.header or line.is_blank)) or merges
        if new == line.end and loses:
            raise FormatError(f"record {row} would become a line of no bytes, which is no record")
        out.append(new)
        row += 1
    dataset = _dataset(CSV, csv.as_dict(), policy, fields, False)
    return b"".join(out), dataset, row


def _require_paths(policy: Policy, there) -> None:
    missing = [path for path in policy.rules if path not in there]
    if missing:
        raise FormatError(f"rules for paths that are not in the data: {missing}; there are {list(there)}")


# JSON


class JsonWalker:
    """Goes through a record and replaces its leaves inside their own bytes."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    def is_leaf(self, node: Node, spot: paths.Spot) -> bool:
        if not node.is_container:
            return True
        if spot.root:
            return False
        return not node.children or self.policy.takes_whole(spot.path)

    def rewrite(self, data: bytes, node: Node, spot: paths.Spot, leaf) -> bytes | None:
        """`leaf(node, spot)` gives the new bytes of a leaf, or None where it is dropped."""
        if self.is_leaf(node, spot):
            return leaf(node, spot)
        parts = []
        for child in node.children:
            new = self.rewrite(data, child.node, spot.child(child.name), leaf)
            if new is not None:
                before = data[child.start : child.node.start]
                parts.append(before + new + data[child.node.end : child.end])
        if not node.children:
            return data[node.start : node.end]
        return data[node.start : node.start + 1] + b",".join(parts) + data[node.end - 1 : node.end]

    def all_paths(self, node: Node, spot: paths.Spot, found: dict) -> None:
        """Every path in the record, of leaves (True) and of containers that are walked (False)."""
        leaf = self.is_leaf(node, spot)
        if leaf or not spot.root:
            found[spot.path] = leaf or found.get(spot.path, False)
        if not leaf:
            for child in node.children:
                self.all_paths(child.node, spot.child(child.name), found)


def outside(walker: JsonWalker, document: json_records.Document, leaf, record) -> bytes:
    """A document that holds its records at some array: `record(node)` gives the bytes of each."""

    def rewrite(node: Node, spot: paths.Spot) -> bytes | None:
        data = document.data
        if node is not document.array and not _holds(node, document.array):
            return walker.rewrite(data, node, spot, leaf)
        parts = []
        for child in node.children:
            inner = record(child.node) if node is document.array else rewrite(child.node, spot.child(child.name))
            if inner is not None:
                parts.append(data[child.start : child.node.start] + inner + data[child.node.end : child.end])
        if not node.children:
            return data[node.start : node.end]
        return data[node.start : node.start + 1] + b",".join(parts) + data[node.end - 1 : node.end]

    return rewrite(document.root, paths.OUTSIDE)


def _holds(node: Node, wanted: Node) -> bool:
    return node.start <= wanted.start and wanted.end <= node.end


def rewrite_document(walker: JsonWalker, document: json_records.Document, leaf, record) -> bytes:
    """The whole document with its records and the values outside them replaced."""
    root, data = document.root, document.data
    if document.array is None:
        new = record(root)
    else:
        new = outside(walker, document, leaf, record)
    return data[: root.start] + new + data[root.end :]


def json_paths(walker: JsonWalker, document: json_records.Document) -> dict:
    """Paths in document order, as JsonWalker.all_paths has them."""
    found: dict[str, bool] = {}

    def visit(node: Node, spot: paths.Spot) -> None:
        if document.array is not None and node is document.array:
            for child in node.children:
                walker.all_paths(child.node, paths.RECORD, found)
        elif document.array is not None and _holds(node, document.array):
            if not spot.root:
                found.setdefault(spot.path, False)
            for child in node.children:
                visit(child.node, spot.child(child.name))
        else:
            walker.all_paths(node, paths.RECORD if document.array is None else spot, found)

    visit(document.root, paths.OUTSIDE)
    return found


def unflattened(document: json_records.Document) -> bytes:
    """The document's bytes with every record unflattened."""
    data, edits = document.data, []
    for node in document.records:
        edits.append((node.start, node.end, unflatten.record(data, node)))
    out, at = [], 0
    for start, end, new in edits:
        out += [data[at:start], new]
        at = end
    return b"".join(out) + data[at:]


class _RecordSealer:
    def __init__(self, walker: JsonWalker, fields: Fields, place: JsonPlace) -> None:
        self.walker, self.fields, self.place = walker, fields, place
        self.row = 0
        self.outside_ordinals: dict[str, int] = {}

    def record(self, data: bytes, node: Node) -> bytes:
        ordinals: dict[str, int] = {}

        def leaf(node: Node, spot: paths.Spot) -> bytes | None:
            return self.fields.at(spot.path).seal(self.place.value(data, node), self.row, ordinals)

        new = self.walker.rewrite(data, node, paths.RECORD, leaf)
        if new is None:
            raise FormatError("a record that is a scalar cannot be dropped")
        self.row += 1
        return new

    def outer_leaf(self, data: bytes):
        def leaf(node: Node, spot: paths.Spot) -> bytes | None:
            return self.fields.at(spot.path).seal(self.place.value(data, node), 0, self.outside_ordinals)

        return leaf


def _json(source: bytes, dialect: dict, policy: Policy, keyring: Keyring, run_id: bytes):
    records_at = dialect.get("records_at")
    if set(dialect) - {"records_at"}:
        raise FormatError("dialect that JSON does not have")
    document = json_records.read_document(source, "")
    if records_at is None:
        records_at = json_records.find_by_itself(document.root)
    if records_at:
        document = json_records.read_document(source, records_at)
    changed = False
    if policy.unflatten:
        data = unflattened(document)
        changed = data != source
        document = json_records.read_document(data, records_at)
    walker, place = JsonWalker(policy), JsonPlace()
    _require_paths(policy, json_paths(walker, document))
    fields = Fields(policy, keyring, run_id, place)
    sealer = _RecordSealer(walker, fields, place)
    stored = rewrite_document(
        walker,
        document,
        sealer.outer_leaf(document.data),
        lambda node: sealer.record(document.data, node),
    )
    manifest_dialect = {"records_at": records_at} if records_at else {}
    dataset = _dataset(JSON, manifest_dialect, policy, fields, changed)
    return stored, dataset, sealer.row


def _lines(source: bytes, dialect: dict, policy: Policy, keyring: Keyring, run_id: bytes):
    if dialect:
        raise FormatError("dialect that JSON Lines does not have")
    lines, changed = json_records.read_lines(source), False
    if policy.unflatten:
        for i, line in enumerate(lines):
            if line.root:
                root = line.root
                new = line.data[: root.start] + unflatten.record(line.data, root) + line.data[root.end :]
                changed = changed or new != line.data
                lines[i] = json_records.TextLine(new, json_text.parse(new))
    walker, place = JsonWalker(policy), JsonPlace()
    found: dict[str, bool] = {}
    for line in lines:
        if line.root:
            walker.all_paths(line.root, paths.RECORD, found)
    _require_paths(policy, found)
    fields = Fields(policy, keyring, run_id, place)
    sealer = _RecordSealer(walker, fields, place)
    out = []
    for line in lines:
        if line.root:
            new = sealer.record(line.data, line.root)
            out.append(line.data[: line.root.start] + new + line.data[line.root.end :])
        else:
            out.append(line.data)
    return b"".join(out), _dataset(LINES, {}, policy, fields, changed), sealer.row


def seal(source: bytes, media_type: str, dialect: dict, policy: Policy, keyring: Keyring, run_id: bytes) -> Sealed:
    """The stored bytes and what the manifest says of them."""
    if media_type == "text/tab-separated-values":
        media_type, dialect = CSV, {"delimiter": "\t"} | dialect
    if media_type not in (CSV, JSON, LINES):
        raise FormatError("media type that is not supported")
    writer = {CSV: _csv, JSON: _json, LINES: _lines}[media_type]
    stored, dataset, records = writer(source, dialect, policy, keyring, run_id)
    check = source_check.of(keys.source_key(keyring.dek, run_id), source)
    run = {"run_id": b64.encode(run_id), "commitment": b64.encode(keys.commitment(keyring.dek, run_id))}
    run |= {"records": records, "source_check": b64.encode(check)}
    return Sealed(stored, dataset, run)
