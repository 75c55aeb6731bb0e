#!/usr/bin/env bash
# Builds the real Vault (storage by raft, KV, AppRole; no cloud's plugins) from source, once, into a folder that later
# runs reuse. Prints the program's path. Usage: vault.sh   (set SEALWRIGHT_CACHE to choose another place)
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
bin=${SEALWRIGHT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sealwright}/bin
version=v1.21.0 # later ones want an SDK that was never tagged

# Go does not install a program whose go.mod replaces modules: a module of our own runs it, with the two replacements that
# lead to other repositories.
describe() {
  cat >"$1/go.mod" <<EOF
module sealwright.invalid/vault
go 1.25
require github.com/hashicorp/vault $version
replace github.com/99designs/keyring => github.com/Jeffail/keyring v1.2.3
replace github.com/ma314smith/signedxml v1.1.1 => github.com/moov-io/signedxml v1.1.1
EOF
  cat >"$1/main.go" <<EOF
package main

import (
	"os"

	"github.com/hashicorp/vault/command"
)

func main() { os.Exit(command.Run(os.Args[1:])) }
EOF
}

build() {
  local go scratch
  [[ -x $bin/vault-$version ]] && return
  go=$("$here/go.sh")
  echo "building vault $version (once, some minutes)" >&2
  scratch=$(mktemp -d "$bin/.build.XXXXXX")
  describe "$scratch"
  (cd "$scratch" && GOTOOLCHAIN=local GOFLAGS="-mod=mod ${GOFLAGS-}" CGO_ENABLED=0 \
    nice "$go" build -trimpath -tags minimal -ldflags '-s -w' -o vault . >&2)
  mv "$scratch/vault" "$bin/vault-$version"
  rm -rf "$scratch"
}

# Two that ask at once wait for one another, and build it once.
mkdir -p "$bin"
exec 7>"$bin/.lock-vault"
flock 7
build
echo "$bin/vault-$version"
