import { defineConfig } from 'oxlint'

/**
 * Where a clock may be read: the clock itself, and folders that are not rules (design invariant 2). `reports/render.ts`
 * and `reports/workbook.ts` only build the frozen creation date that their libraries demand as a `Date`.
 */
const CLOCKS = [
  'services/clock.ts', 'reports/render.ts', 'reports/workbook.ts', 'electron/**', 'scripts/**', 'bench/**', 'tests/**',
  '*.config.ts',
]

const NO_CLOCK = { name: 'Date', message: 'Dates are BusinessDate text; the only clock is services/clock.ts.' }

/** Pure rules see no world: these globals would let it in. */
const NO_WORLD = [
  'console', 'crypto', 'document', 'fetch', 'localStorage', 'navigator', 'performance', 'process',
  'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout', 'window',
].map((name) => ({ name, message: 'core/ is pure.' }))

const NO_RANDOM = {
  object: 'Math',
  property: 'random',
  message: 'Math.random is neither repeatable nor secret: seeds come in as parameters, secrets from node:crypto.',
}
const NO_HIDDEN_CLOCK = ['globalThis', 'window', 'self'].map((object) => ({
  object, property: 'Date', message: NO_CLOCK.message,
}))

export default defineConfig({
  plugins: ['eslint', 'typescript', 'react', 'import'],
  categories: { correctness: 'off' },
  jsPlugins: [{ name: 'mingzhang', specifier: './scripts/lint/room-imports.ts' }],
  ignorePatterns: ['node_modules', 'dist', 'release', 'coverage', 'office', 'test-results', 'playwright-report'],
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  rules: {
    'mingzhang/room-imports': 'error',

    'typescript/await-thenable': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/consistent-type-assertions': [
      'error',
      { assertionStyle: 'as', objectLiteralTypeAssertions: 'never', arrayLiteralTypeAssertions: 'never' },
    ],
    'typescript/consistent-type-definitions': ['error', 'type'],
    'typescript/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
    'typescript/no-array-delete': 'error',
    'typescript/no-base-to-string': 'error',
    'typescript/no-deprecated': 'error',
    'typescript/no-duplicate-enum-values': 'error',
    'typescript/no-duplicate-type-constituents': 'error',
    'typescript/no-dynamic-delete': 'error',
    'typescript/no-empty-object-type': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-extra-non-null-assertion': 'error',
    'typescript/no-extraneous-class': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-for-in-array': 'error',
    'typescript/no-generated-empty-object-type': 'error',
    'typescript/no-implied-eval': 'error',
    'typescript/no-invalid-void-type': 'error',
    'typescript/no-meaningless-void-operator': 'error',
    'typescript/no-misused-new': 'error',
    'typescript/no-misused-promises': 'error',
    // `[...text]` walks code points, which is what digests, widths and capitals want.
    'typescript/no-misused-spread': ['error', { allow: ['string'] }],
    'typescript/no-mixed-enums': 'error',
    'typescript/no-namespace': 'error',
    'typescript/no-non-null-asserted-nullish-coalescing': 'error',
    'typescript/no-non-null-asserted-optional-chain': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-redundant-type-constituents': 'error',
    'typescript/no-require-imports': 'error',
    'typescript/no-this-alias': 'error',
    'typescript/no-unnecessary-boolean-literal-compare': 'error',
    // `while (true)` with a `return` inside is a plain loop; every other constant condition stays an error.
    'typescript/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
    'typescript/no-unnecessary-template-expression': 'error',
    'typescript/no-unnecessary-type-arguments': 'error',
    'typescript/no-unnecessary-type-assertion': 'error',
    'typescript/no-unnecessary-type-constraint': 'error',
    'typescript/no-unnecessary-type-conversion': 'error',
    'typescript/no-unsafe-argument': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-declaration-merging': 'error',
    'typescript/no-unsafe-function-type': 'error',
    'typescript/no-unsafe-member-access': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/no-useless-default-assignment': 'error',
    'typescript/no-wrapper-object-types': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/prefer-as-const': 'error',
    'typescript/prefer-literal-enum-member': 'error',
    'typescript/prefer-namespace-keyword': 'error',
    'typescript/prefer-promise-reject-errors': 'error',
    'typescript/prefer-reduce-type-parameter': 'error',
    'typescript/prefer-return-this-type': 'error',
    'typescript/related-getter-setter-pairs': 'error',
    'typescript/restrict-plus-operands': [
      'error',
      { allowAny: false, allowBoolean: false, allowNullish: false, allowNumberAndString: false, allowRegExp: false },
    ],
    // Counts and row numbers go into sentences all the time and print as one expects.
    'typescript/restrict-template-expressions': ['error', { allowNumber: true }],
    'typescript/return-await': ['error', 'error-handling-correctness-only'],
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/triple-slash-reference': 'error',
    'typescript/unbound-method': 'error',
    'typescript/unified-signatures': 'error',
    'typescript/use-unknown-in-catch-callback-variable': 'error',
    'eslint/curly': ['error', 'multi-line'],
    'eslint/eqeqeq': ['error', 'always', { null: 'ignore' }],
    'eslint/no-array-constructor': 'error',
    'eslint/no-console': ['error', { allow: ['error', 'warn'] }],
    'eslint/no-constant-binary-expression': 'error',
    'eslint/no-empty': 'error',
    'eslint/no-fallthrough': 'error',
    'eslint/no-irregular-whitespace': [
      'error', // the Chinese full-width space is text
      { skipStrings: true, skipTemplates: true, skipRegExps: true, skipComments: true },
    ],
    'eslint/no-param-reassign': 'error',
    'eslint/no-restricted-globals': ['error', NO_CLOCK],
    'eslint/no-self-compare': 'error',
    'eslint/no-template-curly-in-string': 'error',
    'eslint/no-unreachable-loop': 'error',
    'eslint/no-unsafe-finally': 'error',
    'eslint/no-unused-expressions': 'error',
    'eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    'eslint/no-useless-assignment': 'error',
    'eslint/no-useless-constructor': 'error',
    'eslint/no-var': 'error',
    'eslint/object-shorthand': 'error',
    'eslint/prefer-const': 'error',
    'eslint/prefer-rest-params': 'error',
    'eslint/prefer-spread': 'error',
    'eslint/use-isnan': 'error',
    'eslint/no-restricted-properties': ['error', NO_RANDOM, ...NO_HIDDEN_CLOCK],
    // No code from text: the content security policy refuses it.
    'eslint/no-eval': 'error',
    'eslint/no-new-func': 'error',
    // Named exports only: one name from definition to use.
    'import/no-default-export': 'error',
  },
  overrides: [
    { files: CLOCKS, rules: { 'eslint/no-restricted-globals': 'off' } },
    { files: ['core/**'], rules: { 'eslint/no-restricted-globals': ['error', NO_CLOCK, ...NO_WORLD] } },
    // The command line, the set-up scripts and the benchmarks speak through stdout.
    { files: ['server/cli/**', 'scripts/**', 'bench/**', 'tests/**'], rules: { 'eslint/no-console': 'off' } },
    {
      files: ['renderer/**'],
      rules: {
        // An event handler may be async: antd and React ignore the promise, and every call reports its own failure.
        'typescript/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
        'react/rules-of-hooks': 'error',
        'react/exhaustive-deps': 'error',
        'react/error-boundaries': 'error',
        'react/globals': 'error',
        'react/immutability': 'error',
        'react/incompatible-library': 'error',
        'react/preserve-manual-memoization': 'error',
        'react/purity': 'error',
        'react/refs': 'error',
        'react/set-state-in-effect': 'error',
        'react/set-state-in-render': 'error',
        'react/static-components': 'error',
        'react/unsupported-syntax': 'error',
        'react/use-memo': 'error',
        'react/void-use-memo': 'error',
      },
    },
    {
      // Tests break invariants on purpose and read raw rows; the product keeps the strict rules.
      files: ['tests/**'],
      rules: {
        'typescript/no-unsafe-assignment': 'off', // expect.any() and friends are typed any
        'typescript/unbound-method': 'off',
      },
    },
    {
      // Read by tools that look for a default export.
      files: ['*.config.ts', 'tests/e2e/prepare.ts', 'scripts/lint/room-imports.ts'],
      rules: { 'import/no-default-export': 'off' },
    },
  ],
})
