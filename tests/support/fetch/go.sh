#!/usr/bin/env bash
# Prints the path of a Go command new enough to build MinIO and Vault. Debian 12's own is too old for that, but it fetches a
# newer toolchain as a module, checked against Go's checksum database.
set -euo pipefail

oldest=25
toolchain=golang.org/toolchain@v0.0.1-go1.26.8.linux-$(dpkg --print-architecture)

have=$(command -v go) || { echo "go.sh: there is no go command" >&2; exit 1; }
version=$(go version)
if [[ $version =~ go1\.([0-9]+) ]] && ((BASH_REMATCH[1] >= oldest)); then
  echo "$have"
  exit
fi

root=$(go env GOMODCACHE)/$toolchain
if [[ ! -x $root/bin/go ]]; then
  echo "$version is too old; fetching $toolchain" >&2
  go mod download "$toolchain" >&2
  # A module's files come without the executable bit, and read-only.
  chmod -R u+w "$root"
  chmod +x "$root"/pkg/tool/*/* "$root"/bin/*
fi
echo "$root/bin/go"
