/** Words whose usual reading the collation does not know. */
export const PINYIN_READINGS: readonly (readonly [string, string])[] = [
  ['银行', 'yh'], ['行政', 'xz'], ['发行', 'fx'], ['重庆', 'cq'], ['厦门', 'xm'], ['大厦', 'ds'], ['广厦', 'gs'],
  ['长沙', 'cs'], ['长安', 'ca'], ['长江', 'cj'], ['长城', 'cc'], ['长春', 'cc'], ['调节', 'tj'], ['调整', 'tz'],
  ['会计', 'kj'], ['车库', 'ck'], ['单位', 'dw'], ['返还', 'fh'], ['退还', 'th'], ['都市', 'ds'], ['成都', 'cd'],
]
