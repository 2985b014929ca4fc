#!/usr/bin/env bash
# with-keyring.sh COMMAND…: runs it in a private D-Bus session with an unlocked, throw-away gnome-keyring; keeps its exit status.
set -euo pipefail
T="$(mktemp -d)"
mkdir -m 700 "$T/run" "$T/home"
export HOME="$T/home" XDG_RUNTIME_DIR="$T/run"
trap 'rm -rf "$T"' EXIT
dbus-run-session -- bash -c '
  printf "test-password" | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 & daemon=$!
  # NameHasOwner, not Ping: a Ping would start a second daemon, a locked one.
  for i in $(seq 100); do
    dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
      string:org.freedesktop.secrets 2>/dev/null | grep -q "boolean true" && break
    sleep 0.05
  done
  status=0; "$@" || status=$?
  kill "$daemon" 2>/dev/null || true
  exit "$status"' _ "$@"
