/** Only `complete` counts as a good backup; `partial`: the source had errors; `unfinalized`: no marker. */
export type ArchiveStatus = "complete" | "partial" | "unfinalized";
