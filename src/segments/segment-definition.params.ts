/** Numbers are compared as numbers, categories as text (`=` and `!=` alone). A missing value meets no condition. */
export const CONDITION_OPERATORS = ["=", "!=", ">=", "<=", ">", "<"] as const;
export type ConditionOperator = (typeof CONDITION_OPERATORS)[number];

export interface SegmentCondition {
  readonly column: string;
  readonly operator: ConditionOperator;
  readonly value: string;
}

/** A segment by rule: rows that meet all conditions. Definitions of one name make one segment. */
export interface SegmentDefinition {
  readonly name: string;
  readonly conditions: readonly SegmentCondition[];
}

/** Names of RFM segments by score of recency (row: 4–5, 3, 1–2) and mean score of frequency and money (4–5, 2–3, 1). */
export const RFM_SEGMENTS = [
  "champions",
  "promising",
  "new-customers",
  "loyal",
  "needs-attention",
  "fading",
  "at-risk",
  "hibernating",
  "lost",
] as const;
/** Where no column tells recency: frequent or rare, high or low value. */
export const FM_SEGMENTS = ["frequent-high", "rare-high", "frequent-low", "rare-low"] as const;

const quote = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;
const needsQuotes = /^$|["\\&:=!<>]|^\s|\s$/;
const written = (text: string): string => (needsQuotes.test(text) ? quote(text) : text);

/** A definition as one line, the form in which settings and links hold it: `Big spenders: Amount >= 80 & Gender = Female`. */
export function writeDefinition({ name, conditions }: SegmentDefinition): string {
  const terms = conditions.map(({ column, operator, value }) => `${written(column)} ${operator} ${written(value)}`);
  return `${written(name)}: ${terms.join(" & ")}`;
}

const TOKEN = /\s*(?:"((?:[^"\\]|\\.)*)"|(>=|<=|!=|[=<>:&])|([^"&:=!<>]+))/y;

type Token = { readonly kind: "text" | "mark"; readonly text: string };

function tokens(line: string): Token[] | null {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = line.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(line);
    if (!match) return null;
    if (match[2] !== undefined) found.push({ kind: "mark", text: match[2] });
    else found.push({ kind: "text", text: match[1] !== undefined ? match[1].replace(/\\(.)/g, "$1") : match[3].trim() });
  }
  return found;
}

/** The inverse of `writeDefinition`, for lines that a person wrote too; null where the line is none. */
export function readDefinition(line: string): SegmentDefinition | null {
  const parts = tokens(line);
  if (!parts || parts.length < 5 || parts[0].kind !== "text" || parts[1].kind !== "mark" || parts[1].text !== ":") return null;
  const conditions: SegmentCondition[] = [];
  for (let i = 2; i < parts.length; i += 4) {
    const [column, mark, value, and] = parts.slice(i, i + 4);
    const operator = CONDITION_OPERATORS.find((known) => mark?.kind === "mark" && known === mark.text);
    if (column.kind !== "text" || !operator || value?.kind !== "text") return null;
    if (and && (and.kind !== "mark" || and.text !== "&" || i + 4 >= parts.length)) return null;
    conditions.push({ column: column.text, operator, value: value.text });
  }
  return { name: parts[0].text, conditions };
}
