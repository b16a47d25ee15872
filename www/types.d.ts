// The shapes the page handles: the report as the engine gives it, and the messages between page and worker.
// Types only: nothing here is loaded by the browser.
import type { Pace } from "./pace.js";

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
export interface Place { createWritable(): Promise<FileSystemWritableFileStream>; getFile(): Promise<File> }
export interface FormatName { id: string; title: string }
/** A receiver, or a system that files come from, of which more is known than its format. */
export interface ProfileName { id: string; title: string; kind: "importer" | "exporter"; formats: string[] }
export interface Named { name: string; file: File }
/** Files as they were chosen; where the browser can do it, how to open the same files anew, and whether a place is among them. */
export interface Chosen { files: Named[]; reopen?: () => Promise<Named[]>; holds?: (place: Place) => Promise<boolean> }
export interface Options { asOf: string; format?: string; profile?: string; samples?: number; threshold?: number; layout?: LayoutText[]; columns?: LayoutText }

/** A table or a descriptor of a layout of the user's own. */
export interface LayoutText { name: string; text: string }
/** Such a layout, as it was found among files: what it describes, or what is wrong with it; the column map beside it, or alone; `rest` are the places of those that hold something else. */
export interface Found { texts: LayoutText[]; files: string[]; fields: number; fault?: string | null; map?: LayoutText | null; rest: number[] }
/** The layout that is in force, and where it came from. */
export interface OwnLayout extends Found { from: Chosen }
/** Which field each column may be, files as the layout names them, and the fields that there are; a confidence is high, medium, low or none. */
export interface Columns { rows: { file: string; label: string; field: string; confidence: string; why: string }[]; fields: Record<string, string[]> }

/**
 * A layout that is made from files: the fields as the table of fields has them, by its labels, but for the codes, which stand
 * there themselves with `|` between them; the other tables, and what could not be told; `wrong` is the cell that has a mistake.
 */
export interface Draft {
  labels: string[]; fields: Record<string, string>[]; others: LayoutText[]; notes: string[];
  wrong: { id: string; field: string; column: string; words: string } | null;
}

export type Task =
  | { do: "layout" }
  | { do: "propose" }
  | { do: "plan" }
  | { do: "check" }
  | { do: "fix"; include: "safe" | "review" }
  | { do: "convert"; to: string; set: Record<string, string> }
  | { do: "compare" }
  | { do: "delta" }
  | { do: "fold" }
  | { do: "report"; as: "json" | "csv" | "html" | "text" | "sarif" };

/** What one worker found out about a part, in the engine's own words, piece by piece. */
export interface PartResult { at: number; bytes: Uint8Array[] }

/**
 * Page → worker. A check may be dealt out in parts: then the worker that has it and those that help are each dealt `parts`,
 * the one is `put` the results of the others, and does what is left once it is told to `finish`.
 */
export type Order =
  | { do: "start"; module: WebAssembly.Module; tables: Record<string, string>; secret: BigUint64Array }
  | { do: "rehearse"; run: number; file: File } // before anything is wanted
  | { do: "look"; run: number; files: Named[] } // for a layout of the user's own
  | { do: "check"; run: number; files: Named[]; options: Options; parts: number }
  | { do: "help"; run: number; files: Named[]; options: Options; parts: number }
  | { do: "parts"; run: number; parts: number[]; keep: boolean }
  | { do: "put"; run: number; results: PartResult[] }
  | { do: "finish"; run: number }
  | { do: "stop"; run: number }
  | { do: "context"; run: number; group: number; sample: number }
  | { do: "propose"; run: number; files: Named[] } // a layout that describes them
  | { do: "columns"; run: number } // which may be which field
  | { do: "output"; run: number; task: Task; place?: Place }
  | { do: "convert"; run: number; to: string; set: Record<string, string>; place?: Place; asOf: string; profile?: string }
  | { do: "pack"; run: number; texts: LayoutText[] } // a layout of the user's own
  | { do: "pack-format"; run: number; id: string } // the layout of a format
  | { do: "halt"; run: number } // what is being made, not the result it is made of
  | { do: "compare"; run: number; old: Named[]; new: Named[]; options: Options; most: number } // bytes, unpacked, that are not asked about
  | { do: "go-on"; run: number }; // with a comparison that was asked about

/**
 * Why the tool itself failed; `engine` and `layout` carry the engine's own plain message, `lost` is a result the worker has no more,
 * `refused` is a request that the engine does not obey for what it says, and `ask` what of it,
 * `unwritable` a place that does not take a file, `taken` one of the files that are read.
 */
export type FailureKind = "engine" | "layout" | "crash" | "unreadable" | "unwritable" | "taken" | "memory" | "load" | "lost" | "refused";

/** Why something did not come to its end: a run, or what is made of its result. */
export interface Failure { kind: FailureKind; message: string; during: "check" | "compare" | "output" | "convert" }

/** Records that were read and what was found in them so far; a group may be there several times, without samples. */
export interface SoFar { records: number; groups: Group[] }

/** How far a run is, in bytes of this reading; `again`: files are read a second time. `left`: seconds, where they can be told. */
export interface Progress extends SoFar { done: number; total: number; again: boolean; left?: number }

/** Which findings are shown; empty: all. `cause` is the index of one. */
export interface Filter { severity: string; file: string; rule: string; cause: string }

/** Worker → page. */
export type Answer =
  | { type: "ready"; version: string; formats: FormatName[]; profiles: ProfileName[] }
  | { type: "progress"; run: number; done: number; total: number; again?: boolean } & Partial<SoFar>
  | { type: "looked"; run: number; own: Found | null }
  | { type: "packed"; run: number; of: string; zip: Blob }
  | { type: "planned"; run: number; sizes: number[]; unpacked: number }
  | { type: "large"; run: number; unpacked: number }
  | { type: "stopped"; run: number }
  | { type: "parts"; run: number; results: PartResult[] }
  | { type: "report"; run: number; report: Report; targets: Target[] }
  | { type: "compared"; run: number; report: Comparison; bundles: string[] }
  | { type: "converted"; run: number } & Converted
  | { type: "halted"; run: number }
  | { type: "context"; run: number; group: number; sample: number; context: Context | null }
  | { type: "columns"; run: number; columns: string }
  | { type: "outputs"; run: number; outputs: Output[] }
  | { type: "failed"; run: number; kind: FailureKind; message: string; ask?: string };

/** How many records become what; `removed` are those that the receiver would archive or delete. */
export interface Counts { added: number; changed: number; unchanged: number; missing: number; removed: number }
/** One change, shown. */
export interface Change { key: string; what: "added" | "changed" | "removed" | "missing"; field?: string; old?: string; new?: string }
export interface ComparedFile extends Counts {
  name: string; mode: "bulk" | "delta" | "absent"; fields: Record<string, number>; slight: number; threshold: number;
  records: { old: number; new: number }; notCompared: { old: number; new: number }; samples: Change[];
}
/** hallpass-compare/1 */
export interface Comparison {
  schema: string; format?: { title: string; profile?: string | null }; outcome: Outcome; mode: "bulk" | "delta" | "mixed" | "upsert"; threshold: number; summary: string[];
  files: ComparedFile[];
  schools: { key: string; name?: string; files: ({ name: string } & Counts)[] }[];
  matching: { file: string; by: string[]; way: "match" | "duplicate"; total: number; ambiguous: number; samples: { old: string; new: string }[] }[];
  findings: { rule: string; severity: Severity; authority: string; file?: string; total: number; message: string; keys?: string[]; sources?: string[] }[];
}

/** Something that only people know, of which a conversion needs to be told. */
export interface Ask { name: string; title: string; kind: string; required: boolean; group: string }
/** What checked files can become: what has to be said, and what will be missing. */
export interface Target { id: string; title: string; file?: string; asks: Ask[]; loses: string[] }
/** The first records of a file. */
export interface Head { name: string; labels: string[]; rows: string[][] }
/** What did not survive a conversion, of one kind; `lines` are those of the file `source`. */
export interface Loss {
  what: "value-kept" | "file-dropped" | "record-dropped" | "value-dropped" | "value-changed" | "value-missing" | "value-made" | "value-rewritten";
  file: string; field: string; reason: string; total: number; source: string; lines: number[]; value: string;
}
/** What a conversion made; the report is that of the other format's own check of it. */
export interface Converted { outputs: Output[]; report: Report; heads: Head[]; losses: Loss[] }

/** One thing that is done with files, from choosing them to what was made of them. */
export interface Run {
  phase: "empty" | "asking" | "working" | "done" | "failed";
  run: number; // its number; another one's answers are not for it
  files: Named[]; holds: Chosen["holds"];
  progress: Progress; pace: Pace;
  unpacked: number; // bytes of files that are asked about
  preparing: string; // the action whose file is being made
  outputs: Map<string, Output[]>; // by task
  failure: Failure | null; // of the run in its place, of a download beside the result
  notice: string;
}

/** What the receiver has or got last, and what is about to be sent. */
export interface Sides { old: Chosen | null; new: Chosen | null }

/** What would an import change? Two bundles, and what came of it. */
export interface Comparing extends Run {
  sides: Sides; // as they are chosen now
  compared: Sides; // whose result is shown
  share: number | null; // percent of a file that may go without a warning; null where the receiver's word counts, or 10
  format: string; profile: string; // of both sides, where it is not recognized; of who receives the new one
  missing: "old" | "new" | ""; // the side that was not chosen
  report: Comparison | null;
  bundles: string[]; // those of `delta` and `fold` that can be made of it
}

/** What the checked files can become, and what came of it. */
export interface Converting {
  targets: Target[]; to: string;
  set: Record<string, string>; // what the user said, by the name that the target asks for
  tables: Record<string, string>; // names of the files that hold some of it
  wrong: Record<string, string>; // what the matter is with what was said or not said, by its name: a message of the engine, or the key of a text
  result: Converted | null;
}

/** Everything the page knows: the check, and beside it the rest. Nothing of it is stored anywhere. */
export interface State extends Run {
  task: "check" | "compare" | "convert";
  language: "en" | "es";
  ready: boolean; version: string; formats: FormatName[]; profiles: ProfileName[];
  samples: Record<string, File>;
  pages: Record<string, string>; // of all rules, in Markdown
  own: OwnLayout | null; draft: Draft | null;
  map: LayoutText | null; columns: Columns | null; // the column map that is in force, and the one that is worked at
  reopen: Chosen["reopen"]; format: string; profile: string; asOf: string;
  report: Report | null;
  open: Set<number>; openFiles: Set<string>; contexts: Map<string, Context | null>;
  filter: Filter;
  rule: string; // whose page is shown
  status: string; printing: boolean;
  comparing: Comparing; converting: Converting;
}
