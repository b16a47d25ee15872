"""`frictionless validate` on the descriptor that Hallpass exports: descriptor_check.py FOLDER DESCRIPTOR.

Prints seconds (the library is loaded by then), records and faults, as JSON.
"""

import json
import os
import sys
import time

from frictionless import Package, system

folder, descriptor = sys.argv[1:]
descriptor = json.load(open(descriptor, encoding="utf-8"))
# The bundle has some of the files; references to others cannot be followed.
there = [each for each in descriptor["resources"] if os.path.exists(os.path.join(folder, each["path"]))]
names = {each["name"] for each in there}
for each in there:
    schema = each["schema"]
    schema["foreignKeys"] = [key for key in schema.get("foreignKeys", []) if key["reference"]["resource"] in names]
    labels = open(os.path.join(folder, each["path"]), encoding="utf-8").readline().strip().split(",")
    schema["fields"] = [field for field in schema["fields"] if field["name"] in labels]
    for field in schema["fields"]:
        # Lists came with Table Schema 2; this library reads them as text.
        if field["type"] == "list":
            field["type"] = "string"
descriptor["resources"] = there

start = time.perf_counter()
with system.use_context(trusted=True):
    report = Package.from_descriptor(descriptor, basepath=folder).validate()
seconds = time.perf_counter() - start
faults = sum(task.stats["errors"] for task in report.tasks)
records = sum(task.stats.get("rows", 0) for task in report.tasks)
print(json.dumps({"seconds": seconds, "records": records, "invalid": faults + len(report.errors)}))
if faults or report.errors:
    print([report.errors] + [task.errors[:2] for task in report.tasks if task.errors], file=sys.stderr)
