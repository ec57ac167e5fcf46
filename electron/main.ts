import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { app, BrowserWindow, dialog, Menu, protocol, session, utilityProcess } from 'electron'
import { pageAddress } from './addresses.ts'
import { createForward } from './forward.ts'
import { guardContents, guardSession } from './guards.ts'
import { checkLedgerPath, checkNewLedgerPath, ledgerArgument } from './ledger-path.ts'
import { menuTemplate, messages } from './messages.ts'
import { watchServer } from './server-process.ts'
import { windowOptions } from './window-options.ts'

let window: BrowserWindow | undefined
let stopServer: (() => Promise<void>) | undefined
let turn: Promise<void> = Promise.resolve()
const ownFolder = mkdtempSync(join(app.getPath('temp'), 'mingzhang-')) // 0700: no other user gets in
const socketPath = process.platform === 'win32' ? `\\\\.\\pipe\\${basename(ownFolder)}` : join(ownFolder, 'door')
const lastUsedFile = join(app.getPath('userData'), 'last-ledger.txt')

async function say(message: string): Promise<void> {
  await dialog.showMessageBox({ type: 'warning', message, buttons: [messages.understood], noLink: true })
}

/** Paths come from native dialogs only: the page can neither name a file nor learn one. */
async function askForLedger(): Promise<string | undefined> {
  const { filters, choose, sampleName } = messages
  const { response } = await dialog.showMessageBox({ ...choose, cancelId: 2 })
  if (response === 2) return undefined
  if (response === 0) return (await dialog.showOpenDialog({ filters })).filePaths[0] ?? askForLedger()
  const { filePath } = await dialog.showSaveDialog({ defaultPath: sampleName, filters })
  if (filePath === '') return askForLedger()
  const path = checkNewLedgerPath(filePath)
  await startServer(path, '--sample')
  return path
}

async function startServer(path: string, ...more: string[]): Promise<void> {
  await stopServer?.()
  const page = join(import.meta.dirname, '../renderer')
  const args = ['--ledger', path, '--socket', socketPath, '--page', page, ...more]
  const child = utilityProcess.fork(join(import.meta.dirname, 'server.js'), args, { serviceName: 'mingzhang' })
  child.on('exit', () => (stopServer = undefined))
  stopServer = await watchServer(child, () => inTurn(() => say(messages.stopped).then(() => openLedger(path))))
  writeFileSync(lastUsedFile, path)
}

function createWindow(): BrowserWindow {
  const created = new BrowserWindow(windowOptions(app.isPackaged))
  created.once('ready-to-show', () => created.show())
  created.on('closed', () => (window = undefined))
  created.webContents.on('render-process-gone', () => created.reload())
  return created
}

/** Tries `named`, then asks until a ledger is open or the clerk gives up; what was open before stays open then. */
async function openLedger(named: string | undefined): Promise<void> {
  for (let path = named; ; path = undefined) {
    try {
      path ??= await askForLedger()
      if (path === undefined) break
      await startServer(checkLedgerPath(path))
      window ??= createWindow()
      return await window.loadURL(pageAddress)
    } catch (error) {
      await say(error instanceof Error ? error.message : messages.notRunning)
    }
  }
  if (stopServer === undefined) app.quit()
}

/** One ledger at a time: whoever asks next waits for the dialogs and the server of the one before. */
function inTurn(job: () => Promise<void>): void {
  turn = turn.then(job)
}

async function runShell(): Promise<void> {
  let named = ledgerArgument(process.argv, process.cwd())
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
  app.on('open-file', (event, path) => {
    event.preventDefault()
    named = path
    if (app.isReady()) inTurn(() => openLedger(path))
  })
  app.on('second-instance', (_event, args, folder) => {
    window?.focus()
    const path = ledgerArgument(args, folder)
    if (path) inTurn(() => openLedger(path))
  })
  app.on('before-quit', (event) => {
    if (stopServer === undefined) return
    event.preventDefault()
    void stopServer().then(() => app.quit())
  })
  app.on('quit', () => rmSync(ownFolder, { recursive: true, force: true }))
  await app.whenReady()
  guardSession(session.defaultSession)
  protocol.handle('app', createForward(socketPath))
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(() => inTurn(() => openLedger(undefined)))))
  named ??= existsSync(lastUsedFile) ? readFileSync(lastUsedFile, 'utf8') : undefined
  inTurn(() => openLedger(named))
}

// These must come before `ready`. No name resolves: even a request that no handler sees goes nowhere.
const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }])
app.enableSandbox()
app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
if (app.isPackaged) process.env['MINGZHANG_FONTS'] = join(process.resourcesPath, 'fonts')
if (app.requestSingleInstanceLock()) void runShell()
else app.quit()
