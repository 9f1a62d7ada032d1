import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tlsStorePackages } from "../debian/debian-packages.ts";
import { installDebianPackages } from "../debian/install-debian-packages.ts";
import { startDaemon } from "../program/daemon.ts";
import { freePorts } from "../program/free-ports.ts";
import type { Say } from "../say.ts";
import { type Authority, makeAuthority } from "./make-authority.ts";
import { nginxConfig } from "./nginx-config.ts";

/** Servers of one store; all certificates but `good`'s are wrong in one way. */
export type TlsFront = "good" | "expired" | "early" | "otherName";

/** nginx under TLS in front of a store, with an authority of its own. */
export interface TlsStore {
  /** The name of the store, for which the good certificate is, as for each name below it. */
  readonly name: string;
  readonly authority: Authority;
  /** `https://store.test:PORT` */
  endpoint(front: TlsFront): string;
  stop(): Promise<void>;
}

const NAME = "store.test";
const NAMES = `${NAME},*.${NAME}`;

/** Name, and the years in which the certificate is valid. */
const FRONTS: Readonly<Record<TlsFront, readonly [names: string, from: number, until: number]>> = {
  good: [NAMES, 2020, 2045],
  expired: [NAMES, 2020, 2021],
  early: [NAMES, 2045, 2046],
  otherName: ["other.test", 2020, 2045],
};

/**
 * Installs nginx if it is not there, and starts it. It dies with this process.
 *
 * @param store its origin, without TLS
 */
export async function startTlsStore(store: string, say: Say = () => {}): Promise<TlsStore> {
  await installDebianPackages(tlsStorePackages, say);
  const folder = await mkdtemp(join(tmpdir(), "tls-store-"));
  const authority = await makeAuthority();
  const names = Object.keys(FRONTS).filter(isFront);
  const ports = await freePorts(names.length);
  const places = names.map((front, at) => ({
    front,
    port: ports[at] ?? 0,
    ...filesOf(folder, front),
  }));
  for (const { front, key, cert } of places) {
    const certificate = await authority.issue(...FRONTS[front]);
    await writeFile(key, certificate.key, { mode: 0o600 });
    await writeFile(cert, certificate.cert);
  }
  const config = join(folder, "nginx.conf");
  await writeFile(config, nginxConfig(folder, store, places));
  const nginx = startDaemon("/usr/sbin/nginx", ["-c", config], join(folder, "nginx.out"));
  const stop = async (): Promise<void> => {
    await nginx.stop();
    await authority.remove();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    for (const port of ports) await nginx.answers(port);
  } catch (error) {
    await stop();
    throw error;
  }
  const portOf = new Map(places.map(({ front, port }) => [front, port]));
  return {
    name: NAME,
    authority,
    endpoint: (front) => `https://${NAME}:${portOf.get(front) ?? 0}`,
    stop,
  };
}

function isFront(name: string): name is TlsFront {
  return Object.hasOwn(FRONTS, name);
}

function filesOf(folder: string, front: TlsFront): { readonly key: string; readonly cert: string } {
  return { key: join(folder, `${front}.key`), cert: join(folder, `${front}.pem`) };
}
