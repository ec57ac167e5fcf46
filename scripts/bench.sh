#!/bin/sh
# npm run bench: ratios against the bare library in one run; with --write recorded in docs/benchmarks.md.
. "$(dirname -- "$0")/ensure.sh"
exec "$NODE" --expose-gc "$ROOT/bench/main.ts" "$@"
