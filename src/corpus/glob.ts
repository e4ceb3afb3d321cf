import path from 'node:path';

/** Whether a path contains `*`, `?` or `{a,b}`. */
export function isGlob(given: string): boolean {
  return /[*?{]/u.test(given);
}

/** The folder that contains all matches of a glob. */
export function staticFolder(glob: string): string {
  const parts = normalised(glob).split('/');
  const folder = parts
    .slice(
      0,
      parts.findIndex((part) => isGlob(part)),
    )
    .join('/');
  return folder === '' ? (path.isAbsolute(glob) ? '/' : '.') : folder;
}

/** Matches paths with `/` between folders: `*` and `?` match only within a folder, `**` across folders. */
export function globPattern(glob: string): RegExp {
  const body = normalised(glob)
    .replaceAll(/[.+^$()|[\]\\]/gu, String.raw`\$&`)
    .replaceAll(/\*\*\/|\*\*|\*|\?|\{[^{}]*\}/gu, (token) => {
      if (token === '**/') return '(?:.*/)?';
      if (token === '**') return '.*';
      if (token === '*') return '[^/]*';
      if (token === '?') return '[^/]';
      return `(?:${token.slice(1, -1).replaceAll(/[*?]/gu, '[^/]*').split(',').join('|')})`;
    });
  return new RegExp(`^${body}$`, 'u');
}

function normalised(glob: string): string {
  return path.posix.normalize(glob.replaceAll('\\', '/'));
}
