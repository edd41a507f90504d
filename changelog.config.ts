import type { ChangelogConfig } from 'changelogen'

export default {
  types: {
    feat: { title: 'Features', semver: 'minor' },
    perf: { title: 'Performance', semver: 'patch' },
    fix: { title: 'Fixes', semver: 'patch' },
    docs: { title: 'Documentation', semver: 'patch' },
    build: false,
    chore: false,
    ci: false,
    examples: false,
    refactor: false,
    style: false,
    test: false,
    types: false,
  },
  noAuthors: true,
  // Matches every author. Otherwise changelogen sends the authors' e-mail addresses to ungh.cc, even with noAuthors.
  excludeAuthors: [''],
} satisfies Partial<ChangelogConfig>
