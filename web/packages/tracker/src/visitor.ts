import type { Disk } from "./queue.ts";

/** Who uses this browser, as far as it was told. */
export interface Visitor {
  id: string;
  user?: string | number;
  /** She agreed to be known. */
  agreed?: boolean;
}

/** Keeps the visitor under one name of the disk; in memory where there is none, or it is full. */
export class Memory {
  private held: Visitor | null = null;

  constructor(
    readonly name: string,
    private readonly disk: Disk | null,
  ) {}

  /** Read anew each time: another tab may have learnt who she is. */
  read(): Visitor | null {
    try {
      const found = JSON.parse(this.disk?.getItem(this.name) ?? "null") as Visitor | null;
      if (typeof found?.id === "string") return found;
    } catch {
      // Somebody else wrote there.
    }
    return this.held;
  }

  write(visitor: Visitor): void {
    this.held = visitor;
    try {
      this.disk?.setItem(this.name, JSON.stringify(visitor));
    } catch {
      // The site has filled its storage.
    }
  }

  forget(): void {
    this.held = null;
    this.disk?.removeItem(this.name);
  }
}

/** The storage of the browser, if it lets this page have one. */
export function openDisk(): Disk | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
