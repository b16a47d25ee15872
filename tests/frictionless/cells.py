"""What the package frictionless finds in the files of a Data Package: a line of JSON for each cell or label.

Says nothing of what the check of ours is asked: `tests/frictionless.rs` compares both.
"""

import json
import logging
import sys

from frictionless import Package, validate

logging.disable(logging.CRITICAL)
package = Package(sys.argv[1])
files = {resource.name: resource.path for resource in package.resources}
report = validate(sys.argv[1], limit_errors=1_000_000)
for error in report.errors:
    print(json.dumps({"file": "", "record": 0, "field": "", "kind": error.type, "note": error.note}))
for task in report.tasks:
    for error in task.errors:
        print(
            json.dumps(
                {
                    "file": files[task.name],
                    # The header is its row 1.
                    "record": (getattr(error, "row_number", None) or 1) - 1,
                    "field": getattr(error, "field_name", ""),
                    "fields": getattr(error, "field_names", []),
                    "kind": error.type,
                    "note": error.note,
                }
            )
        )
