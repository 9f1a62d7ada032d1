import { type Output, wholeText } from "../src/output.ts";

/** An Output that keeps what it is told. */
export interface RecordingOutput extends Output {
  readonly results: string[];
  readonly notes: string[];
}

export function recordingOutput(): RecordingOutput {
  const results: string[] = [];
  const notes: string[] = [];
  return {
    results,
    notes,
    result: async (text) => void results.push(wholeText(text)),
    note: (line) => void notes.push(line),
    progress: () => {},
  };
}
