#!/bin/sh
# npm run samples: only the test that reads the sample bank files (MINGZHANG_SAMPLES).
. "$(dirname -- "$0")/ensure.sh"
exec "$NODE" "$ROOT/scripts/samples.ts" "$@"
