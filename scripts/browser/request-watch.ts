import { WebSocket } from "ws";

/** One request that a page, a worker or a service worker made, as the browser's own protocol tells it. */
export interface SeenRequest {
  readonly url: string;
  /** As sent; `WEBSOCKET` for a socket that was opened. */
  readonly method: string;
  readonly postData: string | null;
  readonly hasBody: boolean;
  /** Kind of target it came from: `page`, `iframe`, `worker`, `shared_worker`, `service_worker`. */
  readonly from: string;
  /** Why the browser itself kept it from leaving (`csp`, …); null where it went out. */
  blockedBy: string | null;
}

/** Requests that left, sorted by what is wrong with them; `ownFiles` are those with which nothing is. */
export interface JudgedRequests {
  readonly ownFiles: readonly SeenRequest[];
  readonly foreignOrigin: readonly SeenRequest[];
  readonly nonGet: readonly SeenRequest[];
  readonly withQueryOrBody: readonly SeenRequest[];
}

export interface RequestWatch {
  /** All requests so far, oldest first. */
  readonly requests: readonly SeenRequest[];
  /** Kinds of targets that were watched so far, with their addresses. */
  readonly targets: readonly { readonly type: string; readonly url: string }[];
  judge(origin: string): JudgedRequests;
  close(): void;
}

interface ProtocolMessage {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
}

interface RequestEvent {
  readonly requestId: string;
  readonly request: { readonly url: string; readonly method: string; readonly postData?: string; readonly hasPostData?: boolean };
}

/** Attach to every target there is and will be, each held at its first instruction until it is being watched. */
const AUTO_ATTACH = {
  autoAttach: true,
  waitForDebuggerOnStart: true,
  flatten: true,
  filter: [...["browser", "tab", "browser_ui"].map((type) => ({ type, exclude: true })), {}],
};

const isOnNetwork = (url: string) => /^(https?|wss?|ftp):/.test(url);

/** Sorts requests that left by what is wrong with them. A request may be wrong in several ways. */
export function judgeRequests(requests: readonly SeenRequest[], origin: string): JudgedRequests {
  const left = requests.filter((request) => request.blockedBy === null);
  const foreignOrigin = left.filter((request) => new URL(request.url).origin !== origin);
  const nonGet = left.filter((request) => request.method !== "GET");
  const withQueryOrBody = left.filter((request) => request.hasBody || new URL(request.url).search !== "");
  const wrong = new Set([...foreignOrigin, ...nonGet, ...withQueryOrBody]);
  return { ownFiles: left.filter((request) => !wrong.has(request)), foreignOrigin, nonGet, withQueryOrBody };
}

/**
 * Watches all requests of a browser through the DevTools protocol: of pages and, by attaching to them before their
 * first instruction, of frames, workers, workers of workers and service workers.
 *
 * @param endpoint The browser's WebSocket address.
 */
export async function watchRequests(endpoint: string): Promise<RequestWatch> {
  const socket = new WebSocket(endpoint, { perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", () => resolve());
    socket.once("error", reject);
  });
  const requests: SeenRequest[] = [];
  const byId = new Map<string, SeenRequest>();
  const targets: { type: string; url: string }[] = [];
  const typeOfSession = new Map<string, string>();
  let lastId = 0;
  let onReady = () => {};
  const ready = new Promise<void>((resolve) => {
    onReady = resolve;
  });

  const send = (method: string, params: object, sessionId?: string) =>
    socket.send(JSON.stringify({ id: ++lastId, method, params, ...(sessionId !== undefined && { sessionId }) }));

  function onAttached(sessionId: string, type: string, url: string): void {
    typeOfSession.set(sessionId, type);
    targets.push({ type, url });
    send("Network.enable", {}, sessionId);
    send("Target.setAutoAttach", AUTO_ATTACH, sessionId);
    send("Runtime.runIfWaitingForDebugger", {}, sessionId);
  }

  function add(id: string, from: string, request: RequestEvent["request"]): void {
    if (!isOnNetwork(request.url) || byId.get(id)?.url === request.url) return;
    const seen: SeenRequest = {
      url: request.url,
      method: request.method,
      postData: request.postData ?? null,
      hasBody: request.hasPostData === true || request.postData !== undefined,
      from,
      blockedBy: null,
    };
    byId.set(id, seen);
    requests.push(seen);
  }

  socket.on("message", (data) => {
    const { id, method, params = {}, sessionId = "" } = JSON.parse(String(data)) as ProtocolMessage;
    if (id === 1) onReady();
    const from = typeOfSession.get(sessionId) ?? "browser";
    if (method === "Target.attachedToTarget") {
      const { sessionId: attached, targetInfo } = params as { sessionId: string; targetInfo: { type: string; url: string } };
      onAttached(attached, targetInfo.type, targetInfo.url);
    } else if (method === "Network.requestWillBeSent") {
      const { requestId, request } = params as unknown as RequestEvent;
      add(requestId, from, request);
    } else if (method === "Network.webSocketCreated") {
      const { requestId, url } = params as { requestId: string; url: string };
      add(requestId, from, { url, method: "WEBSOCKET" });
    } else if (method === "Network.loadingFailed") {
      const { requestId, blockedReason } = params as { requestId: string; blockedReason?: string };
      const seen = byId.get(requestId);
      if (seen && blockedReason !== undefined) seen.blockedBy = blockedReason;
    }
  });
  send("Target.setAutoAttach", AUTO_ATTACH);
  await ready;
  return { requests, targets, judge: (origin) => judgeRequests(requests, origin), close: () => socket.terminate() };
}
