/** Takes one line that says what is being measured. */
export type Say = (line: string) => void;
