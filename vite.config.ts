import path from 'node:path'

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/**
 * The page. Both doors serve dist/renderer from their root under `script-src 'self'`, so everything is bundled into
 * files of its own: no inline scripts, no data: URLs, nothing remote.
 */
export default defineConfig({
  root: path.join(import.meta.dirname, 'renderer'),
  base: '/',
  publicDir: false,
  clearScreen: false,
  plugins: [react()],
  build: {
    outDir: path.join(import.meta.dirname, 'dist/renderer'),
    emptyOutDir: true,
    // Chromium of the pinned Electron and any current browser.
    target: 'es2024',
    // An inlined asset is a data: URL, which the policy allows for images only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The page is read from the local disk; the grid and the charts are about 1 MB each in one piece.
    chunkSizeWarningLimit: 2500,
    reportCompressedSize: false,
  },
})
