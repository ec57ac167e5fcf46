#!/bin/sh
# npm run vectors: only the test that puts the published vectors (MINGZHANG_VECTORS) through core.
. "$(dirname -- "$0")/ensure.sh"
exec "$NODE" "$ROOT/scripts/vectors.ts" "$@"
