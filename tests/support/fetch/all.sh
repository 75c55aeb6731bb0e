#!/usr/bin/env bash
# Puts all test data that others made into one folder: fixed versions, checked, no network once it is there.
# Usage: all.sh FOLDER
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
"$here/wycheproof.sh" "$1/wycheproof"
"$here/npm.sh" vega-datasets 3.2.1 \
  9534b0640eb2abaa925366199bee9ba882e222f4cf3f19f88ad8abee33c61661c874fbd47d0f690b3cdcae4958cb030980b51b68879291941d88977ac01c4fba \
  "$1/vega-datasets"
"$here/npm.sh" csv-spectrum 2.0.0 \
  8235bd60402472b268e0011dad5f7ee259145e53b26320bed40a7779fccc89452cd4e4dd676f55ada05934104a64aee289491b30d91499f2a9fe39dacb31f100 \
  "$1/csv-spectrum"
