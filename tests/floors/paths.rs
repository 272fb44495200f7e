//! Which modules of the crate a source text uses, and whether it may.

use super::tokens::{Token, tokens};
use std::path::Path;

/// The module a file is.
#[derive(Debug)]
pub struct Module {
    /// Its names from the crate's root: `model`, `reader`.
    path: Vec<String>,
}

impl Module {
    /// The module of a file, given from the source folder on.
    pub fn of_file(file: &Path) -> Self {
        let mut path: Vec<String> =
            file.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if path.last().is_some_and(|name| name == "mod") {
            path.pop();
        }
        Self { path }
    }

    fn top(&self) -> &str {
        &self.path[0]
    }
}

/// What is wrong with the uses in a module's text, in its order.
pub fn faults(module: &Module, text: &str, floor_of: &dyn Fn(&str) -> Option<usize>) -> Vec<String> {
    let Some(own) = floor_of(module.top()) else {
        return vec![format!("`{}` stands on no floor", module.top())];
    };
    let mut reader = Reader {
        tokens: tokens(text),
        depth: module.path.len(),
        braces: Vec::new(),
        uses: Vec::new(),
        faults: Vec::new(),
    };
    reader.read();
    let mut found = reader.faults;
    for (line, name) in reader.uses {
        match floor_of(&name) {
            _ if name == module.top() => {}
            Some(floor) if floor < own => {}
            Some(floor) => {
                found.push((line, format!("`{}` (floor {own}) uses `{name}` (floor {floor})", module.top())));
            }
            None => found.push((line, format!("`{name}` is not a module with a floor: name its module"))),
        }
    }
    found.sort_by_key(|(line, _)| *line);
    found.into_iter().map(|(line, fault)| format!("line {line}: {fault}")).collect()
}

struct Reader {
    tokens: Vec<Token>,
    /// Names between the crate's root and here, inline modules included.
    depth: usize,
    /// For each open brace, whether it opened an inline module.
    braces: Vec<bool>,
    uses: Vec<(usize, String)>,
    faults: Vec<(usize, String)>,
}

impl Reader {
    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.text)
    }

    fn fault(&mut self, at: usize, what: &str) {
        self.faults.push((self.tokens[at].line, what.to_owned()));
    }

    fn read(&mut self) {
        for at in 0..self.tokens.len() {
            match self.text(at) {
                "{" => self.open(at),
                "}" => self.close(),
                "crate" => self.crate_at(at),
                "super" => self.super_at(at),
                "impact_core" => self.fault(at, "the crate is used by its outer name: write `crate`"),
                "path" if self.text(at + 1) == "=" && at > 1 && self.text(at - 2) == "#" => {
                    self.fault(at, "`#[path]` hides where a module stands");
                }
                _ => {}
            }
        }
    }

    fn open(&mut self, at: usize) {
        let module = at >= 2 && self.text(at - 2) == "mod";
        self.braces.push(module);
        self.depth += usize::from(module);
    }

    fn close(&mut self) {
        let module = self.braces.pop().unwrap_or(false);
        self.depth -= usize::from(module);
    }

    fn crate_at(&mut self, at: usize) {
        if at > 0 && self.text(at - 1) == "extern" || self.is_visibility(at) {
            return; // `extern crate std` names no module; the crate's own name is refused where it stands
        }
        if self.text(at + 1) == "::" { self.first_names(at + 2) } else { self.unnamed(at) }
    }

    /// Notes the first name of a path, or of each path in a group.
    fn first_names(&mut self, at: usize) {
        match self.text(at) {
            "{" => {
                let mut depth = 0;
                for at in at..self.tokens.len() {
                    match self.text(at) {
                        "{" => depth += 1,
                        "}" => depth -= 1,
                        _ => {}
                    }
                    if depth == 0 {
                        return;
                    }
                    let starts = depth == 1 && matches!(self.text(at), "{" | ",");
                    if starts && self.text(at + 1) != "}" {
                        self.first_names(at + 1);
                    }
                }
            }
            "*" | "self" => self.unnamed(at),
            name => self.uses.push((self.tokens[at].line, name.to_owned())),
        }
    }

    /// Whether this is the start of `pub(crate)`, `pub(super)` or `pub(in crate::…)`.
    fn is_visibility(&self, at: usize) -> bool {
        let back = |steps: usize| at.checked_sub(steps).map_or("", |at| self.text(at));
        back(1) == "(" && back(2) == "pub" || back(1) == "in" && back(2) == "(" && back(3) == "pub"
    }

    fn unnamed(&mut self, at: usize) {
        self.fault(at, "`crate` is used without the name of a module");
    }

    /// Counts the `super`s of a path and refuses one that reaches the crate's root.
    fn super_at(&mut self, at: usize) {
        if !self.is_visibility(at) && self.climbed(at) + 1 >= self.depth {
            self.fault(at, "`super` climbs out of the module: name the path from `crate`");
        }
    }

    /// How many `super`s stand before this one in its path, through the groups it stands in.
    fn climbed(&self, at: usize) -> usize {
        let Some(mut before) = at.checked_sub(1) else { return 0 };
        if matches!(self.text(before), "{" | ",") {
            before = match self.group_start(before) {
                Some(brace) => brace,
                None => return 0,
            };
            before = match before.checked_sub(1) {
                Some(before) => before,
                None => return 0,
            };
        }
        if self.text(before) != "::" || before == 0 {
            return 0;
        }
        match self.text(before - 1) {
            "super" => 1 + self.climbed(before - 1),
            _ => 0,
        }
    }

    /// The brace of the group around a position, where a path stands before it.
    fn group_start(&self, from: usize) -> Option<usize> {
        let mut depth = 0;
        for at in (0..=from).rev() {
            match self.text(at) {
                "}" => depth += 1,
                "{" if depth == 0 => return (at > 0 && self.text(at - 1) == "::").then_some(at),
                "{" => depth -= 1,
                ";" => return None,
                _ => {}
            }
        }
        None
    }
}
