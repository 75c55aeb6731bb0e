#!/usr/bin/env bash
# Fetches the Wycheproof test vectors as a Go module and checks its sum. Does nothing where that was done before.
# Usage: wycheproof.sh FOLDER
set -euo pipefail
module=github.com/c2sp/wycheproof@v0.0.0-20260902155932-3fa63dd0344a
sum=h1:pNbL2nztRsWfW/ispAwsvcDFxs9Id38uIsR2/Up5G2c=
folder=$1

[[ -f $folder/.complete && $(<"$folder/.complete") == "$sum" ]] && exit
echo "fetching $module" >&2
found=$(cd / && go mod download -json "$module")
field() { sed -n "s/^[[:space:]]*\"$1\": \"\(.*\)\",\{0,1\}$/\1/p" <<<"$found"; }
[[ $(field Sum) == "$sum" ]] || { echo "wycheproof.sh: the sum is $(field Sum), not $sum" >&2; exit 1; }
mkdir -p "$(dirname "$folder")"
rm -rf "$folder"
cp -r --no-preserve=mode "$(field Dir)/testvectors_v1" "$folder"
echo "$sum" >"$folder/.complete"
