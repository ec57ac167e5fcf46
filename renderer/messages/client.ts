export const clientText = {
  noAnswer: '没有收到程序的答复：请确认明账仍在运行，然后重试。',
  pageFault: '页面出错，本次操作没有完成。请刷新页面后重试。',
}
