/** Brackets that models put around labels, as the source of a pattern: of all scripts, also "less than" signs. */
export const openBracket = String.raw`[<\[{(\uFF1C\u3008\u27E8\u300A\u3010\uFF3B\uFF5B\uFF08\u00AB\u2039\u25C1\u3014]`;
export const closeBracket = String.raw`[>\]})\uFF1E\u3009\u27E9\u300B\u3011\uFF3D\uFF5D\uFF09\u00BB\u203A\u25B7\u3015]`;

/** Remembers what was built for the last labels, because all texts of a run have the same. */
export function forLabels<T>(build: (labels: readonly string[]) => T): (labels: readonly string[]) => T {
  let latest: { readonly key: string; readonly built: T } | undefined;
  return (labels) => {
    const key = labels.join('\n');
    if (latest?.key !== key) latest = { key, built: build(labels) };
    return latest.built;
  };
}
