// DuckDB reading every file with the types of its columns: every cell is parsed and converted, the result counted. One
// thread in a worker, as on any page without special headers.
import { TYPES } from "./types.js";

/** The columns of a file as `read_csv` wants them. A label that is not known is text. */
async function columns(file) {
  const head = await file.slice(0, 65_536).text();
  const labels = head.slice(0, head.search(/[\r\n]/)).split(",");
  const known = TYPES[file.name] ?? {};
  return labels.map((label) => `'${label}': '${known[label] ?? "VARCHAR"}'`).join(", ");
}

export async function duckdb(files) {
  const library = await import("/bundled/duckdb.js");
  const worker = new Worker("/duckdb/duckdb-browser-eh.worker.js");
  const database = new library.AsyncDuckDB(new library.VoidLogger(), worker);
  await database.instantiate(new URL("/duckdb/duckdb-eh.wasm", location).href);
  for (const file of files) {
    await database.registerFileHandle(file.name, file, library.DuckDBDataProtocol.BROWSER_FILEREADER, true);
  }
  const connection = await database.connect();
  // Its first query takes far longer than the next, whatever it asks; that is not what is measured.
  await database.registerFileText("first.csv", "a,b,c\n1,2026-01-01,true\n");
  await connection.query("select count(*), count(COLUMNS(*)) from read_csv('first.csv', header = true, columns = {'a': 'VARCHAR', 'b': 'DATE', 'c': 'BOOLEAN'})");
  const queries = [];
  for (const file of files) {
    queries.push(`select count(*), count(COLUMNS(*)) from read_csv('${file.name}', header = true, columns = {${await columns(file)}})`);
  }
  const start = performance.now();
  let records = 0;
  for (const query of queries) records += Number((await connection.query(query)).toArray()[0].toArray()[0]);
  const milliseconds = performance.now() - start;
  await connection.close();
  await database.terminate();
  worker.terminate();
  return { milliseconds, records };
}
