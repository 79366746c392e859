import type { EmptyCells } from "../metrics/legal-cells.ts";
import type { Block, Guard } from "./block.types.ts";
import type { ColumnCodes } from "./column-codes.ts";

function codeOfLevel({ column, levels, hasMissing, nCodes }: ColumnCodes, value: string): number {
  if (value === "") return hasMissing ? nCodes - 1 : -1;
  return column.kind === "categorical" && levels ? levels.indexOf(column.levels.indexOf(value)) : -1;
}

/** The rules that lie between two blocks; those inside one need no guard. */
export function guardRules(columns: readonly ColumnCodes[], blocks: readonly Block[], rules: readonly EmptyCells[]): Guard[] {
  const placeOf = (name: string) => {
    const position = columns.findIndex(({ column }) => column.name === name);
    const block = blocks.findIndex(({ members }) => members.includes(position));
    return { codes: columns[position], block, member: blocks[block].members.indexOf(position) };
  };
  return rules.flatMap((rule) => {
    const [a, b] = [placeOf(rule.a), placeOf(rule.b)];
    if (a.block === b.block) return [];
    const banned = rule.empty
      .map(([x, y]) => [codeOfLevel(a.codes, x), codeOfLevel(b.codes, y)] as const)
      .filter(([x, y]) => x >= 0 && y >= 0);
    if (banned.length === 0) return [];
    return [{ blockA: a.block, memberA: a.member, blockB: b.block, memberB: b.member, banned }];
  });
}

/** How much of each of a block's combinations may be drawn, in [0, 1]. */
export type Shares = Uint8Array | Float64Array;

function product(a: Shares, b: Shares): Shares {
  const shares: Shares = a.slice();
  for (let k = 0; k < shares.length; k++) shares[k] *= b[k];
  return shares;
}

/** Finds, for a block about to be drawn, which of its combinations the blocks drawn before it leave open. */
export class GuardMasks {
  /** Per block: the guards against other blocks, from its side. */
  private readonly sides: { other: number; masks: (Uint8Array | null)[] }[][];

  constructor(blocks: readonly Block[], guards: readonly Guard[]) {
    this.sides = blocks.map(() => []);
    for (const { blockA, memberA, blockB, memberB, banned } of guards) {
      const mirrored = banned.map(([x, y]) => [y, x] as const);
      this.sides[blockB].push({ other: blockA, masks: masksOf(blocks[blockA], memberA, blocks[blockB], memberB, banned) });
      this.sides[blockA].push({ other: blockB, masks: masksOf(blocks[blockB], memberB, blocks[blockA], memberA, mirrored) });
    }
  }

  get isEmpty(): boolean {
    return this.sides.every((guards) => guards.length === 0);
  }

  /** What is open of each combination of `block`, given the combinations drawn so far (−1: not drawn); null: all of all. */
  open(block: number, drawn: Int32Array, allowed: Float64Array | null): Shares | null {
    let open: Shares | null = allowed;
    for (const { other, masks } of this.sides[block]) {
      const mask = drawn[other] < 0 ? null : masks[drawn[other]];
      if (mask) open = open ? product(open, mask) : mask;
    }
    return open;
  }
}

/** Per combination of `from`: the combinations of `to` that stay open; null where all do. */
function masksOf(
  from: Block,
  fromMember: number,
  to: Block,
  toMember: number,
  banned: readonly (readonly [number, number])[],
): (Uint8Array | null)[] {
  const byCode = new Map<number, Set<number>>();
  for (const [x, y] of banned) byCode.set(x, (byCode.get(x) ?? new Set()).add(y));
  const ofCode = new Map<number, Uint8Array>();
  for (const [x, ys] of byCode) {
    const mask = Uint8Array.from({ length: to.nCombinations }, (_, k) =>
      ys.has(to.combinations[k * to.members.length + toMember]) ? 0 : 1,
    );
    ofCode.set(x, mask);
  }
  return Array.from(
    { length: from.nCombinations },
    (_, k) => ofCode.get(from.combinations[k * from.members.length + fromMember]) ?? null,
  );
}
