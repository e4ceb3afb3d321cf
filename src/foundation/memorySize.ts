/** Formats bytes: `812 MB`, `1.4 GB`. */
export function memorySize(bytes: number): string {
  const megabytes = Math.round(bytes / 1e6);
  return megabytes < 1000 ? `${megabytes} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
