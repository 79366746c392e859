/**
 * Who may import whom (docs/architecture.md). Engines stand in layers: each imports only from those before it.
 * tests/unit/tooling/import-rules.test.ts plants a violation of each rule.
 */
const LAYERS = [
  ["core"],
  ["table"],
  ["encode", "trees"],
  ["metrics"],
  ["structure"],
  ["segments"],
  ["samplers"],
  ["gan", "neural"],
];
const ENGINES = LAYERS.flat();
const OUTSIDE_ENGINES = ["evaluate", "export", "workers", "rpc", "charts", "app"];

const folders = (names) => `^src/(${names.join("|")})/`;
const isValue = { dependencyTypesNot: ["type-only"] };
const npm = (names) => `(^|/)node_modules/(${names.join("|")})(/|$)`;

const layerRules = LAYERS.flatMap((layer, index) =>
  layer.map((folder) => {
    const closed = [...LAYERS.slice(index).flat(), ...OUTSIDE_ENGINES].filter((name) => name !== folder);
    return {
      name: `layer-${folder}`,
      comment: `${folder} imports only from the layers before it`,
      severity: "error",
      from: { path: folders([folder]) },
      to: { path: [folders(closed), "^src/[^/]+$"], pathNot: "\\.d\\.ts$" },
    };
  }),
);

/** Rules for one library: only these files may import it. */
const onlyImporter = (name, packages, importers) => ({
  name,
  severity: "error",
  from: { path: "^src/", pathNot: importers },
  // The address of a file is no import of its code.
  to: { path: npm(packages), pathNot: "\\.wasm$" },
});

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: "evaluate-injected",
      comment: "protocols get learners and samplers handed in; of other parts they know the types",
      severity: "error",
      from: { path: folders(["evaluate"]) },
      to: {
        ...isValue,
        path: folders(
          [...ENGINES, ...OUTSIDE_ENGINES].filter((name) => !["evaluate", "core", "table", "metrics"].includes(name)),
        ),
      },
    },
    {
      name: "export-trees",
      severity: "error",
      from: { path: folders(["export"]) },
      to: { path: "^src/", pathNot: folders(["export", "core", "table", "encode", "trees"]) },
    },
    {
      name: "engine-without-screen",
      severity: "error",
      from: { path: folders([...ENGINES, "evaluate", "export", "rpc"]) },
      to: { path: npm(["svelte", "d3", "d3-[^/]+", "bits-ui", "@lucide"]) },
    },
    {
      name: "rpc-knows-no-model",
      severity: "error",
      from: { path: folders(["rpc"]) },
      to: { path: "^src/", pathNot: ["^src/rpc/", "^src/core/(errors|progress)\\.ts$"] },
    },
    {
      name: "jobs-types-only",
      severity: "error",
      from: { path: "\\.jobs\\.ts$" },
      to: isValue,
    },
    {
      name: "workers-without-screen",
      severity: "error",
      from: { path: folders(["workers"]) },
      to: { path: ["^src/(app|charts)/", "^src/[^/]+$"], pathNot: "\\.d\\.ts$" },
    },
    {
      name: "charts-draw-only",
      comment: "charts import core, d3 and Svelte",
      severity: "error",
      from: { path: folders(["charts"]) },
      to: {
        path: ["^src/", "(^|/)node_modules/"],
        pathNot: [folders(["charts", "core"]), npm(["svelte", "d3", "d3-[^/]+", "@types/d3[^/]*"])],
      },
    },
    {
      name: "app-without-engines",
      comment: "the page takes types, core and *.params.ts; engines run in workers",
      severity: "error",
      from: { path: "^src/(app/|main\\.ts$|gallery\\.ts$)" },
      to: {
        ...isValue,
        path: folders([...ENGINES, "evaluate", "export", "workers"]),
        pathNot: ["^src/core/", "\\.params\\.ts$", "^src/workers/open\\.ts$"],
      },
    },
    onlyImporter("papaparse-in-csv", ["papaparse"], "^src/table/scan-text\\.ts$"),
    onlyImporter("tensorflow-in-gan-and-neural", ["@tensorflow"], folders(["gan", "neural"])),
    onlyImporter("reference-forest", ["ml-random-forest"], "^src/trees/reference-forest\\.ts$"),
    {
      name: "no-node-in-page",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "source-imports-source",
      comment: "nothing under src imports tests or scripts",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(tests|scripts|bench)/" },
    },
    { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-barrel",
      comment: "no index.ts that hands on what others declare, no drawer for odds and ends",
      severity: "error",
      from: {},
      to: { path: ["^src/.+/index\\.ts$", "^src/.+/utils?\\.ts$", "^src/.+/helpers?\\.ts$"] },
    },
    { name: "resolvable", severity: "error", from: { path: "^src/" }, to: { couldNotResolve: true, pathNot: "\\?" } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.app.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["^src/app/i18n/paraglide/", "^src/wasm/[^/]+$"] },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["svelte", "import", "browser", "default", "types"] },
  },
};
