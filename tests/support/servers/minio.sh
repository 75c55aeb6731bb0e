#!/usr/bin/env bash
# A MinIO of its own on a free loopback port, with fresh credentials and its data in FOLDER.
#   minio.sh start FOLDER    starts it, waits until it answers, writes FOLDER/env (KEY=value lines, readable by the owner only);
#                            with TLS where FOLDER/certs has a public.crt and its private.key
#   minio.sh again FOLDER    starts it once more, after it was killed: the same port, credentials and data
#   minio.sh stop FOLDER     ends that one, by its process id
# FOLDER/env holds SEALWRIGHT_S3_ENDPOINT, _REGION, _ACCESS_KEY, _SECRET_KEY, _PID and SEALWRIGHT_MINIO, SEALWRIGHT_MC, the programs.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")

# shellcheck source=tests/support/servers/loopback.sh
source "$here/loopback.sh"

# Whom it trusts is for the tests; here it only has to be up.
ready() { curl -fsk --noproxy '*' -o /dev/null "$2://127.0.0.1:$1/minio/health/ready"; }
scheme() { if [[ -e $1/certs/public.crt ]]; then echo https; else echo http; fi; }

# FOLDER
launch() {
  MINIO_ROOT_USER=$key MINIO_ROOT_PASSWORD=$secret MINIO_BROWSER=off MINIO_UPDATE=off \
    nohup "$minio" server --quiet --address "127.0.0.1:$port" --certs-dir "$1/certs" "$1/data" \
    </dev/null >>"$1/log" 2>&1 3>&- 8>&- 9>&- &
  pid=$!
  wait_until "$pid" ready "$port" "$(scheme "$1")"
}

start() {
  local folder=$1 bin
  bin=$("$here/../fetch/minio.sh")
  minio=$bin/minio
  mkdir -p "$folder/data"
  key=sw$(random 8) secret=$(random 20)
  for attempt in 1 2 3; do
    port=$(free_port)
    if launch "$folder"; then
      (umask 077 && cat >"$folder/env") <<EOF
SEALWRIGHT_S3_ENDPOINT=$(scheme "$folder")://127.0.0.1:$port
SEALWRIGHT_S3_REGION=us-east-1
SEALWRIGHT_S3_ACCESS_KEY=$key
SEALWRIGHT_S3_SECRET_KEY=$secret
SEALWRIGHT_S3_PID=$pid
SEALWRIGHT_MINIO=$bin/minio
SEALWRIGHT_MC=$bin/mc
EOF
      return
    fi
    end "$pid" "$folder/data"
    echo "minio.sh: attempt $attempt did not start: $(tail -n 3 "$folder/log")" >&2
  done
  return 1
}

again() {
  local env=$1/env
  port=$(value_of "$env" SEALWRIGHT_S3_ENDPOINT) && port=${port##*:}
  key=$(value_of "$env" SEALWRIGHT_S3_ACCESS_KEY) secret=$(value_of "$env" SEALWRIGHT_S3_SECRET_KEY)
  minio=$(value_of "$env" SEALWRIGHT_MINIO)
  launch "$1"
  sed -i "s/^\(SEALWRIGHT_S3_PID\)=.*/\1=$pid/" "$env"
}

stop() {
  end "$(value_of "$1/env" SEALWRIGHT_S3_PID)" "$1/data"
  rm -f "$1/env"
}

case ${1-} in
  start | again | stop) "$1" "$(readlink -m "$2")" ;;
  *) sed -n '2,6p' "$0" >&2; exit 2 ;;
esac
