/**
 * A key out of a listing that was asked for with `EncodingType: 'url'`: not every character that a key may have can stand
 * in XML. A server that does not know that wish gives keys as they are.
 */
export function decoded(key: string, { EncodingType }: { EncodingType?: string | undefined }): string {
  return EncodingType === 'url' ? decodeURIComponent(key.replaceAll('+', ' ')) : key;
}
