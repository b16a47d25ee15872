//! What DataShop knows a step by: a fingerprint of where it is.

/// What stands between two levels of a hierarchy in the fingerprint.
pub const BETWEEN: &str = "XXX ";

/// The Step ID of a step that was imported as text: MD5, in small hexadecimal digits. `hierarchy` is
/// `(title) value` for each level, the outer one first, with [`BETWEEN`] between two. The three other
/// parts of the fingerprint stand in no transaction file.
pub fn step_id(hierarchy: &str, problem: &str, step: &str) -> String {
    let text = format!("null{hierarchy}{problem}nullnull{step}");
    format!("{:x}", md5::compute(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_id_is_the_fingerprint_of_the_joined_parts() {
        let hierarchy = ["(Unit) Fractions", "(Section) Adding"].join(BETWEEN);
        // md5sum of `null(Unit) FractionsXXX (Section) AddingP1nullnulla`
        assert_eq!(
            step_id(&hierarchy, "P1", "a"),
            "2222ec2d3df0fb123604eab4f509e283"
        );
    }
}
