import type { Problem } from './problem.ts';

/**
 * Problems in sentences with their places, one for each kind in each file: the first problem of the kind, and how many
 * there are. `shown` formats a path.
 */
export function summariseProblems(
  problems: readonly Problem[],
  shown: (file: string) => string = (file) => file,
): readonly string[] {
  const groups = Map.groupBy(problems, ({ file, code }) => JSON.stringify([file, code]));
  return [...groups.values()].map((group) => {
    const { file, line, message, nextStep } = group[0] as Problem;
    const more = group.length === 1 ? [] : [`There are ${group.length} such problems in the file.`];
    return [`${shown(file)}:${line}: ${message}`, nextStep, ...more].filter((text) => text !== '').join(' ');
  });
}
