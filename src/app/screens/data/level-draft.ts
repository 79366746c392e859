import type { FileLabels, LevelEdit } from "../../../workers/data.jobs.ts";

/** One level while it is being edited: its name, and the labels of the file that it stands for. */
export interface DraftLevel {
  readonly name: string;
  readonly labels: readonly string[];
}

/** The levels of a column while they are being edited, in their order. */
export interface LevelDraft {
  readonly levels: readonly DraftLevel[];
  readonly isOrdered: boolean;
}

/** What is set now: the user's groups, else labels of one meaning together where these are merged, else each by itself. */
export function startDraft({ labels, synonyms }: FileLabels, edit: LevelEdit | null, isMerged: boolean): LevelDraft {
  const groups: readonly (readonly string[])[] = edit?.groups ?? (isMerged ? synonyms.map((group) => [group[0], ...group]) : []);
  const known = new Set(labels.map(({ label }) => label));
  const given = groups
    .map(([name = "", ...others]) => ({
      name,
      labels: (others.length > 0 ? others : [name]).filter((label) => known.has(label)),
    }))
    .filter(({ labels: own }) => own.length > 0);
  const taken = new Set(given.flatMap(({ labels: own }) => own));
  const rest = labels.filter(({ label }) => !taken.has(label)).map(({ label }) => ({ name: label, labels: [label] }));
  return { levels: [...given, ...rest], isOrdered: edit?.isOrdered ?? false };
}

const replaceAt = (levels: readonly DraftLevel[], at: number, ...instead: DraftLevel[]): DraftLevel[] => [
  ...levels.slice(0, at),
  ...instead,
  ...levels.slice(at + 1),
];

export function renameLevel(draft: LevelDraft, at: number, name: string): LevelDraft {
  const level = draft.levels[at];
  return level ? { ...draft, levels: replaceAt(draft.levels, at, { ...level, name }) } : draft;
}

/** The chosen levels as one, in the place and by the name of the first. */
export function mergeLevels(draft: LevelDraft, chosen: readonly number[]): LevelDraft {
  const [first, ...others] = [...chosen].sort((a, b) => a - b);
  const into = first === undefined ? undefined : draft.levels[first];
  if (first === undefined || !into || others.length === 0) return draft;
  const labels = [...into.labels, ...others.flatMap((at) => draft.levels[at]?.labels ?? [])];
  const merged = replaceAt(draft.levels, first, { name: into.name, labels });
  return { ...draft, levels: merged.filter((_, at) => !others.includes(at)) };
}

/** A level's labels each by themselves again. */
export function splitLevel(draft: LevelDraft, at: number): LevelDraft {
  const parts = draft.levels[at]?.labels.map((label) => ({ name: label, labels: [label] })) ?? [];
  return { ...draft, levels: replaceAt(draft.levels, at, ...parts) };
}

export function moveLevel(draft: LevelDraft, from: number, to: number): LevelDraft {
  const level = draft.levels[from];
  if (!level || to < 0 || to >= draft.levels.length) return draft;
  const others = draft.levels.filter((_, at) => at !== from);
  return { ...draft, levels: [...others.slice(0, to), level, ...others.slice(to)] };
}

/** Says that the levels have an order, at first the one that their words have by themselves, if they do. */
export function setOrdered(draft: LevelDraft, { labels }: FileLabels, isOrdered: boolean): LevelDraft {
  const rankOf = new Map(labels.map(({ label, rank }) => [label, rank]));
  const rank = (level: DraftLevel) => rankOf.get(level.labels[0] ?? "") ?? null;
  const isRanked = isOrdered && !draft.isOrdered && draft.levels.every((level) => rank(level) !== null);
  const levels = isRanked ? [...draft.levels].sort((a, b) => (rank(a) ?? 0) - (rank(b) ?? 0)) : draft.levels;
  return { levels, isOrdered };
}

const isAsInFile = ({ name, labels }: DraftLevel): boolean => labels.length === 1 && labels[0] === name;

/** What the draft asks for: all levels where they have an order, else those that differ from the file; null where none does. */
export function editOf({ levels, isOrdered }: LevelDraft): LevelEdit | null {
  const named = levels.map(({ name, labels }) => ({ name: name.trim() === "" ? (labels[0] ?? "") : name.trim(), labels }));
  const wanted = isOrdered ? named : named.filter((level) => !isAsInFile(level));
  if (!isOrdered && wanted.length === 0) return null;
  return { groups: wanted.map((level) => (isAsInFile(level) ? [level.name] : [level.name, ...level.labels])), isOrdered };
}

/** What to set: labels of one meaning that are merged everywhere else, and are apart here, are named to stay so. */
export function editToSave(draft: LevelDraft, { synonyms }: FileLabels, isMerged: boolean): LevelEdit | null {
  const edit = editOf(draft);
  if (edit || !isMerged || synonyms.length === 0) return edit;
  return { groups: synonyms.flat().map((label) => [label]), isOrdered: false };
}

/** Levels that would bear one name, and so be one. */
export function sharedNames({ levels }: LevelDraft): string[] {
  const names = levels.map(({ name }) => name.trim());
  return [...new Set(names.filter((name, at) => name !== "" && names.indexOf(name) !== at))];
}
