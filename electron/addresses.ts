/** The one address the window ever shows. `app:` is a standard scheme, so the page has an origin and 'self' works. */
export const pageAddress = 'app://mingzhang/'

/** Compares parsed parts, never text: `app://mingzhang.evil/` and `app://mingzhang@evil/` contain the right letters. */
export function isPageAddress(url: string): boolean {
  const { protocol, host, username, password } = URL.parse(url) ?? {}
  return protocol === 'app:' && host === 'mingzhang' && username === '' && password === ''
}

/** `blob:` of our page and `data:` never leave the machine (previews, icons): they may be loaded, not navigated to. */
export function isAllowedUrl(url: string): boolean {
  return isPageAddress(url.replace(/^blob:/, '')) || url.startsWith('data:')
}
