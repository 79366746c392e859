import { createContext } from "svelte";
import type { Workspace } from "./workspace.svelte.ts";

/** The one workspace of the page, handed down by context. */
export const [getWorkspace, setWorkspace] = createContext<Workspace>();
