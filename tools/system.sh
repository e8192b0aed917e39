#!/bin/sh
# What the whole test run needs from the system: a browser, a Java runtime, PostgreSQL.
missing=""
command -v chromium >/dev/null || missing="$missing chromium"
command -v java >/dev/null || missing="$missing openjdk-17-jre-headless"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ]; then
    echo "Installing$missing ..."
    # A first install of postgresql starts a server of its own; the tests start theirs on another port.
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing; } >/dev/null
else
    echo "The tests need$missing. Type this once, then make test again:" >&2
    echo "  sudo apt-get install -y$missing" >&2
    exit 2
fi
