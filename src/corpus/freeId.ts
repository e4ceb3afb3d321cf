/** A new id such as `T7` (for the letter `T`), not in `taken` yet; it is put there. */
export function takeFreeId(letter: string, taken: Set<string>): string {
  let number = taken.size + 1;
  while (taken.has(`${letter}${number}`)) number++;
  const id = `${letter}${number}`;
  taken.add(id);
  return id;
}
