import { execFile, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Block {
  language: string
  code: string
}

/** The fenced blocks of a Markdown file, in their order. */
export const blocksOf = (path: string): Block[] =>
  [...readFileSync(path, 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, code]) => ({ language: language!, code: code! }))

/** The lines of the README that live a whole life of a chat, on the server of this address. */
export function linesOfReadme(baseUrl: string): string {
  const address = 'export NEPTUN=http://127.0.0.1:3000\n'
  const { code } = blocksOf('README.md').find(({ code }) => code.startsWith(address))!
  return code.replace(address, `export NEPTUN=${baseUrl}\n`)
}

/** Whether a program is here, and does this without an error. */
export function canRun(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' })
    return true
  }
  catch {
    return false
  }
}

/** Calls back with a folder that is empty and nobody else's, and removes it afterwards. */
export async function inNewFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'neptun-test-'))
  try {
    return await work(folder)
  }
  finally {
    await rm(folder, { recursive: true })
  }
}

interface Outcome {
  /** The exit code; null where it did not end by itself. */
  code: number | null
  stdout: string
  stderr: string
}

/** Runs a file in a folder of its own, with these variables and what a program needs to start. */
export const runFile = (command: string[], name: string, content: string, environment: Record<string, string>): Promise<Outcome> =>
  inNewFolder(async (cwd) => {
    await writeFile(join(cwd, name), content)
    const [program, ...args] = [...command, name]
    const { PATH, HOME } = process.env
    return new Promise((resolve) => {
      const child = execFile(program, args, { cwd, env: { PATH, HOME, ...environment }, timeout: 15_000 }, (_, stdout, stderr) =>
        resolve({ code: child.exitCode, stdout, stderr }))
    })
  })
