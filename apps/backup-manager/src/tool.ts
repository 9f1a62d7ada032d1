import packageJson from "../package.json" with { type: "json" };

export const VERSION: string = packageJson.version;

/** What a restore script names as its maker. */
export const TOOL: string = `backup-manager ${VERSION}`;
