import { create as contentDisposition } from 'content-disposition'
import type { LinkedFile } from '#db/repositories/linked-files'
import { safeFileName } from '#server/contracts/kit/file-name'

/** The headers that make browsers save a file instead of opening it. */
export function downloadHeaders({ name, type, is_text }: LinkedFile): Record<string, string> {
  return {
    'Content-Type': is_text ? `${type}; charset=utf-8` : type,
    // Names that were stored by earlier versions may be unsafe.
    'Content-Disposition': contentDisposition(safeFileName(name) || 'untitled'),
    'Content-Security-Policy': `sandbox; default-src 'none'; frame-ancestors 'none'`,
    // Pages of any site may embed a file whose signed link they have.
    'Cross-Origin-Resource-Policy': 'cross-origin',
  }
}
