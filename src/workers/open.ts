import dataWorkerUrl from "./data.worker.ts?worker&url";
import fileWorkerUrl from "./file.worker.ts?worker&url";
import ganPartWorkerUrl from "./gan-part.worker.ts?worker&url";
import generatorWorkerUrl from "./generator.worker.ts?worker&url";
import gpuWorkerUrl from "./gpu.worker.ts?worker&url";
import learnWorkerUrl from "./learn.worker.ts?worker&url";
import modelWorkerUrl from "./model.worker.ts?worker&url";
import shardWorkerUrl from "./shard.worker.ts?worker&url";

/**
 * The script of a worker started from a blob: it imports the real module and hands on the messages that came
 * before the import was through. A worker started from a URL takes its policy from its own response; one
 * started from a blob inherits the page's, so that it cannot send anything either, whatever the host.
 */
function bootstrap(moduleUrl: string): string {
  return `const early = [];
const keep = (event) => early.push(event.data);
addEventListener("message", keep);
import(${JSON.stringify(moduleUrl)}).then(
  () => {
    removeEventListener("message", keep);
    for (const data of early) dispatchEvent(new MessageEvent("message", { data }));
  },
  (error) => setTimeout(() => { throw error; }),
);`;
}

function openWorker(url: string, name: string): Worker {
  const moduleUrl = new URL(url, document.baseURI).href;
  const blobUrl = URL.createObjectURL(new Blob([bootstrap(moduleUrl)], { type: "text/javascript" }));
  const worker = new Worker(blobUrl, { type: "module", name });
  worker.addEventListener("message", () => URL.revokeObjectURL(blobUrl), { once: true });
  return worker;
}

export const openDataWorker = (): Worker => openWorker(dataWorkerUrl, "trendloom-data");
export const openFileWorker = (): Worker => openWorker(fileWorkerUrl, "trendloom-file");
export const openLearnWorker = (): Worker => openWorker(learnWorkerUrl, "trendloom-learn");
export const openGpuWorker = (): Worker => openWorker(gpuWorkerUrl, "trendloom-gpu");
export const openGanPartWorker = (): Worker => openWorker(ganPartWorkerUrl, "trendloom-gan-part");
export const openGeneratorWorker = (): Worker => openWorker(generatorWorkerUrl, "trendloom-generator");
export const openModelWorker = (): Worker => openWorker(modelWorkerUrl, "trendloom-model");
export const openShardWorker = (): Worker => openWorker(shardWorkerUrl, "trendloom-shard");
