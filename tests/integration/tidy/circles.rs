//! Circles of imports between files: what imports what cannot be read, or taken out, without all the others.
//!
//! The rule: an import counts for the file that *defines* the item. Re-exports are followed to it; they and
//! `mod` lines are no imports of their own. So a parent that only re-exports its children makes no circle
//! with them; one that uses a child, and defines what that child uses, does. Tests and methods are left out.

use super::rust_files;
use super::tokens::{after_attribute, group, is_sign};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};

/// Folders of the crates, their root files, and the circles that are left in each: how many, and of how many
/// files. These numbers may only shrink.
const CRATES: [Sources; 8] = [
    Sources { folder: "src", roots: &["lib.rs", "main.rs"], circles: 0, files: 0 },
    Sources { folder: "sim-core/src", roots: &["lib.rs"], circles: 0, files: 0 },
    Sources { folder: "sim-experiments/src", roots: &["lib.rs"], circles: 0, files: 0 },
    Sources { folder: "sim-files/src", roots: &["lib.rs"], circles: 0, files: 0 },
    // The window's state and panels know each other.
    Sources { folder: "sim-gui/src", roots: &["main.rs"], circles: 4, files: 56 },
    Sources { folder: "sim-python/src", roots: &["lib.rs"], circles: 0, files: 0 },
    Sources { folder: "sim-mpi/src", roots: &["lib.rs", "main.rs"], circles: 0, files: 0 },
    Sources { folder: "tests/integration", roots: &["main.rs"], circles: 0, files: 0 },
];

struct Sources {
    folder: &'static str,
    roots: &'static [&'static str],
    circles: usize,
    files: usize,
}

/// A path of modules from the root of its crate. A second root (`main.rs` beside `lib.rs`) stands first in
/// its own.
type ModulePath = Vec<String>;

/// One name that a `use` brings in: the path as written, and the name here.
struct Import {
    path: Vec<String>,
    name: String,
}

#[derive(Default)]
struct Module {
    file: String,
    imports: Vec<Import>,
    reexports: Vec<Import>,
    defined: BTreeSet<String>,
    words: BTreeSet<String>,
    /// Every word and path `a::b::...` of its code but those of `use`.
    paths: BTreeSet<Vec<String>>,
}

#[derive(Default)]
struct Modules(BTreeMap<ModulePath, Module>);

fn word(tree: Option<&TokenTree>) -> Option<String> {
    match tree {
        Some(TokenTree::Ident(word)) => Some(word.to_string()),
        _ => None,
    }
}

/// The names of a tree of `use`, with what stands before it.
fn use_tree(trees: &[TokenTree], before: &[String], found: &mut Vec<Import>) {
    for part in trees.split(|tree| is_sign(Some(tree), ',')) {
        let mut path = before.to_vec();
        let mut name = None;
        let mut at = 0;
        while at < part.len() {
            match &part[at] {
                TokenTree::Group(list) => {
                    use_tree(&list.stream().into_iter().collect::<Vec<_>>(), &path, found);
                    path.clear();
                }
                TokenTree::Ident(as_) if as_ == "as" => {
                    at += 1;
                    name = word(part.get(at));
                }
                TokenTree::Ident(self_) if self_ == "self" && !path.is_empty() => {}
                TokenTree::Ident(step) => path.push(step.to_string()),
                TokenTree::Punct(star) if star.as_char() == '*' => path.push("*".to_owned()),
                _ => {}
            }
            at += 1;
        }
        if let Some(last) = path.last().cloned() {
            found.push(Import { name: name.unwrap_or(last), path });
        }
    }
}

impl Modules {
    /// The modules of a folder whose files are given by path and text.
    fn read(folder: &str, roots: &[&str], files: &BTreeMap<String, String>) -> Modules {
        let mut modules = Modules::default();
        for (at, root) in roots.iter().enumerate() {
            let path = if at == 0 { Vec::new() } else { vec![format!("#{root}")] };
            modules.file(files, format!("{folder}/{root}"), &path, folder);
        }
        modules
    }

    fn file(&mut self, files: &BTreeMap<String, String>, file: String, path: &[String], folder: &str) {
        let Some(text) = files.get(&file) else {
            return;
        };
        let tokens = text.parse().unwrap_or_else(|error| panic!("{file}: {error}"));
        self.module(files, &file, path, folder, tokens);
    }

    fn module(
        &mut self,
        files: &BTreeMap<String, String>,
        file: &str,
        path: &[String],
        folder: &str,
        tokens: TokenStream,
    ) {
        let mut module = Module { file: file.to_owned(), ..Module::default() };
        let mut children = Vec::new();
        module.walk(tokens, true, &mut children);
        self.0.insert(path.to_vec(), module);
        for (name, inline) in children {
            let child = [path, std::slice::from_ref(&name)].concat();
            let within = format!("{folder}/{name}");
            match inline {
                Some(tokens) => self.module(files, file, &child, &within, tokens),
                None => {
                    let names = [format!("{within}.rs"), format!("{within}/mod.rs")];
                    let known = names.into_iter().find(|name| files.contains_key(name));
                    known.into_iter().for_each(|name| self.file(files, name, &child, &within));
                }
            }
        }
    }

    /// A path as written in a module, from the crate's root; nothing if it leads to another crate.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<ModulePath> {
        let (first, rest) = path.split_first()?;
        let mut rest = rest;
        let mut from = match first.as_str() {
            "crate" => module.iter().take_while(|step| step.starts_with('#')).cloned().collect(),
            "self" => module.to_vec(),
            "super" => module.split_last()?.1.to_vec(),
            _ => {
                let child = [module, std::slice::from_ref(first)].concat();
                self.0.contains_key(&child).then_some(child)?
            }
        };
        while rest.first().is_some_and(|step| step == "super") {
            from.pop();
            rest = &rest[1..];
        }
        from.extend_from_slice(rest);
        Some(from)
    }

    /// The module that defines what a path from the root leads to, and whether that is the module itself.
    fn defining(&self, path: &[String], steps: usize) -> Option<(ModulePath, bool)> {
        let mut length = path.len();
        while !self.0.contains_key(&path[..length]) {
            length = length.checked_sub(1)?;
        }
        let (at, rest) = path.split_at(length);
        let module = &self.0[at];
        let Some(item) = rest.first() else {
            return Some((at.to_vec(), true));
        };
        if module.defined.contains(item) || steps == 0 {
            return Some((at.to_vec(), false));
        }
        let follow = |import: &Import, rest: &[String]| {
            let target = self.absolute(at, &import.path)?;
            self.defining(&[&target, rest].concat(), steps - 1)
        };
        if let Some(import) =
            module.reexports.iter().chain(&module.imports).find(|import| import.name == *item)
        {
            return follow(import, &rest[1..]);
        }
        for glob in module.reexports.iter().filter(|import| import.name == "*") {
            let target = Import { path: glob.path[..glob.path.len() - 1].to_vec(), name: String::new() };
            let found = follow(&target, rest);
            if found.as_ref().is_some_and(|(module, _)| self.0[module].defined.contains(item)) {
                return found;
            }
        }
        Some((at.to_vec(), false))
    }

    /// What each file imports, with one path by which it does.
    fn imports(&self) -> BTreeMap<&str, BTreeMap<&str, String>> {
        let mut found: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
        for (at, module) in &self.0 {
            let leads = |path: &[String]| self.defining(&self.absolute(at, path)?, 8);
            let mut wanted: Vec<Vec<String>> = Vec::new();
            let mut aliases: BTreeMap<&str, &[String]> = BTreeMap::new();
            for (import, is_public) in
                module.imports.iter().map(|i| (i, false)).chain(module.reexports.iter().map(|i| (i, true)))
            {
                let is_module = leads(&import.path).is_some_and(|(_, is_module)| is_module);
                let begins_path = module.paths.iter().any(|path| path[0] == import.name);
                match () {
                    // A module: what is taken of it tells what is imported.
                    () if is_module && begins_path => {
                        aliases.insert(&import.name, &import.path);
                    }
                    () if !is_public || !is_module && module.words.contains(&import.name) => {
                        wanted.push(import.path.clone());
                    }
                    () => {}
                }
            }
            for path in &module.paths {
                let full = match aliases.get(path[0].as_str()) {
                    Some(alias) => [alias, &path[1..]].concat(),
                    None => path.clone(),
                };
                wanted.push(full);
            }
            let from = found.entry(&module.file).or_default();
            for path in wanted {
                if let Some((target, _)) = leads(&path)
                    && self.0[&target].file != module.file
                {
                    from.entry(&self.0[&target].file).or_insert_with(|| path.join("::"));
                }
            }
        }
        found
    }

    /// The circles: files of which each leads to each, with the imports that close them.
    fn circles(&self) -> Vec<Vec<String>> {
        let imports = self.imports();
        let reached = |from: &str| {
            let (mut reached, mut left) = (BTreeSet::new(), vec![from.to_owned()]);
            while let Some(file) = left.pop() {
                for next in imports.get(file.as_str()).into_iter().flat_map(BTreeMap::keys) {
                    if reached.insert((*next).to_owned()) {
                        left.push((*next).to_owned());
                    }
                }
            }
            reached
        };
        let reach: BTreeMap<&str, BTreeSet<String>> =
            imports.keys().map(|file| (*file, reached(file))).collect();
        let mut circles: Vec<Vec<String>> = Vec::new();
        for (file, reached) in reach.iter().filter(|(file, reached)| reached.contains(**file)) {
            let together = |(other, back): &(&&str, &BTreeSet<String>)| {
                reached.contains(**other) && back.contains(*file)
            };
            let circle: Vec<String> =
                reach.iter().filter(together).map(|(other, _)| (*other).to_owned()).collect();
            if circle[0] == *file {
                circles.push(circle);
            }
        }
        circles
    }

    /// The imports between the files of a circle, one a line.
    fn between(&self, circle: &[String]) -> String {
        let imports = self.imports();
        let within = circle.iter().flat_map(|file| {
            let inner = imports[file.as_str()].iter().filter(|(to, _)| circle.iter().any(|file| file == *to));
            inner.map(move |(to, path)| format!("  {file} imports {to} ({path})\n"))
        });
        within.collect()
    }
}

impl Module {
    /// Reads tokens; `top` where items of the module stand, children go to `children` with their tokens if
    /// they are inline.
    fn walk(&mut self, tokens: TokenStream, top: bool, children: &mut Vec<(String, Option<TokenStream>)>) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < trees.len() {
            let next = trees.get(at + 1);
            match &trees[at] {
                TokenTree::Punct(sign) if sign.as_char() == '#' => {
                    at = after_attribute(&trees, at);
                    continue;
                }
                TokenTree::Ident(keyword) if keyword == "use" && !is_sign(next, '<') => {
                    let end =
                        (at..trees.len()).find(|&end| is_sign(trees.get(end), ';')).unwrap_or(trees.len());
                    let before = at.checked_sub(1).and_then(|before| trees.get(before));
                    let is_public = word(before).is_some_and(|word| word == "pub")
                        || group(before, Delimiter::Parenthesis).is_some();
                    let list = if is_public { &mut self.reexports } else { &mut self.imports };
                    use_tree(&trees[at + 1..end], &[], list);
                    at = end + 1;
                    continue;
                }
                TokenTree::Ident(keyword) if keyword == "mod" && top => {
                    if let Some(name) = word(next) {
                        children.push((name, group(trees.get(at + 2), Delimiter::Brace)));
                        at += 3;
                        continue;
                    }
                }
                TokenTree::Ident(_) => at = self.path(&trees, at, top),
                TokenTree::Group(inner) => {
                    let called = |back: usize| at >= back && is_sign(trees.get(at - back), '!');
                    self.walk(inner.stream(), top && (called(1) || called(2)), &mut Vec::new());
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// A word, with the path that it begins and the item that it names; the place of the last token that was
    /// read.
    fn path(&mut self, trees: &[TokenTree], at: usize, top: bool) -> usize {
        const ITEMS: [&str; 8] = ["struct", "enum", "trait", "type", "const", "static", "fn", "union"];
        let Some(first) = word(trees.get(at)) else {
            return at;
        };
        let named = word(trees.get(at + 1)).filter(|_| top && ITEMS.contains(&first.as_str()));
        self.defined.extend(named);
        if first == "macro_rules" {
            self.defined.extend(word(trees.get(at + 2)));
        }
        let continues = at >= 2 && is_sign(trees.get(at - 1), ':') && is_sign(trees.get(at - 2), ':');
        let (mut path, mut end) = (vec![first.clone()], at);
        self.words.insert(first);
        while is_sign(trees.get(end + 1), ':') && is_sign(trees.get(end + 2), ':') {
            let Some(step) = word(trees.get(end + 3)) else {
                break;
            };
            path.push(step);
            end += 3;
        }
        if path.len() > 1 && !continues {
            self.paths.insert(path);
        }
        end
    }
}

#[test]
fn no_files_import_in_a_circle() {
    let mut wrong = Vec::new();
    for Sources { folder, roots, circles, files } in CRATES {
        let texts = rust_files(folder).into_iter().collect();
        let modules = Modules::read(folder, roots, &texts);
        let found = modules.circles();
        let count = found.iter().map(Vec::len).sum::<usize>();
        println!("{folder}: {} circles of imports, of {count} files", found.len());
        match () {
            () if (found.len(), count) == (circles, files) => {}
            () if found.len() <= circles && count <= files => {
                wrong.push(format!(
                    "{folder}: {} circles of {count} files are left: lower the numbers",
                    found.len()
                ));
            }
            () => {
                let between: Vec<String> = found.iter().map(|circle| modules.between(circle)).collect();
                wrong.push(format!(
                    "{folder}: {} circles of {count} files, more than {circles} of {files}:\n{}",
                    found.len(),
                    between.join("\n")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The files of a made-up crate in circles.
fn circles_of(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let files = files.iter().map(|(path, text)| (format!("x/{path}"), (*text).to_owned())).collect();
    Modules::read("x", &["lib.rs"], &files).circles()
}

#[test]
fn a_circle_is_found_however_it_is_written() {
    let pair = |first: &str, second: &str| {
        circles_of(&[("lib.rs", "mod a; mod b;"), ("a.rs", first), ("b.rs", second)])
    };
    let circle = [["x/a.rs", "x/b.rs"]];
    let back = "use crate::a::A; pub struct B;";
    for first in [
        "use crate::b::B; pub struct A;",
        "use crate::{b::{B, self}}; pub struct A;",
        "use super::b as other; pub struct A; fn f() { other::g() }",
        "pub struct A; fn f() -> crate::b::B { todo!() }",
        "pub struct A; fn f() { format!(\"{}\", super::b::B) }",
        "pub use crate::b::B; pub struct A(B);",
    ] {
        assert_eq!(pair(first, back), circle, "{first}");
    }
    for first in [
        "pub struct A;",
        "// use crate::b::B;\npub struct A; const T: &str = \"crate::b::B\";",
        "pub struct A; #[cfg(test)] mod tests { use crate::b::B; }",
        "pub use crate::b::B; pub struct A;",
        "use std::b::B; pub struct A;",
    ] {
        assert_eq!(pair(first, back), [[""; 0]; 0], "{first}");
    }
}

#[test]
fn a_parent_that_only_re_exports_makes_no_circle() {
    let children = |parent: &str| {
        circles_of(&[
            ("lib.rs", "mod p;"),
            ("p.rs", parent),
            ("p/a.rs", "use super::B; pub struct A; pub fn f() {}"),
            ("p/b.rs", "pub struct B;"),
        ])
    };
    assert_eq!(children("mod a; mod b; pub use a::A; pub use b::B;"), [[""; 0]; 0]);
    assert_eq!(children("mod a; pub struct B; pub use a::A;"), [[""; 0]; 0]);
    assert_eq!(children("mod a; pub struct B; fn g() { a::f() }"), [["x/p.rs", "x/p/a.rs"]]);
}
