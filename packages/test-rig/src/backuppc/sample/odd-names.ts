/** Names of files that programs stumble over; each becomes a file. */
export const oddNames: readonly Buffer[] = [
  "with space",
  " leading and trailing ",
  "tab\there",
  "-leading-dash",
  "--help",
  "quote'\"`$(id);&|*?[]\\",
  "percent%0A%2F",
  ".hidden",
  // Names that BackupPC's own pool uses.
  "fmangle",
  "attrib",
  "café-日本語-😀",
  // An e and a combining accent: it must not become one character.
  "nfd-e\u0301",
  // A tar header holds 100 bytes of a name, with the prefix's 155 bytes and a slash 256.
  ...[97, 98, 99, 100, 101, 150, 155, 255].map((length) => `${length}-`.padEnd(length, "n")),
].map((name) => Buffer.from(name, "utf8"));

/** The same, in an encoding that is not UTF-8. */
export const latin1Name: Buffer = Buffer.from("latin1-café", "latin1");

/** Names that BackupPC keeps only when it reads a host by rsync. */
export const newlineNames: readonly Buffer[] = [Buffer.from("new\nline"), Buffer.from("\n")];

/** Sizes around the blocks of tar (512), its records (10,240) and BackupPC (1,048,576), in bytes. */
export const oddSizes: readonly number[] = [
  0, 1, 511, 512, 513, 1_023, 1_024, 10_239, 10_240, 10_241, 1_048_575, 1_048_576, 1_048_577,
];
