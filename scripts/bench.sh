#!/bin/sh
# npm run bench: ratios against the bare library in one run; results go to docs/benchmarks.md by hand.
. "$(dirname -- "$0")/ensure.sh"
exec "$NODE" --expose-gc "$ROOT/bench/main.ts" "$@"
