import type { StoreError } from "@backuppc-archive-s3/s3-transport";
import type { HintsFor } from "./hints-for.ts";

const TRY_AGAIN = "The store may be busy; try again later.";
const CHECK_PLACE = "Check `endpoint` in the configuration, and the network.";
const CHECK_STORE = "Check `provider`, `endpoint` and `bucket` in the configuration.";

export const STORE_HINTS = {
  "not-found": "It may have been deleted.",
  "no-bucket": "Check `bucket`, `region` and `endpoint` in the configuration.",
  exists: "Nothing is ever overwritten.",
  "perhaps-ours": "An earlier try had no answer: what is there may well be what it stored.",

  denied: "Give this access key the right to do it, or check that it is not suspended.",
  suspended: "The store has suspended this user.",
  account: "Check your account at the store: it may be unpaid, or not be set up for this.",
  full: "Raise the store's quota, or delete old archives.",
  cold: "It is in a cold storage class and must be restored from it first: see docs/stores.md.",

  "bad-credentials":
    "Check `accessKeyId` in the configuration, or the environment or profile that it is from.",
  "secret-key":
    "Check `secretAccessKey` and `region` in the configuration, or the environment or profile that they are from.",
  "no-credentials": "Set `accessKeyId` and `secretAccessKey` in the configuration.",
  "dead-urls": "Get new ones: URLs that they sign would be dead from the start.",
  "expired-credentials":
    "Get new temporary credentials, or set up the default chain of the SDK to renew them.",
  clock: "Set this machine's clock (timedatectl set-ntp true).",

  throttled: TRY_AGAIN,
  corrupted: TRY_AGAIN,
  "store-fault": TRY_AGAIN,
  stalled: "Check the network to the store.",
  unreachable: CHECK_PLACE,
  away: CHECK_PLACE,
  unconfirmed:
    "Something else answered in the store's place: check for a proxy or a captive portal, and `endpoint`.",
  "certificate-untrusted":
    "Check `endpoint`. For an authority of your own, set `caFile` in the configuration to the file of its certificate.",
  "certificate-dates":
    "Check this machine's clock (timedatectl set-ntp true). If it is right, the store needs a new certificate.",
  "certificate-name":
    "Set `endpoint` in the configuration to a name that is in the store's certificate; if it is, something else answers in the store's place.",
  "no-tls":
    "Check the scheme and the port of `endpoint` in the configuration: what answers there does not speak TLS, or not with this program.",

  "proxy-unreachable":
    "Check https_proxy, http_proxy and no_proxy in the environment, and the proxy.",
  "proxy-refused":
    "Have the proxy allow the store, or add the store's name to no_proxy in the environment.",
  "proxy-unauthorized":
    "The proxy wants a name and a password: set them in the environment, https_proxy=http://NAME:PASSWORD@HOST:PORT.",

  refused: CHECK_STORE,
  "odd-answer": CHECK_STORE,
  "not-implemented": "The store lacks what is needed; check `provider` in the configuration.",
  "other-region": "Set `region` in the configuration to the bucket's own.",
  "other-place": "Set `endpoint` and `region` in the configuration to the bucket's own.",
  "storage-class": "Check `storageClass` in the configuration: the store does not know it.",
  "object-lock": "The bucket locks objects by itself: set `objectLock` in the configuration.",
  "no-object-lock":
    "The bucket has no Object Lock: use one that was made with it, or take `objectLock` out of the configuration.",
  "kms-key":
    "Check `kmsKeyId` in the configuration, or the bucket's own key: that it is there and in use, and that this access key may use it.",
  "no-length": "Check for a proxy before the store that removes the header Content-Length.",
  "too-large":
    "The store, or a proxy before it, takes no object of this size: set a smaller `chunkSize`.",

  "invalid-input": "Report it with this line.",
} satisfies HintsFor<StoreError>;
