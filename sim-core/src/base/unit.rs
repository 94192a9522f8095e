//! Units: what a number counts or measures, and what it is per.
//!
//! Whoever asks whether a number is money, a share or of orders asks here; nobody reads the words. A new
//! quantity is one row of the table, with its words in both languages. Rejected: units as texts, of which
//! code then has to guess what they mean; a crate of physical units, for nearly all of these are counts of
//! things.
//!
//! ```
//! use sim_core::base::{Per, Quantity, Unit};
//! let fee = Unit::of(Quantity::Yuan).per(Per::Order);
//! assert_eq!((fee.to_string().as_str(), fee.chinese().as_str()), ("yuan/order", "元/单"));
//! assert_eq!(Unit::named("yuan/order"), Some(fee));
//! ```

use super::Currency;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// Declares quantities: variant, sort, English, Chinese measure word, Chinese noun.
macro_rules! quantities {
    ($($(#[doc = $doc:literal])? $variant:ident $sort:ident $english:literal $classifier:literal
        $noun:literal;)+) => {
        /// What a number counts or measures.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Quantity { $( #[doc = concat!("\"", $english, "\"")] $(#[doc = $doc])? $variant, )+ }

        impl Quantity {
            /// All quantities.
            pub const ALL: &[Quantity] = &[$(Quantity::$variant),+];

            /// In English.
            pub const fn english(self) -> &'static str { match self { $(Quantity::$variant => $english),+ } }

            /// In Chinese: the measure word, which is left out in a ratio, and the noun.
            const fn chinese(self) -> (&'static str, &'static str) {
                match self { $(Quantity::$variant => ($classifier, $noun)),+ }
            }

            /// What sort of number it is.
            pub const fn sort(self) -> Sort { match self { $(Quantity::$variant => Sort::$sort),+ } }
        }
    };
}

impl Quantity {
    /// Those that are money.
    const MONEY: [Quantity; 4] =
        [Quantity::Fen, Quantity::Yuan, Quantity::MillionYuan, Quantity::BillionYuan];

    /// What it is called in a currency, in English; nothing if it is no money.
    fn english_money(self, currency: Currency) -> Option<String> {
        let code = currency.code();
        Some(match self {
            Quantity::Fen => format!("hundredths of {code}"),
            Quantity::Yuan => code.to_owned(),
            Quantity::MillionYuan => format!("million {code}"),
            Quantity::BillionYuan => format!("billion {code}"),
            _ => return None,
        })
    }

    /// The same in Chinese.
    fn chinese_money(self, currency: Currency) -> Option<String> {
        let code = currency.code();
        Some(match self {
            Quantity::Fen => format!("百分之一 {code}"),
            Quantity::Yuan => code.to_owned(),
            Quantity::MillionYuan => format!("百万 {code}"),
            Quantity::BillionYuan => format!("十亿 {code}"),
            _ => return None,
        })
    }
}

/// Sorts of quantities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Money, in fen, yuan or millions of yuan.
    Money,
    /// A part of a whole, 0 to 1, which people read in per cent.
    Share,
    /// Things that are counted: there is no half one.
    Count,
    /// Time.
    Time,
    /// Any other number.
    Number,
    /// No number: a day, a choice, a list.
    Word,
}

quantities! {
    Nothing Word "" "" "";
    Pure Number "1" "" "";
    ZeroToOne Number "0 to 1" "" "0 至 1";
    ZeroOrOne Number "0 or 1" "" "0 或 1";
    Ratio Number "ratio" "" "比率";
    Times Number "times" "" "倍";
    Logarithm Number "logarithm" "" "对数";
    Log Number "log" "" "对数";
    Probability Number "probability" "" "概率";
    ProbabilityPerOpenJob Number "probability per open job" "" "每个空缺岗位的概率";
    StandardDeviations Number "standard deviations" "个" "标准差";
    Thousandths Number "thousandths" "" "千分之一";
    Rate Number "" "" "";
    PerUnitOfReputation Number "per unit of reputation" "" "每单位信誉";
    Metres Number "m" "" "米";
    Kilometres Number "km" "" "公里";
    OfCountyMean Number "of the county's mean" "" "相对全县平均";
    DeliveryLevel Number "0 seat, 1 town, 2 village" "" "0 县城，1 乡镇，2 村";
    DegreesEast Number "degrees east" "" "东经度";
    DegreesNorth Number "degrees north" "" "北纬度";
    MebiBytes Number "MiB" "" "MiB";

    Fen Money "fen" "" "分";
    Yuan Money "yuan" "" "元";
    MillionYuan Money "million yuan" "" "百万元";
    BillionYuan Money "billion yuan" "" "十亿元";

    Share Share "share" "" "比例";
    ShareOfBuyers Share "share of buyers" "" "占买家比例";
    ShareOfConsumption Share "share of consumption" "" "占消费比例";
    ShareOfCounties Share "share of counties" "" "占县比例";
    ShareOfHouseholds Share "share of households" "" "占农户比例";
    ShareOfIncome Share "share of income" "" "占收入比例";
    ShareOfInternetUsers Share "share of internet users" "" "占网民比例";
    ShareOfMigrantWage Share "share of the migrant wage" "" "占外出工资比例";
    ShareOfPeople Share "share of people" "" "占人口比例";
    ShareOfRetail Share "share of retail" "" "占零售比例";
    ShareOfRoundTrip Share "share of the round trip" "" "占往返比例";
    ShareOfSales Share "share of sales" "" "占销售比例";
    ShareOfShops Share "share of shops" "" "占网店比例";
    ShareOfValue Share "share of value" "" "占金额比例";
    ShareOfVillages Share "share of villages" "" "占村比例";
    SharePerTenHours Number "share per 10 hours" "" "每 10 小时的比例";
    SharePerTenPercentEmployed Number "share per 10 % employed" "" "每 10% 就业的比例";
    PercentOfRuralPeople Number "percent of rural people" "" "占农村人口百分比";
    Percent Number "%" "" "%";
    PercentOfHouseholds Number "% of households" "" "占农户 %";
    PercentOfRetail Number "% of retail" "" "占零售 %";

    Seconds Time "seconds" "" "秒";
    Minutes Time "minutes" "" "分钟";
    Hours Time "hours" "" "小时";
    HourOfDay Time "hour of the day" "" "时刻";
    Days Time "days" "" "天";
    Months Time "months" "个" "月";
    MonthOfYear Time "month" "" "月份";
    YearOfCalendar Time "year" "" "年份";
    Years Time "years" "" "年";
    ParcelMinutes Time "parcel-minutes" "" "件·分钟";
    PartnerMonths Time "partner-months" "" "人·月";

    Agents Count "agents" "个" "对象";
    Applicants Count "applicants" "" "人";
    Classes Count "classes" "" "堂课";
    Counties Count "counties" "个" "县";
    CountyCentres Count "county centres" "个" "县级运营中心";
    Durables Count "durables" "" "件耐用品";
    Households Count "households" "" "户";
    Jobs Count "jobs" "个" "岗位";
    Orders Count "orders" "" "单";
    Pairs Count "pairs" "" "对";
    Parcels Count "parcels" "" "件";
    Partners Count "partners" "" "人";
    People Count "people" "" "人";
    Persons Count "persons" "" "人";
    Rounds Count "rounds" "" "班次";
    Runs Count "runs" "" "次运行";
    Services Count "services" "" "笔";
    Shops Count "shops" "" "家";
    Machines Count "machines" "" "台";
    Stations Count "stations" "个" "站";
    Teams Count "teams" "" "支队伍";
    Towns Count "towns" "个" "镇";
    Trips Count "trips" "" "趟出行";
    Trucks Count "trucks" "辆" "货车";
    Villages Count "villages" "个" "村";
    Visits Count "visits" "" "次";
    Workers Count "workers" "" "人";

    Date Word "date" "" "日期";
    Kind Word "kind" "" "类型";
    List Word "list" "" "列表";
    Rule Word "rule" "" "规则";
    Target Word "target" "" "对象";
    YesOrNo Word "yes/no" "" "是/否";
    SeeDifferences Word "see differences" "" "见 differences";
    SeeTargets Word "see targets" "" "见 targets";
    SeeUnit Word "see unit" "" "见 unit";
    AsInTablesOfRuns Word "as in tables of runs" "" "同运行的表格";
}

/// Declares what a quantity may be per: variant, English, Chinese.
macro_rules! per {
    ($($variant:ident $english:literal $chinese:literal;)+) => {
        /// What a quantity is per.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Per { $( #[doc = concat!("\"/", $english, "\"")] $variant, )+ }

        impl Per {
            /// All of them.
            pub const ALL: &[Per] = &[$(Per::$variant),+];
            /// In English.
            pub const fn english(self) -> &'static str { match self { $(Per::$variant => $english),+ } }
            /// In Chinese.
            pub const fn chinese(self) -> &'static str { match self { $(Per::$variant => $chinese),+ } }
        }
    };
}

per! {
    Minute "minute" "分钟";
    Hour "hour" "小时";
    Day "day" "天";
    Month "month" "月";
    Year "year" "年";
    YearOfUse "year of use" "使用一年";
    HouseholdYear "household-year" "户每年";
    Order "order" "单";
    Parcel "parcel" "件";
    Service "service" "笔";
    Person "person" "人";
    Head "head" "人";
    Household "household" "户";
    Shop "shop" "店";
    Station "station" "站";
    Village "village" "村";
    Town "town" "镇";
    County "county" "县";
    Kilometre "km" "公里";
}

/// The unit of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    /// What it counts or measures.
    pub quantity: Quantity,
    /// What it is per, one after the other.
    pub per: [Option<Per>; 2],
    /// Which money it is, if it is money; that of the model's defaults otherwise.
    pub currency: Currency,
}

impl Unit {
    /// No unit: of texts, truths, and numbers that only tell rows apart.
    pub const NONE: Unit = Unit::of(Quantity::Nothing);
    /// A pure number.
    pub const PURE: Unit = Unit::of(Quantity::Pure);

    /// A quantity by itself.
    pub const fn of(quantity: Quantity) -> Unit {
        Unit { quantity, per: [None, None], currency: Currency::YUAN }
    }

    /// The same for each of something; a unit has room for two.
    pub const fn per(self, per: Per) -> Unit {
        let room = match self.per {
            [None, _] => [Some(per), None],
            [first, _] => [first, Some(per)],
        };
        Unit { per: room, ..self }
    }

    /// The same, if it is money, in a region's.
    #[must_use]
    pub fn in_currency(self, currency: Currency) -> Unit {
        if self.is_money() { Unit { currency, ..self } } else { self }
    }

    /// What is last in what it is per.
    fn last(self) -> Option<Per> {
        self.per[1].or(self.per[0])
    }

    /// Whether it is for each of something.
    pub fn is_ratio(self) -> bool {
        self.per[0].is_some()
    }

    /// The unit of its sum over months: without the last `/month`.
    pub fn summed_over_months(self) -> Unit {
        match (self.last(), self.per) {
            (Some(Per::Month), [first, Some(_)]) => Unit { per: [first, None], ..self },
            (Some(Per::Month), _) => Unit { per: [None, None], ..self },
            _ => self,
        }
    }

    /// Whether it is a whole of a unit, or money or time: a plain share, which people read in per cent.
    pub fn is_share(self) -> bool {
        self.quantity.sort() == Sort::Share && !self.is_ratio()
    }

    /// Whether it is money.
    pub fn is_money(self) -> bool {
        self.quantity.sort() == Sort::Money
    }

    /// Whether it is things that are counted, by themselves.
    pub fn is_count(self) -> bool {
        self.quantity.sort() == Sort::Count && !self.is_ratio()
    }

    /// Whether it is nothing that would be written behind a number: none, or that of a pure number.
    pub fn is_silent(self) -> bool {
        matches!(self.quantity, Quantity::Nothing | Quantity::Pure) && !self.is_ratio()
    }

    /// Whether orders are what is counted, or what something is told for each of.
    pub fn is_of_orders(self) -> bool {
        self.quantity == Quantity::Orders || self.per.contains(&Some(Per::Order))
    }

    /// How many of it make one of the unit in which people read it: fen are read in yuan.
    pub fn in_yuan(self) -> (Unit, f64) {
        match self.quantity {
            Quantity::Fen => (Unit { quantity: Quantity::Yuan, ..self }, 100.0),
            _ => (self, 1.0),
        }
    }

    /// What a quantity is called, in its own money.
    fn money(self, usual: &'static str, of: fn(Quantity, Currency) -> Option<String>) -> Cow<'static, str> {
        let foreign = (self.currency != Currency::YUAN).then(|| of(self.quantity, self.currency));
        foreign.flatten().map_or(Cow::Borrowed(usual), Cow::Owned)
    }

    /// Money of another currency, as [`Display`](fmt::Display) writes it.
    fn of_money(name: &str) -> Option<Unit> {
        let currency = Currency::of_code(name.get(name.len().checked_sub(3)?..)?)?;
        let of = |&quantity: &Quantity| Unit { currency, ..Unit::of(quantity) };
        let mut all = Quantity::MONEY.iter().map(of);
        all.find(|unit| unit.to_string() == name).filter(|_| currency != Currency::YUAN)
    }

    /// In Chinese; empty for none and for a pure number.
    pub fn chinese(self) -> String {
        let (classifier, noun) = self.quantity.chinese();
        let noun = self.money(noun, Quantity::chinese_money);
        let mut per = self.per.into_iter().flatten();
        if self.quantity == Quantity::Rate {
            return per.map(|per| format!("每{}", per.chinese())).collect();
        }
        let Some(first) = per.next() else {
            return format!("{classifier}{noun}");
        };
        per.fold(format!("{noun}/{}", first.chinese()), |text, per| format!("{text}/{}", per.chinese()))
    }

    /// The unit that is so called in English, as in files: whatever [`Display`](fmt::Display) writes, it
    /// reads.
    pub fn named(name: &str) -> Option<Unit> {
        let quantity = |name: &str| {
            let mut all = Quantity::ALL.iter().copied();
            let found = all.find(|quantity| *quantity != Quantity::Rate && quantity.english() == name);
            found.map(Unit::of).or_else(|| Unit::of_money(name))
        };
        if let Some(found) = quantity(name) {
            return Some(found);
        }
        let per = |name: &str| Per::ALL.iter().copied().find(|per| per.english() == name);
        if let Some(per) = name.strip_prefix("per ").and_then(per) {
            return Some(Unit::of(Quantity::Rate).per(per));
        }
        let mut parts = name.split('/');
        let mut unit = quantity(parts.next()?)?;
        for part in parts {
            if unit.per[1].is_some() {
                return None;
            }
            unit = unit.per(per(part)?);
        }
        Some(unit)
    }
}

/// The unit that a row of a table is written with: `Yuan / Order`.
#[macro_export]
macro_rules! unit {
    ($quantity:ident $(/ $per:ident)*) => {
        $crate::base::Unit::of($crate::base::Quantity::$quantity)$(.per($crate::base::Per::$per))*
    };
}
pub use unit;

/// In English.
impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = self.money(self.quantity.english(), Quantity::english_money).into_owned();
        for per in self.per.into_iter().flatten() {
            text += if self.quantity == Quantity::Rate { "per " } else { "/" };
            text += per.english();
        }
        f.pad(&text)
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Unit, D::Error> {
        let name = String::deserialize(deserializer)?;
        Unit::named(&name).ok_or_else(|| serde::de::Error::custom(format!("no unit is called {name:?}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_unit_is_told_in_both_languages_and_read_back() {
        let mut seen = BTreeSet::new();
        for &quantity in Quantity::ALL.iter().filter(|&&quantity| quantity != Quantity::Rate) {
            let plain = Unit::of(quantity);
            assert!(seen.insert(plain.to_string()), "{plain} twice");
            assert_eq!(Unit::named(&plain.to_string()), Some(plain));
            let is_number = quantity.sort() != Sort::Word;
            let all = Per::ALL.iter().filter(|_| is_number);
            for unit in all.flat_map(|&per| [plain.per(per), plain.per(Per::Village).per(per)]) {
                assert_eq!(Unit::named(&unit.to_string()), Some(unit));
                assert!(!unit.chinese().is_empty(), "{unit}");
            }
        }
        for &quantity in &Quantity::MONEY {
            let shilling = Unit::of(quantity).per(Per::Order).in_currency(Currency::of_code("KES").unwrap());
            assert_eq!(Unit::named(&shilling.to_string()), Some(shilling), "{shilling}");
            assert!(shilling.chinese().contains("KES") && shilling.is_money());
        }
        assert_eq!(unit!(Days).in_currency(Currency::of_code("KES").unwrap()), unit!(Days));
        assert_eq!(Unit::named("CNY"), None, "yuan have their own word");
        assert_eq!(Unit::named("per year"), Some(unit!(Rate / Year)));
        assert_eq!(Unit::named("yuan/order/month/day"), None);
        assert_eq!(Unit::named("furlong"), None);
    }

    #[test]
    fn measure_words_stand_with_counts_and_not_in_ratios() {
        assert_eq!(unit!(Stations).chinese(), "个站");
        assert_eq!(unit!(Stations / County).chinese(), "站/县");
        assert_eq!(unit!(Yuan / Person / Year).chinese(), "元/人/年");
        assert_eq!(unit!(Rate / Year).chinese(), "每年");
    }

    #[test]
    fn what_a_unit_is_follows_from_what_it_measures() {
        assert!(unit!(Yuan / Order).is_of_orders() && unit!(Orders / Station / Month).is_of_orders());
        assert!(!unit!(Parcels).is_of_orders() && !unit!(ShareOfValue).is_of_orders());
        assert!(unit!(ShareOfHouseholds).is_share() && !unit!(Share / Hour).is_share());
        assert_eq!(unit!(Fen / Month).in_yuan(), (unit!(Yuan / Month), 100.0));
        assert_eq!(unit!(Orders / Station / Month).summed_over_months(), unit!(Orders / Station));
        assert_eq!(unit!(Fen / Month).summed_over_months(), unit!(Fen));
        assert_eq!(unit!(Yuan / Year).summed_over_months(), unit!(Yuan / Year));
    }
}
