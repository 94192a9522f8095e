use super::*;
use crate::base::Unit;
use crate::base::unit::unit;
use crate::base::{Date, Month};

fn stations() -> Table {
    Table::new(
        "stations",
        "A row per month.",
        vec![
            Column::months("month", "The month.", [Month(180), Month(181)]),
            Column::integer("open", Unit::NONE, "Stations open at the month's end.", [3, 5]),
            Column::real("income", unit!(Yuan / Month), "Mean income of partners.", [340.5, 1190.0]),
        ],
    )
    .unwrap()
}

#[test]
fn columns_are_found_by_name_and_kind() {
    let table = stations();
    assert_eq!(table.rows(), 2);
    assert!(table.texts("month").unwrap().iter().eq(["2015-01", "2015-02"]));
    assert_eq!(table.integers("open"), Some(&[3, 5][..]));
    assert_eq!(table.reals("income"), Some(&[340.5, 1190.0][..]));
    assert_eq!(table.reals("open"), None, "another kind");
    assert_eq!(table.reals("wages"), None, "no such column");
    assert_eq!(table.column("income").unwrap().unit, unit!(Yuan / Month));
}

#[test]
fn unequal_lengths_and_equal_names_are_refused() {
    let short = stations().with(Column::real("rent", unit!(Yuan), "Rent.", [1.0]));
    let message = "table `stations`: column `rent` has 1 rows, the first one 2";
    assert_eq!(short.unwrap_err().to_string(), message);
    let twice = stations().with(Column::integer("open", Unit::NONE, "Again.", [1, 2]));
    assert!(matches!(twice, Err(TableError::Duplicate { column, .. }) if column == "open"));
}

#[test]
fn missing_is_allowed_only_where_declared_and_infinity_nowhere() {
    let column =
        |value: f64| Column::real("rent", unit!(Yuan), "Rent; missing before the opening.", [1.0, value]);
    let fault = stations().with(column(f64::NAN)).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "table `stations`: column `rent` has NaN in row 1, which it does not allow"
    );
    assert!(stations().with(column(f64::NAN).may_miss()).is_ok());
    assert!(stations().with(column(f64::INFINITY).may_miss()).is_err());
}

#[test]
fn selection_keeps_the_order_asked_for() {
    let chosen = stations().select(&["income", "month"]).unwrap();
    let names: Vec<_> = chosen.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["income", "month"]);
    let fault = stations().select(&["incomes"]).unwrap_err();
    let message = "table `stations` has no column `incomes`; it has month, open, income";
    assert_eq!(fault.to_string(), message);
}

#[test]
fn appending_needs_the_same_columns() {
    let mut table = stations();
    table.append(stations()).unwrap();
    assert_eq!(table.integers("open"), Some(&[3, 5, 3, 5][..]));
    table.check().unwrap();
    let fewer = stations().select(&["month", "open"]).unwrap();
    assert!(table.append(fewer).is_err());
    let mut other_unit = stations();
    other_unit.columns[2].unit = unit!(Fen / Month);
    assert!(table.append(other_unit).is_err());
    assert_eq!(table.rows(), 4, "nothing was added");
}

#[test]
fn the_fingerprint_sees_content_and_not_wording() {
    let print = stations().fingerprint();
    let changed = |change: fn(&mut Table)| {
        let mut table = stations();
        change(&mut table);
        table.fingerprint()
    };
    assert_eq!(changed(|table| table.description.push('!')), print);
    assert_eq!(changed(|table| table.columns[1].definition.push('!')), print);
    assert_ne!(changed(|table| table.columns[1].name.push('s')), print);
    assert_ne!(changed(|table| table.columns[2].unit = unit!(Fen / Month)), print);
    assert_ne!(changed(|table| table.columns.swap(1, 2)), print);
    assert_ne!(changed(|table| table.columns[1].data = ColumnData::Integer(vec![3, 6])), print);
    assert_ne!(changed(|table| table.columns[2].data = ColumnData::Real(vec![340.5, -1190.0])), print);
    let real = |values: [f64; 2]| Column::real("x", Unit::NONE, "May miss.", values).may_miss();
    let of = |values| Table::new("t", "", vec![real(values)]).unwrap().fingerprint();
    assert_eq!(of([1.0, f64::NAN]), of([1.0, f64::from_bits(0xFFF8_0000_0000_0001)]));
    assert_ne!(of([0.0, 1.0]), of([-0.0, 1.0]));
}

/// The same bits on every machine and in every version, unless changed on purpose.
#[test]
fn the_fingerprint_is_stable() {
    assert_eq!(stations().fingerprint().to_string(), "46c0a8ca75996d2a3ce09818ebbf5b4a");
}

#[test]
fn values_read_back_as_shown_and_missing_is_empty() {
    let column = Column::real("x", Unit::NONE, "May miss.", [0.1 + 0.2, f64::NAN]).may_miss();
    assert_eq!(column.data.shown(0).parse(), Ok(0.1 + 0.2));
    assert_eq!(column.data.shown(1), "");
    let dates = Column::dates("date", "A day.", Date::new(2015, 11, 11));
    assert_eq!(dates.data.shown(0), "2015-11-11");
}

#[test]
fn a_stored_table_comes_back() {
    let bytes = postcard::to_stdvec(&stations()).unwrap();
    assert_eq!(postcard::from_bytes::<Table>(&bytes).unwrap(), stations());
}
