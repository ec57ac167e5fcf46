/**
 * Names of parties as compared, not as shown: banks, contracts and clerks write the same firm with full-width brackets,
 * spaces, or a trailing account note (peers/bank-formats §5 "party (normalised, bracket/space-free)").
 */
export function matchName(name: string): string {
  return name
    .replaceAll(/[！-～]/g, (wide) => String.fromCodePoint((wide.codePointAt(0) ?? 0) - 0xfee0))
    .replaceAll(/[\s　​-‍﻿()[\]{}【】〔〕《》<>·.,，。、_-]/g, '')
    .toLowerCase()
}
