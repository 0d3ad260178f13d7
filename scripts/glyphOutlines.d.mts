export const CHARACTERS: string;
export function writeGlyphOutlines(folder: string): void;
