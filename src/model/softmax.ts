/** Writes the probabilities of the `size` logits from index `from` on into `target` from index `to` on. */
export function softmax(
  logits: Float32Array,
  from: number,
  size: number,
  target: Float32Array,
  to: number,
): void {
  let largest = -Infinity;
  for (let i = 0; i < size; i++) largest = Math.max(largest, logits[from + i] as number);
  let sum = 0;
  for (let i = 0; i < size; i++) sum += Math.exp((logits[from + i] as number) - largest);
  for (let i = 0; i < size; i++) target[to + i] = Math.exp((logits[from + i] as number) - largest) / sum;
}
