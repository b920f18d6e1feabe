const bits = new DataView(new ArrayBuffer(8));
const sign = 1n << 63n;
const all = (1n << 64n) - 1n;

/** Sixteen characters for any number; as text they are in the order of the numbers. */
export function sortable(number: number): string {
  bits.setFloat64(0, number);
  const value = bits.getBigUint64(0);
  return (value & sign ? value ^ all : value | sign).toString(16).padStart(16, '0');
}
