# Sourced by the scripts that start a server of their own on loopback; not a program.

random() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }
taken() { (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)); taken "$port"; do :; done
  echo "$port"
}

# USER COMMAND …: becomes COMMAND, run as that user where this is root; else as who we are. Keeps the process id, so that
# `as … &` leaves the server's own id in $!. Descriptors that a caller may hold locks with stay here.
as() {
  local user=$1
  shift
  exec 3>&- 8>&- 9>&-
  if ((EUID == 0)); then exec setpriv --reuid="$user" --regid="$user" --init-groups "$@"; else exec "$@"; fi
}

# USER NAME: a fresh folder that USER can reach, wherever the checkout lies: one below /root, say, is closed to all others.
own_folder() {
  local folder
  folder=$(mktemp -d "/tmp/sealwright-$2.XXXXXX")
  if ((EUID == 0)); then chown "$1:" "$folder"; fi
  echo "$folder"
}

# PID CHECK …: waits until CHECK holds; fails when the process ended or it took longer than two minutes.
wait_until() {
  local pid=$1
  shift
  for ((i = 0; i < 1200; i++)); do
    kill -0 "$pid" 2>/dev/null || return 1
    "$@" && return
    sleep 0.1
  done
  return 1
}

# PID MARK [SIGNAL]: ends that process and waits until it is gone. A process id is used again some day: only while MARK,
# the server's own folder, still stands in its arguments or its environment.
end() {
  local pid=$1 mark=$2
  [[ $pid ]] && grep -qsF -- "$mark" "/proc/$pid/cmdline" "/proc/$pid/environ" || return 0
  kill -s "${3-TERM}" "$pid"
  for ((i = 0; i < 200; i++)); do
    grep -qsF -- "$mark" "/proc/$pid/cmdline" "/proc/$pid/environ" || return 0
    sleep 0.1
  done
  kill -KILL "$pid"
}

# FILE NAME: the value of a line NAME=value; empty where there is none.
value_of() { sed -n "s/^$2=//p" "$1" 2>/dev/null || true; }
