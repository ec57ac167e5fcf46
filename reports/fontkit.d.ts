/** The one thing we ask of fontkit, which ships no types: whether a font can draw a character. */
declare module 'fontkit' {
  export type Font = { hasGlyphForCodePoint(codePoint: number): boolean }
  export function openSync(path: string): Font
}
