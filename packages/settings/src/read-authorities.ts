import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { messageOf } from "./message-of.ts";
import type { Settings } from "./parse/settings.ts";
import { SettingsError } from "./settings-error.ts";

/**
 * The certificates of `caFile`, PEM; undefined where the configuration has none.
 *
 * @throws {SettingsError} code `invalid` if the file cannot be read, or has no certificate or a damaged one
 */
export function readAuthorities({ caFile }: Pick<Settings, "caFile">): string | undefined {
  return caFile === undefined ? undefined : certificatesIn(caFile).join("\n");
}

/** When the first of the certificates of `caFile` ends. @throws {SettingsError} as `readAuthorities` */
export function authoritiesEnd(caFile: string): Date {
  return new Date(Math.min(...certificatesIn(caFile).map((pem) => endOf(pem, caFile))));
}

function certificatesIn(file: string): readonly string[] {
  const text = readText(file);
  const certificates = text.match(CERTIFICATE) ?? [];
  if (certificates.length === 0) throw invalid(`${file} holds no certificate`);
  for (const pem of certificates) endOf(pem, file);
  return certificates;
}

/** Milliseconds since 1970. */
function endOf(pem: string, file: string): number {
  try {
    return Date.parse(new X509Certificate(pem).validTo);
  } catch (error) {
    throw invalid(`a certificate in ${file} is damaged`, error);
  }
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw invalid(`${file} cannot be read (${messageOf(error)})`, error);
  }
}

function invalid(what: string, cause?: unknown): SettingsError {
  const hint = "It must name the file of the authority's certificate, in PEM.";
  return new SettingsError("invalid", `caFile: ${what}.`, hint, cause);
}
