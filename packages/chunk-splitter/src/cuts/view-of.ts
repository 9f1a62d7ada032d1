/** The bytes as numbers, read as fast as from an array (measured): behind their end is no undefined, but an error. */
export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
