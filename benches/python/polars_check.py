"""The rules of OneRoster's tables as polars expressions: polars_check.py FOLDER TABLES.

TABLES is the folder with v1p2/layout.csv and codes/. Every file is read as text; each rule that the
tables state is an expression that counts what breaks it. Rules that relate records otherwise are left
out. Prints seconds (the library is loaded by then), records and faults, as JSON.
"""

import csv
import json
import os
import sys
import time

import polars as pl

folder, tables = sys.argv[1:]
IDENTIFIER = "[A-Za-z0-9._/@-]+"


def rows(path):
    with open(os.path.join(tables, path), encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def codes(name):
    return [row["code"] for row in rows(f"codes/{name}.csv")]


def broken(row):
    """Whether a cell that is there is not what its type asks for."""
    column, kind = pl.col(row["field"]), row["type"]
    if kind == "identifier":
        return ~column.str.contains(f"^{IDENTIFIER}$") | (column.str.len_chars() > 255)
    if kind == "list of identifier":
        return ~column.str.contains(f"^{IDENTIFIER}(,{IDENTIFIER})*$")
    if kind == "code":
        return ~column.is_in(codes(row["codes"]))
    if kind == "open code":
        return ~(column.is_in(codes(row["codes"])) | column.str.starts_with("ext:"))
    if kind == "boolean":
        return ~column.is_in(["true", "false"])
    if kind == "date":
        return column.is_not_null() & column.str.to_date("%Y-%m-%d", strict=False).is_null()
    if kind == "datetime":
        return column.is_not_null() & column.str.to_datetime("%Y-%m-%dT%H:%M:%S%.fZ", strict=False).is_null()
    if kind in ("integer", "decimal"):
        return column.is_not_null() & column.cast(pl.Float64, strict=False).is_null()
    if kind == "email":
        return ~column.str.contains("^[^@ ]+@[^@ ]+$")
    if kind == "year":
        return ~column.str.contains("^[0-9]{4}$")
    if row["pattern"]:
        item = row["pattern"].removeprefix("^").removesuffix("$")
        return ~column.str.contains(f"^{item}(,{item})*$")
    return None


layout = [row for row in rows("v1p2/layout.csv") if os.path.exists(os.path.join(folder, row["file"]))]
start = time.perf_counter()
files = {}
for row in layout:
    if row["file"] not in files:
        files[row["file"]] = pl.read_csv(os.path.join(folder, row["file"]), infer_schema=False)

faults = 0
for file, frame in files.items():
    counts = []
    for row in (row for row in layout if row["file"] == file and row["field"] in frame.columns):
        name, column = row["field"], pl.col(row["field"])
        if row["required"] == "yes":
            counts.append(column.is_null().sum().alias(f"{name} required"))
        if row["prohibited"] == "when mode=bulk":
            counts.append(column.is_not_null().sum().alias(f"{name} prohibited"))
        if (wrong := broken(row)) is not None:
            counts.append(wrong.sum().alias(f"{name} type"))
        if row["key"]:
            counts.append((column.is_not_null() & column.is_duplicated()).sum().alias(f"{name} key"))
        target, _, field = row["reference"].split(" ")[0].partition("/")
        if target in files:
            named = frame.select(column.drop_nulls().alias(field))
            if row["type"].startswith("list"):
                named = named.select(pl.col(field).str.split(",").explode())
            faults += named.join(files[target].select(field), on=field, how="anti").height
    faults += sum(frame.select(counts).row(0))
seconds = time.perf_counter() - start
records = sum(frame.height for frame in files.values())
print(json.dumps({"seconds": seconds, "records": records, "invalid": faults}))
