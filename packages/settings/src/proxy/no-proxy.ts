import { BlockList, isIP } from "node:net";

/**
 * Whether `no_proxy` names the host, as curl reads it: names, each with all below it; addresses and networks such as
 * `10.0.0.0/8`; `*` alone for all.
 *
 * @param hostname an IPv6 address may stand in brackets
 */
export function isExempt(hostname: string, list: string): boolean {
  if (list === "*") return true;
  const host = hostname.replaceAll(/^\[|\]$/g, "").replace(/\.$/, "");
  const matches = isIP(host) === 0 ? matchesName : matchesAddress;
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => matches(host.toLowerCase(), entry.toLowerCase()));
}

function matchesName(host: string, entry: string): boolean {
  const name = entry.replace(/\.$/, "").replace(/^\./, "");
  return name !== "" && (host === name || host.endsWith(`.${name}`));
}

function matchesAddress(host: string, entry: string): boolean {
  const [network = "", digits] = entry.split("/");
  const family = isIP(network);
  if (family === 0 || family !== isIP(host)) return false;
  const most = family === 4 ? 32 : 128;
  const bits = digits === undefined ? most : Number(digits);
  if (!Number.isInteger(bits) || bits < 0 || bits > most) return false;
  const kind = family === 4 ? "ipv4" : "ipv6";
  const block = new BlockList();
  block.addSubnet(network, bits, kind);
  return block.check(host, kind);
}
