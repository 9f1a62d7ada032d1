import manifest from "../package.json" with { type: "json" };

export const VERSION: string = manifest.version;

/** What started.json and the marker name as their maker. */
export const TOOL: string = `archive-host ${VERSION}`;
