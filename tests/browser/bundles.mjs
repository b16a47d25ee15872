// Two small bundles of one school, and what an import of the second would change in the first.
const MANIFEST = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.academicSessions,bulk\nfile.orgs,bulk\nfile.courses,bulk\nfile.classes,bulk\nfile.users,bulk\nfile.roles,bulk\nfile.enrollments,bulk\n"
  + ["categories", "classResources", "courseResources", "demographics", "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales",
    "resources", "resultLearningObjectiveIds", "results", "resultScoreScales", "scoreScales", "userProfiles", "userResources"].map((file) => `file.${file},absent\n`).join("")
  + "source.systemName,District\nsource.systemCode,d1\n";
const ORGS = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\ns1,,,Spring School,school,,\n";
const SESSIONS = "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\ny1,,,2026,schoolYear,2025-08-01,2026-06-30,,2026\nt1,,,Fall,term,2025-08-01,2025-12-20,y1,2026\n";
const COURSES = "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\nc1,,,y1,Algebra,A1,09,s1,,\n";
const USERS = "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n";
const ROLES = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n";

const user = (id, given, identifier) => `${id},,,true,${id}@example.org,,${given},Lee,,${identifier},,,,,09,,,,,,s1,she\n`;
const role = (id) => `r-${id},,,${id},primary,student,,,s1,\n`;
const classes = (titles) => "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n"
  + Object.entries(titles).map(([id, title]) => `${id},,,${title},09,c1,${id},scheduled,,s1,t1,,,\n`).join("");

const enrollments = (...ids) => "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
  + ids.map((id) => `e-${id},,,k9,s1,${id},student,false,,\n`).join("");

const TITLES = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`k${at}`, `Class ${at}`]));

const NAMES = ["Ana", "Bo", "Cy", "Di", "Ed", "Flo", "Gil", "Hal", "Ivo", "Jo", "Kim", "Lou"];
/** The files about students, whose keys are these. */
const students = (keys, names) => ({
  "users.csv": USERS + keys.map((key, at) => user(key, names[at], 70 + at)).join(""),
  "roles.csv": ROLES + keys.map(role).join(""),
  "enrollments.csv": enrollments(...keys),
});
const KEYS = NAMES.map((_, at) => `u${at}`);

/** What the receiver has: twenty classes, twelve students. */
export const OLD = {
  "manifest.csv": MANIFEST, "orgs.csv": ORGS, "academicSessions.csv": SESSIONS, "courses.csv": COURSES, "classes.csv": classes(TITLES),
  ...students(KEYS, NAMES),
};

const { k0, k1, k2, k3, ...left } = TITLES;

/** What is about to be sent: four classes gone, one renamed, one new; one student's name mended, another under a new key. */
export const NEW = {
  ...OLD, "classes.csv": classes({ ...left, k4: "Algebra", k20: "Class 20" }),
  ...students(KEYS.map((key) => (key === "u3" ? "x9" : key)), ["Anna", ...NAMES.slice(1)]),
};
