#!/usr/bin/env python3
"""Makes one report of what the tests noted of faults (tests/support/faults).

usage: fault_report.py NOTES LIST REPORT [--complete]

NOTES has a JSON object a line; it may be missing where no test noted anything. LIST names the faults that have to have a
test (faults.txt). REPORT gets {"count", "faults": [...]}, sorted, each note once. A note of a fault that LIST does not
name is an error, and with --complete so is a fault of LIST without a note: the report is written all the same.
"""
import json
import os
import sys

MEMBERS = ("fault", "server", "done", "seen", "code", "owner_read")


def listed(path):
    pairs = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            words = line.split("#")[0].split()
            pairs += [(words[0], server) for server in words[1:]]
    return pairs


def noted(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as lines:
        notes = {tuple(json.loads(line)[member] for member in MEMBERS) for line in lines}
    return [dict(zip(MEMBERS, note)) for note in sorted(notes)]


def main():
    notes_path, list_path, report_path = sys.argv[1:4]
    complete = sys.argv[4:] == ["--complete"]
    notes, wanted = noted(notes_path), listed(list_path)
    with open(report_path, "w", encoding="utf-8") as report:
        json.dump({"count": len(notes), "faults": notes}, report, indent=2, ensure_ascii=False)
        report.write("\n")
    seen = {(note["fault"], note["server"]) for note in notes}
    wrong = [f"not in the list of faults: {fault} {server}" for fault, server in sorted(seen - set(wanted))]
    if complete:
        wrong += [f"no test has shown: {fault} {server}" for fault, server in wanted if (fault, server) not in seen]
    print("\n".join(wrong + [f"{len(notes)} notes of {len(seen)} faults, of {len(wanted)} in the list: {report_path}"]))
    sys.exit(1 if wrong else 0)


main()
