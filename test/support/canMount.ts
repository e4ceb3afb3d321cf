import { execFileSync } from 'node:child_process';

/** Whether this system lets a user mount something for a process of their own, as most Linux systems do. */
export function canMount(): boolean {
  try {
    execFileSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', '-o', 'ro', 'none', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
