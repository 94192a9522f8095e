//! Choosing places: draws of a place's own, nested choices, estimates, tables of one's own and their faults.

use super::{assert_near, build, nation, request, villages};
use sim_core::base::Seed;
use sim_core::world::{
    Atlas, AtlasRequest, County, Geography, PlaceTableError, Selection, SelectionRule, Village, WorldError,
};

#[test]
fn a_county_is_the_same_alone_and_among_all() {
    for at in [0, 700, 1500, 2607] {
        let county = &nation().counties[at];
        let alone = build(&request(Selection::Codes(vec![county.code]), None));
        assert_eq!(&alone.counties[0], county);
    }
    let mut other = request(Selection::Codes(vec![nation().counties[700].code]), None);
    other.seed = Seed(1);
    assert_ne!(build(&other).counties[0], nation().counties[700], "another seed makes another county");
}

/// One accepted value on every machine; a change of it is a change of results, and goes into the changelog.
#[test]
fn the_fingerprint_of_the_nation_is_known() {
    assert_eq!(nation().fingerprint().to_string(), "d57e346a2cdf4aed3b34e5dc8a208fb3");
    let mut other = nation().counties[0].clone();
    let print = |county: &County| {
        Atlas { counties: vec![county.clone()], provinces: Vec::new(), region: None }.fingerprint()
    };
    let before = print(&other);
    other.villages[5].to_seat += 1;
    assert_ne!(print(&other), before);
}

#[test]
fn the_order_of_a_table_does_not_matter() {
    let table = include_str!("../../../regions/china/counties.csv");
    let mut lines: Vec<&str> = table.lines().collect();
    lines[1..].reverse();
    let geography = Geography::embedded().with_counties(lines.join("\n"), "reversed.csv").unwrap();
    let atlas = Atlas::build(&geography, &request(Selection::All, None)).unwrap();
    assert_eq!(&atlas, nation());
}

#[test]
fn larger_choices_contain_the_smaller() {
    let codes =
        |count| build(&request(Selection::Random { count }, Some(1))).counties.into_iter().map(|c| c.code);
    let large: Vec<_> = codes(200).collect();
    assert_eq!(large.len(), 200);
    assert!(codes(50).all(|code| large.contains(&code)));
    let numbers = |most| {
        let atlas = build(&request(Selection::Random { count: 20 }, Some(most)));
        let pairs = villages(&atlas).map(|(county, village)| (county.code, *village));
        pairs.collect::<Vec<_>>()
    };
    let (few, many) = (numbers(10), numbers(40));
    assert!(few.len() <= 200 && few.len() < many.len());
    assert!(few.iter().all(|village| many.contains(village)));
}

/// Two thousand counties taken at random from 2,735 would share 73 % whatever the seed; fifty share few.
#[test]
fn another_seed_chooses_other_counties() {
    let mut first = request(Selection::Random { count: 50 }, Some(1));
    let codes = |request: &AtlasRequest| build(request).counties.iter().map(|c| c.code).collect::<Vec<_>>();
    let here = codes(&first);
    first.seed = Seed(2);
    let there = codes(&first);
    assert!(here.iter().filter(|code| there.contains(code)).count() < 10);
}

#[test]
fn estimates_are_true() {
    for (selection, most) in [(Selection::All, None), (Selection::Random { count: 300 }, Some(50))] {
        let request = request(selection, most);
        let estimate = Atlas::estimate(Geography::embedded(), &request).unwrap();
        let atlas = build(&request);
        assert_eq!(estimate.counties, atlas.counties.len() as u64);
        assert_eq!(estimate.villages, atlas.villages());
        assert_near(estimate.households as f64 / atlas.households() as f64, 1.0, 0.05, "households");
        let bytes: usize = atlas.counties.iter().map(heap).sum();
        assert_near(estimate.bytes as f64 / bytes as f64, 1.0, 0.1, "bytes");
    }
    assert!(size_of::<Village>() <= 48);
}

/// The header of a table that says nothing of the economy before 2010.
fn required_columns() -> String {
    let header = include_str!("../../../regions/china/counties.csv").lines().next().unwrap();
    header.split(',').take(17).collect::<Vec<_>>().join(",")
}

fn heap(county: &County) -> usize {
    let names = county.name.capacity() + county.name_en.capacity() + county.prefecture.capacity();
    let towns: usize = county.towns.iter().map(|town| size_of_val(town) + town.name.capacity()).sum();
    size_of::<County>() + names + towns + county.villages.capacity() * size_of::<Village>()
}

#[test]
fn a_table_of_ones_own_may_hold_unknown_places() {
    let header = required_columns();
    let row = "339998,甲县,Jia County,county,浙江省,乙市,120.1,29.1,100,80,30,90,3,2,1,57,4";
    let geography = Geography::embedded().with_counties(format!("{header}\n{row}\n"), "own.csv").unwrap();
    let atlas = Atlas::build(&geography, &request(Selection::All, None)).unwrap();
    let county = &atlas.counties[0];
    assert_eq!((county.towns.len(), county.villages.len()), (5, 57));
    let sizes = county.towns.iter().map(|town| town.villages);
    assert!(sizes.clone().all(|size| (11..=12).contains(&size)), "{:?}", sizes.collect::<Vec<_>>());
    let zhejiang = 17_967_999.0 / 2.3718 / 18_854.0;
    assert_near(county.households() as f64 / 57.0, zhejiang, 0.1 * zhejiang, "households per village");
}

#[test]
fn every_fault_of_a_table_is_told_at_once() {
    let header = required_columns();
    let table = format!(
        "{header}\n339998,甲县,Jia \
         County,county,浙江省,乙市,120.1,29.1,100,80,30,90,3,2,1,57,4\n339998,甲县,,village,浙江,乙市,inf,\
         29.1,1e9,80,,90,3,2,1,0,-4\n339998,甲县,Jia \
         County,county,浙江省,乙市,120.1,29.1,100,80,30,90,3,2,1,57,4\n"
    );
    let faults = Geography::embedded().with_counties(table, "own.csv").unwrap_err();
    let shown: Vec<String> = faults.iter().map(PlaceTableError::to_string).collect();
    assert_eq!(
        shown,
        [
            "own.csv:3: name_en is ``; expected a name of 1 to 60 visible characters in UTF-8",
            "own.csv:3: kind is `village`; expected district, county-level city, county or banner",
            "own.csv:3: province is `浙江`; expected the full Chinese name of a province",
            "own.csv:3: lon is `inf`; expected a number from 73 to 136",
            "own.csv:3: elevation_m is `1e9`; expected a number from -200 to 7000",
            "own.csv:3: villages is `0`; expected a whole number from 1 to 10000",
            "own.csv:3: communities is `-4`; expected a whole number from 0 to 100000",
            "own.csv:4: code is `339998`; expected a code of its own; line 2 has it too",
        ]
    );
}

#[test]
fn every_unknown_name_is_told_at_once() {
    let names = ["Zhejiang", "Zhejaing", "Atlantis"].map(String::from).to_vec();
    let rule = SelectionRule { provinces: Some(names.clone()), ..SelectionRule::default() };
    for selection in [Selection::Provinces(names.clone()), Selection::Rule(rule)] {
        let Err(WorldError::Unknown { names: unknown }) =
            Atlas::build(Geography::embedded(), &request(selection, None))
        else {
            panic!("unknown provinces are refused");
        };
        assert_eq!(
            unknown.iter().map(|name| name.written.as_str()).collect::<Vec<_>>(),
            ["Zhejaing", "Atlantis"]
        );
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]

    /// Any bytes after a real header, and a real row with any bytes in it, are read or refused, never a
    /// panic.
    #[test]
    fn no_bytes_break_the_reader(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200),
        at in 0_usize..400) {
        let real = include_bytes!("../../../regions/china/counties.csv");
        let _ = Geography::embedded().with_counties(&bytes, "any.csv");
        let mut mixed = real[..600].to_vec();
        mixed.splice(at..(at + 3), bytes);
        if let Ok(geography) = Geography::embedded().with_counties(&mixed, "mixed.csv") {
            let _ = Atlas::build(&geography, &request(Selection::All, Some(3)));
        }
    }
}
