export { loadSettings, type LoadOptions, settingsFile } from "./load-settings.ts";
export { parseSettings } from "./parse/parse-settings.ts";
export { resolvePassphrase } from "./passphrase/passphrase.ts";
export { PROVIDERS, type Provider, type ProviderQuirks } from "./providers.ts";
export { Secret } from "./secret.ts";
export type { Settings } from "./parse/settings.ts";
export { SettingsError, type SettingsErrorCode } from "./settings-error.ts";
export { decompressorsOf } from "./decompressors-of.ts";
export { type DescribedSetting, describeSettings, type SettingGroup } from "./describe-settings.ts";
export { exampleSettings } from "./example-settings.ts";
export {
  type LocationOptions,
  retriesOf,
  storeLocation,
  type StoreLocation,
  storeProxy,
} from "./store-location.ts";
export { authoritiesEnd } from "./read-authorities.ts";
export { keySource } from "./store-keys.ts";
export { secretsOf } from "./secrets-of.ts";
export { formatBytes } from "./format-bytes.ts";
