/** The number the server put into this page's policy; style elements added while running must carry it. */
export const STYLE_NONCE = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
