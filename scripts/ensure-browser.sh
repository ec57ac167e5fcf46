# Sourced by test.sh after ensure.sh: Chromium, a Chinese font and poppler for the end-to-end and document tests.

has_chromium() {
  command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
    command -v google-chrome >/dev/null 2>&1 || has_playwright_chromium
}

has_playwright_chromium() {
  [ -e "$("$NODE" -e 'process.stdout.write(require("@playwright/test").chromium.executablePath())' 2>/dev/null)" ]
}

# Without a Chinese font pages still work, but every screenshot is a row of boxes. macOS and Windows ship fonts.
has_chinese_font() {
  [ "$(uname -s)" != Linux ] && return 0
  command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ]
}

has_poppler() { command -v pdftotext >/dev/null 2>&1 && command -v pdftoppm >/dev/null 2>&1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install_packages() {
  command -v apt-get >/dev/null 2>&1 || return 1
  [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; }
}

# Package mirrors fail now and then; three tries with a pause cover what has been seen.
apt_install() {
  printf '正在安装测试所需的系统软件包：%s\n' "$*"
  for attempt in 1 2 3; do
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3 update &&
      as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 \
        install --no-install-recommends "$@" >/dev/null && return 0
    printf '  第 %s 次没有成功\n' "$attempt"
    sleep $((attempt * 5))
  done
  return 1
}

missing=''
has_chromium || missing="$missing chromium"
has_chinese_font || missing="$missing fonts-noto-cjk fontconfig"
has_poppler || missing="$missing poppler-utils"

if [ -n "$missing" ]; then
  # Word splitting is wanted: one argument per package.
  if may_install_packages; then apt_install $missing || true; fi
  if ! has_chromium; then
    printf '正在下载 Playwright 自带的 Chromium\n'
    "$NODE" "$ROOT/node_modules/@playwright/test/cli.js" install chromium || true
  fi
  has_chromium || stop '没有可用的 Chromium：请以管理员身份运行 apt-get install chromium，或联网运行 npx playwright install chromium，再运行 npm test。'
  has_chinese_font || stop '没有中文字体：请以管理员身份运行 apt-get install fonts-noto-cjk，再运行 npm test。'
  has_poppler || stop '没有 pdftotext 和 pdftoppm：请安装 poppler（Debian：apt-get install poppler-utils；macOS：brew install poppler），再运行 npm test。'
fi
