import type { MenuItemConstructorOptions as MenuItem } from 'electron'

/** Texts of native dialogs and the menu: shown before any page exists, so the page's catalogue cannot supply them. */
export const messages = {
  choose: {
    message: '请选择要使用的账簿',
    detail: '账簿是一个 .mzdb 文件，请放在本机磁盘上。初次使用可以先建立样例办公室，熟悉各项操作；建立约需一分钟。',
    buttons: ['打开已有账簿…', '建立样例办公室…', '取消'],
  },
  sampleName: '样例办公室.mzdb',
  filters: [{ name: '明账账簿', extensions: ['mzdb'] }],
  understood: '知道了',
  stopped: '账簿服务意外停止，即将重新打开账簿。已保存的内容不会丢失；正在填写、尚未保存的内容需要重新录入。',
  notRunning: '账簿服务没有运行。请确认账簿文件可以读写，且没有被另一个程序打开，再用“文件”菜单打开。',
  notLocal: '只能打开本机磁盘上的账簿文件。请先把它复制到本机，再打开。',
  notLedger: (path: string) => `“${path}”不是账簿文件。请选择扩展名为 .mzdb 的文件。`,
  missing: (path: string) => `找不到“${path}”。请确认它的位置，然后重新选择。`,
  exists: (path: string) => `“${path}”已经存在，不会覆盖。请换一个文件名。`,
}

/** The labels are ours because Electron's own are English. Copy and paste need their menu on macOS. */
export function menuTemplate(open: () => void): MenuItem[] {
  const item = (role: NonNullable<MenuItem['role']>, label: string): MenuItem => ({ role, label })
  return [
    { label: '文件', submenu: [{ label: '打开或建立账簿…', click: open }, item('quit', '退出')] },
    { label: '编辑', submenu: [item('undo', '撤销'), item('cut', '剪切'), item('copy', '复制'), item('paste', '粘贴')] },
    { label: '显示', submenu: [item('zoomIn', '放大'), item('zoomOut', '缩小'), item('resetZoom', '实际大小')] },
  ]
}
