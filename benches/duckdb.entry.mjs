// What of DuckDB the benchmark's page loads; bundled, because the package names another without an address.
export { AsyncDuckDB, DuckDBDataProtocol, VoidLogger } from "@duckdb/duckdb-wasm";
