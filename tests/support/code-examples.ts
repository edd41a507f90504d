import { execFile, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface CodeBlock {
  language: string
  code: string
}

/** The fenced code blocks of a Markdown file. */
export function codeBlocksOf(path: string): CodeBlock[] {
  const fences = readFileSync(path, 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)
  return [...fences].map(([, language, code]) => ({ language: language!, code: code! }))
}

/** The shell commands of the README that take a chat from sign-up to sharing, for the server at `baseUrl`. */
export function readmeCommands(baseUrl: string): string {
  const address = 'export NEPTUN=http://127.0.0.1:3000\n'
  const { code } = codeBlocksOf('README.md').find(({ code }) => code.startsWith(address))!
  return code.replace(address, `export NEPTUN=${baseUrl}\n`)
}

/** Whether a program is installed and succeeds with these arguments. */
export function canRun(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' })
    return true
  }
  catch {
    return false
  }
}

/** A Python with httpx and pydantic; undefined if there is none. */
export const python = ['python3', '/usr/bin/python3'].find(program => canRun(program, '-c', 'import httpx, pydantic'))
if (!python) console.log('Skipping what needs Python with httpx and pydantic (Debian: python3-httpx, python3-pydantic)')

/** Calls back with a new temporary folder, and removes it afterwards. */
export async function withTempFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'neptun-test-'))
  try {
    return await work(folder)
  }
  finally {
    await rm(folder, { recursive: true })
  }
}

interface Outcome {
  /** The exit code; null if the program was killed. */
  code: number | null
  stdout: string
  stderr: string
}

/** Writes a file to a temporary folder and runs it there, with only `PATH`, `HOME` and these environment variables. */
export function runFile(
  command: string[],
  name: string,
  content: string,
  environment: Record<string, string>,
): Promise<Outcome> {
  return withTempFolder(async (cwd) => {
    await writeFile(join(cwd, name), content)
    const [program, ...args] = [...command, name]
    const { PATH, HOME } = process.env
    return new Promise((resolve) => {
      const options = { cwd, env: { PATH, HOME, ...environment }, timeout: 15_000 }
      const child = execFile(program, args, options, (_, stdout, stderr) =>
        resolve({ code: child.exitCode, stdout, stderr }))
    })
  })
}
