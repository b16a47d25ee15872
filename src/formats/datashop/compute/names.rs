//! Texts, and lists of numbers, by numbers: what millions of rows repeat is kept once.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

/// Everything that rows name.
#[derive(Default)]
pub struct Names {
    texts: Numbers<str>,
    lists: Numbers<[u32]>,
    alike: HashMap<String, u32>,
}

impl Names {
    /// The number of a text.
    pub fn text(&mut self, text: &str) -> u32 {
        self.texts.number(text)
    }

    /// The number of a text that is one with all those that have this key, and spelled as the first.
    pub fn alike(&mut self, text: &str, key: String) -> u32 {
        let number = self.texts.number(text);
        *self.alike.entry(key).or_insert(number)
    }

    /// The number of a list of numbers.
    pub fn list(&mut self, list: &[u32]) -> u32 {
        self.lists.number(list)
    }

    /// The text of that number.
    pub fn text_of(&self, number: u32) -> &str {
        &self.texts.all[number as usize]
    }

    /// The list of that number.
    pub fn list_of(&self, number: u32) -> &[u32] {
        &self.lists.all[number as usize]
    }
}

/// Things by the order in which they were met first.
struct Numbers<T: ?Sized> {
    all: Vec<Arc<T>>,
    known: HashMap<Arc<T>, u32>,
}

impl<T: ?Sized> Default for Numbers<T> {
    fn default() -> Self {
        Numbers {
            all: Vec::new(),
            known: HashMap::new(),
        }
    }
}

impl<T: ?Sized + Hash + Eq> Numbers<T>
where
    for<'a> Arc<T>: Borrow<T> + From<&'a T>,
{
    fn number(&mut self, thing: &T) -> u32 {
        if let Some(known) = self.known.get(thing) {
            return *known;
        }
        let next = self.all.len() as u32;
        let thing: Arc<T> = Arc::from(thing);
        self.all.push(Arc::clone(&thing));
        self.known.insert(thing, next);
        next
    }
}
