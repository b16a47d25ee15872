//! Bundles as people really hand them in: clean records with faults put in here and there.

use proptest::prelude::*;
use proptest::sample::Index;

/// Names and bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Files(pub Vec<(String, Vec<u8>)>);

/// Shows the files that are not those of the clean bundle.
impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (name, bytes) in &self.0 {
            if !CLEAN
                .iter()
                .any(|clean| (clean.0, clean.1.as_bytes()) == (name, bytes))
            {
                write!(f, "\n  {name}: {}", bytes.escape_ascii())?;
            }
        }
        // A log is no roster, nor is an upload.
        let is_roster = |name: &str| CLEAN.iter().any(|clean| clean.0.eq_ignore_ascii_case(name));
        if !self.0.iter().all(|(name, _)| is_roster(name)) {
            return Ok(());
        }
        let mut gone = CLEAN
            .iter()
            .filter(|clean| self.0.iter().all(|file| file.0 != clean.0));
        gone.try_for_each(|clean| write!(f, "\n  no {}", clean.0))
    }
}

/// A small district without any fault.
const CLEAN: &[(&str, &str)] = &[
    (
        "manifest.csv",
        "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n\
         file.academicSessions,bulk\nfile.classes,bulk\nfile.courses,bulk\nfile.enrollments,bulk\n\
         file.orgs,bulk\nfile.users,bulk\nfile.demographics,bulk\nfile.roles,bulk\n\
         file.categories,absent\nfile.classResources,absent\nfile.courseResources,absent\n\
         file.lineItemLearningObjectiveIds,absent\nfile.lineItems,absent\n\
         file.lineItemScoreScales,absent\nfile.resources,absent\n\
         file.resultLearningObjectiveIds,absent\nfile.results,absent\n\
         file.resultScoreScales,absent\nfile.scoreScales,absent\nfile.userProfiles,absent\n\
         file.userResources,absent\n",
    ),
    (
        "orgs.csv",
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n\
         d1,,,District,district,1,\ns1,,,North School,school,2,d1\ns2,,,\"South, Old\",school,3,d1\n",
    ),
    (
        "academicSessions.csv",
        "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n\
         y,,,Year,schoolYear,2026-08-17,2027-06-12,,2027\n\
         t1,,,Term,term,2026-08-17,2027-01-16,y,2027\nt2,,,Term,term,2027-01-17,2027-06-12,y,2027\n",
    ),
    (
        "courses.csv",
        "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,\
         subjects,subjectCodes\nc1,,,y,Reading,R,\"01,02\",s1,,\nc2,,,y,Art,,05,s2,,\n",
    ),
    (
        "classes.csv",
        "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,\
         schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n\
         k1,,,Reading 1,\"01,02\",c1,R-1,scheduled,\"Room 1, North\",s1,\"t1,t2\",,,1\n\
         k2,,,Art 1,05,c2,,homeroom,,s2,t1,,,\n",
    ),
    (
        "users.csv",
        "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,\
         middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,\
         userMasterIdentifier,resourceSourcedIds,preferredGivenName,preferredMiddleName,\
         preferredFamilyName,primaryOrgSourcedId,pronouns\n\
         u1,,,true,ada,,Ada,Lind,,1,ada@example.org,,,,,,,,,,,s1,\n\
         u2,,,true,ben,,Ben,Ødegård,,2,,,,u1,01,,,,,,,s1,he/him\n\
         u3,,,false,cy,,Cy,\"O\"\"Hara\",,3,,,,,05,,,,,,,s2,\n",
    ),
    (
        "roles.csv",
        "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,\
         orgSourcedId,userProfileSourcedId\nr1,,,u1,primary,teacher,,,s1,\n\
         r2,,,u2,primary,student,2026-08-17,,s1,\nr3,,,u3,primary,student,,,s2,\n\
         r4,,,u1,primary,teacher,,,s2,\n",
    ),
    (
        "demographics.csv",
        "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,\
         blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,\
         demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,\
         stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus\n\
         u2,,,2019-03-26,male,false,false,false,false,true,false,true,US,TX,Larkmoor,\n",
    ),
    (
        "enrollments.csv",
        "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,\
         beginDate,endDate\ne1,,,k1,s1,u1,teacher,true,2026-08-17,2027-06-12\n\
         e2,,,k1,s1,u2,student,,2026-08-17,2027-06-12\ne3,,,k2,s2,u3,student,false,,\n\
         e4,,,k2,s2,u1,teacher,true,,\n",
    ),
];

/// What people and programs write into cells, as it then stands in the file.
const CELLS: &[&[u8]] = &[
    b"",
    b" ",
    b"\"\"",
    b"\" \"",
    b" x",
    b"x ",
    b"\"x \"",
    b"\"\tx\"",
    b"\xC2\xA0x",
    b"TRUE",
    b"True",
    b"yes",
    b"1",
    b"0",
    b"Student",
    b"STUDENT",
    b"teacher ",
    b"31/12/2026",
    b"12/31/2026",
    b"5/6/2026",
    b"2026-1-5",
    b"20260105",
    b"\"Jan 5, 2026\"",
    b"2026-02-30",
    b"2026-08-17T00:00:00Z",
    b"46000",
    b"#N/A",
    b"1.23E+11",
    b"5.0",
    b"\"1,5\"",
    b"-1",
    b"a\"b",
    b"\"a\"b",
    b"\"a\" ",
    b" \"a\"",
    b"\"a",
    b"\"",
    b"a\"",
    b"\"a\"\"b\"",
    b"\"a\nb\"",
    b"\"a\r\nb\"",
    b"\"a\rb,\n\"",
    b"a,b",
    b"\"a,b\"",
    b"\"a, b\"",
    b"x\x01y",
    b"\0",
    b"\xE9t\xE9",
    b"\xC3\xA9",
    b"s1",
    b"u1",
    b"u9",
    b"\"u1,u9\"",
    b"\"t1, y\"",
    b"t1;y",
    b"k1",
    b"tobedeleted",
    b"active",
    b"Active",
    b"2026-08-17 12:00:00",
    b"ada@example",
    b"S1",
    b"NULL",
    b"n/a",
    b"-",
    b"school",
    b"School",
    b"9",
    b"KG",
    b"K",
    b"bulk",
    b"Delta",
    b"absent",
    b"=1+1",
    b"'01",
];

const LABELS: &[&[u8]] = &[
    b"sourcedID",
    b" status",
    b"\"title\"",
    b"Date Last Modified",
    b"",
    b"extra",
    b"metadata.x",
    b"sourcedId",
    b"name\xE9",
    b"\"two\nlines\"",
    b"x\"y",
    b"metadata.",
    b"role",
    b"Type",
];

const ENDS: [&[u8]; 4] = [b"\n", b"\r\n", b"\r", b""];

/// What stands in cells and labels that go wrong.
#[derive(Clone, Copy)]
pub struct Pool {
    pub cells: &'static [&'static [u8]],
    pub labels: &'static [&'static [u8]],
}

const ROSTERS: Pool = Pool {
    cells: CELLS,
    labels: LABELS,
};

/// One thing that goes wrong.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    Cell(Index, Index, Index),
    Label(Index, Index),
    DropLabel(Index),
    DropLabels(Index, Index),
    AddColumn(Index, Index),
    SwapColumns(Index, Index),
    DropCell(Index),
    AddCell(Index, Index),
    DropRecord(Index),
    RepeatRecord(Index, Index),
    Blank(Index),
    Blanks(Index, Index),
    Title,
    End(Index, Index),
    NoLastEnd,
    Mark,
    Wide,
    Delimiter(Index),
    AllEnds(Index),
    Rename,
    Leave,
}

pub fn fault() -> impl Strategy<Value = (Index, Fault)> {
    let i = any::<Index>;
    let fault = prop_oneof![
        24 => (i(), i(), i()).prop_map(|(r, c, v)| Fault::Cell(r, c, v)),
        2 => (i(), i()).prop_map(|(c, v)| Fault::Label(c, v)),
        1 => i().prop_map(Fault::DropLabel),
        1 => (i(), i()).prop_map(|(a, b)| Fault::SwapColumns(a, b)),
        2 => i().prop_map(Fault::DropCell),
        2 => (i(), i()).prop_map(|(r, v)| Fault::AddCell(r, v)),
        1 => i().prop_map(Fault::DropRecord),
        3 => (i(), i()).prop_map(|(r, n)| Fault::RepeatRecord(r, n)),
        2 => i().prop_map(Fault::Blank),
        1 => (i(), i()).prop_map(|(r, n)| Fault::Blanks(r, n)),
        1 => Just(Fault::Title),
        2 => (i(), i()).prop_map(|(r, e)| Fault::End(r, e)),
        1 => Just(Fault::NoLastEnd),
        1 => Just(Fault::Mark),
        1 => Just(Fault::Wide),
        1 => i().prop_map(Fault::Delimiter),
        2 => i().prop_map(Fault::AllEnds),
        1 => Just(Fault::Rename),
        1 => Just(Fault::Leave),
    ];
    (i(), fault)
}

/// A file taken apart: cells as they stand in the file, and the line break of each record.
pub struct Table {
    name: String,
    pool: Pool,
    records: Vec<(Vec<Vec<u8>>, &'static [u8])>,
    delimiter: u8,
    mark: bool,
    wide: bool,
    gone: bool,
}

impl Table {
    /// A file whose cells are separated by tabs, which nothing quotes.
    pub fn log(name: &str, text: &str, pool: Pool) -> Table {
        let cells = |line: &str| line.split('\t').map(|cell| cell.into()).collect();
        Table {
            pool,
            records: text.lines().map(|line| (cells(line), ENDS[0])).collect(),
            delimiter: b'\t',
            ..Table::new(name, "", pool)
        }
    }

    /// A file of that name.
    pub fn new(name: &str, text: &str, pool: Pool) -> Table {
        let mut rows = csv::ReaderBuilder::new();
        let rows = rows
            .has_headers(false)
            .from_reader(text.as_bytes())
            .into_byte_records();
        let quote = |cell: &[u8]| {
            let mut out = Vec::new();
            hallpass::records::Dialect::CSV.write(cell, &mut out);
            out
        };
        let records = rows.map(|row| (row.unwrap().iter().map(quote).collect(), ENDS[0]));
        Table {
            name: name.to_owned(),
            pool,
            records: records.collect(),
            delimiter: b',',
            mark: false,
            wide: false,
            gone: false,
        }
    }

    pub fn apply(&mut self, fault: Fault) {
        let count = self.records.len();
        let data = |index: Index| {
            if count > 1 {
                1 + index.index(count - 1)
            } else {
                0
            }
        };
        let Pool { cells, labels } = self.pool;
        let pick = |index: Index, from: &[&[u8]]| from[index.index(from.len())].to_vec();
        let pool = cells;
        match fault {
            Fault::Cell(record, column, value) => {
                let cells = &mut self.records[data(record)].0;
                if !cells.is_empty() {
                    let column = column.index(cells.len());
                    cells[column] = pick(value, pool);
                }
            }
            Fault::Label(column, label) => {
                let cells = &mut self.records[0].0;
                let column = column.index(cells.len());
                cells[column] = pick(label, labels);
            }
            Fault::DropLabel(column) => {
                let column = column.index(self.records[0].0.len());
                for (cells, _) in &mut self.records {
                    if column < cells.len() && cells.len() > 1 {
                        cells.remove(column);
                    }
                }
            }
            Fault::DropLabels(first, many) => {
                let width = self.records[0].0.len();
                let first = first.index(width);
                let last = first + many.index(width) / 4;
                for (cells, _) in &mut self.records {
                    let end = cells.len().min(last);
                    cells.drain(first.min(end)..end);
                }
            }
            Fault::AddColumn(column, label) => {
                let column = column.index(self.records[0].0.len() + 1);
                for (at, (cells, _)) in self.records.iter_mut().enumerate() {
                    let cell = if at == 0 {
                        pick(label, labels)
                    } else {
                        Vec::new()
                    };
                    if column <= cells.len() {
                        cells.insert(column, cell);
                    }
                }
            }
            Fault::SwapColumns(a, b) => {
                let (a, b) = (
                    a.index(self.records[0].0.len()),
                    b.index(self.records[0].0.len()),
                );
                for (cells, _) in &mut self.records {
                    if a.max(b) < cells.len() {
                        cells.swap(a, b);
                    }
                }
            }
            Fault::DropCell(record) => {
                self.records[data(record)].0.pop();
            }
            Fault::AddCell(record, value) => {
                self.records[data(record)].0.push(pick(value, &pool[..8]));
            }
            Fault::DropRecord(record) if count > 1 => {
                self.records.remove(data(record));
            }
            Fault::RepeatRecord(record, at) if count > 1 => {
                let copy = self.records[data(record)].clone();
                self.records.insert(data(at), copy);
            }
            Fault::Blank(at) => self.records.insert(data(at), (Vec::new(), ENDS[0])),
            Fault::Blanks(at, cells) => {
                let cells = vec![Vec::new(); cells.index(30)];
                self.records.insert(data(at), (cells, ENDS[0]));
            }
            Fault::Title => {
                let title = vec![b"Export of today".to_vec()];
                self.records.insert(0, (title, ENDS[0]));
            }
            Fault::End(record, end) => self.records[record.index(count)].1 = ENDS[end.index(3)],
            Fault::NoLastEnd => self.records[count - 1].1 = ENDS[3],
            Fault::Mark => self.mark = true,
            Fault::Wide => self.wide = true,
            Fault::Delimiter(which) => {
                let others = b",;\t|".iter().filter(|byte| **byte != self.delimiter);
                self.delimiter = *others.collect::<Vec<_>>()[which.index(3)];
            }
            Fault::AllEnds(end) => {
                for record in &mut self.records {
                    record.1 = ENDS[end.index(3)];
                }
            }
            Fault::Rename => self.name = self.name.to_uppercase(),
            Fault::Leave => self.gone = true,
            Fault::DropRecord(_) | Fault::RepeatRecord(..) => {}
        }
    }

    /// The file, unless it was left out.
    pub fn into_files(self) -> Files {
        let file = (!self.gone).then(|| (self.name.clone(), self.bytes()));
        Files(file.into_iter().collect())
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for (cells, end) in &self.records {
            out.extend(cells.join(&self.delimiter));
            out.extend_from_slice(end);
        }
        if self.wide {
            let text = format!("\u{FEFF}{}", String::from_utf8_lossy(&out));
            return text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        }
        match self.mark {
            true => [b"\xEF\xBB\xBF", &*out].concat(),
            false => out,
        }
    }
}

/// The clean bundle.
pub fn clean() -> Files {
    let files = CLEAN.iter();
    Files(
        files
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
            .collect(),
    )
}

/// One file in which each odd cell stands once, under a label that asks something of it.
pub fn every_oddity() -> Vec<u8> {
    let labels = "sourcedId,status,enabledUser,givenName,email,grades,primaryOrgSourcedId";
    let mut out = labels.as_bytes().to_vec();
    for (at, cell) in CELLS.iter().enumerate() {
        let end = if at % 7 == 0 { ENDS[at % 3] } else { b"," };
        out.extend_from_slice(end);
        out.extend_from_slice(cell);
    }
    out
}

/// Bundles with some faults.
pub fn faulty() -> impl Strategy<Value = Files> {
    prop::collection::vec(fault(), 0..12).prop_map(|faults| {
        let mut tables: Vec<Table> = CLEAN
            .iter()
            .map(|(name, text)| Table::new(name, text, ROSTERS))
            .collect();
        for (table, fault) in faults {
            let at = table.index(tables.len());
            tables[at].apply(fault);
        }
        let files = tables.into_iter().flat_map(|table| table.into_files().0);
        Files(files.collect())
    })
}
