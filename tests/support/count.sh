#!/usr/bin/env bash
# Adds up what ctest's log says: Qt Test's own totals where a program prints them, else one for the program.
# Shows what was skipped, ends with 'N passed, N failed, N skipped', and fails when a test failed or none ran.
# Usage: count.sh LastTest.log
set -euo pipefail
awk '
  /^SKIP   : / { print }
  match($0, /^Totals: [0-9]+ passed, [0-9]+ failed, [0-9]+ skipped/) {
    told = 1; ok += $2; bad += $4; skip += $6
  }
  /^Test Passed\.$/ { good = 1 }
  /^".*" end time: / {
    if (!told && good) ok++
    if (!good && !bad) bad++
    passed += ok; failed += bad; skipped += skip
    told = ok = bad = skip = good = 0
  }
  END {
    printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
    exit failed > 0 || passed == 0
  }' "$1"
