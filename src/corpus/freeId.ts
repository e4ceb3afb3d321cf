/** Returns an ID such as `T7` (for the letter `T`) that is not in `taken`, and adds it to `taken`. */
export function takeFreeId(letter: string, taken: Set<string>): string {
  let number = taken.size + 1;
  while (taken.has(`${letter}${number}`)) number++;
  const id = `${letter}${number}`;
  taken.add(id);
  return id;
}
