import stylistic from '@stylistic/eslint-plugin'
import type { Linter } from 'eslint'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

interface Wall {
  files: string[]
  message: string
  /** What these files must not import. */
  group: string[]
  /** Whether types are exempt. */
  allowTypeImports?: boolean
}

/** Restricts imports between folders. Only the last wall that names a file applies to it. */
function wall({ files, group, ...options }: Wall): Linter.Config {
  // The patterns have gitignore syntax, where # starts a comment.
  const pattern = { ...options, group: group.map(name => name.replace(/^(!?)#/, '$1\\#')) }
  return { files, rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [pattern] }] } }
}

const http = ['h3', 'nitropack', 'nitropack/*', 'nuxt', 'nuxt/*']
const sql = ['drizzle-orm', 'drizzle-orm/*', 'postgres', '#db/schema/*']

export default defineConfig(
  {
    ignores: [
      '.nuxt', '.output', '.vercel', '.data', 'migrations', 'server/demo/files', 'client/dist',
      'client/src/{resources,schema}.ts',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  stylistic.configs.customize({ semi: false, indent: 2, braceStyle: 'stroustrup', arrowParens: false }),
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['scripts/*.mjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'max-lines': ['error', { max: 250 }],
      '@stylistic/max-len': ['error', { code: 120, ignoreUrls: true, ignoreRegExpLiterals: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      // Ids are numbers.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Handlers are async so that everything they throw is a rejection.
      '@typescript-eslint/require-await': 'off',
    },
  },
  { files: ['server/api/**'], rules: { 'max-lines': ['error', { max: 30 }] } },
  { files: ['db/repositories/**', 'server/contracts/**'], rules: { 'max-lines': ['error', { max: 200 }] } },
  // A test file is as long as what it proves. The matchers of Vitest have the type any.
  { files: ['tests/**'], rules: { 'max-lines': 'off', '@typescript-eslint/no-unsafe-assignment': 'off' } },
  // Runs in the browser, outside the TypeScript project.
  { files: ['modules/*/public/*.js'], ...tseslint.configs.disableTypeChecked },

  wall({
    files: ['db/**'],
    message: 'db/ knows nothing about HTTP.',
    group: [...http, '#server/*'],
  }),
  wall({
    files: ['server/{demo,openapi}/**'],
    message: 'Only the outer layer knows h3, and only repositories write SQL.',
    group: [...http, ...sql],
  }),
  wall({
    files: ['server/{auth,files,presenters,runtime}/**'],
    message: 'Only the outer layer knows h3 and status codes, and only repositories write SQL.',
    group: [...http, ...sql, '#server/endpoint/*', '#server/openapi/*', '#server/routes/*'],
  }),
  wall({
    files: ['server/api/**'],
    message: 'A handler gets values, not an H3Event, and calls repositories for SQL.',
    group: [...http, ...sql, '#db/client', '#server/endpoint/http-error'],
  }),
  wall({
    files: ['server/{endpoint,middleware,plugins,routes}/**'],
    message: 'Only repositories write SQL.',
    group: sql,
  }),
  wall({
    files: ['server/contracts/**'],
    message: 'A contract declares. It reads no configuration and runs no statements.',
    group: [...http, 'drizzle-orm', 'drizzle-orm/*', '#server/*', '#db/*', '!#db/resources', '!#db/rules'],
    allowTypeImports: true,
  }),
)
