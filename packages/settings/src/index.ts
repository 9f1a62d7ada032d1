export { loadSettings, type LoadOptions } from "./load-settings.ts";
export { parseSettings } from "./parse-settings.ts";
export { resolvePassphrase } from "./passphrase.ts";
export { PROVIDERS, type Provider, type ProviderQuirks } from "./providers.ts";
export { Secret } from "./secret.ts";
export type { Settings } from "./settings.ts";
export { SettingsError, type SettingsErrorCode } from "./settings-error.ts";
export { exampleSettings } from "./example.ts";
export { storeLocation, type StoreLocation } from "./store-location.ts";
