#!/usr/bin/env bash
# A PostgreSQL of its own on a free loopback port, with a fresh password and one empty database. Wants Debian's postgresql.
#   postgres.sh start FOLDER    starts it, waits until it answers, writes FOLDER/env (KEY=value lines, readable by the owner only)
#   postgres.sh again FOLDER    starts it once more, after it was killed: the same port, password and data
#   postgres.sh stop FOLDER     ends it, by its process id, and removes its data
# FOLDER/env holds SEALWRIGHT_PG_HOST, _PORT, _DATABASE, and _USER with _PASSWORD, who owns that database and nothing else; _PID;
# _BIN, the folder of psql and pg_dump; _DATA.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=tests/support/servers/loopback.sh
source "$here/../support/servers/loopback.sh"
owner=postgres
user=platform database=platform

newest() { compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1; }

# DATA LOG: a cluster whose administrator comes by the socket in DATA alone, and everyone else with a password.
make_cluster() {
  (as "$owner" "$bin/initdb" --pgdata="$1/cluster" --encoding=UTF8 --locale=C.UTF-8 --auth-local=trust \
    --auth-host=scram-sha-256) >>"$2" 2>&1
  cat >"$1/cluster/postgresql.auto.conf" <<EOF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$1'
shared_buffers = 16MB
EOF
}

# SQL on standard input, as the administrator.
administer() { (as "$owner" "$bin/psql" -q -v ON_ERROR_STOP=1 -h "$1" -p "$port" -d postgres -f -) 2>&1; }

answers() { "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; }

# FOLDER DATA
launch() {
  (cd "$2" && as "$owner" "$bin/postgres" -D "$2/cluster" -p "$port") </dev/null >>"$1/log" 2>&1 &
  pid=$!
  wait_until "$pid" answers
}

# FOLDER DATA
write_env() {
  (umask 077 && cat >"$1/env") <<EOF
SEALWRIGHT_PG_HOST=127.0.0.1
SEALWRIGHT_PG_PORT=$port
SEALWRIGHT_PG_DATABASE=$database
SEALWRIGHT_PG_USER=$user
SEALWRIGHT_PG_PASSWORD=$password
SEALWRIGHT_PG_PID=$pid
SEALWRIGHT_PG_BIN=$bin
SEALWRIGHT_PG_DATA=$2
EOF
}

start() {
  local folder=$1 data
  bin=$(newest) && [[ $bin ]] || { echo "postgres.sh: there is no PostgreSQL server here" >&2; exit 1; }
  mkdir -p "$folder"
  : >"$folder/log"
  password=$(random 20)
  for attempt in 1 2 3; do
    data=$(own_folder "$owner" postgres)
    port=$(free_port) pid=''
    make_cluster "$data" "$folder/log"
    if launch "$folder" "$data" && administer "$data" >>"$folder/log" <<EOF
CREATE ROLE $user LOGIN PASSWORD '$password';
CREATE DATABASE $database OWNER $user;
EOF
    then
      write_env "$folder" "$data"
      return
    fi
    end "$pid" "$data" INT
    rm -rf "$data"
    echo "postgres.sh: attempt $attempt did not start: $(tail -n 5 "$folder/log")" >&2
  done
  return 1
}

again() {
  local folder=$1 env=$1/env data
  bin=$(value_of "$env" SEALWRIGHT_PG_BIN)
  port=$(value_of "$env" SEALWRIGHT_PG_PORT)
  data=$(value_of "$env" SEALWRIGHT_PG_DATA)
  # What a killed server leaves behind ends by itself, soon; until then its data is refused.
  for ((i = 0; i < 50; i++)); do
    if launch "$folder" "$data"; then
      sed -i "s/^\(SEALWRIGHT_PG_PID\)=.*/\1=$pid/" "$env"
      return
    fi
    sleep 0.1
  done
  return 1
}

# INT is PostgreSQL's fast end: clients are sent away, data is written.
stop() {
  local env=$1/env data
  data=$(value_of "$env" SEALWRIGHT_PG_DATA)
  [[ $data ]] || return 0
  end "$(value_of "$env" SEALWRIGHT_PG_PID)" "$data" INT
  rm -rf "$data" "$env"
}

case ${1-} in
  start | again | stop) "$1" "$(readlink -m "$2")" ;;
  *) sed -n '2,5p' "$0" >&2; exit 2 ;;
esac
