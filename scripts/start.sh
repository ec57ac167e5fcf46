#!/bin/sh
# npm start: install what is missing, build, make the sample office on first run, open it.
. "$(dirname -- "$0")/ensure.sh"
exec "$NODE" "$ROOT/scripts/start.ts" "$@"
