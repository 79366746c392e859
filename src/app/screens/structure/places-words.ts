import type { StructureReport } from "../../../workers/data.jobs.ts";
import { formatNumber } from "../../i18n/format.ts";
import { m } from "../../i18n/paraglide/messages.js";

type Places = StructureReport["places"][number];

/** Uneven places are called so below this p-value. */
const UNEVEN = 0.05;

const bounds = ({ places }: Places) => ({
  low: formatNumber(places.at(-1)?.count ?? 0),
  high: formatNumber(places[0]?.count ?? 0),
});

/** Whether some places hold more rows than chance gives. */
export function placesFinding(places: Places, name: string): string {
  const isStates = places.kind === "us-states";
  if (places.pValue < UNEVEN)
    return isStates ? m.structure_states_uneven(bounds(places)) : m.structure_places_uneven({ ...bounds(places), column: name });
  return isStates ? m.structure_states_even(bounds(places)) : m.structure_places_even({ ...bounds(places), column: name });
}

/** What is drawn, and which places are outlined. */
export function placesNote(places: Places, name: string, value: (text: string) => string): string {
  if (places.kind !== "us-states") return m.structure_places_note({ column: name });
  const [first, last] = [places.places[0], places.places.at(-1)];
  const note = m.structure_states_note({
    most: `${value(first?.value ?? "")} ${formatNumber(first?.count ?? 0)}`,
    least: `${value(last?.value ?? "")} ${formatNumber(last?.count ?? 0)}`,
  });
  return places.nElsewhere > 0 ? `${note} ${m.structure_states_elsewhere({ rows: formatNumber(places.nElsewhere) })}` : note;
}
