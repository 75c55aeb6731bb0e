#!/usr/bin/env bash
# Builds the real MinIO server and its client `mc` from source, once, into a folder that later runs reuse.
# Prints that folder. Usage: minio.sh   (set SEALWRIGHT_CACHE to choose another place)
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
bin=${SEALWRIGHT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sealwright}/bin

# NAME VERSION: the release tags are not served as modules, these commits are.
build() {
  local go scratch
  [[ -x $bin/$1-$2 ]] && return
  go=$("$here/go.sh")
  echo "building $1 $2 (once, some minutes)" >&2
  scratch=$(mktemp -d "$bin/.build.XXXXXX")
  GOTOOLCHAIN=local GOBIN=$scratch CGO_ENABLED=0 \
    nice "$go" install -trimpath -ldflags '-s -w' "github.com/minio/$1@$2" >&2
  mv "$scratch/$1" "$bin/$1-$2"
  rmdir "$scratch"
  ln -sfn "$1-$2" "$bin/$1"
}

# Two that ask at once wait for one another, and build it once.
mkdir -p "$bin"
exec 7>"$bin/.lock"
flock 7
build minio v0.0.0-20260212201848-7aac2a2c5b7c
build mc v0.0.0-20250313080218-cf909e1063a9
echo "$bin"
