import type { Place, Proxy } from "@backuppc-archive-s3/s3-transport";
import { SettingsError } from "../settings-error.ts";
import { isExempt } from "./no-proxy.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that a request goes through by `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`, as curl takes them.
 * `HTTP_PROXY` is not heeded: a web server sets it to what a visitor says.
 *
 * @throws {SettingsError} code `invalid`, for a proxy that is no HTTP proxy; never with its password
 */
export function proxyFor(
  environment: Environment,
  { protocol, hostname }: Place,
): Proxy | undefined {
  const names = protocol === "https:" ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"];
  const [given] = [...names, "all_proxy", "ALL_PROXY"].flatMap((variable) => {
    const text = environment[variable];
    // An empty one is none.
    return text ? [{ text, variable }] : [];
  });
  if (given === undefined) return undefined;
  const exempt = environment["no_proxy"] || environment["NO_PROXY"] || "";
  if (isExempt(hostname, exempt)) return undefined;
  return proxyIn(given.text, given.variable);
}

/** Whether requests to some place or other go through a proxy. */
export function namesProxy(environment: Environment): boolean {
  return PROXY_VARIABLES.some((variable) => environment[variable]);
}

const PROXY_VARIABLES = ["https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY"];

/** As curl has them for a proxy that names none. */
const PORTS: Readonly<Record<string, string>> = { "http:": "1080", "https:": "443" };

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;

function proxyIn(text: string, variable: string): Proxy {
  const scheme = SCHEME.exec(text)?.[1] ?? "http";
  const protocol = `${scheme.toLowerCase()}:`;
  const port = PORTS[protocol];
  if (port === undefined)
    throw invalid(`${variable} names a proxy of the kind ${scheme}, which is not supported`);
  // Under a scheme of its own, no port is anyone's default, and so left out.
  const url = `proxy://${text.replace(SCHEME, "")}`;
  if (!URL.canParse(url) || new URL(url).hostname === "")
    throw invalid(`${variable} is no URL of a proxy`);
  const { hostname, port: given, username, password } = new URL(url);
  const address = `${protocol}//${hostname}:${given || port}`;
  if (!URL.canParse(address)) throw invalid(`${variable} is no URL of a proxy`);
  if (username + password === "") return { address };
  const plain = `${decoded(username, variable)}:${decoded(password, variable)}`;
  return { address, authorization: `Basic ${Buffer.from(plain).toString("base64")}` };
}

function decoded(text: string, variable: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid(`the name or the password in ${variable} is not percent-encoded as it should be`);
  }
}

function invalid(message: string): SettingsError {
  return new SettingsError(
    "invalid",
    `${message}.`,
    "Set it in the environment to http://HOST:PORT or https://HOST:PORT, or name the store in no_proxy.",
  );
}
