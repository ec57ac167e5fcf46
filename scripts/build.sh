#!/bin/sh
# npm run build: the page and, where the desktop shell has sources, its bundles, into dist/.
. "$(dirname -- "$0")/ensure.sh"
exec "$NODE" "$ROOT/scripts/build.ts" "$@"
