/** What a member is, as `ls --json` names it. */
export const MEMBER_KINDS = [
  "file",
  "hard link",
  "symbolic link",
  "folder",
  "character device",
  "block device",
  "fifo",
  "other",
] as const;

export type MemberKind = (typeof MEMBER_KINDS)[number];

/** @param type the flag of the tar's header */
export function memberKind(type: string): MemberKind {
  return KINDS[type]?.kind ?? "other";
}

/** As `tar -tv` shows type and permissions: `-rw-r--r--`. */
export function modeText(type: string, mode: number): string {
  const letters = [0o400, 0o200, 0o100, 0o40, 0o20, 0o10, 0o4, 0o2, 0o1].map((bit, at) =>
    (mode & bit) === 0 ? "-" : ("rwx"[at % 3] ?? "-"),
  );
  for (const [at, bit, set, bare] of SPECIAL)
    if ((mode & bit) !== 0) letters[at] = letters[at] === "-" ? bare : set;
  return (KINDS[type]?.letter ?? "?") + letters.join("");
}

interface Kind {
  readonly kind: MemberKind;
  /** As `tar -tv` begins a line. */
  readonly letter: string;
}

const FILE: Kind = { kind: "file", letter: "-" };

const KINDS: Readonly<Record<string, Kind>> = {
  "0": FILE,
  "1": { kind: "hard link", letter: "h" },
  "2": { kind: "symbolic link", letter: "l" },
  "3": { kind: "character device", letter: "c" },
  "4": { kind: "block device", letter: "b" },
  "5": { kind: "folder", letter: "d" },
  "6": { kind: "fifo", letter: "p" },
  "7": FILE,
  // GNU tar's sparse file.
  S: FILE,
};

/** Where setuid, setgid and sticky stand, with the execute bit and without. */
const SPECIAL = [
  [2, 0o4000, "s", "S"],
  [5, 0o2000, "s", "S"],
  [8, 0o1000, "t", "T"],
] as const;
