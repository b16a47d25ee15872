//! Invented names. None of the family names is a common one; the mixture has accents, apostrophes,
//! hyphens and other scripts because real class lists have them.

/// Given names.
pub const GIVEN: [&str; 48] = [
    "Ailo", "Bexley", "Corin", "Dafina", "Éloïse", "Fennick", "Galia", "Hollis", "Ilse", "Jovan",
    "Kestrel", "Liesl", "Maëlle", "Niko", "Odalys", "Piers", "Quilla", "Rosalba", "Søren",
    "Tamsin", "Ulric", "Veda", "Wren", "Ximena", "Yarrow", "Zofia", "Anouk", "Bram", "Cleo", "Dov",
    "Esme", "Florin", "Gwenna", "Hugo", "Inés", "Jarek", "Kaia", "Łucja", "Milo", "Noor", "Orla",
    "Pavel", "Rhea", "Stellan", "Thi", "Umar", "Vesna", "明子",
];

/// Family names.
pub const FAMILY: [&str; 48] = [
    "Applewhisk",
    "Barrowmere",
    "Calderfen",
    "Dunmarrow",
    "Eastlark",
    "Fernsby-Oak",
    "Gallowglen",
    "Harrowick",
    "Inkpenny",
    "Jessamoor",
    "Kettlebrook",
    "Larkspire",
    "Muñozar",
    "Nightwater",
    "O'Thistle",
    "Pennyfold",
    "Quillbrand",
    "Rookhaven",
    "Sandwether",
    "Tolliverne",
    "Underhazel",
    "Vannoch",
    "Wickenby",
    "Yewbarrow",
    "Zellwarde",
    "Ashgrovel",
    "Brindlecote",
    "Cobbleton",
    "Dovecrest",
    "Elmsworthy",
    "Foxmantle",
    "Greyhollin",
    "Heatherlow",
    "Ivorsby",
    "Juniperra",
    "Knollside",
    "Lindqvara",
    "Mossbrücke",
    "Northwillow",
    "Oakhurstle",
    "Plumbarrow",
    "Ravenscoe",
    "Silverbeck",
    "Thornapple",
    "Umberfield",
    "Valebrookes",
    "Willowmere",
    "北原野",
];

/// The name in ASCII letters, for user names and addresses: what cannot be spelled is left out.
pub fn plain(name: &str) -> String {
    let fold = |c: char| match c {
        'É' | 'é' | 'ë' => 'e',
        'ï' => 'i',
        'ø' => 'o',
        'ü' => 'u',
        'ñ' => 'n',
        'Ł' => 'l',
        other => other.to_ascii_lowercase(),
    };
    let name: String = name
        .chars()
        .map(fold)
        .filter(char::is_ascii_lowercase)
        .collect();
    if name.is_empty() {
        "user".to_owned()
    } else {
        name
    }
}
