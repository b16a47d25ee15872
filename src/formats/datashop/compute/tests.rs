//! Hand-worked examples. `tests/convert/to-student-*` and `to-kc-model` show whole tables.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::events::Events;
use super::names::Names;
use super::problems::problems;
use super::steps::{Steps, steps};
use super::transactions::{Computed, computed, disagreements};
use super::{Given, Last, Outcome, Row, Teaches, Visits, seconds};

/// A student's transaction of the session 1 at a time, at a step of a problem.
fn at(number: u64, time: i64, problem: u32, step: u32, outcome: Outcome) -> Row {
    Row {
        number,
        time,
        start: None,
        student: 0,
        session: 1,
        problem,
        step: Some(problem * 100 + step),
        view: None,
        skills: 0,
        conditions: 0,
        outcome,
        visits: Visits::Guessed,
        teaches: Teaches::Yes,
        given: Given::default(),
    }
}

use Outcome::{Correct, Hint, Incorrect};

/// Names with some lists of KCs: none, the first, the second, both.
fn names() -> Names {
    let mut names = Names::default();
    let lists: [&[u32]; 4] = [&[], &[0, 1], &[0, 2], &[0, 1, 0, 2]];
    for list in lists {
        names.list(list);
    }
    names
}

fn in_order(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by(Row::order);
    rows
}

fn computed_of(rows: &[Row]) -> Vec<Computed> {
    computed(rows, &Events::new(rows))
}

fn steps_of(rows: &[Row]) -> Steps {
    steps(rows, &Events::new(rows), &names())
}

/// Views and starts of the transactions.
fn visits(rows: &[Row]) -> Vec<(Option<u32>, Option<i64>)> {
    let all = computed_of(rows).into_iter();
    all.map(|computed| (computed.view, computed.start))
        .collect()
}

#[test]
fn visits_are_guessed_by_the_problem_before() {
    let rows = [
        at(1, 1000, 7, 1, Correct),
        at(2, 1010, 7, 2, Correct),
        // Another problem: it began when the one before was left.
        at(3, 1030, 8, 1, Correct),
        at(4, 1040, 7, 1, Correct),
        // After more than ten minutes it began with itself.
        at(5, 1641, 8, 1, Correct),
    ];
    let expected = [
        (Some(1), Some(1000)),
        (Some(1), Some(1000)),
        (Some(1), Some(1010)),
        (Some(2), Some(1030)),
        (Some(2), Some(1641)),
    ];
    assert_eq!(visits(&rows), expected);
}

#[test]
fn visits_with_a_start_are_numbered_by_it_over_all_sessions() {
    let told = |number, time, start: Option<i64>, session| Row {
        start,
        session,
        visits: Visits::Told,
        ..at(number, time, 7, 1, Correct)
    };
    let rows = [
        told(1, 1000, Some(990), 1),
        told(2, 1100, Some(1090), 2),
        // What has no start belongs to the last visit that had begun.
        told(3, 1105, None, 1),
        // A visit cannot begin behind its transaction: this one is of the visit before.
        told(4, 1110, Some(1200), 1),
    ];
    let expected = [
        (Some(1), Some(990)),
        (Some(2), Some(1090)),
        (Some(2), Some(1090)),
        (Some(2), Some(1090)),
    ];
    assert_eq!(visits(&rows), expected);
}

#[test]
fn visits_with_a_view_keep_it() {
    let told = |number, time, view, start| Row {
        view,
        start,
        visits: Visits::Told,
        ..at(number, time, 7, 1, Correct)
    };
    let rows = [
        told(1, 1000, Some(3), None),
        told(2, 1010, Some(3), None),
        told(3, 1020, Some(1), Some(1015)),
        told(4, 1030, None, None),
    ];
    let expected = [
        (Some(3), Some(1000)),
        (Some(3), Some(1000)),
        (Some(1), Some(1015)),
        (None, None),
    ];
    assert_eq!(visits(&rows), expected);
}

#[test]
fn durations_run_from_the_transaction_before_or_the_problem_s_start() {
    let rows = [
        at(1, 1000, 7, 1, Hint),
        at(2, 1012, 7, 1, Correct),
        // Three of one time and problem share ten seconds.
        at(3, 1022, 7, 2, Incorrect),
        at(4, 1022, 7, 3, Incorrect),
        at(5, 1022, 7, 2, Correct),
        // Six hundred seconds still count, more do not.
        at(6, 1622, 7, 3, Correct),
        at(7, 2223, 7, 4, Correct),
    ];
    let durations: Vec<_> = computed_of(&rows).iter().map(|of| of.duration).collect();
    let third = Some(3333);
    let expected = [
        Some(0),
        Some(12_000),
        third,
        third,
        third,
        Some(600_000),
        None,
    ];
    assert_eq!(durations, expected);
    let begun = Row {
        start: Some(980),
        visits: Visits::Told,
        ..rows[0]
    };
    assert_eq!(computed_of(&[begun])[0].duration, Some(20_000));
}

#[test]
fn attempts_are_counted_in_each_visit() {
    let mut rows = vec![
        at(1, 1000, 7, 1, Hint),
        at(2, 1010, 7, 1, Correct),
        at(3, 1020, 8, 1, Correct),
        at(4, 1030, 7, 1, Incorrect),
        at(5, 1040, 7, 1, Correct),
    ];
    rows.push(Row {
        step: None,
        ..at(6, 1050, 7, 1, Correct)
    });
    let all = computed_of(&rows);
    let attempts: Vec<_> = all.iter().map(|of| of.attempt).collect();
    assert_eq!(
        attempts,
        [Some(1), Some(2), Some(1), Some(1), Some(2), None]
    );
    let last: Vec<bool> = all.iter().map(|of| of.last == Some(Last::Yes)).collect();
    assert_eq!(last, [false, false, true, false, true, false]);
    assert_eq!(all[5].last, None);
}

/// Whichever session the file names first: their numbers tell nothing of time.
#[test]
fn without_visits_the_last_attempt_is_that_of_the_session_that_began_last() {
    let rows = [2, 1].map(|session| Row {
        session,
        visits: Visits::Told,
        ..at(
            3 - u64::from(session),
            1000 - 10 * i64::from(session),
            7,
            1,
            Correct,
        )
    });
    let last = computed_of(&rows).into_iter().map(|row| row.last);
    assert!(last.eq([Some(Last::No), Some(Last::Yes)]));
}

#[test]
fn what_the_file_says_otherwise_is_told() {
    let given = Given {
        duration: Some(5500),
        attempt: Some(1),
        last: Some(Last::No),
    };
    let rows = [Row {
        given,
        ..at(1, 1000, 7, 1, Correct)
    }];
    let told = disagreements(&rows, &computed_of(&rows));
    let told: Vec<_> = told
        .iter()
        .map(|told| (told.of.field(), told.of.text(told.given), told.computed))
        .collect();
    let duration = ("Duration (sec)", "5.5".to_owned(), Some(0));
    let last = ("Is Last Attempt", "0".to_owned(), Some(1));
    assert_eq!(told, [duration, last]);
}

#[test]
fn a_step_begins_with_its_problem_or_with_the_step_before() {
    let rows = [
        at(1, 1000, 7, 1, Incorrect),
        at(2, 1010, 7, 1, Correct),
        at(3, 1030, 7, 2, Correct),
        // At the time of the one before: both began when the last one earlier was done.
        at(4, 1030, 7, 3, Hint),
    ];
    let steps = steps_of(&rows);
    let starts: Vec<_> = steps.rows.iter().map(|row| row.start).collect();
    assert_eq!(starts, [Some(1000), Some(1010), Some(1010)]);
    let durations: Vec<_> = steps.rows.iter().map(|row| row.duration).collect();
    assert_eq!(durations, [Some(10_000), Some(10_000), Some(10_000)]);
    let row = &steps.rows[0];
    assert_eq!((row.first, row.correct, row.end), (1000, Some(1010), 1010));
    assert_eq!((row.incorrects, row.hints, row.corrects), (1, 0, 1));
    assert_eq!(
        (row.correct_duration(), row.error_duration()),
        (None, Some(10_000))
    );
}

#[test]
fn kcs_are_those_of_correct_transactions_if_there_are_any() {
    let with = |row: Row, skills| Row { skills, ..row };
    let rows = [
        with(at(1, 1000, 7, 1, Incorrect), 1),
        with(at(2, 1010, 7, 1, Correct), 2),
        with(at(3, 1020, 7, 2, Incorrect), 3),
        with(at(4, 1030, 7, 2, Incorrect), 2),
    ];
    let steps = steps_of(&rows);
    let skills: Vec<_> = steps
        .rows
        .iter()
        .map(|row| &steps.ties[row.tie].skills[..])
        .collect();
    assert_eq!(skills, [&[(0, 2)][..], &[(0, 1), (0, 2)]]);
    let counts: Vec<_> = steps
        .rows
        .iter()
        .map(|row| &row.opportunities[..])
        .collect();
    assert_eq!(counts, [&[1][..], &[1, 2]]);
}

#[test]
fn assessing_alone_is_no_opportunity_for_what_follows() {
    let with = |number, step, teaches| Row {
        skills: 1,
        teaches,
        ..at(number, 1000 + number as i64, 7, step, Correct)
    };
    let (yes, no) = (Teaches::Yes, Teaches::No);
    let rows = [
        with(1, 1, no),
        with(2, 2, no),
        with(3, 3, yes),
        with(4, 4, no),
        with(5, 5, no),
    ];
    let steps = steps_of(&rows);
    let counts: Vec<_> = steps.rows.iter().map(|row| row.opportunities[0]).collect();
    assert_eq!(counts, [1, 1, 1, 2, 2]);
}

#[test]
fn problems_are_made_of_their_steps() {
    let rows = [
        at(1, 1000, 7, 1, Incorrect),
        at(2, 1010, 7, 1, Correct),
        at(3, 1030, 7, 2, Correct),
        at(4, 1050, 8, 1, Hint),
        at(5, 1060, 7, 1, Correct),
    ];
    let problems = problems(&steps_of(&rows));
    let times: Vec<_> = problems
        .iter()
        .map(|of| (of.problem, of.view, of.start, of.end))
        .collect();
    assert_eq!(
        times,
        [(7, 1, 1000, 1030), (8, 1, 1030, 1050), (7, 2, 1050, 1060)]
    );
    let first = &problems[0];
    assert_eq!((first.steps, first.firsts, first.unknown_starts), (2, 1, 0));
    assert_eq!((first.incorrects, first.hints, first.corrects), (1, 0, 2));
}

#[test]
fn seconds_have_no_more_decimals_than_they_need() {
    let all = [0, 5, 500, 3333, 12_000].map(seconds);
    assert_eq!(all, ["0", "0.005", "0.5", "3.333", "12"]);
}

/// A student's transactions at different times.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let outcome = prop_oneof![
        Just(Correct),
        Just(Incorrect),
        Just(Hint),
        Just(Outcome::Unknown)
    ];
    let one = (1..900_i64, 1..4_u32, 0..4_u32, outcome, 0..4_u32, 1..3_u32);
    proptest::collection::vec(one, 1..40).prop_map(|all| {
        let mut time = 1000;
        let all = all.into_iter().zip(1..);
        let all = all.map(
            |((passed, problem, step, outcome, skills, session), number)| {
                time += passed;
                Row {
                    step: (step > 0).then_some(problem * 100 + step),
                    skills,
                    session,
                    ..at(number, time, problem, 0, outcome)
                }
            },
        );
        all.collect()
    })
}

proptest! {
    /// Attempts in one visit are 1, 2, 3 …, and one of all attempts at a step is the last.
    #[test]
    fn attempts_count_up(rows in rows()) {
        let all = computed_of(&rows);
        for step in rows.iter().filter_map(|row| row.step) {
            let of = rows.iter().zip(&all).filter(|(row, _)| row.step == Some(step));
            let of: Vec<&Computed> = of.map(|(_, computed)| computed).collect();
            prop_assert_eq!(of.iter().filter(|of| of.last == Some(Last::Yes)).count(), 1);
            for view in of.iter().map(|of| of.view) {
                let attempts = of.iter().filter(|of| of.view == view).map(|of| of.attempt);
                prop_assert!(attempts.eq((1..).map(Some).take(of.iter().filter(|of| of.view == view).count())));
            }
        }
    }

    /// Nothing of a student's transactions at steps is lost or counted twice.
    #[test]
    fn every_transaction_at_a_step_is_of_one_row(rows in rows()) {
        let of = |outcome| rows.iter().filter(|row| row.step.is_some() && row.outcome == outcome).count() as u32;
        let steps = steps_of(&rows);
        let sum = |of: fn(&super::steps::Step) -> u32| steps.rows.iter().map(of).sum::<u32>();
        prop_assert_eq!(sum(|step| step.corrects), of(Correct));
        prop_assert_eq!(sum(|step| step.incorrects), of(Incorrect));
        prop_assert_eq!(sum(|step| step.hints), of(Hint));
        let problems = problems(&steps);
        prop_assert_eq!(problems.iter().map(|problem| problem.steps).sum::<u32>(), steps.rows.len() as u32);
        for step in &steps.rows {
            prop_assert!(step.start.is_none_or(|start| start <= step.first && step.first - start <= 600));
            prop_assert!(step.first <= step.end);
        }
    }

    /// Only the order of times counts where no two are equal.
    #[test]
    fn numbers_of_transactions_do_not_matter(rows in rows(), turn in 0..40_u64) {
        let turned = rows.iter().map(|row| Row { number: (row.number + turn) % 41, ..*row });
        let turned = in_order(turned.collect());
        prop_assert_eq!(computed_of(&turned), computed_of(&rows));
    }
}
