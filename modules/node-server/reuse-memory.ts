/** glibc learns from blocks of up to 32 MiB, of which its own header takes a part. */
const blockSize = 32 * 1024 * 1024 - 8 * 1024

/**
 * Makes glibc keep the memory of large buffers for the next ones, up to 64 MiB. By default, it returns that of a few
 * megabytes to the kernel at once, so that each new buffer costs a page fault per 4 KiB. On virtual machines, they can
 * take ten times as long as filling it.
 *
 * glibc raises its limits to the size of a block that is freed: see M_MMAP_THRESHOLD in mallopt(3). Nothing is written
 * to this one, so it takes no memory. Other allocators ignore it.
 */
export function reuseMemory(): void {
  Buffer.allocUnsafeSlow(blockSize).buffer.transfer(0)
}
