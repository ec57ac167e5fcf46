import { registerHooks } from 'node:module'

/** `node --import …/register.ts dist/electron/main.js`: the built bundle runs unchanged, `electron` is the double. */
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier !== 'electron') return nextResolve(specifier, context)
    return { url: new URL('./electron.ts', import.meta.url).href, format: 'module-typescript', shortCircuit: true }
  },
})
