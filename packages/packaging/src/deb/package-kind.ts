/** One of the Debian packages. Both hold the same programs; only one of them is installed at a time. */
export interface PackageKind {
  readonly name: string;
  readonly architecture: string;
  /** Where the programs are, from the root. */
  readonly folder: string;
  /** The Node that runs them, on the machine of the user. */
  readonly interpreter: string;
  readonly relations: readonly string[];
  /** What is said of Node in the description. */
  readonly node: string;
  /** Whether the package brings that Node. */
  readonly standalone: boolean;
}

export const COMMON_NAME = "backuppc-archive-s3";

/** For every architecture, with Node from Debian 13 or from elsewhere. */
export const PLAIN: PackageKind = {
  name: COMMON_NAME,
  architecture: "all",
  folder: `usr/share/${COMMON_NAME}`,
  interpreter: "/usr/bin/node",
  relations: [
    "Depends: nodejs (>= 20.19), gpg, util-linux (>= 2.36)",
    `Conflicts: ${COMMON_NAME}-standalone`,
    `Replaces: ${COMMON_NAME}-standalone`,
  ],
  node: `It is run by the package nodejs, 20.19 or later. Where there is only an older one, as on Debian 12 and Ubuntu 24.04, install ${COMMON_NAME}-standalone.`,
  standalone: false,
};

/** With the Node that builds it: for systems whose own is too old. @param arch as `process.arch` has it */
export function standaloneOn(arch: string, version: string): PackageKind {
  const architecture = ARCHITECTURES[arch];
  if (architecture === undefined) throw new Error(`There is no name for the architecture ${arch}.`);
  return {
    name: `${COMMON_NAME}-standalone`,
    architecture,
    folder: `usr/lib/${COMMON_NAME}`,
    interpreter: `/usr/lib/${COMMON_NAME}/node`,
    relations: [
      // What the builds of nodejs.org need.
      "Depends: gpg, util-linux (>= 2.36), libc6 (>= 2.28), libgcc-s1, libstdc++6 (>= 8)",
      `Provides: ${COMMON_NAME} (= ${version})`,
      `Conflicts: ${COMMON_NAME}`,
      `Replaces: ${COMMON_NAME}`,
    ],
    node: "It brings its own Node, for Debian 12, Ubuntu 24.04 and other systems whose package nodejs is older than 20.19.",
    standalone: true,
  };
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };
