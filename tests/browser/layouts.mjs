// A layout of one's own in both forms, and files for it. All of it is invented.

export const LAYOUT = `file,field,type,required,length,codes,key
students.csv,studentId,identifier,yes,8,,key
students.csv,name,string,yes,,,
students.csv,birthDate,date,no,,,
students.csv,status,code,yes,,status,
`;

export const CODES = "code,meaning\nenrolled,Goes to the school\nleft,Went to the school\n";

export const STUDENTS = "studentId,name,birthDate,status\n00000001,Ana Lee,2014-12-25,enrolled\n00000002,Ben Cho,,left\n00000003,Cai Roe,,gone\n";

/** The same students by other labels. */
export const FOREIGN = "Pupil Nr,Full Name,D.O.B.,Whereabouts,Bus\n00000001,Ana Lee,2014-12-25,enrolled,12\n00000002,Ben Cho,2013-01-31,left,7\n";

/** A file of no format that ships. */
export const BOOKS = `isbn,shelf,lent,copies\n${Array.from({ length: 30 }, (_, at) => `${100000000 + at},${"ABC"[at % 3]},2026-01-${String(at % 28 + 1).padStart(2, "0")},${at}\n`).join("")}`;

export const PACKAGE = JSON.stringify({
  name: "marks",
  resources: [{
    name: "marks", path: "data/marks.csv", dialect: { escapeChar: "\\" },
    schema: {
      fields: [
        { name: "pupil", type: "string", constraints: { required: true } },
        { name: "mark", type: "integer", constraints: { minimum: 1, maximum: 6 } },
      ],
      primaryKey: "pupil",
    },
  }],
});

export const MARKS = "pupil,mark\np1,2\np2,9\n";
