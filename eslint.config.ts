import stylistic from '@stylistic/eslint-plugin'
import type { Linter } from 'eslint'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** A wall between folders: what stands on one side must not be imported on the other. */
const wall = (files: string[], message: string, group: string[]): Linter.Config =>
  ({ files, rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [{ group, message }] }] } })

export default defineConfig(
  { ignores: ['.nuxt', '.output', '.vercel', '.data', 'migrations', 'server/demo/files', 'client/dist', 'client/src/schema.ts'] },
  ...tseslint.configs.recommendedTypeChecked,
  stylistic.configs.customize({ semi: false, quotes: 'single', indent: 2, braceStyle: 'stroustrup', arrowParens: false }),
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['scripts/*.mjs'] }, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 250 }],
      '@stylistic/max-len': ['error', { code: 140, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }],
      // Every id and every path is a word of this domain, and a number or a string.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A route handler is async whether it waits or not: what it throws is a rejection either way.
      '@typescript-eslint/require-await': 'off',
    },
  },
  { files: ['server/api/**'], rules: { 'max-lines': ['error', { max: 30 }] } },
  { files: ['db/repositories/**', 'server/contracts/**'], rules: { 'max-lines': ['error', { max: 200 }] } },
  { files: ['tests/**'], rules: Object.fromEntries(['argument', 'assignment', 'call', 'member-access', 'return']
    .map(use => [`@typescript-eslint/no-unsafe-${use}`, 'off'])) },
  // Runs in a browser as it stands, and is no part of the TypeScript project.
  { files: ['modules/*/public/*.js'], ...tseslint.configs.disableTypeChecked },
  wall(['server/api/**'], 'SQL belongs into db/repositories.', ['drizzle-orm', 'drizzle-orm/*', 'postgres', '#db/client', '#db/schema/*']),
  wall(['db/**'], 'db/ knows nothing of HTTP.', ['h3', 'nuxt', 'nuxt/*', 'nitropack', 'nitropack/*', '#server/*']),
  wall(['server/contracts/**'], 'A contract promises, and does nothing.', ['h3', 'nitropack/*', 'drizzle-orm', 'drizzle-orm/*']),
)
