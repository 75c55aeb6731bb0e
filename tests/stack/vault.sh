#!/usr/bin/env bash
# A Vault of its own on a free loopback port, unsealed, with its data (raft) in FOLDER and one application that may use one path.
#   vault.sh start FOLDER    starts it, waits until it answers, writes FOLDER/env (KEY=value lines, readable by the owner only)
#   vault.sh again FOLDER    starts it once more, after it was killed, and unseals it: the same port, keys and application
#   vault.sh stop FOLDER     ends it, by its process id
# FOLDER/env holds SEALWRIGHT_VAULT_URL; _MOUNT and _PATH: keys lie in the KV version 2 engine at MOUNT below PATH, and nothing
# else is open to the application that logs in with _ROLE_ID and _SECRET_ID (AppRole; its tokens live _TOKEN_TTL seconds unless
# renewed); _PID; for tests that break it _UNSEAL_KEY and _ROOT_TOKEN; _BIN, the program.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=tests/support/servers/loopback.sh
source "$here/../support/servers/loopback.sh"
mount=platform path=keys token_ttl=60

# VERB PATH [JSON]: one call as whoever has $token; the answer's body. Secrets go by standard input, never as arguments.
call() {
  curl -fsS --noproxy '*' -X "$1" -K - "http://127.0.0.1:$port/v1/$2" <<EOF
header = "X-Vault-Token: $token"
data = "$(sed 's/\\/\\\\/g; s/"/\\"/g' <<<"${3-}")"
EOF
}

# MEMBER: that text in the JSON on standard input.
member() { grep -o "\"$1\":\[\{0,1\}\"[^\"]*" | head -n 1 | sed 's/.*"//'; }

# Any answer but "sealed" or "not initialised" would do too: those are states in which it answers.
answers() { curl -s --noproxy '*' -o /dev/null "http://127.0.0.1:$port/v1/sys/seal-status"; }

# FOLDER
launch() {
  mkdir -p "$1/data"
  cat >"$1/vault.hcl" <<EOF
storage "raft" {
  path = "$1/data"
  node_id = "only"
  performance_multiplier = 1
}
listener "tcp" {
  address = "127.0.0.1:$port"
  cluster_address = "127.0.0.1:$cluster_port"
  tls_disable = true
}
api_addr = "http://127.0.0.1:$port"
cluster_addr = "https://127.0.0.1:$cluster_port"
disable_mlock = true
EOF
  HOME=$1 nohup "$bin" server -config "$1/vault.hcl" </dev/null >>"$1/log" 2>&1 3>&- 8>&- 9>&- &
  pid=$!
  wait_until "$pid" answers
}

active() { curl -fs --noproxy '*' -o /dev/null "http://127.0.0.1:$port/v1/sys/health"; }

# Unsealed, the only node of its cluster has to elect itself.
unseal() {
  call PUT sys/unseal "{\"key\":\"$unseal_key\"}" >/dev/null
  wait_until "$pid" active
}

initialise() {
  local made
  token=
  made=$(call PUT sys/init '{"secret_shares":1,"secret_threshold":1}')
  unseal_key=$(member keys_base64 <<<"$made")
  token=$(member root_token <<<"$made")
  unseal
}

# One engine, and one application that may write a key once, read it, and nothing else.
open_to_the_platform() {
  local policy="path \\\"$mount/data/$path/*\\\" { capabilities = [\\\"create\\\", \\\"read\\\"] }"
  call POST "sys/mounts/$mount" '{"type":"kv","options":{"version":"2"}}' >/dev/null
  call PUT "sys/policies/acl/platform" "{\"policy\":\"$policy\"}" >/dev/null
  call POST sys/auth/approle '{"type":"approle"}' >/dev/null
  call POST auth/approle/role/platform "{\"token_policies\":\"platform\",\"token_ttl\":$token_ttl}" >/dev/null
  role_id=$(call GET auth/approle/role/platform/role-id | member role_id)
  secret_id=$(call POST auth/approle/role/platform/secret-id '{}' | member secret_id)
}

# FOLDER
write_env() {
  (umask 077 && cat >"$1/env") <<EOF
SEALWRIGHT_VAULT_URL=http://127.0.0.1:$port
SEALWRIGHT_VAULT_MOUNT=$mount
SEALWRIGHT_VAULT_PATH=$path
SEALWRIGHT_VAULT_ROLE_ID=$role_id
SEALWRIGHT_VAULT_SECRET_ID=$secret_id
SEALWRIGHT_VAULT_TOKEN_TTL=$token_ttl
SEALWRIGHT_VAULT_PID=$pid
SEALWRIGHT_VAULT_UNSEAL_KEY=$unseal_key
SEALWRIGHT_VAULT_ROOT_TOKEN=$token
SEALWRIGHT_VAULT_BIN=$bin
EOF
}

start() {
  local folder=$1
  bin=$("$here/../support/fetch/vault.sh")
  mkdir -p "$folder"
  for attempt in 1 2 3; do
    port=$(free_port) cluster_port=$(free_port) pid=''
    rm -rf "$folder/data"
    if launch "$folder"; then
      initialise
      open_to_the_platform
      write_env "$folder"
      return
    fi
    end "$pid" "$folder/vault.hcl"
    echo "vault.sh: attempt $attempt did not start: $(tail -n 3 "$folder/log")" >&2
  done
  return 1
}

again() {
  local folder=$1 env=$1/env
  bin=$(value_of "$env" SEALWRIGHT_VAULT_BIN)
  port=$(value_of "$env" SEALWRIGHT_VAULT_URL) && port=${port##*:}
  cluster_port=$(sed -n 's/^  cluster_address = .*:\([0-9]*\)"/\1/p' "$folder/vault.hcl")
  unseal_key=$(value_of "$env" SEALWRIGHT_VAULT_UNSEAL_KEY) token=
  launch "$folder"
  unseal
  sed -i "s/^\(SEALWRIGHT_VAULT_PID\)=.*/\1=$pid/" "$env"
}

stop() {
  end "$(value_of "$1/env" SEALWRIGHT_VAULT_PID)" "$1/vault.hcl"
  rm -rf "$1/data" "$1/env"
}

case ${1-} in
  start | again | stop) "$1" "$(readlink -m "$2")" ;;
  *) sed -n '2,5p' "$0" >&2; exit 2 ;;
esac
