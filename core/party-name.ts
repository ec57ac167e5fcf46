/**
 * Names of parties as compared, not as shown: banks, contracts and clerks write the same firm with full-width brackets,
 * blanks or dots (`示例（铜陵）传媒公司` = `示例(铜陵) 传媒公司`). Never NFKC: it would make ⑴公司 and 1公司 the same.
 */
export function matchName(name: string): string {
  return name
    .replaceAll(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\s\u200B-\u200D\u2060\uFEFF()[\]{}【】〔〕《》〈〉<>·•・.,。、_'"=-]/g, '')
    .toLowerCase()
}
