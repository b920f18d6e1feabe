/** The number that a name begins with, such as 70412 in `70412 harbour.laz`: people who number their files mean it. */
export function wishedNumber(name: string): number | null {
  const number = Number(/^\d+/.exec(name)?.[0] ?? Number.NaN);
  return Number.isSafeInteger(number) && number > 0 ? number : null;
}
