//! The table in which a group's parameters are declared.

/// Declares a group of parameters: the struct, its defaults, and its rows of the catalogue.
///
/// One row is `/// what it is` and `name: type = default, Unit / Per, range, "source";`, the unit in the
/// words of [`Quantity`](crate::base::Quantity) and [`Per`](crate::base::Per). A row begins with `@lever` if
/// somebody decides its value, with `@structure` if it shapes a rule rather than describes people (see
/// [`Role`](crate::params::Role)).
macro_rules! parameters {
    (
        $(#[doc = $group_doc:literal])*
        $group:literal $struct:ident {
            $( $(#[doc = $doc:literal])+ $(@ $role:ident)? $name:ident : $type:ty = $default:expr,
                $quantity:ident $(/ $per:ident)*, $range:expr, $source:literal; )+
        }
    ) => {
        $(#[doc = $group_doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $struct {
            $(
                $(#[doc = $doc])+
                #[doc = concat!("\n\nUnit: ", stringify!($quantity $(/ $per)*), ". Source: ", $source, ".")]
                pub $name: $type,
            )+
        }

        impl Default for $struct {
            fn default() -> Self {
                use crate::params::value::FromLiteral;
                $struct { $( $name: <$type>::from_literal($default), )+ }
            }
        }

        impl crate::params::catalogue::ParameterGroup for $struct {
            const NAME: &'static str = $group;

            fn rows() -> Vec<crate::params::ParameterInfo> {
                let defaults = $struct::default();
                vec![ $( crate::params::ParameterInfo {
                    group: $group,
                    name: stringify!($name),
                    description: concat!($($doc),+).trim(),
                    unit: crate::base::unit::unit!($quantity $(/ $per)*),
                    role: crate::params::catalogue::role!($($role)?),
                    kind: <$type as crate::params::Value>::KIND,
                    range: $range,
                    default: crate::params::Value::text(&defaults.$name),
                    source: $source,
                }, )+ ]
            }

            fn get(&self, name: &str) -> Option<String> {
                match name {
                    $( stringify!($name) => Some(crate::params::Value::text(&self.$name)), )+
                    _ => None,
                }
            }

            fn set(
                &mut self,
                name: &str,
                text: &str,
                price_level: f64,
            ) -> Result<(), crate::params::SetError> {
                match name {
                    $( stringify!($name) => {
                        let unit = crate::base::unit::unit!($quantity $(/ $per)*);
                        let range = if unit.is_money() { $range.times(price_level) } else { $range };
                        self.$name = crate::params::value::read(text, &range)?;
                        Ok(())
                    } )+
                    _ => Err(crate::params::SetError::Unknown),
                }
            }

            fn scale_money(&mut self, factor: f64) {
                $( if crate::base::unit::unit!($quantity $(/ $per)*).is_money() {
                    self.$name = crate::params::Value::times(&self.$name, factor);
                } )+
            }
        }
    };
}
pub(super) use parameters;
