/** Larger files are refused before they are read: a browser cannot hold their text. */
export const MAX_FILE_BYTES = 500_000_000;
export const MAX_COLUMNS = 10_000;
