/** Whether something holds for at least nine out of ten items: real files have a few broken lines. */
export function nearlyAll<T>(items: readonly T[], holds: (item: T) => boolean): boolean {
  return items.filter(holds).length * 10 >= items.length * 9;
}
