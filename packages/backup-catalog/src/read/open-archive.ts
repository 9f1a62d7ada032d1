import type { ArchiveId, Head } from "../archive.ts";
import type { OpenedArchive, StoredHead } from "../catalog.ts";
import { CatalogError } from "../catalog-error.ts";
import { mayDecompress } from "../decompressors.ts";
import type { Trust, TrustState, UnverifiedReason } from "../trust.ts";
import { readAgain } from "./read-again.ts";

/**
 * Reads a head, and says what may be believed of it.
 *
 * @throws {CatalogError} code `not-found`, `newer-format`, `damaged` or `refused`
 */
export async function openArchive(
  read: () => Promise<StoredHead>,
  trust: Trust,
): Promise<OpenedArchive> {
  return await readAgain(
    async () => await openHead(await read(), trust),
    (opened) => isSound(opened.trust),
  );
}

/** Whether reading it again comes to nothing else. */
export function isSound(trust: TrustState): boolean {
  return trust.state === "verified" || !BY_CONTENT.has(trust.reason);
}

/** What other bytes than those that are stored may come to. */
const BY_CONTENT: ReadonlySet<string> = new Set<UnverifiedReason>([
  "bad-signature",
  "marker-disagrees",
]);

/** What may be believed of a head that was read. @throws {CatalogError} code `refused` */
async function openHead(stored: StoredHead, trust: Trust): Promise<OpenedArchive> {
  const { head } = stored;
  const state = await trustIn(stored, trust);
  const why =
    whyRefused(head, trust) ?? (state.state === "verified" ? undefined : whyUnproven(head, trust));
  if (why !== undefined) throw refused(head, why);
  return { head, trust: state };
}

/** Whether a trusted key has signed the head. */
export async function trustIn(
  { bytes, signature, marker }: StoredHead,
  { verifier }: Pick<Trust, "verifier">,
): Promise<TrustState> {
  if (marker === "several") return { state: "unverified", reason: "two-markers" };
  if (signature === undefined) return { state: "unverified", reason: "no-marker" };
  if (verifier === undefined) return { state: "unverified", reason: "no-signers" };
  if (marker === "disagrees") return { state: "unverified", reason: "marker-disagrees" };
  const signer = await verifier.verify(bytes, signature);
  if (signer === undefined) return { state: "unverified", reason: "bad-signature" };
  return { state: "verified", signer };
}

/**
 * How the head contradicts the configuration; signed or not: a key that was stolen must not make a
 * restore run a program, or take what anybody could have written.
 */
function whyRefused({ encryption, compression }: Head, trust: Trust): string | undefined {
  if (encryption === null && !trust.allowPlaintext)
    return "it is stored without encryption, which is not allowed";
  const allowed = trust.recipients?.map((fingerprint) => fingerprint.toUpperCase());
  const other = encryption?.recipients.find((one) => allowed?.includes(one) === false);
  if (other !== undefined)
    return `it is encrypted to ${other}, which is no recipient that is allowed`;
  if (!mayDecompress(compression, trust.filters))
    return `it is to be decompressed by ${compression.name}, which is not allowed`;
  return undefined;
}

/** How an unsigned head evades the passphrase, which alone could still prove where the archive is from. */
function whyUnproven({ encryption }: Head, trust: Trust): string | undefined {
  if (trust.passphrase !== true || encryption === null) return undefined;
  const allowed = trust.recipients?.length ?? 0;
  if (encryption.passphrase && (allowed > 0 || encryption.recipients.length === 0))
    return undefined;
  return "it is not verified, and encrypted to a public key, which anyone can do: a passphrase is expected";
}

function refused({ host, number, attempt }: ArchiveId, why: string): CatalogError {
  return new CatalogError("refused", `${host} ${number}, attempt ${attempt}, is refused: ${why}.`);
}
