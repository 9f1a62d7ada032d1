/** Takes one line that tells what is being measured. */
export type Say = (line: string) => void;
