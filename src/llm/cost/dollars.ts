/** An amount of money, with more decimals below 1 USD: `0.0031 USD`, `12.40 USD`. */
export function dollars(amount: number): string {
  if (amount > 0 && amount < 0.0001) return 'less than 0.0001 USD';
  return `${amount.toFixed(amount > 0 && amount < 1 ? 4 : 2)} USD`;
}
