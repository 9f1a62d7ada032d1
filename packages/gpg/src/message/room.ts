/**
 * Bytes that must be free before a plaintext for it to be encrypted in place: packets for the passphrase and the
 * public keys (RSA with 4096 bits: 529 bytes each), and the headers. With more public keys than fit, the message is a copy.
 */
export const ROOM_TO_ENCRYPT = 4096;

/** Bytes that must be free after it: the modification detection code. */
export const ROOM_BEHIND = 22;
