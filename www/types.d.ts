// The shapes the page handles: the report as the engine gives it, and the messages between page and worker.
// Types only: nothing here is loaded by the browser.

export type Severity = "error" | "warning" | "info";
export type Safety = "safe" | "review" | "shown";
export type Outcome = "complete" | "partial" | "failed";
export type Verdict = "ready" | "ready-with-warnings" | "not-ready";

/** A proposed remedy for one finding. */
export interface Fix { title: string; safety: Safety; replacement?: string | null }

/** One finding, kept as an example of its group. Places count from 1. */
export interface Sample {
  line?: number | null; record?: number | null; column?: number | null;
  key?: string | null; value?: string | null; message: string; fix?: Fix | null;
}

/** All findings of one rule in one field of one file; `total` is the true count. */
export interface Group {
  rule: string; severity: Severity; authority: string; consequence: string;
  file?: string | null; field?: string | null; total: number; samples: Sample[];
}

/** A fault that explains other findings. */
export interface Cause {
  rule: string; file?: string | null; field?: string | null; key?: string | null; explains: number; message: string;
  where: { file: string; field?: string | null; total: number }[];
}

export interface FileFacts { name: string; bytes: number; records?: number | null; encoding?: string | null; delimiter?: string | null }

/** hallpass-report/1 */
export interface Report {
  schema: string; tool: { name: string; version: string };
  format?: { id: string; title: string; profile?: string | null; detected: boolean; why?: string } | null;
  asOf: string; outcome: Outcome; verdict: Verdict; files: FileFacts[];
  totals: { error: number; warning: number; info: number };
  groups: Group[]; causes?: Cause[];
  notChecked?: { rule: string; file?: string | null; reason: string }[]; cannotCheck?: string[];
}

/** A whole record, with the faulty cell marked (−1: none). */
export interface Context { file: string; line: number; labels: string[]; cells: string[]; marked: number }

/** Bytes of a file that the engine writes; the log of changes is apart from the rest. */
export interface Piece { name: string; bytes: Uint8Array<ArrayBuffer>; log: boolean }
export interface Output { name: string; blob: Blob; log: boolean }
/** A file that the user chose to be written: what of the browser's handle is used. */
export interface Place { createWritable(): Promise<FileSystemWritableFileStream> }
export interface FormatName { id: string; title: string }
/** A receiver, or a system that files come from, of which more is known than its format. */
export interface ProfileName { id: string; title: string; kind: "importer" | "exporter"; formats: string[] }
export interface Named { name: string; file: File }
/** Files as they were chosen; where the browser can do it, how to open the same files anew, and whether a place is among them. */
export interface Chosen { files: Named[]; reopen?: () => Promise<Named[]>; holds?: (place: Place) => Promise<boolean> }
export interface Options { asOf: string; format?: string; profile?: string; samples?: number }

export type Task =
  | { do: "plan" }
  | { do: "check" }
  | { do: "fix"; include: "safe" | "review" }
  | { do: "report"; as: "json" | "csv" | "html" | "text" | "sarif" };

/** What one worker found out about a part, in the engine's own words, piece by piece. */
export interface PartResult { at: number; bytes: Uint8Array[] }

/**
 * Page → worker. A check may be dealt out in parts: then the worker that has it and those that help are each dealt `parts`,
 * the one is `put` the results of the others, and does what is left once it is told to `finish`.
 */
export type Order =
  | { do: "start"; module: WebAssembly.Module; tables: Record<string, string>; secret: BigUint64Array }
  | { do: "check"; run: number; files: Named[]; options: Options; parts: number }
  | { do: "help"; run: number; files: Named[]; options: Options; parts: number }
  | { do: "parts"; run: number; parts: number[]; keep: boolean }
  | { do: "put"; run: number; results: PartResult[] }
  | { do: "finish"; run: number }
  | { do: "stop"; run: number }
  | { do: "context"; run: number; group: number; sample: number }
  | { do: "output"; run: number; task: Task; place?: Place };

/**
 * Why the tool itself failed; `engine` carries the engine's own plain message, `lost` is a result the worker has no more,
 * `unwritable` a place that does not take a file, `taken` one of the files that are read.
 */
export type FailureKind = "engine" | "crash" | "unreadable" | "unwritable" | "taken" | "memory" | "load" | "lost";

/** Why a task did not come to its end. */
export interface Failure { kind: FailureKind; message: string; during: "check" | "output" }

/** Records that were read and what was found in them so far; a group may be there several times, without samples. */
export interface Found { records: number; groups: Group[] }

/** How far a run is, in bytes of this reading; `again`: files are read a second time. `left`: seconds, where they can be told. */
export interface Progress extends Found { done: number; total: number; again: boolean; left?: number }

/** Which findings are shown; empty: all. `cause` is the index of one. */
export interface Filter { severity: string; file: string; rule: string; cause: string }

/** Worker → page. */
export type Answer =
  | { type: "ready"; version: string; formats: FormatName[]; profiles: ProfileName[] }
  | { type: "progress"; run: number; done: number; total: number; again?: boolean } & Partial<Found>
  | { type: "planned"; run: number; sizes: number[]; unpacked: number }
  | { type: "large"; run: number; unpacked: number }
  | { type: "stopped"; run: number }
  | { type: "parts"; run: number; results: PartResult[] }
  | { type: "report"; run: number; report: Report }
  | { type: "context"; run: number; group: number; sample: number; context: Context | null }
  | { type: "outputs"; run: number; outputs: Output[] }
  | { type: "failed"; run: number; kind: FailureKind; message: string };

/** Everything the page knows. Nothing of it is stored anywhere. */
export interface State {
  phase: "empty" | "asking" | "working" | "done" | "failed";
  language: "en" | "es";
  ready: boolean; version: string; formats: FormatName[]; profiles: ProfileName[];
  samples: Record<string, File>;
  pages: Record<string, string>; // of all rules, in Markdown
  files: Named[]; reopen: Chosen["reopen"]; holds: Chosen["holds"]; format: string; profile: string; asOf: string;
  run: number; progress: Progress; unpacked: number;
  report: Report | null;
  open: Set<number>; openFiles: Set<string>; contexts: Map<string, Context | null>;
  filter: Filter;
  rule: string; // whose page is shown
  preparing: string; outputs: Map<string, Output[]>;
  failure: Failure | null; // of a check in its place, of a download beside the result
  notice: string; status: string; printing: boolean;
}
