#!/usr/bin/env bash
# A RabbitMQ of its own on free loopback ports, with fresh passwords and a throwaway CA. Wants Debian's rabbitmq-server.
#   rabbitmq.sh start FOLDER    starts it, waits until it answers, writes FOLDER/env (KEY=value lines, readable by the owner only)
#   rabbitmq.sh again FOLDER    starts it once more, after it was killed: the same ports, users, queue and messages
#   rabbitmq.sh stop FOLDER     ends it and its epmd, by their process ids, and removes its data
# FOLDER/env holds SEALWRIGHT_AMQP_URL (plain), SEALWRIGHT_AMQPS_URL (TLS 1.2 or newer, for the name localhost), _CA (the CA's
# certificate); _USER and _PASSWORD, who may publish to _EXCHANGE and nothing else; _CONSUMER_USER and _CONSUMER_PASSWORD, who
# may read _QUEUE, where messages with _ROUTING_KEY go, and _REFUSED_QUEUE, where those go that he rejects; _PID; _CTL, a program that is rabbitmqctl for this one; _DATA.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=tests/support/servers/loopback.sh
source "$here/../support/servers/loopback.sh"
owner=rabbitmq
server=/usr/lib/rabbitmq/bin
exchange=sealwright.feedback queue=platform.feedback key=feedback

# DATA: a CA, and a certificate by it for localhost.
make_certificates() {
  local tls=$1/tls
  mkdir "$tls"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 30 -subj "/CN=Sealwright test CA" \
    -addext keyUsage=critical,keyCertSign -keyout "$tls/ca.key" -out "$tls/ca.pem"
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj "/CN=localhost" -keyout "$tls/server.key" \
    -out "$tls/server.csr"
  openssl x509 -req -in "$tls/server.csr" -CA "$tls/ca.pem" -CAkey "$tls/ca.key" -CAcreateserial -days 30 \
    -extfile <(echo "subjectAltName=DNS:localhost,IP:127.0.0.1") -out "$tls/server.pem"
} 2>/dev/null

# DATA: the broker's settings. What is declared here is there before the first client can connect.
configure() {
  cat >"$1/rabbitmq.conf" <<EOF
listeners.tcp.1 = 127.0.0.1:$port
listeners.ssl.1 = 127.0.0.1:$tls_port
ssl_options.cacertfile = $1/tls/ca.pem
ssl_options.certfile = $1/tls/server.pem
ssl_options.keyfile = $1/tls/server.key
ssl_options.versions.1 = tlsv1.3
ssl_options.versions.2 = tlsv1.2
load_definitions = $1/definitions.json
EOF
  cat >"$1/definitions.json" <<EOF
{"vhosts": [{"name": "/"}],
 "users": [{"name": "machine", "password": "$password", "tags": []},
           {"name": "platform", "password": "$consumer_password", "tags": []}],
 "permissions": [{"user": "machine", "vhost": "/", "configure": "^$", "write": "^${exchange//./\\\\.}$", "read": "^$"},
                 {"user": "platform", "vhost": "/", "configure": "^$", "write": "^$", "read": "^${queue//./\\\\.}(\\\\.refused)?$"}],
 "exchanges": [{"name": "$exchange", "vhost": "/", "type": "direct", "durable": true, "auto_delete": false,
                "internal": false, "arguments": {}}],
 "queues": [{"name": "$queue", "vhost": "/", "durable": true, "auto_delete": false,
             "arguments": {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": "$queue.refused"}},
            {"name": "$queue.refused", "vhost": "/", "durable": true, "auto_delete": false, "arguments": {}}],
 "bindings": [{"source": "$exchange", "vhost": "/", "destination": "$queue", "destination_type": "queue",
               "routing_key": "$key", "arguments": {}}]}
EOF
  # What every Erlang program here needs to find this node and no other.
  cat >"$1/erlang.env" <<EOF
HOME=$1
ERL_EPMD_PORT=$(free_port)
ERL_EPMD_ADDRESS=127.0.0.1
RABBITMQ_NODENAME=sealwright@localhost
RABBITMQ_DIST_PORT=$(free_port)
RABBITMQ_CONFIG_FILE=$1/rabbitmq.conf
RABBITMQ_CONF_ENV_FILE=$1/none
RABBITMQ_ENABLED_PLUGINS_FILE=$1/plugins
RABBITMQ_MNESIA_BASE=$1/mnesia
RABBITMQ_LOG_BASE=$1/log
RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1}
LANG=C.UTF-8
EOF
  random 20 >"$1/.erlang.cookie"
  chmod 400 "$1/.erlang.cookie"
  mkdir "$1/log"
  if ((EUID == 0)); then chown -R "$owner:" "$1"; fi
}

# Answers the protocol's header with a method frame?
answers() {
  [[ $(
    { exec 7<>"/dev/tcp/127.0.0.1/$port" && printf 'AMQP\0\0\11\1' >&7 && timeout 5 head -c 1 <&7 | od -An -tx1; } 2>/dev/null
  ) == " 01" ]]
}

# FOLDER DATA: starts epmd and the broker; sets their ids.
launch() {
  local settings
  mapfile -t settings <"$2/erlang.env"
  if ! taken "$(value_of "$2/erlang.env" ERL_EPMD_PORT)"; then
    (as "$owner" env -i PATH="$PATH" "${settings[@]}" epmd) </dev/null >>"$1/log" 2>&1 &
    epmd_pid=$!
  fi
  # "Under systemd" is how the script becomes the server, without a shell in between.
  (cd "$2" && as "$owner" env -i PATH="$PATH" "${settings[@]}" RUNNING_UNDER_SYSTEMD=1 "$server/rabbitmq-server") \
    </dev/null >>"$1/log" 2>&1 &
  pid=$!
  wait_until "$pid" answers
}

# FOLDER DATA
write_env() {
  cat >"$1/rabbitmqctl" <<EOF
#!/usr/bin/env bash
source "$here/../support/servers/loopback.sh"
mapfile -t settings <"$2/erlang.env"
cd "$2" && as $owner env -i PATH="\$PATH" "\${settings[@]}" "$server/rabbitmqctl" "\$@"
EOF
  chmod 700 "$1/rabbitmqctl"
  (umask 077 && cat >"$1/env") <<EOF
SEALWRIGHT_AMQP_URL=amqp://127.0.0.1:$port
SEALWRIGHT_AMQPS_URL=amqps://localhost:$tls_port
SEALWRIGHT_AMQP_CA=$1/ca.pem
SEALWRIGHT_AMQP_USER=machine
SEALWRIGHT_AMQP_PASSWORD=$password
SEALWRIGHT_AMQP_EXCHANGE=$exchange
SEALWRIGHT_AMQP_ROUTING_KEY=$key
SEALWRIGHT_AMQP_QUEUE=$queue
SEALWRIGHT_AMQP_REFUSED_QUEUE=$queue.refused
SEALWRIGHT_AMQP_CONSUMER_USER=platform
SEALWRIGHT_AMQP_CONSUMER_PASSWORD=$consumer_password
SEALWRIGHT_AMQP_PID=$pid
SEALWRIGHT_AMQP_EPMD_PID=$epmd_pid
SEALWRIGHT_AMQP_CTL=$1/rabbitmqctl
SEALWRIGHT_AMQP_DATA=$2
EOF
}

start() {
  local folder=$1 data
  [[ -x $server/rabbitmq-server ]] || { echo "rabbitmq.sh: there is no rabbitmq-server here" >&2; exit 1; }
  mkdir -p "$folder"
  password=$(random 20) consumer_password=$(random 20)
  for attempt in 1 2 3; do
    data=$(own_folder "$owner" rabbitmq)
    port=$(free_port) tls_port=$(free_port) pid='' epmd_pid=''
    make_certificates "$data"
    configure "$data"
    cp "$data/tls/ca.pem" "$folder/ca.pem"
    if launch "$folder" "$data"; then
      write_env "$folder" "$data"
      return
    fi
    end "$pid" "$data"
    end "$epmd_pid" "$data"
    rm -rf "$data"
    echo "rabbitmq.sh: attempt $attempt did not start: $(tail -n 5 "$folder/log")" >&2
  done
  return 1
}

again() {
  local folder=$1 env=$1/env
  port=$(value_of "$env" SEALWRIGHT_AMQP_URL) && port=${port##*:}
  epmd_pid=$(value_of "$env" SEALWRIGHT_AMQP_EPMD_PID)
  launch "$folder" "$(value_of "$env" SEALWRIGHT_AMQP_DATA)"
  sed -i "s/^\(SEALWRIGHT_AMQP_PID\)=.*/\1=$pid/; s/^\(SEALWRIGHT_AMQP_EPMD_PID\)=.*/\1=$epmd_pid/" "$env"
}

stop() {
  local env=$1/env data
  data=$(value_of "$env" SEALWRIGHT_AMQP_DATA)
  [[ $data ]] || return 0
  end "$(value_of "$env" SEALWRIGHT_AMQP_PID)" "$data"
  end "$(value_of "$env" SEALWRIGHT_AMQP_EPMD_PID)" "$data"
  rm -rf "$data" "$env"
}

case ${1-} in
  start | again | stop) "$1" "$(readlink -m "$2")" ;;
  *) sed -n '2,5p' "$0" >&2; exit 2 ;;
esac
