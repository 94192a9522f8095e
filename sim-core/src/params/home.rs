//! What the first region publishes: defaults that are read from its own file of parameters, as those of any
//! region are, and are written nowhere else.

use super::value::{FromLiteral, Value};
use ron::Value as Tree;
use std::sync::OnceLock;

const PARAMETERS: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../regions/china/parameters.ron"));

/// The value that `regions/china/parameters.ron` has at a path `group.name`.
pub(super) struct OfHome(pub(super) &'static str);

impl<T: Value> FromLiteral<OfHome> for T {
    fn from_literal(OfHome(path): OfHome) -> T {
        let value = found(path).and_then(|tree| tree.clone().into_rust().ok());
        // The file is part of the program, and a test reads every path.
        value.unwrap_or_else(|| unreachable!("{path} is not in regions/china/parameters.ron"))
    }
}

fn found(path: &str) -> Option<&'static Tree> {
    static READ: OnceLock<Option<Tree>> = OnceLock::new();
    let tree = READ.get_or_init(|| ron::from_str(PARAMETERS).ok()).as_ref()?;
    path.split('.').try_fold(tree, |tree, name| match tree {
        Tree::Map(fields) => fields.get(&Tree::String(name.to_owned())),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Parameters;

    #[test]
    fn every_published_value_is_a_default_and_no_other_is_written() {
        let tree: Tree = ron::from_str(PARAMETERS).unwrap();
        let Tree::Map(groups) = tree else { panic!() };
        let (mut read, defaults) = (0, Parameters::default());
        for (group, names) in groups.iter() {
            let (Tree::String(group), Tree::Map(names)) = (group, names) else { panic!("{group:?}") };
            for (name, _) in names.iter() {
                let Tree::String(name) = name else { panic!("{name:?}") };
                assert!(defaults.get(&format!("{group}.{name}")).is_some(), "{group}.{name}");
                read += 1;
            }
        }
        assert_eq!(read, 11);
    }
}
