/** The OpenPGP message as text, which `gpg --decrypt` reads as it is. */
export function armor(message: Uint8Array): string {
  const lines =
    Buffer.from(message)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  const sum = Buffer.alloc(3);
  sum.writeUIntBE(crc24(message), 0, 3);
  return [
    "-----BEGIN PGP MESSAGE-----",
    "",
    ...lines,
    `=${sum.toString("base64")}`,
    "-----END PGP MESSAGE-----",
  ].join("\n");
}

/** RFC 9580, section 6.1 */
function crc24(bytes: Uint8Array): number {
  let crc = 0xb7_04_ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc << 1) ^ (crc & 0x80_00_00 ? 0x1_86_4c_fb : 0);
    }
  }
  return crc & 0xff_ff_ff;
}
