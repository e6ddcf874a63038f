/** A file system of a few megabytes, and all of its space taken: for tests of full disks. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';

/** Puts a file system of so many megabytes into `folder`; false where this user may not mount one. */
export function mountSmallDisk(folder: string, megabytes: number): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Takes it away, also from those who still have a file open in it. */
export function unmount(folder: string): void {
  execFileSync('umount', ['-l', folder]);
}

/** Takes all the space there is with one file. */
export function fill(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (let size = 64 * 1024; size > 0; size = size === 1 ? 0 : size >> 1) {
      try {
        for (;;) writeSync(descriptor, Buffer.alloc(size));
      } catch (error) {
        assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
      }
    }
  } finally {
    closeSync(descriptor);
  }
}
