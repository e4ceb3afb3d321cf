/** `2026-11-24-offline`, with the next free number if that is taken. */
export function runName(now: Date, provider: string, taken: ReadonlySet<string>): string {
  const day = `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
  return freeName(`${day}-${provider}`, taken);
}

/** `name`, or `name-2`, `name-3` ... if it is taken. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}-${number}`;
  return free;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
