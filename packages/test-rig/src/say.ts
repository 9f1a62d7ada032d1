/** Takes one line that says what the rig is about to do or has found. */
export type Say = (line: string) => void;
