import manifest from "../package.json" with { type: "json" };

/** What started.json and the marker name as their maker. */
export const TOOL = `archive-host ${manifest.version}`;
