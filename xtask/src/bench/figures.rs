//! A figure: what was asked for, what was measured, and how far the one is from the other.

use super::runs::median;

/// On which side of the goal the measured number has to be.
#[derive(Clone, Copy)]
pub enum Goal {
    AtLeast(f64),
    AtMost(f64),
    Between(f64, f64),
}

/// One figure.
pub struct Figure {
    /// What is compared with what.
    pub what: String,
    /// What was asked for.
    pub goal: Goal,
    /// What was measured, once for each round.
    pub seen: Vec<f64>,
    /// Why there is nothing, where there is nothing.
    pub instead: String,
    /// Of the goal and of what was measured: `MB`, or nothing for a ratio.
    pub unit: &'static str,
}

impl Figure {
    /// A ratio.
    pub fn new(what: String, goal: Goal, seen: Vec<f64>) -> Self {
        let (instead, unit) = (String::new(), "");
        Self {
            what,
            goal,
            seen,
            instead,
            unit,
        }
    }

    /// The same in another unit.
    pub fn unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    /// What was asked for, in words.
    pub fn asked(&self) -> String {
        match self.goal {
            Goal::AtLeast(goal) => format!("at least {}{}", number(goal), self.unit),
            Goal::AtMost(goal) => format!("at most {}{}", number(goal), self.unit),
            Goal::Between(least, most) => {
                format!("{} to {}{}", number(least), number(most), self.unit)
            }
        }
    }

    /// The median, and between what it lies.
    pub fn measured(&self) -> String {
        let instead = || match self.instead.as_str() {
            "" => "not measured".to_owned(),
            why => format!("not measured: {why}"),
        };
        spread(&self.seen).map_or_else(instead, |text| text + self.unit)
    }

    /// `met`, or by how much it is missed.
    pub fn verdict(&self) -> String {
        let Some(seen) = median(&self.seen) else {
            return String::new();
        };
        let missed = match self.goal {
            Goal::AtLeast(goal) => 1.0 - seen / goal,
            Goal::AtMost(goal) => seen / goal - 1.0,
            Goal::Between(least, most) => (1.0 - seen / least).max(seen / most - 1.0),
        };
        if missed <= 0.0 {
            return "met".to_owned();
        }
        format!("missed by {:.0} %", (missed * 100.0).round().max(1.0))
    }
}

/// The median of several numbers, with the least and the most where there are several.
pub fn spread(numbers: &[f64]) -> Option<String> {
    let middle = median(numbers)?;
    let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let most = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Some(match numbers.len() {
        1 => number(middle),
        _ => format!("{} ({}..{})", number(middle), number(least), number(most)),
    })
}

/// A number with three figures.
pub fn number(number: f64) -> String {
    match number.abs() {
        100.0.. => format!("{number:.0}"),
        10.0.. => format!("{number:.1}"),
        _ => format!("{number:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(goal: Goal, seen: &[f64]) -> String {
        Figure::new(String::new(), goal, seen.to_vec()).verdict()
    }

    #[test]
    fn a_figure_says_by_how_much_it_is_missed() {
        assert_eq!(verdict(Goal::AtLeast(4.0), &[4.0, 5.0, 3.0]), "met");
        assert_eq!(verdict(Goal::AtLeast(4.0), &[3.0]), "missed by 25 %");
        assert_eq!(
            verdict(Goal::AtMost(100.0), &[101.0, 90.0, 130.0]),
            "missed by 1 %"
        );
        assert_eq!(verdict(Goal::AtMost(100.0), &[]), "");
        assert_eq!(verdict(Goal::Between(0.9, 1.1), &[0.95]), "met");
        assert_eq!(verdict(Goal::Between(0.9, 1.1), &[0.72]), "missed by 20 %");
        assert_eq!(verdict(Goal::Between(0.9, 1.1), &[2.2]), "missed by 100 %");
    }
}
