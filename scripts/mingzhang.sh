#!/bin/sh
# The command line. npm moves to the project folder first; INIT_CWD is where the person typed, and paths are meant from there.
# Also the package's `bin`, hence the walk along symbolic links to find the project.
self=$0
while [ -L "$self" ]; do
  target=$(readlink "$self")
  case $target in
    /*) self=$target ;;
    *) self=$(dirname -- "$self")/$target ;;
  esac
done
ROOT=$(CDPATH='' cd -- "$(dirname -- "$self")/.." && pwd -P)
. "$ROOT/scripts/ensure.sh"
# INIT_CWD set by an outer npm run must not redirect a direct call.
if [ -n "$npm_lifecycle_event" ] && [ -n "$INIT_CWD" ]; then cd -- "$INIT_CWD" || exit 1; fi
exec "$NODE" "$ROOT/server/cli/main.ts" "$@"
