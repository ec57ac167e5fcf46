import path from 'node:path'

import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import type { AfterPackContext } from 'electron-builder'

/**
 * Every fuse by name, so that a new one in a later Electron stops the build until someone has decided it. RunAsNode
 * off does not touch utility processes. Playwright's driver needs the inspect fuse: `MINGZHANG_TEST_BUILD=1` leaves
 * that one on, for a build that is tested and never given out.
 */
export async function afterPack(context: AfterPackContext): Promise<void> {
  const { appOutDir, electronPlatformName, packager } = context
  const { productFilename } = packager.appInfo
  const names: Readonly<Record<string, string>> = {
    darwin: `${productFilename}.app`,
    win32: `${productFilename}.exe`,
    // The same name as in electron-builder.yml; only this system's packager has no property for it.
    linux: 'mingzhang',
  }
  await flipFuses(path.join(appOutDir, names[electronPlatformName] ?? productFilename), {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: process.env['MINGZHANG_TEST_BUILD'] === '1',
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    [FuseV1Options.WasmTrapHandlers]: true,
  })
}
