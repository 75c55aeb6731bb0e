#!/usr/bin/env bash
# Fetches one npm package, checks its hash, and unpacks it. Does nothing where that was done before.
# Usage: npm.sh NAME VERSION SHA512 FOLDER
set -euo pipefail
name=$1 version=$2 sha512=$3 folder=$4

[[ -f $folder/.complete && $(<"$folder/.complete") == "$sha512" ]] && exit
echo "fetching npm package $name $version" >&2
mkdir -p "$(dirname "$folder")"
scratch=$(mktemp -d "$(dirname "$folder")/.fetch.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
if command -v npm >/dev/null; then
  (cd "$scratch" && npm pack --silent "$name@$version" >/dev/null)
else
  registry=${npm_config_registry:-https://registry.npmjs.org}
  curl -fsS --retry 5 --retry-connrefused -o "$scratch/$name-$version.tgz" "${registry%/}/$name/-/$name-$version.tgz"
fi
sha512sum --check --quiet <<<"$sha512  $scratch/$name-$version.tgz"
mkdir "$scratch/whole"
tar -xzf "$scratch/$name-$version.tgz" -C "$scratch/whole" --strip-components=1 --no-same-owner
echo "$sha512" >"$scratch/whole/.complete"
rm -rf "$folder"
mv "$scratch/whole" "$folder"
