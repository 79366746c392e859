/** Files beyond this are read as a sample alone: the table of a larger one would not fit a browser's memory. */
export const MAX_FILE_BYTES = 500_000_000;
export const MAX_COLUMNS = 10_000;
/** Files are read in pieces of this many bytes, whatever gives them, so that what is found does not depend on it. */
export const PIECE_BYTES = 1_048_576;
