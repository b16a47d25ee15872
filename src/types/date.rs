//! A day of the calendar, `YYYY-MM-DD`. Days are counted from 1970-01-01. What else people write
//! for a day is read by [`readings`]; a day-month order that only a whole column can tell is left
//! to whoever sees the column.

use super::Mend;
pub use super::readings::{Order, Readings, Swappable, order, readings, swappable};

/// The days from 1970-01-01 to a day written `YYYY-MM-DD` (OR12-TYP-DATE) that the calendar has.
#[must_use]
pub fn days(cell: &[u8]) -> Option<i32> {
    // All ten bytes at once, as two words. Less what they are in `0000-00-00` digits are 0 to 9 and
    // the rest is 0; whatever is not, grows past 15 by what is added to it.
    let (front, back) = <&[u8; 10]>::try_from(cell).ok()?.split_first_chunk::<8>()?;
    let back: [u8; 2] = back.try_into().ok()?;
    let front = u64::from_le_bytes(*front) ^ u64::from_le_bytes(*b"0000-00-");
    let back = u16::from_le_bytes(back) ^ u16::from_le_bytes(*b"00");
    let past = front | front.wrapping_add(u64::from_le_bytes([6, 6, 6, 6, 15, 6, 6, 15]));
    let past_back = back | back.wrapping_add(0x0606);
    if past & 0xF0F0_F0F0_F0F0_F0F0 != 0 || past_back & 0xF0F0 != 0 {
        return None;
    }
    // Each digit ten times and the next one.
    let pairs = front * 10 + (front >> 8);
    let pair = |at: u32| (pairs >> (8 * at)) as u32 & 0xFF;
    let [tens, ones] = back.to_le_bytes();
    let day = u32::from(tens) * 10 + u32::from(ones);
    from_civil(pair(0) * 100 + pair(2), pair(5), day)
}

/// The day as `YYYY-MM-DD`; years outside 0 to 9999 come out longer and are no value of this type.
#[must_use]
pub fn text(days: i32) -> String {
    let (year, month, day) = to_civil(days);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The one day the cell can mean.
pub(super) fn mend(cell: &str) -> Option<Mend> {
    let readings = readings(cell);
    Some(Mend {
        text: text(readings.only()?),
        safety: readings.safety,
    })
}

/// The days from 1970-01-01 to a day of the (proleptic) Gregorian calendar, if there is such a day.
#[inline(always)]
pub(crate) fn from_civil(year: u32, month: u32, day: u32) -> Option<i32> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let is_in = |longest: u32| day <= longest;
    let known = (1..=12).contains(&month) && day > 0 && year <= 9999;
    let exists = is_in(28)
        || match month {
            2 => leap && is_in(29),
            4 | 6 | 9 | 11 => is_in(30),
            _ => is_in(31),
        };
    if !(known && exists) {
        return None;
    }
    // Years that begin in March, so that the leap day is the last; counted from the year -400, so
    // that nothing is negative: 865_565 days before 1970-01-01.
    let year = year + 400 - u32::from(month <= 2);
    let month = (month + 9) % 12;
    let count = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    i32::try_from(count).ok().map(|count| count - 865_565)
}

/// Year, month and day, 1970-01-01 being day 0 (Howard Hinnant, "chrono-compatible low-level date
/// algorithms", `civil_from_days`).
fn to_civil(days: i32) -> (i64, i64, i64) {
    let days = i64::from(days) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::types::{Type, tests::check};

    #[test]
    fn dates() {
        check(
            &Type::Date,
            &["2024-08-01", "2024-02-29", "0000-01-01", "9999-12-31"],
            &[
                ("2024/08/01", "2024-08-01"),
                ("2024-8-1", "2024-08-01"),
                ("20240801", "2024-08-01"),
                ("2024年8月1日", "2024-08-01"),
                ("15-Aug-2024", "2024-08-15"),
                ("August 15th, 2024", "2024-08-15"),
                ("Thu 15 Sept 2022", "2022-09-15"),
                ("15 de agosto de 2024", "2024-08-15"),
                ("8/15/2024", "2024-08-15"),
                ("15.8.2024", "2024-08-15"),
                ("5/5/2024", "2024-05-05"),
                ("2024-08-01T00:00:00Z", "2024-08-01"),
                ("8/15/2024 12:00:00 AM", "2024-08-15"),
                ("'2024\u{2011}08\u{2011}01", "2024-08-01"),
                ("2024-07-31T15:00:00Z", "? 2024-07-31"),
                ("31/12/24", "? 2024-12-31"),
                ("15-Aug-98", "? 1998-08-15"),
                ("99-12-31", "? 1999-12-31"),
                ("45505", "? 2024-08-01"),
                ("45505.5", "? 2024-08-01"),
                ("08152024", "? 2024-08-15"),
                ("03/04/2024", ""),
                ("2024-02-30", ""),
                ("2023-02-29", ""),
                ("2024-13-01", ""),
                ("1/2/3", ""),
                ("15/15/2024", ""),
                ("Term 1", ""),
                ("2024", ""),
                ("2024-08", ""),
            ],
        );
    }

    #[test]
    fn every_day_is_counted_as_chrono_counts_it() {
        let first = chrono::NaiveDate::from_ymd_opt(0, 1, 1).unwrap();
        let last = chrono::NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();
        let mut count = 0;
        for day in first.iter_days().take_while(|day| *day <= last) {
            let written = day.to_string();
            assert_eq!(
                days(written.as_bytes()),
                Some(day.to_epoch_days()),
                "{written}"
            );
            assert_eq!(text(day.to_epoch_days()), written);
            count += 1;
        }
        assert_eq!(count, 3_652_425);
    }

    #[test]
    fn days_the_calendar_lacks_are_refused_as_chrono_refuses_them() {
        for (year, month, day) in
            (1896..=2104).flat_map(|y| (0..=13).flat_map(move |m| (0..=32).map(move |d| (y, m, d))))
        {
            let theirs =
                chrono::NaiveDate::from_ymd_opt(year, month, day).map(|day| day.to_epoch_days());
            assert_eq!(
                days(format!("{year:04}-{month:02}-{day:02}").as_bytes()),
                theirs,
                "{year} {month} {day}"
            );
        }
    }

    #[test]
    fn a_column_can_learn_its_order_from_its_cells() {
        let cases: [(&[&str], Option<Order>); 6] = [
            (&["3/4/2024", "12/31/2024", ""], Some(Order::MonthFirst)),
            (&["31/12/2024", "2024-03-04"], Some(Order::DayFirst)),
            (&["3/4/2024", "5/5/2024", "hello"], None),
            (&["31/12/2024", "12/31/2024"], None),
            (&["31 Dec 2024", "45505"], None),
            (&[], None),
        ];
        for (cells, proven) in cases {
            assert_eq!(order(cells.iter().copied()), proven, "{cells:?}");
        }
    }

    #[test]
    fn a_cell_that_can_be_two_days_is_one_in_the_order_of_its_column() {
        let mend = |kind: &Type, cell: &str, order| {
            let both = swappable(kind, cell, order)?;
            Some((both.days.join(" "), both.mend.map(|mend| mend.text)))
        };
        let days = "2024-04-03 2024-03-04".to_owned();
        let (date, moment) = (&Type::Date, &Type::DateTime);
        let month = Some(Order::MonthFirst);
        let said = |text: &str| Some((days.clone(), Some(text.to_owned())));
        assert_eq!(mend(date, "3/4/2024", month), said("2024-03-04"));
        assert_eq!(
            mend(date, "3/4/24", Some(Order::DayFirst)),
            said("2024-04-03")
        );
        assert_eq!(
            mend(moment, "3/4/2024 1:05 PM", month),
            said("2024-03-04T13:05:00Z")
        );
        assert_eq!(mend(date, "3/4/2024", None), Some((days.clone(), None)));
        assert_eq!(mend(date, "3/3/2024", month), None);
        assert_eq!(mend(date, "12/31/2024", month), None);
    }

    #[test]
    fn a_cell_is_read_in_both_orders() {
        let order = |cell: &str| {
            let r = readings(cell);
            (r.day_first.map(text), r.month_first.map(text))
        };
        let both = (Some("2024-04-03".to_owned()), Some("2024-03-04".to_owned()));
        assert_eq!(order("03/04/2024"), both);
        assert_eq!(order("03/04/24"), both);
        assert_eq!(order("31/12/2024"), (Some("2024-12-31".to_owned()), None));
        assert_eq!(
            order("12/31/2024 0:00"),
            (None, Some("2024-12-31".to_owned()))
        );
        assert_eq!(order("hello"), (None, None));
    }
}
