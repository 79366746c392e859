type Json = Record<string, unknown>;

const part = (report: Json, key: string): Json | null => (report[key] as Json | undefined) ?? null;
const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const percent = (value: unknown): string => `${(100 * Number(value)).toFixed(1)} %`;
const fixed = (value: unknown, nDigits = 3): string => (typeof value === "number" ? value.toFixed(nDigits) : "–");

function dataLine(report: Json): string | null {
  const data = part(report, "data");
  if (!data) return null;
  const { count: repaired } = data.repaired as Json;
  const { count: skipped } = data.skipped as Json;
  const sample = part(data, "sample");
  const rows = sample ? `sample of ${data.nRows} of ${sample.nRowsInFile} rows` : `${data.nRows} rows`;
  return `data        ${data.name}: ${rows} × ${data.nColumns} columns, ${repaired} repaired, ${skipped} lines left out`;
}

function structureLine(report: Json): string | null {
  const structure = part(report, "structure");
  if (!structure) return null;
  const identical = list(structure.identical).map((pair) => (pair as unknown as string[]).join(" = "));
  const dependencies = list(structure.dependencies).map(({ from, to }) => `${(from as string[]).join(" + ")} → ${to}`);
  const cells = list(structure.combinations).map(({ cells }) => `${list(cells).length} combinations`);
  return `structure   ${[...identical, ...dependencies, ...cells].join("; ") || "no rule"}; ${list(structure.signalPairs).length} signal pairs`;
}

function segmentsLine(report: Json): string | null {
  const segments = part(report, "segments");
  if (!segments) return null;
  const sizes = (segments.sizes as (number | null)[]).map((size) => size ?? "few").join(" / ");
  return `segments    k = ${segments.k}, sizes ${sizes}, silhouette ${fixed(segments.silhouette)} (shuffled ${fixed(segments.nullSilhouette)}): ${segments.verdict}`;
}

function predictLines(report: Json): string[] {
  const signal = part(report, "signal");
  if (!signal) return [];
  const models = list(report.models).map((model) => {
    const metrics = model.metrics as Record<string, Json>;
    const main = metrics.accuracy ? `${percent(metrics.accuracy.mean)} right` : `R² ${fixed(metrics.r2?.mean)}`;
    return `${model.learner} ${main}${metrics.auc ? `, AUC ${fixed(metrics.auc.mean)}` : ""}`;
  });
  return [
    `predict     ${signal.target}: ${signal.verdict} (p = ${fixed(signal.pValue)}; ${fixed(signal.score)} against ${fixed(signal.chance)} without a model)`,
    `models      ${models.join("; ")}`,
  ];
}

function ganLine(report: Json): string | null {
  const gan = part(report, "gan");
  if (!gan) return null;
  const heldOut = (gan.heldOut as Record<string, Json>).gan;
  return `generator   ${gan.preset} on ${gan.engine}, ${gan.steps} steps in ${fixed(gan.seconds, 1)} s; shapes ${fixed(heldOut.columnShapes)}, signal pairs ${fixed(heldOut.pairTrendsSignal)}, broken rows ${percent(heldOut.brokenRows)}`;
}

/** Generated rows between shuffled columns and real rows, all against rows that were held out. */
function auditLine(report: Json): string | null {
  const fidelity = part(report, "fidelity") as Record<string, Json> | null;
  const privacy = part(report, "privacy") as Record<string, Json> | null;
  if (!fidelity?.gan) return null;
  const { gan, floor, ceiling } = fidelity;
  const between = (key: string) => `${fixed(gan[key])} (${fixed(floor?.[key])} to ${fixed(ceiling?.[key])})`;
  const nearer = privacy?.gan?.nearerToTraining as Json | undefined;
  return `audit       signal pairs ${between("pairTrendsSignal")}, told apart with AUC ${fixed(gan.twoSampleAuc)}, trains to ${between("trainSyntheticTestReal")}; nearer to training ${fixed(nearer?.share)} (${fixed(nearer?.low)} to ${fixed(nearer?.high)})`;
}

function ledgerLine(report: Json): string | null {
  if (!Array.isArray(report.ledger)) return null;
  const others = list(report.ledger).filter((arm) => !arm.primary);
  const arms = list(report.ledger)
    .filter((arm) => arm.primary)
    .map((arm) => {
      const gain = arm.gain as Json;
      return `${arm.learner} ${arm.metric} gain ${fixed(gain.mean)} (${fixed(gain.low)} to ${fixed(gain.high)}): ${arm.verdict}`;
    });
  const count = (verdict: string) => others.filter((arm) => arm.verdict === verdict).length;
  return `ledger      ${arms.join("; ")}; of ${others.length} exploratory arms ${count("helped")} helped, ${count("hurt")} hurt`;
}

function replayLine(report: Json): string | null {
  const replays = list(report.leakReplay).map(
    ({ mistake, reported, onReal, honest }) =>
      `${mistake} ${fixed(reported)} (real rows ${fixed(onReal)}, without the leak ${fixed(honest)})`,
  );
  return replays.length > 0 ? `mistakes    on purpose: ${replays.join("; ")}` : null;
}

function networkLine(report: Json): string | null {
  const network = part(report, "network");
  if (!network) return null;
  return `network     ${network.ownFiles} own files, ${network.foreignOrigin} to anybody else, ${network.nonGet} not GET, ${network.withQueryOrBody} with query or body`;
}

/** A dozen lines at most: what was found, in the order of the steps. */
export function summarize(report: Json, out: string): string {
  const isQuick = (report.settings as Json | undefined)?.quick === true;
  const lines = [
    dataLine(report),
    structureLine(report),
    segmentsLine(report),
    ...predictLines(report),
    ganLine(report),
    auditLine(report),
    ledgerLine(report),
    replayLine(report),
    networkLine(report),
    `written to  ${out}${isQuick ? "  (quick: fewer folds and steps)" : ""}`,
  ];
  return lines.filter((line) => line !== null).join("\n");
}
