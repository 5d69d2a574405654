// What the house asks of every file. Formatting is Prettier's; who may import whom is dependency-cruiser's.
import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

const TESTS = ['**/*.test.ts', 'packages/*/test/**'];
const DECIDING = ['core', 'flows', 'sources', 'trackers'].map(
  (room) => `packages/collector/src/${room}/**/*.ts`,
);
// Where the process begins (or a worker thread does), and what is run by hand.
const ENTRIES = [
  'packages/collector/src/{main,cli}.ts',
  'packages/collector/src/ledgers/sqlite/*worker*.ts',
  'packages/collector/{bin,bench}/**',
  'packages/sandbox/src/{demo,serve}.ts',
  'scripts/**',
  '*.config.{js,ts}',
];

export default defineConfig(
  globalIgnores(['**/dist/', '**/coverage/', 'data/', '**/fixtures/', '**/*.d.ts']),
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  regexp.configs['flat/recommended'],
  {
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  {
    name: 'clickback/every-file',
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'max-params': 'off',
      '@typescript-eslint/max-params': ['error', { max: 3 }],
      'prefer-const': ['error', { destructuring: 'all' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'off',
      'no-restricted-globals': [
        'error',
        {
          name: 'process',
          message: 'Only main.ts and cli.ts know the process: take what you need as a parameter.',
        },
      ],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'node:process',
              message: 'Only main.ts and cli.ts know the process: take what you need as a parameter.',
            },
          ],
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Objects of data are types or interfaces, as the sentence reads best.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/no-dynamic-delete': 'off',
      // `||` and `&&` say "empty or missing" on purpose where text from outside is read.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // Ports and handlers are async by contract, also where one implementation has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    name: 'clickback/the-snippet-counts-bytes',
    files: ['packages/snippet/src/**/*.ts'],
    rules: {
      // A fallback for what cannot be missing would travel to every shopper.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // It wraps the page's own methods and calls them with the page's own `this`.
      '@typescript-eslint/unbound-method': 'off',
      // A script tag's `dataset` is made to be spread.
      '@typescript-eslint/no-misused-spread': 'off',
      'regexp/match-any': 'off',
    },
  },
  {
    name: 'clickback/what-decides-is-told-the-time',
    files: DECIDING,
    ignores: TESTS,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time is passed in as `now`.' },
        { object: 'Math', property: 'random', message: 'Chance is passed in as a parameter.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.name='Date']",
          message: 'Time is passed in as `now`.',
        },
      ],
    },
  },
  {
    name: 'clickback/entries-may-read-the-process',
    files: [...ENTRIES, ...TESTS],
    rules: { 'no-restricted-globals': 'off', '@typescript-eslint/no-restricted-imports': 'off' },
  },
  {
    name: 'clickback/tests-are-looser',
    files: TESTS,
    rules: {
      // A describe block is a chapter, not a function.
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    name: 'clickback/plain-javascript-has-no-types',
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: { Buffer: 'readonly', console: 'readonly', process: 'readonly', URL: 'readonly' },
    },
  },
);
