/** Names as a list in a prompt; one that holds the sign between them is put in quotes. */
export function listOfNames(names: readonly string[], note: (position: number) => string = () => ''): string {
  return names
    .map((name, position) => (name.includes(';') ? JSON.stringify(name) : name) + note(position))
    .join('; ');
}
