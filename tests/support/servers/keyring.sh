#!/usr/bin/env bash
# Runs a command inside a D-Bus session of its own with a fresh, unlocked Secret Service, and a home of its own, so that
# the person's keyring and settings stay untouched. Usage: keyring.sh COMMAND [ARGUMENT …]
set -euo pipefail
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/run"
# Servers that were built once lie there for every home.
export SEALWRIGHT_CACHE=${SEALWRIGHT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sealwright}
export HOME=$home XDG_RUNTIME_DIR=$home/run XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data \
  XDG_CACHE_HOME=$home/cache XDG_STATE_HOME=$home/state SEALWRIGHT_KEYRING=unlocked
# shellcheck disable=SC2016  # the inner shell expands these
dbus-run-session -- sh -c '
  printf %s "test keyring" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
  gdbus wait --session --timeout 20 org.freedesktop.secrets
  "$@"' keyring "$@"
