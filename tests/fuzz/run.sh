#!/usr/bin/env bash
# Runs one fuzz target for a while: run.sh PROGRAM SECONDS. It starts from its seeds and from what earlier runs found,
# kept beside the build. An input that ends it, takes over 5 seconds or 1 GiB is kept there too, and the status is not 0.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
program=$1 seconds=$2 name=${1##*/} folder=$(dirname "$1")/..
grown=$folder/corpus/$name
mkdir -p "$grown"
status=0
"$program" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -max_len=65536 -print_final_stats=1 \
  -artifact_prefix="$folder/$name-" "$grown" "$here/corpus/${name#fuzz_}" >"$folder/$name.log" 2>&1 || status=$?
# One line that says it all; the whole story is in the log.
awk -v name="$name" '/cov: / { for (i = 1; i < NF; i++) if ($i == "cov:") cov = $(i + 1) }
  /number_of_executed_units/ { runs = $2 }
  END { printf "%-24s %10d runs, %6d places covered", name, runs, cov }' "$folder/$name.log"
if ((status)); then
  printf '  FOUND SOMETHING: %s\n' "$folder/$name.log"
  grep -m 3 -E 'does not hold|ERROR|SUMMARY|Test unit written' "$folder/$name.log" || true
else
  printf '\n'
fi
exit "$status"
