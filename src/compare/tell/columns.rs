//! Which columns and layouts the sides do not share.

use super::Tell;
use crate::compare::file::{File, Side};
use crate::finding::Severity::Info;

impl Tell {
    /// Columns that one side alone has.
    pub fn columns(&mut self, file: &File) {
        let (Some(old), Some(new)) = (file.half(Side::Old), file.half(Side::New)) else {
            return;
        };
        let name = file.name();
        let labels = |is_meant: &dyn Fn(usize) -> bool| {
            let meant = (0..file.names.len()).filter(|slot| is_meant(*slot));
            let labels = meant.map(|slot| format!("`{}`", file.names[slot]));
            labels.collect::<Vec<String>>()
        };
        let of_old = labels(&|slot| old.has(slot) && !new.has(slot));
        let of_new = labels(&|slot| new.has(slot) && !old.has(slot));
        if file.are_mixed {
            let left = |slot: usize| !file.counts[slot] && !file.key.contains(&slot);
            let of_some = labels(&|slot| old.has(slot) && new.has(slot) && left(slot));
            let alone = [
                (of_old, "OLD alone"),
                (of_new, "NEW alone"),
                (of_some, "some files of a side alone"),
            ];
            let total = alone.iter().map(|(labels, _)| labels.len() as u64);
            let total = total.sum::<u64>().max(1);
            let alone = alone.iter().filter(|(labels, _)| !labels.is_empty());
            let alone = alone.map(|(labels, word)| format!("{} ({word})", labels.join(", ")));
            let alone: Vec<String> = alone.collect();
            let not = match alone.is_empty() {
                true => String::new(),
                false => format!(", and not {}", alone.join(" and ")),
            };
            let [old, new] = [old, new].map(|half| half.layouts().join("` and `"));
            let message = format!(
                "`{name}`: OLD is `{old}` and NEW is `{new}`; expected one layout, so what all have was compared{not}"
            );
            self.add("other-layout", Info, Some(name), total, message);
            return;
        }
        for (word, labels) in [("OLD", of_old), ("NEW", of_new)] {
            if !labels.is_empty() {
                let total = labels.len() as u64;
                let stand = if total == 1 { "stands" } else { "stand" };
                let message = format!(
                    "{} of {name} {stand} in {word} alone; expected the same columns, so the other side was read as empty there",
                    labels.join(", ")
                );
                self.add("other-columns", Info, Some(name), total, message);
            }
        }
    }
}
