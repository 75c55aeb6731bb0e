"""A sealed dataset opened, and what is to be reported of it (§2, Reading)."""

from dataclasses import dataclass, field

from . import csv_text, fpe, json_records, keys, paths, source_check, tokens
from .errors import FormatError, ValueProblem
from .field_keys import Keyring, mode_of
from .json_text import Node
from .policy import Policy
from .seal import CSV, JSON, JsonWalker, rewrite_document
from .values import CsvPlace, JsonPlace, Value


@dataclass
class Opened:
    data: bytes
    reported: list[str] = field(default_factory=list)


class FieldOpener:
    """One field of the manifest."""

    def __init__(self, member: dict, rule: dict, keyring, runs: list[bytes], place) -> None:
        self.member = member
        self.rule = rule  # of the policy as carried out
        self.action = member["action"]
        self.place = place
        self.mode = mode_of(member)
        self.keys = {run: self.mode and keyring.key(run, self.mode, member) for run in runs}
        self.version = self.mode and keyring.version_of(self.mode)
        self.has_row = self.mode in ("g", "c")
        self.is_token = self.has_row or self.mode == "s"
        self.tokens = 0

    def may_stay(self, value: Value) -> bool:
        """A null or empty value that the policy keeps or on_error made."""
        if value.is_null and self.rule["nulls"] == "keep" or value.is_empty and self.rule["empty"] == "keep":
            return True
        return value.raw == self.place.null and self.member["errors"] > 0

    def token(self, value: Value) -> tokens.Token | None:
        """The value's token; None where it has none and need not."""
        if not self.is_token or self.may_stay(value):
            return None
        token = tokens.Token(self.place.token_bytes(value))
        if token.mode != self.mode or token.version != self.version:
            raise FormatError("token of another mode or version")
        self.tokens += 1
        return token

    def opens(self, token: tokens.Token, run: bytes) -> bool:
        try:
            return self.keys[run] is not None and bool(token.open(self.keys[run]))
        except FormatError:
            return False

    def open(self, value: Value, token: tokens.Token | None, run: bytes) -> bytes:
        key = self.keys[run]
        if key is None:
            return value.raw
        if token:
            type_, body = token.open(key)
            if self.mode != "s":
                return self.place.restore(type_, body)
            if type_ in ("q", "e"):
                raise FormatError("type that mode s does not have")
            if type_ == "t":
                try:
                    return self.place.least(body.decode("utf-8"))
                except UnicodeError:
                    raise FormatError("text that is not UTF-8 or not in the encoding") from None
            return self.place.restore(type_, body)
        if self.action == "fpe" and not (value.is_null or value.is_empty):
            return self._fpe(value, key)
        return value.raw

    def _fpe(self, value: Value, key: bytes) -> bytes:
        keeps = self.member["keep_prefix"], self.member["keep_suffix"]
        try:
            text = fpe.change(key, self.member["alphabet"], *keeps, self.place.fpe_text(value), False)
        except ValueProblem as problem:
            raise FormatError(f"field {self.member['path']}: {problem}") from None
        return self.place.like(text, value)


class Opener:
    """What is the same for every format: fields, runs, rows, ordinals, counts."""

    def __init__(self, manifest: dict, keyring, place) -> None:
        self.place = place
        self.runs = [run["run_id"] for run in manifest["runs"]]
        self.run_members = manifest["runs"]
        self.policy = Policy(manifest["policy"])
        self.fields = {
            member["path"]: FieldOpener(
                member, self.policy.rule_for(member["path"]), keyring, self.runs, place
            )
            for member in manifest["dataset"]["fields"]
        }
        self.dropped = [path for path, one in self.fields.items() if one.action == "drop"]
        self.rows: dict[bytes, list[int]] = {run: [] for run in self.runs}
        self.records = 0
        self.reported: list[str] = []

    def _run_of(self, cells: list) -> bytes | None:
        """The run whose keys open the first token that has a row."""
        if len(self.runs) == 1:
            return self.runs[0]
        for opener, _value, token in cells:
            if token and opener.has_row:
                for run in self.runs:
                    if opener.opens(token, run):
                        return run
        return None

    def cells(self, values: list[tuple[str, Value]], number: int | None) -> list[bytes]:
        """The values of one record (number None: those outside the records) put back."""
        where = f"record {number}" if number is not None else "outside the records"
        cells = []
        for path, value in values:
            opener = self.fields.get(path)
            if opener is None or opener.action == "drop":
                self.reported.append(f"{where}: field {path} that the manifest does not name")
                cells.append((None, value, None))
                continue
            try:
                cells.append((opener, value, opener.token(value)))
            except FormatError as error:
                raise FormatError(f"{where}, field {path}: {error}") from None
        run = self._run_of(cells)
        self._check_rows(cells, run, number, where)
        return [
            value.raw if opener is None else opener.open(value, token, run or self.runs[0])
            for opener, value, token in cells
        ]

    def _check_rows(self, cells: list, run: bytes | None, number: int | None, where: str) -> None:
        placed = [(opener, token) for opener, _value, token in cells if token and opener.has_row]
        rows = [token.row for _opener, token in placed]
        if len(set(rows)) > 1:
            self.reported.append(f"{where}: tokens of different rows")
        ordinals: dict[str, int] = {}
        for opener, token in placed:
            path = opener.member["path"]
            expected = ordinals.get(path, 0)
            ordinals[path] = expected + 1
            if token.ordinal != expected:
                self.reported.append(f"{where}: ordinals of field {path} are not in order")
        if number is None:
            if any(rows):
                self.reported.append(f"{where}: row that is not 0")
            return
        self.records += 1
        if rows and run is not None:
            before = self.rows[run]
            if rows[0] in before:
                self.reported.append(f"{where}: row {rows[0]} twice")
            elif before and rows[0] < before[-1]:
                self.reported.append(f"{where}: rows do not ascend")
            before.append(rows[0])

    def finish(self) -> None:
        if self.records != sum(run["records"] for run in self.run_members):
            self.reported.append("count of records differs")
        elif len(self.runs) > 1:
            placed = {run: len(rows) for run, rows in self.rows.items()}
            free = self.records - sum(placed.values())
            if any(placed[one["run_id"]] > one["records"] for one in self.run_members) or (
                not free and any(placed[one["run_id"]] != one["records"] for one in self.run_members)
            ):
                self.reported.append("count of a run's records differs")
        for path, opener in self.fields.items():
            if opener.is_token and opener.tokens != opener.member["values"]:
                self.reported.append(f"count of tokens of field {path} differs")


class ReadingWalker(JsonWalker):
    """An empty container below which the manifest has a dropped field is walked too."""

    def __init__(self, policy: Policy, dropped: list[str]) -> None:
        super().__init__(policy)
        self.dropped = dropped

    def is_leaf(self, node: Node, spot: paths.Spot) -> bool:
        if node.is_container and not node.children:
            if any(paths.below(path, spot.path) for path in self.dropped):
                return False
        return super().is_leaf(node, spot)


def _two_passes(data: bytes, rewrite, opener: Opener, place: JsonPlace, number: int | None) -> bytes:
    """A record is judged as a whole: its leaves are collected, opened together, and put back."""
    found: list[tuple[str, Value]] = []

    def collect(node: Node, spot: paths.Spot) -> bytes:
        found.append((spot.path, place.value(data, node)))
        return b""

    rewrite(collect)
    new = iter(opener.cells(found, number))
    return rewrite(lambda _node, _spot: next(new))


def _json(stored: bytes, manifest: dict, keyring) -> tuple[bytes, Opener]:
    place = JsonPlace()
    opener = Opener(manifest, keyring, place)
    walker = ReadingWalker(opener.policy, opener.dropped)
    records_at = manifest["dataset"]["dialect"].get("records_at", "")
    document = json_records.read_document(stored, records_at)
    data = document.data
    new_records = [
        _two_passes(
            data,
            lambda leaf, node=node: walker.rewrite(data, node, paths.RECORD, leaf),
            opener,
            place,
            number,
        )
        for number, node in enumerate(document.records)
    ]

    def whole(leaf) -> bytes:
        records = iter(new_records)
        return rewrite_document(walker, document, leaf, lambda _node: next(records))

    if not records_at:
        return whole(None), opener
    return _two_passes(data, whole, opener, place, None), opener


def _lines(stored: bytes, manifest: dict, keyring) -> tuple[bytes, Opener]:
    place = JsonPlace()
    opener = Opener(manifest, keyring, place)
    walker = ReadingWalker(opener.policy, opener.dropped)
    out = []
    for line in json_records.read_lines(stored):
        data, root = line.data, line.root
        if root is None:
            out.append(data)
            continue

        def rewrite(leaf, data=data, root=root) -> bytes:
            return walker.rewrite(data, root, paths.RECORD, leaf)

        new = _two_passes(data, rewrite, opener, place, opener.records)
        out.append(data[: root.start] + new + data[root.end :])
    return b"".join(out), opener


def _csv(stored: bytes, manifest: dict, keyring) -> tuple[bytes, Opener]:
    dialect = csv_text.Dialect(**manifest["dataset"]["dialect"])
    place = CsvPlace(dialect)
    opener = Opener(manifest, keyring, place)
    listed = list(opener.fields)
    names = [path for path in listed if opener.fields[path].action != "drop"]
    delimiter = dialect.delimiter.encode(dialect.encoding)
    table = csv_text.read(stored, dialect)
    _check_header(table, dialect, names)
    one_column = _one_column(table, opener.dropped)
    out = [table.bom]
    if table.header:
        out.append(delimiter.join(one.raw for one in table.header.fields) + table.header.end)
    for line in table.lines:
        if line.is_blank and not one_column:
            out.append(line.end)
            continue
        beyond = [f"#{len(listed) + 1 + i}" for i in range(len(line.fields) - len(names))]
        values = [(path, place.value(one)) for path, one in zip(names + beyond, line.fields)]
        out.append(delimiter.join(opener.cells(values, opener.records)) + line.end)
    return b"".join(out), opener


def _check_header(table: csv_text.Table, dialect: csv_text.Dialect, names: list[str]) -> None:
    """Columns come from the manifest; a header that says otherwise is altered."""
    if table.header is None:
        return
    for found, name in zip(csv_text.column_paths(table, dialect), names):
        if found != name and not (name.startswith("#") or found.startswith("#")):
            raise FormatError(f"column {found} where the manifest has {name}")


def _one_column(table: csv_text.Table, dropped: list[str]) -> bool:
    """Whether the source has one column, so that a line of no bytes is a record."""
    first = table.header or next((line for line in table.lines if not line.is_blank), None)
    return not dropped and (first is None or len(first.fields) == 1)


def open(stored: bytes, manifest: dict, keyring) -> Opened:
    """The restored bytes. `manifest` is as manifest.parse gives it, `keyring` a Keyring or Granted."""
    dataset = manifest["dataset"]
    reader = {CSV: _csv, JSON: _json}.get(dataset["media_type"], _lines)
    data, opener = reader(stored, manifest, keyring)
    opener.finish()
    if dataset["byte_exact"] and len(opener.runs) == 1 and isinstance(keyring, Keyring):
        run = manifest["runs"][0]
        check = source_check.of(keys.source_key(keyring.dek, run["run_id"]), data)
        try:
            keys.require_equal(check, run["source_check"], "source check")
        except FormatError as error:
            opener.reported.append(str(error))
    return Opened(data, opener.reported)


def keyring_for(manifest: dict, dek: bytes, join_key: bytes | None) -> Keyring:
    """All commitments are compared before anything is opened."""
    for run in manifest["runs"]:
        keys.require_equal(keys.commitment(dek, run["run_id"]), run["commitment"], "commitment")
    join = None
    if "join_key" in manifest:
        if join_key is None:
            raise FormatError("the join key is missing")
        member = manifest["join_key"]
        expected = keys.join_commitment(join_key, member["id"])
        keys.require_equal(expected, member["commitment"], "join key's commitment")
        join = (join_key, member["version"])
    domain = manifest["policy"].get("join", manifest["dataset_id"])
    return Keyring(dek, manifest["key"]["version"], domain, join)
