//! Provinces: their names and their published figures.
//!
//! The figures are those of `data/provinces.csv` (2020 census and yearbooks); the names in Latin letters and
//! the two-digit codes (GB/T 2260) are a table here, because that file has only Chinese names.

use super::table::{self, ExpectedColumn, TableRow};
use super::table_error::TableFaults;
use crate::base::Wanted;
use serde::Serialize;

/// A province, municipality or autonomous region, with figures of its rural part.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Province {
    /// The first two digits of its counties' codes (GB/T 2260).
    pub code: u8,
    /// Full Chinese name.
    pub name: String,
    /// Name in Latin letters.
    pub name_en: String,
    /// Rural residents \[people, 2020 census\].
    pub rural_people: f64,
    /// People per rural household \[2020 census\].
    pub household_size: f64,
    /// Mean schooling of rural adults \[years, 2020 census\].
    pub schooling: f64,
    /// Share of rural residents aged 65 or more \[0 to 1, 2020 census\].
    pub share_over_65: f64,
    /// Share of the employed who work in farming \[0 to 1, 2020 census\].
    pub farm_employment: f64,
    /// How many of its counties were on the national list of poor counties, 2014-2020.
    pub poverty_counties: u16,
    /// Rural disposable income per head \[yuan a year, 2020\].
    pub rural_income: f64,
    /// Village committees of its counties in the real county table, among whom its people live. The same
    /// whatever table a scenario brings, so that a table of a few counties does not get a province's people.
    pub villages: u32,
}

impl Province {
    /// Whether it is a municipality directly under the central government.
    pub fn is_municipality(&self) -> bool {
        MUNICIPALITIES.contains(&self.code)
    }
}

/// Codes of Beijing, Tianjin, Shanghai and Chongqing.
const MUNICIPALITIES: [u8; 4] = [11, 12, 31, 50];

/// Code, full Chinese name, name in Latin letters, and pinyin where that differs.
pub(super) const NAMES: [(u8, &str, &str, &str); 31] = [
    (11, "北京市", "Beijing", "beijing"),
    (12, "天津市", "Tianjin", "tianjin"),
    (13, "河北省", "Hebei", "hebei"),
    (14, "山西省", "Shanxi", "shanxi"),
    (15, "内蒙古自治区", "Inner Mongolia", "neimenggu"),
    (21, "辽宁省", "Liaoning", "liaoning"),
    (22, "吉林省", "Jilin", "jilin"),
    (23, "黑龙江省", "Heilongjiang", "heilongjiang"),
    (31, "上海市", "Shanghai", "shanghai"),
    (32, "江苏省", "Jiangsu", "jiangsu"),
    (33, "浙江省", "Zhejiang", "zhejiang"),
    (34, "安徽省", "Anhui", "anhui"),
    (35, "福建省", "Fujian", "fujian"),
    (36, "江西省", "Jiangxi", "jiangxi"),
    (37, "山东省", "Shandong", "shandong"),
    (41, "河南省", "Henan", "henan"),
    (42, "湖北省", "Hubei", "hubei"),
    (43, "湖南省", "Hunan", "hunan"),
    (44, "广东省", "Guangdong", "guangdong"),
    (45, "广西壮族自治区", "Guangxi", "guangxi"),
    (46, "海南省", "Hainan", "hainan"),
    (50, "重庆市", "Chongqing", "chongqing"),
    (51, "四川省", "Sichuan", "sichuan"),
    (52, "贵州省", "Guizhou", "guizhou"),
    (53, "云南省", "Yunnan", "yunnan"),
    (54, "西藏自治区", "Tibet", "xizang"),
    (61, "陕西省", "Shaanxi", "shaanxi"),
    (62, "甘肃省", "Gansu", "gansu"),
    (63, "青海省", "Qinghai", "qinghai"),
    (64, "宁夏回族自治区", "Ningxia", "ningxia"),
    (65, "新疆维吾尔自治区", "Xinjiang", "xinjiang"),
];

const fn required(name: &'static str) -> ExpectedColumn {
    ExpectedColumn { name, required: true }
}

const COLUMNS: [ExpectedColumn; 9] = [
    required("province"),
    required("rural_people"),
    required("villages"),
    required("poverty_counties"),
    required("hh_size"),
    required("avg_school_years"),
    required("share_age65p"),
    required("agri_emp_share"),
    required("prov_rural_income2020"),
];

/// Reads `provinces.csv`; provinces come in order of their codes.
pub(super) fn read(bytes: &[u8], faults: &mut TableFaults) -> Vec<Province> {
    let mut provinces: Vec<Province> = Vec::with_capacity(NAMES.len());
    table::read(bytes, &COLUMNS, 100, faults, |row| provinces.extend(province(row)));
    provinces.sort_by_key(|province| province.code);
    provinces
}

fn province(row: &mut TableRow<'_>) -> Option<Province> {
    let name = row.name("province", false);
    let Some((code, full, english, _)) = NAMES.iter().find(|entry| entry.1 == name) else {
        row.fault("province", &name, Wanted::Province);
        return None;
    };
    // All cells are read before any is required, so that every fault of the row is noted.
    let people = row.number("rural_people", 1.0..=2e8);
    let size = row.number("hh_size", 1.0..=10.0);
    let schooling = row.number("avg_school_years", 0.0..=20.0);
    let old = row.number("share_age65p", 0.0..=1.0);
    let farming = row.number("agri_emp_share", 0.0..=1.0);
    let poor = row.whole("poverty_counties", 0..=200);
    let income = row.number("prov_rural_income2020", 1.0..=1e6);
    Some(Province {
        code: *code,
        name: (*full).to_owned(),
        name_en: (*english).to_owned(),
        rural_people: people?,
        household_size: size?,
        schooling: schooling?,
        share_over_65: old?,
        farm_employment: farming?,
        poverty_counties: poor? as u16,
        rural_income: income?,
        villages: 0,
    })
}
