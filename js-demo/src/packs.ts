// The packs of one's own in front of the standard masters: added, kept for the next visit, removed.
import { Masters, SanteiError } from "santei";
import { isFull, type Kept, keep, listKept, type Note } from "./store.ts";

/** A pack of one's own. */
export interface OwnPack extends Note {
  pack: Blob;
  /** Where it stays until the next visit; none when it could not be kept. */
  kept: Kept | undefined;
  /** Why it is not in use. */
  problem?: string;
}

/** What became of a pack that was to be added. */
export type Added = "kept" | "there already" | "full" | "not kept";

export class Packs {
  /** The masters that everything is looked up in; another object after a pack was removed. */
  masters: Masters;
  /** The oldest first; later ones come before them in every look-up. */
  readonly own: OwnPack[] = [];

  private constructor(masters: Masters) {
    this.masters = masters;
  }

  /** The standard masters and the packs that were kept. */
  static async restored(): Promise<Packs> {
    const packs = new Packs(Masters.standard());
    for (const kept of await listKept()) {
      const { name, added, faults, pack } = kept;
      const own: OwnPack = { name, added, faults, pack, kept };
      packs.own.push(own);
      try {
        packs.masters.addPack(await pack.arrayBuffer());
      } catch (error) {
        // The page goes on without it, and says so.
        own.problem = messageOf(error);
      }
    }
    return packs;
  }

  /** The packs in use, last added first: as `masters.packs()` begins. */
  inUse(): OwnPack[] {
    return this.own.filter(({ problem }) => problem === undefined).reverse();
  }

  /**
   * Adds a pack and keeps it.
   *
   * @throws {SanteiError} when it is refused; nothing changes then
   */
  async add(name: string, faults: number, pack: Blob): Promise<Added> {
    const bytes = await pack.arrayBuffer();
    for (const own of this.inUse()) {
      if (own.pack.size === pack.size && same(await own.pack.arrayBuffer(), bytes)) return "there already";
    }
    this.masters.addPack(bytes);
    const own: OwnPack = { name, faults, added: new Date().toISOString(), pack, kept: undefined };
    this.own.push(own);
    try {
      own.kept = await keep({ name, faults, added: own.added }, pack);
      own.pack = own.kept.pack;
      return "kept";
    } catch (error) {
      return isFull(error) ? "full" : "not kept";
    }
  }

  /**
   * Takes a pack out, for good.
   *
   * @throws when the store refuses, or another pack can no longer be had; nothing changes then
   */
  async remove(own: OwnPack): Promise<void> {
    const rest = this.own.filter((other) => other !== own);
    const masters = Masters.standard();
    try {
      for (const { pack, problem } of rest) {
        if (problem === undefined) masters.addPack(await pack.arrayBuffer());
      }
      await own.kept?.remove();
    } catch (error) {
      masters.free();
      throw error;
    }
    this.own.splice(0, this.own.length, ...rest);
    const old = this.masters;
    this.masters = masters;
    old.free();
  }
}

/** What an error says, for people. */
export function messageOf(error: unknown): string {
  if (error instanceof SanteiError) return error.message;
  return error instanceof Error ? error.message : String(error);
}

function same(a: ArrayBuffer, b: ArrayBuffer): boolean {
  const [left, right] = [new Uint8Array(a), new Uint8Array(b)];
  return left.length === right.length && left.every((byte, place) => byte === right[place]);
}
