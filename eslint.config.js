import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

import { roomImports } from './scripts/lint/room-imports.ts'

/**
 * Where a clock may be read: the clock itself, and folders that are not rules (design invariant 2). `reports/render.ts`
 * and `reports/workbook.ts` only build the frozen creation date that their libraries demand as a `Date`.
 */
const CLOCKS = [
  'services/clock.ts', 'reports/render.ts', 'reports/workbook.ts', 'electron/**', 'scripts/**', 'bench/**', 'tests/**',
  '*.config.ts',
]

/** Libraries take their creation date as a Date; made there from a frozen business date, never from the clock. */
const DATES_FOR_A_LIBRARY = ['reports/render.ts', 'reports/workbook.ts']

const NO_CLOCK = { name: 'Date', message: 'Dates are BusinessDate text; the only clock is services/clock.ts.' }

/** Pure rules see no world: these globals would let it in. */
const NO_WORLD = [
  'console', 'crypto', 'document', 'fetch', 'localStorage', 'navigator', 'performance', 'process',
  'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout', 'window',
].map((name) => ({ name, message: 'core/ is pure.' }))

const NO_DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only: one name from definition to use.',
}
const NO_RANDOM = {
  selector: 'MemberExpression[object.name="Math"][property.name="random"]',
  message: 'Math.random is neither repeatable nor secret: seeds come in as parameters, secrets from node:crypto.',
}
const NO_HIDDEN_CLOCK = {
  selector: 'MemberExpression[object.name=/^(globalThis|window|self)$/][property.name="Date"]',
  message: NO_CLOCK.message,
}
const NO_CODE_FROM_TEXT = {
  selector: 'NewExpression[callee.name="Function"], CallExpression[callee.name=/^(eval|Function)$/]',
  message: 'No code from text: the content security policy refuses it.',
}

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'release', 'coverage', 'office', 'test-results', 'playwright-report'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { mingzhang: { rules: { 'room-imports': roomImports } } },
    rules: {
      'mingzhang/room-imports': 'error',

      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/consistent-type-assertions': [
        'error',
        { assertionStyle: 'as', objectLiteralTypeAssertions: 'never', arrayLiteralTypeAssertions: 'never' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // Counts and row numbers go into sentences all the time and print as one expects.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `onClick={() => close()}` and `rows.forEach((row) => insert.run(row))` are how the code reads best.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // `while (true)` with a `return` inside is a plain loop; every other constant condition stays an error.
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // `async` marks the shape of an interface (doors, test fixtures) also where there is nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // A generic used once in a signature names what the caller gets back from a typed statement.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // There are no enums (`erasableSyntaxOnly`); looking for them in every assignment is an eighth of the whole check.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // Does not know that a branded number such as Fen is a number.
      '@typescript-eslint/no-unsafe-unary-minus': 'off',

      // `[...text]` walks code points, which is what digests, widths and capitals want.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],

      curly: ['error', 'multi-line'],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': ['error', { allow: ['error', 'warn'] }],
      'no-constant-binary-expression': 'error',
      'no-control-regex': 'off', // bank files are cleaned of control characters by name
      'no-empty': 'error',
      'no-fallthrough': 'error',
      'no-irregular-whitespace': [
        'error', // the Chinese full-width space is text
        { skipStrings: true, skipTemplates: true, skipRegExps: true, skipComments: true },
      ],
      'no-param-reassign': 'error',
      'no-restricted-globals': ['error', NO_CLOCK],
      'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT, NO_RANDOM, NO_HIDDEN_CLOCK, NO_CODE_FROM_TEXT],
      'no-self-compare': 'error',
      'no-template-curly-in-string': 'error',
      'no-unreachable-loop': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-assignment': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'use-isnan': 'error',
    },
  },
  { files: [...CLOCKS, ...DATES_FOR_A_LIBRARY], rules: { 'no-restricted-globals': 'off' } },
  {
    files: ['core/**'],
    rules: { 'no-restricted-globals': ['error', NO_CLOCK, ...NO_WORLD] },
  },
  // The command line, the set-up scripts and the benchmarks speak through stdout.
  { files: ['server/cli/**', 'scripts/**', 'bench/**', 'tests/**'], rules: { 'no-console': 'off' } },
  {
    files: ['renderer/**'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    rules: {
      // An event handler may be async: antd and React ignore the promise, and every call reports its own failure.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    // Tests break invariants on purpose and read raw rows; the product keeps the strict rules.
    files: ['tests/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off', // expect.any() and friends are typed any
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Read by tools that look for a default export.
    files: ['*.config.ts', 'tests/e2e/prepare.ts'],
    rules: { 'no-restricted-syntax': ['error', NO_RANDOM, NO_HIDDEN_CLOCK, NO_CODE_FROM_TEXT] },
  },
)
