#!/usr/bin/env bash
# The demonstration behind `./dev run`: MinIO and the reference platform on loopback, an invitation, and three pending jobs;
# with --stack the platform stands on PostgreSQL, Vault, RabbitMQ and MinIO.
# With a display it opens the window on them; without one it does the main job with sealwright-cli and compares what
# comes back with the source. All it makes lies in FOLDER; all it starts ends with it. Where a PROGRAM is named it is started
# in the window's place. Usage: demo.sh BIN FOLDER [--stack] [PROGRAM [OPTION …]]
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
root=$(dirname "$(dirname "$(dirname "$here")")")
bin=$(readlink -f "$1") demo=$(readlink -m "$2")
own=(--config "$demo/profile" --keystore "file:$demo/keys" --passphrase-file "$demo/passphrase")
invitation=$demo/invitation.json
shift 2
if [[ ${1-} == --stack ]]; then
  shift
  servers=$root/tests/stack/stack.sh named="PostgreSQL, Vault, RabbitMQ, MinIO" backend=(--stack "$demo/servers/env")
else
  servers=$here/minio.sh named=MinIO backend=(--storage "$demo/servers/env")
fi
platform=

say() { printf '\n== %s\n' "$*"; }

end_all() {
  if [[ $platform ]]; then
    kill "$platform" 2>/dev/null || true
    wait "$platform" || true
  fi
  "$servers" stop "$demo/servers"
}

start_servers() {
  say "starting $named and the reference platform"
  "$servers" start "$demo/servers"
  "$bin/sealwright-platform" --state "$demo/platform" "${backend[@]}" --demo --samples "$root/resources/sample" \
    --invitation "$invitation" --ready-file "$demo/platform-url" >"$demo/platform.log" 2>&1 &
  platform=$!
  for ((i = 0; i < 300; i++)); do
    [[ ! -s $demo/platform-url ]] || break
    kill -0 "$platform" 2>/dev/null || { cat "$demo/platform.log" >&2 && exit 1; }
    sleep 0.1
  done
  echo "the platform is $(<"$demo/platform-url"), its invitation is in $invitation"
}

# COMMAND …: shows a command as a person would type it, and runs it.
step() { printf '\n$ sealwright-cli %s\n' "$*" && cli "$@"; }
cli() { "$bin/sealwright-cli" "${own[@]}" "$@"; }
# LIST MEMBER …: one line for each entry of a list in the JSON on standard input.
each() { python3 -c 'import json, sys
for entry in json.load(sys.stdin)[sys.argv[1]]: print(*(entry[m] for m in sys.argv[2:]), sep="\t")' "$@"; }

# What a demonstration job is made of, by its name.
source_of() {
  case $1 in
    "Patient register, June") echo "$root/resources/sample/patients.csv" ;;
    "Laboratory values") echo "$root/resources/sample/laboratory.json" ;;
    "Ward list of your choice") echo "$root/resources/sample/ward-list.csv" ;;
    *) echo "demo.sh: a job that is not of the demonstration: $1" >&2 && return 1 ;;
  esac
}

main_job() {
  local id name kind equal=0
  say "the main job without a window; sealwright-cli stands for: $bin/sealwright-cli ${own[*]}"
  step register --invite "$invitation" --name "Demonstration"
  step jobs list
  cli jobs list --state pending --json | each jobs id source name >"$demo/jobs"
  while IFS=$'\t' read -r id kind name; do
    step jobs show "$id"
    if [[ $kind == local ]]; then step jobs run "$id" --input "$(source_of "$name")"; else step jobs run "$id"; fi
  done <"$demo/jobs"

  step results list
  cli results list --json | each results id name >"$demo/results"
  while IFS=$'\t' read -r id name; do
    step results get "$id" --out "$demo/back/$id"
    cmp "$demo/back/$id"/* "$(source_of "$name")"
    echo "equal to its source, byte for byte: $name"
    equal=$((equal + 1))
  done <"$demo/results"
  ((equal == $(wc -l <"$demo/jobs") && equal > 0))
  say "all $equal datasets came back equal; for the window, run ./dev run where DISPLAY or WAYLAND_DISPLAY is set"
}

trap end_all EXIT
trap 'exit 130' INT TERM
mkdir -p "$demo"
(umask 077 && od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$demo/passphrase")
start_servers
if (($#)); then
  "$@" "${own[@]}" --invitation "$invitation"
elif [[ ${DISPLAY-}${WAYLAND_DISPLAY-} ]]; then
  say "opening the window; Ctrl+C here ends everything"
  "$bin/sealwright" "${own[@]}" --invitation "$invitation"
else
  main_job
fi
