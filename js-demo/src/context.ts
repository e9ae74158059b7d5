// What the parts of the page share.
import type { Encounter, Found, Kind, Masters, Shown } from "santei";

export interface Context {
  readonly masters: Masters;
  encounter: Encounter;
  /** Says that the encounter changed. `redraw` builds the lists anew; without it, the fields keep the focus. */
  changed: (redraw: boolean) => void;
  /** Says something to people who cannot see the change, and to the others for a while. */
  say: (text: string) => void;
}

/** The searches of the page: what can be added to a visit. */
export const SEARCHES: Kind[] = ["procedure", "drug", "disease", "modifier", "lab"];

/** Codes in force on the day of the visit. On a day that is none, every code. Without a kind, of all that the page searches. */
export function findOn(context: Context, query: string, limit: number, kind: Kind | undefined): Found {
  const date = context.encounter.visits[0]?.date ?? "";
  const wanted = { limit, kind: kind ?? SEARCHES };
  try {
    return context.masters.search(query, { ...wanted, ...(date && { date }) });
  } catch {
    return context.masters.search(query, wanted);
  }
}

/**
 * Builds what searches of a kind need, for some milliseconds, and says whether they are ready: a page that draws between two
 * such pieces never stands still.
 */
export function prepareFor(milliseconds: number, masters: Masters, kind: Kind | undefined): boolean {
  const until = performance.now() + milliseconds;
  let ready = false;
  while (!ready && performance.now() < until) ready = masters.prepareSearch({ kind: kind ?? SEARCHES, rows: 150 });
  return ready;
}

/** The same for all kinds while nothing else happens, so that no key waits for it. */
export function prepareWhenIdle(current: () => Masters) {
  const wait = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 16));
  const work = () => {
    if (!prepareFor(3, current(), undefined)) wait(work);
  };
  wait(work);
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
