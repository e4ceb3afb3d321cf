/** How often a source may be read for comments. More often, what looks like comments belongs to texts. */
const mostPasses = 4;

/**
 * Gives the position after white space and comments (`// ...` and `# ...` up to the end of the line, and slashes with
 * asterisks) from a position on. All calls together take linear time.
 */
export function blankSkipper(source: string): (index: number) => number {
  let left = mostPasses * source.length;
  let lineEnd = -1;
  const commentEnd = (index: number): number => {
    if (source.startsWith('/*', index)) {
      const end = source.indexOf('*/', index + 2);
      left -= (end === -1 ? source.length : end) - index;
      return end === -1 ? index : end + 2;
    }
    if (source[index] !== '#' && !source.startsWith('//', index)) return index;
    if (lineEnd < index) {
      const end = source.indexOf('\n', index);
      lineEnd = end === -1 ? source.length : end;
    }
    left -= lineEnd - index;
    return lineEnd;
  };
  return (index) => {
    let at = index;
    for (;;) {
      while (isBlank(source.charCodeAt(at))) at++;
      const end = left > 0 ? commentEnd(at) : at;
      if (end === at) return at;
      at = end;
    }
  };
}

function isBlank(code: number): boolean {
  return (
    code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0xa0 && /\s/.test(String.fromCharCode(code)))
  );
}
