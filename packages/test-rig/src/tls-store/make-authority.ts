import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** An authority that no system knows. */
export interface Authority {
  /** Its own certificate, as `--ca-file` takes it. */
  readonly file: string;
  /** For a server of that name, or of those separated by commas, valid in those years. `*.` stands for one more part. */
  issue(name: string, from: number, until: number): Promise<Certificate>;
  remove(): Promise<void>;
}

const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
const SETTINGS = `[ca]
default_ca = default
[default]
database = index
serial = serial
new_certs_dir = .
certificate = ca.pem
private_key = ca.key
default_md = sha256
policy = policy
copy_extensions = copy
unique_subject = no
[policy]
commonName = supplied
`;

/** Made by openssl, in a folder of its own. */
export async function makeAuthority(): Promise<Authority> {
  const folder = await mkdtemp(join(tmpdir(), "authority-"));
  const openssl = async (...args: string[]): Promise<void> => {
    await run("openssl", args, { cwd: folder });
  };
  const files = { "ca.cnf": SETTINGS, index: "", serial: "01\n" };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const ofCa = ["-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=authority", "-days", "99"];
  await openssl("req", "-x509", ...NEW_KEY, ...ofCa);
  return {
    file: join(folder, "ca.pem"),
    async issue(name, from, until) {
      const names = name.split(",").map((each) => `DNS:${each}`);
      const subject = ["-subj", "/CN=store", "-addext", `subjectAltName=${names.join(",")}`];
      await openssl("req", ...NEW_KEY, "-keyout", "a.key", "-out", "a.csr", ...subject);
      const dates = ["-startdate", `${from}0101000000Z`, "-enddate", `${until}0101000000Z`];
      const request = ["-batch", "-notext", "-in", "a.csr", "-out", "a.pem"];
      await openssl("ca", "-config", "ca.cnf", ...request, ...dates);
      const [key, cert] = await Promise.all(
        ["a.key", "a.pem"].map(async (file) => await readFile(join(folder, file), "utf8")),
      );
      return { key: key ?? "", cert: cert ?? "" };
    },
    remove: async () => await rm(folder, { recursive: true, force: true }),
  };
}
