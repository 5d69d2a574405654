import { defineConfig } from 'vitest/config';

// A runner that wants figures names a file; people read the default report.
const report = process.env['TEST_REPORT'];

const tests = (name: string) => [`packages/${name}/src/**/*.test.ts`, `packages/${name}/test/**/*.test.ts`];

export default defineConfig({
  test: {
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    testTimeout: 10_000,
    // A test that starts a database or a browser does so in a hook.
    hookTimeout: 60_000,
    // A test that passes at the second try is a bug that hides.
    retry: 0,
    restoreMocks: true,
    unstubGlobals: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: tests('*'),
          exclude: ['**/node_modules/**', 'packages/snippet/src/**', 'packages/*/test/chaos/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'page',
          environment: 'jsdom',
          environmentOptions: { jsdom: { url: 'https://lander.example/' } },
          include: ['packages/snippet/src/**/*.test.ts'],
        },
      },
    ],
  },
});
