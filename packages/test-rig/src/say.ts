/** Takes one line that tells what the rig is about to do or has found. */
export type Say = (line: string) => void;
