#!/usr/bin/env bash
# What a real platform stands on, each server on loopback and of its own: PostgreSQL, Vault, RabbitMQ and MinIO.
#   stack.sh start FOLDER    starts all four side by side, writes FOLDER/env (KEY=value lines, readable by the owner only)
#   stack.sh stop FOLDER     ends them, by their process ids, and removes their data
#   stack.sh beside FOLDER STACK   a stack of the servers of the folder STACK, but for an object store of its own in FOLDER,
#                            which lies in STACK and is called own-…: for tests that harm it while others use the other
#   stack.sh alone FOLDER    ends that object store, and removes FOLDER
# FOLDER/env holds what the four scripts write, SEALWRIGHT_STACK, the path of that file, and SEALWRIGHT_STS_ACCESS_KEY and
# _SECRET_KEY, an ordinary user of MinIO: the platform. Where a server cannot be had (a registry out of reach, a package
# missing) that is said and the status is 3: FOLDER/env then holds the others, and SEALWRIGHT_STACK_MISSING, the reason.
# Each server lies in FOLDER/NAME, for its own script: `rabbitmq.sh again FOLDER/rabbitmq` after it was killed.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=tests/support/servers/loopback.sh
source "$here/../support/servers/loopback.sh"
names=(postgres vault rabbitmq minio)

script_of() { if [[ $1 == minio ]]; then echo "$here/../support/servers/minio.sh"; else echo "$here/$1.sh"; fi; }

# FOLDER: an ordinary user, who may do what the platform does and hand parts of it on by STS.
add_platform_user() {
  local env=$1/minio/env secret
  secret=$(random 20)
  mc() {
    MC_HOST_stack=$(value_of "$env" SEALWRIGHT_S3_ENDPOINT | sed "s|//|//$(value_of "$env" SEALWRIGHT_S3_ACCESS_KEY):$(
      value_of "$env" SEALWRIGHT_S3_SECRET_KEY)@|") "$(value_of "$env" SEALWRIGHT_MC)" --config-dir "$1/mc" --quiet "${@:2}"
  }
  printf '%s\n' platform "$secret" | mc "$1" admin user add stack >/dev/null
  mc "$1" admin policy attach stack readwrite --user platform >/dev/null
  printf 'SEALWRIGHT_STS_ACCESS_KEY=platform\nSEALWRIGHT_STS_SECRET_KEY=%s\n' "$secret"
}

start() {
  local folder=$1 name missing=() started=()
  mkdir -p "$folder"
  declare -A pids
  # What was begun is first let come up, for only then is it known what there is to end.
  trap 'wait; stop "$folder"; exit 130' INT TERM
  for name in "${names[@]}"; do
    "$(script_of "$name")" start "$folder/$name" >"$folder/$name.said" 2>&1 &
    pids[$name]=$!
  done
  for name in "${names[@]}"; do
    if wait "${pids[$name]}"; then
      started+=("$folder/$name/env")
    else
      missing+=("$name: $(tail -n 1 "$folder/$name.said")")
      cat "$folder/$name.said" >&2
    fi
  done
  (umask 077 && : >"$folder/env") # it holds secrets: nobody else may read it from its first byte on
  (
    ((${#started[@]} == 0)) || cat "${started[@]}"
    echo "SEALWRIGHT_STACK=$folder/env"
    [[ ! -f $folder/minio/env ]] || add_platform_user "$folder"
    ((${#missing[@]} == 0)) || printf 'SEALWRIGHT_STACK_MISSING=%q\n' "${missing[*]}"
  ) >"$folder/env"
  trap - INT TERM
  ((${#missing[@]} == 0)) || { printf 'stack.sh: not there: %s\n' "${missing[@]}" >&2 && return 3; }
}

beside() {
  local folder=$1 stack=$2 name
  mkdir "$folder"
  for name in "${names[@]}"; do [[ $name == minio ]] || ln -s "$stack/$name" "$folder/$name"; done
  "$(script_of minio)" start "$folder/minio" >"$folder/minio.said" 2>&1 || { cat "$folder/minio.said" >&2 && return 1; }
  (umask 077 && : >"$folder/env")
  (
    grep -v '^SEALWRIGHT_\(S3\|STS\|STACK\)' "$stack/env"
    cat "$folder/minio/env"
    add_platform_user "$folder"
    echo "SEALWRIGHT_STACK=$folder/env"
  ) >"$folder/env"
}

alone() {
  "$(script_of minio)" stop "$1/minio"
  rm -rf "$1"
}

stop() {
  local name own
  for own in "$1"/own-*; do [[ ! -d $own ]] || alone "$own"; done
  for name in "${names[@]}"; do "$(script_of "$name")" stop "$1/$name" & done
  wait
  rm -f "$1/env"
}

case ${1-} in
  start | stop | alone) "$1" "$(readlink -m "$2")" ;;
  beside) "$1" "$(readlink -m "$2")" "$(readlink -m "$3")" ;;
  *) sed -n '2,7p' "$0" >&2; exit 2 ;;
esac
