#!/bin/sh
# npm test: install what is missing, then every gate in order; last line `N passed, N failed`.
. "$(dirname -- "$0")/ensure.sh"
. "$ROOT/scripts/ensure-browser.sh"
exec "$NODE" "$ROOT/scripts/test.ts" "$@"
