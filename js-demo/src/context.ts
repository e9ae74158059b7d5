// What the parts of the page share.
import type { Encounter, Hit, Kind, Masters, Shown } from "santei";

export interface Context {
  readonly masters: Masters;
  encounter: Encounter;
  /** Says that the encounter changed. `redraw` builds the lists anew; without it, the fields keep the focus. */
  changed: (redraw: boolean) => void;
  /** Says something to people who cannot see the change, and to the others for a while. */
  say: (text: string) => void;
}

/** Codes in force on the day of the visit. On a day that is none, every code. */
export function findOn(context: Context, query: string, limit: number, kind: Kind | undefined): Hit[] {
  const date = context.encounter.visits[0]?.date ?? "";
  try {
    return context.masters.find(query, { limit, ...(kind && { kind }), ...(date && { date }) });
  } catch {
    return context.masters.find(query, { limit, ...(kind && { kind }) });
  }
}

/** What the masters have for a code on the day of the visit, or the newest that they have. */
function versionOf(context: Context, shown: Shown) {
  const date = context.encounter.visits[0]?.date ?? "";
  const inForce = shown.versions.find((row) => row.from <= date && (row.last_day === null || date <= row.last_day));
  return inForce ?? shown.versions.at(-1);
}

/** Name and unit of a code; the code itself when no master has it. */
export function describe(context: Context, code: string): { name: string; unit: string } {
  try {
    const shown = context.masters.show(code);
    const columns = shown ? versionOf(context, shown)?.columns : undefined;
    return { name: String(columns?.name ?? code), unit: String(columns?.unit ?? "") };
  } catch {
    return { name: code, unit: "" };
  }
}
