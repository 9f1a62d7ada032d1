/** Only `complete` counts as a good backup; `partial`: the source had errors; `incomplete`: no marker. */
export type ArchiveStatus = "complete" | "partial" | "incomplete";
