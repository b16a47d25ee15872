// The types that DuckDB has for columns of the bundles; all others are text. Lists are text to it.
const ID = "UUID";
const USER = { sourcedId: ID, enabledUser: "BOOLEAN", userMasterIdentifier: ID, primaryOrgSourcedId: ID };
const ENROLLMENT = {
  sourcedId: ID, classSourcedId: ID, schoolSourcedId: ID, userSourcedId: ID,
  primary: "BOOLEAN", beginDate: "DATE", endDate: "DATE", dateLastModified: "TIMESTAMP",
};

/** Types by file and label. */
export const TYPES = { "users.csv": USER, "enrollments.csv": ENROLLMENT };
