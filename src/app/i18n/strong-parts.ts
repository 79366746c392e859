export interface TextPart {
  readonly text: string;
  readonly isStrong: boolean;
}

/** Splits a sentence at `**`: what stands between two of them is to be read first. */
export function strongParts(sentence: string): TextPart[] {
  return sentence
    .split("**")
    .map((text, index) => ({ text, isStrong: index % 2 === 1 }))
    .filter((part) => part.text !== "");
}
