/** A file to upload: a `File`, a `Blob` with a name, or in Node.js, Deno and Bun the path of a file. */
export type Upload = File | { name: string, content: Blob } | string

/** The part of `node:fs` that is used. A static import would keep bundlers from building for browsers. */
interface FileSystem {
  openAsBlob: (path: string) => Promise<Blob>
}

interface Runtime {
  process?: { getBuiltinModule?: (name: string) => FileSystem | undefined }
}

/** Puts files into a form. Those with a path are read when the form is sent. */
export async function toForm(files: readonly Upload[]): Promise<FormData> {
  const form = new FormData()
  for (const file of files) {
    if (typeof file === 'string') form.append('files', await open(file), file.split(/[\\/]/).at(-1))
    else if ('content' in file) form.append('files', file.content, file.name)
    else form.append('files', file)
  }
  return form
}

async function open(path: string): Promise<Blob> {
  const fs = (globalThis as Runtime).process?.getBuiltinModule?.('node:fs')
  if (!fs) throw new TypeError(`There is no file system to read ${path} from. Pass a File instead.`)
  try {
    return await fs.openAsBlob(path)
  }
  catch (error) {
    // The error of Node.js does not name the file.
    throw new TypeError(`Cannot open ${path}`, { cause: error })
  }
}
