import picomatch from "picomatch";

/**
 * A shell pattern as a test of names. Without a slash it is held against a name's last part, otherwise against all of
 * it. `*` and `?` stand for anything but a slash, `**` for slashes too, `[a-z]` and `[!a-z]` for one character.
 *
 * @param pattern with or without a leading `./` or `/`
 */
export function globTest(pattern: string): (name: string) => boolean {
  const isLast = !pattern.includes("/");
  // Line feeds in names are letters like others.
  const options = { ...AS_A_SHELL, flags: "s" };
  const matches = picomatch(pattern.replace(/^\.?\//, ""), options);
  return (name) => matches(isLast ? name.slice(name.lastIndexOf("/") + 1) : name);
}

const AS_A_SHELL = {
  dot: true,
  nobrace: true,
  noextglob: true,
  nonegate: true,
  posix: true,
} as const;
